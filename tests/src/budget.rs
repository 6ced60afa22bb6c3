//! The budget of a key: sixty requests a UTC minute.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;

use crate::{Response, now};

/// The UTC minute now.
pub fn minute() -> i64 {
    now().timestamp().div_euclid(60)
}

/// Asks 200 times from 20 threads at once, with the number of the thread, and checks that sixty are
/// answered in a minute. They take a few seconds: they fall into one minute, or into two.
pub fn sixty_are_accepted(ask: impl Fn(usize) -> Response + Sync) {
    let first_minute = minute();
    let accepted: Mutex<BTreeMap<u16, u32>> = Mutex::default();
    thread::scope(|scope| {
        for nth in 0..20 {
            let (ask, accepted) = (&ask, &accepted);
            scope.spawn(move || {
                for _ in 0..10 {
                    *accepted.lock().unwrap().entry(ask(nth).status).or_default() += 1;
                }
            });
        }
    });
    let minutes = u32::try_from(minute() - first_minute + 1).unwrap();
    let answers = accepted.into_inner().unwrap();
    assert_eq!(answers.values().sum::<u32>(), 200);
    if minutes == 1 {
        assert_eq!(answers[&200], 60, "{answers:?}");
    } else {
        assert!((60..=60 * minutes).contains(&answers[&200]), "{answers:?}");
    }
}
