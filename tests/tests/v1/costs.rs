//! What requests cost in storage: as little with a long history as with a short one.

use okrs_tests::{special, workspace};
use serde_json::json;

#[test]
fn a_read_is_one_round_trip_and_so_is_a_write() {
    let acme = workspace();
    for path in [
        "/okrs",
        "/cycles",
        "/kpis",
        "/initiatives",
        "/initiatives?status=done",
        "/review-cycles",
    ] {
        let cost = acme.bulk().get(path).cost();
        assert_eq!((cost.d1_calls, cost.object_calls), (1, 1), "{path}");
    }
    let check_ins = format!("/key-results/{}/checkins", acme.key_results.number);
    let cost = acme.bulk().post(&check_ins, &json!({ "value": 1 })).cost();
    assert_eq!((cost.d1_calls, cost.object_calls), (1, 1));
    // How a blocked key result stands depends on its pace, which has to be read.
    let blocked = json!({ "value": 1, "status": "blocked", "blocker_note": "Waiting" });
    assert_eq!(acme.bulk().post(&check_ins, &blocked).cost().d1_calls, 2);
}

/// One test, because who reads a list just before leaves nothing to read.
#[test]
fn neither_a_list_nor_a_check_in_costs_more_after_a_long_history() {
    let mut rows_read = Vec::new();
    for (check_ins, api) in &special().histories {
        rows_read.push((check_ins, api.get("/okrs").cost().rows_read));
        let okrs = api.read("/okrs");
        let key_result = okrs[0]["key_results"][0]["id"].as_str().unwrap();
        let path = format!("/key-results/{key_result}/checkins");
        let answer = api
            .request("POST", &path)
            .header("idempotency-key", "k")
            .json(&json!({ "value": 1 }))
            .send();
        answer.expect(201);
        assert!(
            answer.cost().rows_written <= 12,
            "after {check_ins}: {:?}",
            answer.cost()
        );
    }
    let (first, rest) = rows_read.split_first().unwrap();
    for other in rest {
        // The end of a workspace's rows in an index may be the end of the index, one row earlier.
        assert!(first.1.abs_diff(other.1) <= 2, "{rows_read:?}");
    }
}
