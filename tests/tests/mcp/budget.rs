//! One budget for each key, however it asks.

use okrs_tests::budget::{minute, sixty_are_accepted};
use okrs_tests::workspace;
use serde_json::json;

use crate::asking::{error, send};

#[test]
fn sixty_requests_a_minute_are_for_the_public_api_and_assistants_together() {
    let acme = workspace();
    sixty_are_accepted(|nth| match nth % 4 {
        0 | 1 => acme.api.get("/cycles"),
        2 => send(&acme.api, &json!({ "method": "tools/list" })),
        _ => send(
            &acme.api,
            &json!({ "method": "tools/call", "params": { "name": "get_cycle" } }),
        ),
    });
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
