//! What calls cost in storage.

use okrs_tests::{special, workspace};
use serde_json::json;

use crate::asking::{calls, done, request, send};

#[test]
fn every_call_is_one_round_trip() {
    let acme = workspace();
    // Whoever looks first after a change folds what is new.
    done(&acme.bulk(), "search_okrs", json!({ "query": "a" }));
    for (tool, arguments) in calls(&acme) {
        let params = json!({ "name": tool, "arguments": arguments });
        let cost = send(&acme.bulk(), &request("tools/call", params)).cost();
        assert_eq!((cost.d1_calls, cost.object_calls), (1, 1), "{tool}");
    }
    for method in [
        "tools/list",
        "prompts/list",
        "resources/templates/list",
        "initialize",
    ] {
        let cost = send(&acme.bulk(), &request(method, json!({}))).cost();
        assert_eq!((cost.d1_calls, cost.object_calls), (0, 1), "{method}");
    }
}

#[test]
fn no_read_grows_with_the_history() {
    let mut rows = vec![];
    for (_, api) in &special().histories {
        let okrs = done(api, "get_okrs", json!({ "include_key_results": true }));
        let okr = okrs["okrs"][0].clone();
        let (okr_id, kr_id) = (okr["id"].clone(), okr["key_results"][0]["id"].clone());
        let mut of_tools = vec![];
        for (tool, arguments) in [
            ("get_okrs", json!({})),
            ("get_okr", json!({ "okr_id": okr_id })),
            ("get_cycle", json!({})),
            ("get_risks", json!({})),
            ("get_insights", json!({})),
            ("get_team_performance", json!({})),
            ("search_okrs", json!({ "query": "a" })),
            ("explain_health", json!({ "okr_id": okr_id })),
            ("list_check_ins", json!({ "kr_id": kr_id, "limit": 5 })),
        ] {
            let params = json!({ "name": tool, "arguments": arguments });
            of_tools.push((
                tool,
                send(api, &request("tools/call", params)).cost().rows_read,
            ));
        }
        rows.push(of_tools);
    }
    for (short, long) in rows[0].iter().zip(&rows[1]) {
        // The end of a workspace's rows in an index may be the end of the index, one row earlier.
        assert!(short.1.abs_diff(long.1) <= 3, "{short:?} {long:?}");
    }
}

#[test]
fn a_check_in_writes_few_rows_however_long_the_history() {
    for (check_ins, api) in &special().histories {
        let okrs = done(api, "get_okrs", json!({ "include_key_results": true }));
        let kr_id = okrs["okrs"][0]["key_results"][0]["id"].clone();
        let params =
            json!({ "name": "create_checkin", "arguments": { "kr_id": kr_id, "value": 2 } });
        let answer = send(api, &request("tools/call", params));
        assert_eq!(answer.expect(200)["result"]["isError"], false);
        assert!(
            answer.cost().rows_written <= 12,
            "after {check_ins}: {:?}",
            answer.cost()
        );
    }
}
