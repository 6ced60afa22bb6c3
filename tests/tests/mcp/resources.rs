//! Prompts and resources.

use okrs_tests::workspace;
use serde_json::{Value, json};

use crate::asking::{done, error, request, result, send, send_stateless};

#[test]
fn prompts_are_listed_and_filled_in() {
    let acme = workspace();
    let listed = result(&acme.api, "prompts/list", json!({}));
    let prompts = listed["prompts"].as_array().unwrap();
    let names: Vec<_> = prompts
        .iter()
        .map(|prompt| prompt["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["weekly_review", "check_in_round"]);
    for prompt in prompts {
        assert_eq!(prompt["arguments"][0]["required"], false);
        let got = result(&acme.api, "prompts/get", json!({ "name": prompt["name"] }));
        assert_eq!(got["messages"][0]["role"], "user");
        assert_eq!(got["messages"][0]["content"]["type"], "text");
    }
    let with_focus = json!({ "name": "weekly_review", "arguments": { "focus": "Team \u{202e}X" } });
    let got = result(&acme.api, "prompts/get", with_focus);
    let text = got["messages"][0]["content"]["text"].as_str().unwrap();
    assert!(text.contains("Look at Team \\u202eX."), "{text}");
}

#[test]
fn wrong_prompts_are_refused() {
    let acme = workspace();
    for params in [
        json!({}),
        json!({ "name": "no_such" }),
        json!({ "name": "weekly_review", "arguments": { "team": "x" } }),
        json!({ "name": "weekly_review", "arguments": { "focus": 1 } }),
        json!({ "name": "weekly_review", "arguments": { "focus": "x".repeat(201) } }),
        json!({ "name": "weekly_review", "arguments": [] }),
    ] {
        let answer = send(&acme.api, &request("prompts/get", params.clone()));
        assert_eq!(error(&answer, 200).0, -32602, "{params}");
    }
}

#[test]
fn the_present_cycle_and_its_okrs_can_be_read() {
    let acme = workspace();
    let listed = result(&acme.api, "resources/list", json!({}));
    let resources = listed["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 2);
    assert_eq!(
        resources[0]["uri"],
        format!("okrs-edge://cycle/{}", acme.cycles.active)
    );
    assert_eq!(resources[1]["uri"], format!("okrs-edge://okr/{}", acme.okr));
    assert_eq!(resources[0]["name"], "Active quarter");
    assert_eq!(resources[1]["name"], "Improve onboarding conversion");
    let templates = result(&acme.api, "resources/templates/list", json!({}));
    assert_eq!(templates["resourceTemplates"].as_array().unwrap().len(), 2);
    let read = |uri: &Value| -> Value {
        let read = result(&acme.api, "resources/read", json!({ "uri": uri }));
        let contents = &read["contents"][0];
        assert_eq!(&contents["uri"], uri);
        assert_eq!(contents["mimeType"], "application/json");
        serde_json::from_str(contents["text"].as_str().unwrap()).unwrap()
    };
    let okr = read(&resources[1]["uri"]);
    assert_eq!(
        okr,
        done(&acme.api, "get_okr", json!({ "okr_id": acme.okr.as_str() }))
    );
    let cycle = read(&resources[0]["uri"]);
    assert_eq!(
        cycle["okrs"],
        done(&acme.api, "get_okrs", json!({}))["okrs"]
    );
    assert!(cycle["health"]["score"].is_u64());
}

#[test]
fn what_there_is_not_cannot_be_read() {
    let (acme, other) = (workspace(), workspace());
    for uri in [
        format!("okrs-edge://okr/{}", other.okr),
        format!("okrs-edge://cycle/{}", other.cycles.active),
        "okrs-edge://okr/".to_owned(),
        "okrs-edge://cycle/".to_owned(),
        "okrs-edge://kpi/1".to_owned(),
        "file:///etc/passwd".to_owned(),
        String::new(),
    ] {
        let answer = send(&acme.api, &request("resources/read", json!({ "uri": uri })));
        assert_eq!(error(&answer, 200).0, -32602, "{uri}");
        assert_eq!(answer.json()["error"]["data"]["uri"], uri);
        let stateless = send_stateless(&acme.api, "resources/read", json!({ "uri": uri }));
        assert_eq!(error(&stateless, 200).0, -32602, "{uri}");
    }
    for params in [json!({}), json!({ "uri": 1 })] {
        let answer = send(&acme.api, &request("resources/read", params));
        assert_eq!(error(&answer, 200).0, -32602);
    }
}
