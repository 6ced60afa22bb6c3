//! What is said when something breaks: whether to try again.

use okrs_tests::{Api, Server, seeded};
use serde_json::{Value, json};

use crate::asking::{PATH, done, request};

/// All tries fail before they were run; of a write, those between them look for what it left.
const READ: &str = "1 before, 2 before, 3 before";
const WRITE: &str = "1 before, 3 before, 5 before";

fn failed(api: &Api, batches: &str, status: u16, tool: &str, arguments: &Value) -> Value {
    let params = json!({ "name": tool, "arguments": arguments });
    let asked = api.request("POST", PATH).header("x-fail-batch", batches);
    let answer = asked.json(&request("tools/call", params)).try_send();
    let error = answer.unwrap().expect(status)["error"].clone();
    assert_eq!(error["code"], -32603, "{error}");
    error
}

#[test]
fn what_breaks_says_whether_it_may_have_taken_effect() {
    let (acme, sql) = seeded("McpFails", okrs_tests::now());
    let server = Server::start_failing(&sql);
    let api = server.api(&acme.keys.bulk);
    let read = failed(&api, READ, 500, "get_cycle", &json!({}));
    assert_eq!(read["data"]["error"], "server_error");
    let message = read["message"].as_str().unwrap();
    assert!(message.contains("safe to retry"), "{message}");

    let arguments = json!({ "kr_id": acme.key_results.number.as_str(), "value": 77 });
    let written = failed(&api, WRITE, 503, "create_checkin", &arguments);
    assert_eq!(written["data"]["error"], "outcome_unknown");
    let message = written["message"].as_str().unwrap();
    assert!(message.contains("may have taken effect"), "{message}");
    assert!(message.contains("look before you repeat"), "{message}");
    // Nothing was written, and the same call is free to be made again.
    let history = json!({ "kr_id": acme.key_results.number.as_str() });
    let newest =
        |name: &str| done(&api, "list_check_ins", history.clone())["check_ins"][0][name].clone();
    assert_eq!(newest("value"), 40);
    done(&api, "create_checkin", arguments);
    assert_eq!(newest("value"), 77);
}
