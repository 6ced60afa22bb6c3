//! One budget for each key, however it asks.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;

use okrs_tests::{now, workspace};
use serde_json::json;

use crate::asking::{error, send};

/// The UTC minute now.
fn minute() -> i64 {
    now().timestamp().div_euclid(60)
}

#[test]
fn sixty_requests_a_minute_are_for_the_public_api_and_assistants_together() {
    let acme = workspace();
    let first_minute = minute();
    let accepted: Mutex<BTreeMap<u16, u32>> = Mutex::default();
    thread::scope(|scope| {
        for nth in 0..20 {
            let (acme, accepted) = (&acme, &accepted);
            scope.spawn(move || {
                for _ in 0..10 {
                    let answer = match nth % 4 {
                        0 | 1 => acme.api.get("/cycles"),
                        2 => send(&acme.api, &json!({ "method": "tools/list" })),
                        _ => send(
                            &acme.api,
                            &json!({ "method": "tools/call", "params": { "name": "get_cycle" } }),
                        ),
                    };
                    *accepted.lock().unwrap().entry(answer.status).or_default() += 1;
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

#[test]
fn a_budget_that_is_used_up_says_when_to_come_back() {
    let acme = workspace();
    let started = minute();
    let key = acme.api.with(acme.keys.only("okrs:read"));
    for _ in 0..60 {
        // Bad input counts, too.
        send(&key, &json!([]));
    }
    let answer = send(
        &key,
        &json!({ "jsonrpc": "2.0", "id": 5, "method": "tools/list" }),
    );
    if minute() == started {
        assert_eq!(error(&answer, 429).0, -32000);
        let data = &answer.json()["error"]["data"];
        let wait = data["retry_after_seconds"].as_u64().unwrap();
        assert!((1..=60).contains(&wait));
        assert_eq!(answer.header("retry-after"), Some(&*wait.to_string()));
        assert_eq!(answer.cost().d1_calls, 0);
    }
}
