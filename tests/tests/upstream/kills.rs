//! Kills of the deployment: what it accepted is done once, in order.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use okrs_tests::{Api, Fault};
use serde_json::json;

use crate::acme::Alone;
use crate::waiting::{SETTLES, eventually};

/// More than is sent, so that the test takes no minutes.
const PER_MINUTE: u32 = 1_000;
/// Check-ins that were accepted before the kill of a round.
const ACCEPTED: usize = 12;
/// What happens to writes in each round.
const ROUNDS: [Fault; 4] = [
    Fault::None,
    Fault::LostAnswer,
    Fault::Cut,
    Fault::Status(503),
];

#[test]
fn a_kill_loses_nothing_accepted_doubles_nothing_and_keeps_the_order() {
    let mut alone = Alone::start("Kills001", PER_MINUTE);
    alone.acme.copy();
    let key_results = [
        alone.acme.key_results.number.to_string(),
        alone.acme.key_results.percentage.to_string(),
        alone.acme.key_results.currency.to_string(),
    ];
    // The value that each writer reports next: a sequence without gaps.
    let next = Mutex::new([1_i64; 3]);
    for fault in ROUNDS {
        alone.acme.line.set_for_writes(fault);
        let (killed, accepted) = (AtomicBool::new(false), AtomicUsize::new(0));
        let key = alone.acme.key.clone();
        thread::scope(|scope| {
            for (nth, key_result) in key_results.iter().enumerate() {
                let (key, next, killed, accepted) = (&key, &next, &killed, &accepted);
                scope.spawn(move || {
                    while !killed.load(Ordering::Relaxed) {
                        let value = next.lock().unwrap()[nth];
                        if is_accepted(key, key_result, value) {
                            next.lock().unwrap()[nth] += 1;
                            accepted.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                });
            }
            eventually("accepted writes", Duration::from_secs(90), || {
                (accepted.load(Ordering::Relaxed) >= ACCEPTED).then_some(())
            });
            alone.servers.deployment.kill_9();
            killed.store(true, Ordering::Relaxed);
        });
        alone.servers.deployment.restart();
    }
    alone.acme.line.set(Fault::None);
    // Whoever got no answer repeats it; then all of it is there.
    for (key_result, next) in key_results.iter().zip(*next.lock().unwrap()) {
        eventually("the last one", SETTLES, || {
            is_accepted(&alone.acme.key, key_result, next).then_some(())
        });
        let expected: Vec<i64> = (1..=next).collect();
        eventually("the queue's end", SETTLES, || {
            (alone.acme.reported(key_result).len() >= expected.len()).then_some(())
        });
        assert_eq!(alone.acme.reported(key_result), expected);
    }
    let budget = alone.acme.alice().read("/api/app/budget");
    assert_eq!(budget["waiting_writes"], 0, "{budget}");
    assert_eq!(budget["undecided_writes"], 0, "{budget}");
}

/// Reports a value under an idempotency key made of it. No answer is no promise, nor is a 503.
fn is_accepted(key: &Api, key_result: &str, value: i64) -> bool {
    let path = format!("/key-results/{key_result}/checkins");
    let request = key
        .request("POST", &path)
        .header("prefer", "respond-async")
        .header("idempotency-key", &format!("{key_result}-{value}"));
    let answer = request.json(&json!({ "value": value })).try_send();
    answer.is_ok_and(|answer| matches!(answer.status, 201 | 202))
}
