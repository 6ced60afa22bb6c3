//! The time that tests compare the Worker's with: both run on this machine.

use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Now.
pub fn now() -> DateTime<Utc> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    DateTime::from_timestamp(since.as_secs().cast_signed(), since.subsec_nanos()).unwrap()
}

/// The UTC day.
pub fn today() -> NaiveDate {
    now().date_naive()
}

/// The day in a zone that is so many hours ahead of UTC.
pub fn today_in(hours_ahead: i64) -> NaiveDate {
    (now() + TimeDelta::hours(hours_ahead)).date_naive()
}

/// Asks again and again until there is something.
#[track_caller]
pub fn eventually<T>(what: &str, within: Duration, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + within;
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(Instant::now() < deadline, "{what}: not within {within:?}");
        thread::sleep(Duration::from_millis(200));
    }
}
