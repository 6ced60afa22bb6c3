//! The two calls that the contract shows, letter for letter.

use std::process::Command;

use okrs_tests::workspace;
use serde_json::{Value, json};

use crate::asking::{PATH, done};

const LIST_TOOLS: &str = r#"curl -X POST https://go.okrstool.com/api/public/mcp \
  -H "Authorization: Bearer YOUR_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{"method":"tools/list"}'"#;

const CALL_A_TOOL: &str = r#"curl -X POST https://go.okrstool.com/api/public/mcp \
  -H "Authorization: Bearer YOUR_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "method":"tools/call",
    "params":{
      "name":"get_okrs",
      "arguments":{"status":"at_risk"}
    }
  }'"#;

/// Runs a call as somebody would who puts in their own address and key.
fn run(call: &str, address: &str, key: &str) -> Value {
    let own = call
        .replace("https://go.okrstool.com/api/public/mcp", address)
        .replace("YOUR_API_KEY", key);
    let output = Command::new("sh").args(["-c", &own]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_calls_of_the_contract_work_letter_for_letter() {
    let acme = workspace();
    let address = acme.api.base().replace("/api/v1", PATH);
    let listed = run(LIST_TOOLS, &address, &acme.keys.all);
    let names: Vec<_> = listed["result"]["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap().to_owned())
        .collect();
    for name in [
        "get_okrs",
        "get_okr",
        "create_checkin",
        "get_kpis",
        "get_cycle",
        "get_risks",
        "get_insights",
        "get_team_performance",
        "search_okrs",
    ] {
        assert!(names.iter().any(|own| own == name), "{name}");
    }
    let called = run(CALL_A_TOOL, &address, &acme.keys.all);
    let expected = done(&acme.api, "get_okrs", json!({ "status": "at_risk" }));
    assert_eq!(called["result"]["structuredContent"], expected);
}
