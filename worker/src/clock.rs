//! The one place where the Worker reads the time.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use okrs_shared::timestamp::Timestamp;
use wasm_bindgen::JsValue;
use worker::js_sys::{Intl, Object, Reflect};

/// Milliseconds since 1970. The runtime stands still between I/O, so calls in one turn agree.
pub fn now_ms() -> u64 {
    worker::Date::now().as_millis()
}

/// The instant, to the second.
pub fn now() -> Timestamp {
    at_ms(now_ms()).expect("the runtime's clock lies within chrono's 260,000 years")
}

/// The instant so many milliseconds after the beginning of 1970, to the second; `None` if that is too
/// far away.
pub fn at_ms(millis: u64) -> Option<Timestamp> {
    let millis = i64::try_from(millis).ok()?;
    DateTime::<Utc>::from_timestamp_millis(millis).map(Timestamp::new)
}

/// The date that the calendar shows at `at` in `timezone`, an IANA name such as `Europe/Berlin`.
/// An unknown name counts as UTC: names are checked when they are set.
pub fn date_in(timezone: &str, at: Timestamp) -> NaiveDate {
    let utc = at.get().date_naive();
    if timezone == "UTC" {
        return utc;
    }
    local_date(timezone, at).unwrap_or(utc)
}

/// When `day` begins in `timezone`, to the quarter of an hour: by no more do the clocks of today's zones differ from
/// full hours. Where it has no midnight, as clocks go forward, it begins with its first moment.
pub fn beginning_of(timezone: &str, day: NaiveDate) -> Timestamp {
    let in_quarters = |quarters: i64| {
        let midnight = day.and_time(NaiveTime::MIN).and_utc();
        Timestamp::new(midnight + TimeDelta::minutes(15 * quarters))
    };
    // Clocks are at most 14 hours ahead of UTC and 12 behind it.
    let (mut before, mut begun) = (-15 * 4, 13 * 4);
    while begun - before > 1 {
        let middle = (before + begun) / 2;
        if date_in(timezone, in_quarters(middle)) < day {
            before = middle;
        } else {
            begun = middle;
        }
    }
    in_quarters(begun)
}

/// Whether the runtime knows a time zone by this name.
pub fn is_timezone(name: &str) -> bool {
    name == "UTC" || local_date(name, now()).is_some()
}

/// The runtime knows all time zones; carrying the database in the wasm would double its size.
fn local_date(timezone: &str, at: Timestamp) -> Option<NaiveDate> {
    let options = Object::new();
    Reflect::set(&options, &"timeZone".into(), &timezone.into()).ok()?;
    // Canadian English writes dates as 2026-04-19. An unknown zone throws, so construct by reflection.
    let locales = worker::js_sys::Array::of1(&"en-CA".into());
    let intl = Reflect::get(&worker::js_sys::global(), &"Intl".into()).ok()?;
    let constructor = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?;
    let arguments = worker::js_sys::Array::of2(&locales, &options);
    let format: Intl::DateTimeFormat = Reflect::construct(&constructor.into(), &arguments)
        .ok()?
        .into();
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of our time are far below 2^53"
    )]
    let millis = JsValue::from_f64(at.get().timestamp_millis() as f64);
    let date = worker::js_sys::Date::new(&millis);
    let text = format
        .format()
        .call1(&JsValue::UNDEFINED, &date)
        .ok()?
        .as_string()?;
    text.parse().ok()
}
