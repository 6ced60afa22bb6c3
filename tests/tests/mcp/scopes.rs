//! Which key may call what, for every set of scopes there is.

use okrs_tests::{SCOPES, workspace};
use serde_json::{Value, json};

use crate::asking::{PATH, call, calls, error, refused, request, result, send};

#[test]
fn every_set_of_scopes_may_call_exactly_what_is_declared() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let listed = result(&acme.api, "tools/list", json!({}));
    let declared = |tool: &str| -> String {
        let tools = listed["tools"].as_array().unwrap();
        let tool = tools.iter().find(|own| own["name"] == tool).unwrap();
        let scope = tool["_meta"]["okrs-edge/scope"].as_str().unwrap();
        assert!(tool["description"].as_str().unwrap().contains(scope));
        scope.to_owned()
    };
    for set in 0..64 {
        let scopes: Vec<&str> = (0..6)
            .filter(|at| set >> at & 1 == 1)
            .map(|at| SCOPES[at])
            .collect();
        let key = if scopes.is_empty() {
            acme.keys.none.clone()
        } else {
            let body = json!({ "name": format!("Set {set}"), "scopes": scopes });
            let made = alice.post("/api/app/api-keys", &body).expect(201);
            made["key"].as_str().unwrap().to_owned()
        };
        let api = acme.api.with(&key);
        for (tool, arguments) in calls(&acme) {
            let scope = declared(tool);
            if scopes.contains(&&*scope) {
                assert_eq!(
                    call(&api, tool, arguments)["isError"],
                    false,
                    "{tool} with {scopes:?}"
                );
            } else {
                let (code, message) = refused(&api, tool, arguments);
                assert_eq!(code, "forbidden", "{tool} with {scopes:?}");
                assert_eq!(
                    message,
                    format!("This key does not have {scope} permission")
                );
            }
        }
        let answer = send(&api, &request("resources/list", json!({}))).expect(200);
        assert_eq!(
            answer["result"].is_object(),
            scopes.contains(&"okrs:read"),
            "{answer}"
        );
    }
}

#[test]
fn a_refused_write_changes_nothing_and_costs_no_round_trip() {
    let acme = workspace();
    let before = acme.bulk().get("/okrs").text().to_owned();
    for (tool, arguments) in calls(&acme) {
        let params = json!({ "name": tool, "arguments": arguments });
        let answer = send(
            &acme.api.with(&acme.keys.none),
            &request("tools/call", params),
        );
        assert_eq!(answer.cost().d1_calls, 0, "{tool}");
    }
    assert_eq!(acme.bulk().get("/okrs").text(), before);
}

#[test]
fn whoever_has_no_key_is_asked_for_one() {
    let acme = workspace();
    let list = json!({ "method": "tools/list" });
    let signed_in = acme.api.signed_in(&acme.sessions.alice);
    for api in [
        acme.api.without_key(),
        signed_in,
        acme.api.with("okrt_nonsense"),
        acme.api.with(&acme.keys.revoked),
        acme.api.with(&acme.keys.expired),
    ] {
        let answer = send(&api, &list);
        assert_eq!(error(&answer, 401).0, -32000);
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        assert_eq!(answer.json()["error"]["data"]["error"], "unauthorized");
        assert_eq!(answer.json()["id"], Value::Null);
    }
    let malformed = send(&acme.api.with("okrt_nonsense"), &list);
    let cost = malformed.cost();
    assert_eq!((cost.d1_calls, cost.object_calls), (0, 0));
}

#[test]
fn pages_of_other_sites_are_refused_before_their_key_is_looked_at() {
    let acme = workspace();
    let address = acme.api.base().replace("/api/v1", "");
    let host = address.trim_start_matches("http://").to_owned();
    let list = json!({ "method": "tools/list" });
    for (name, value) in [
        ("origin", "https://evil.test"),
        ("origin", "null"),
        ("origin", "http://localhost:1"),
        ("host", "evil.test"),
        ("host", "evil.test:8787"),
    ] {
        let answer = acme
            .api
            .request("POST", PATH)
            .header(name, value)
            .json(&list)
            .send();
        assert_eq!(error(&answer, 403).0, -32000, "{name}: {value}");
        let cost = answer.cost();
        assert_eq!((cost.d1_calls, cost.object_calls), (0, 0));
    }
    let own = acme
        .api
        .request("POST", PATH)
        .header("origin", &format!("http://{host}"));
    own.json(&list).send().expect(200);
}
