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

#[test]
fn a_list_reads_the_same_rows_however_long_the_history() {
    let rows: Vec<_> = special()
        .histories
        .iter()
        .map(|(check_ins, api)| (*check_ins, api.get("/okrs").cost().rows_read))
        .collect();
    let (first, rest) = rows.split_first().unwrap();
    for other in rest {
        // The end of a workspace's rows in an index may be the end of the index, one row earlier.
        assert!(first.1.abs_diff(other.1) <= 2, "{rows:?}");
    }
}

#[test]
fn a_check_in_writes_few_rows_however_long_the_history() {
    for (check_ins, api) in &special().histories {
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
}
