//! Three kinds of client at one address.

use okrs_tests::workspace;
use serde_json::{Value, json};

use crate::asking::{PATH, STATELESS, calls, error, request, result, send, send_stateless};

const WITH_HANDSHAKE: [&str; 4] = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

#[test]
fn every_revision_with_a_handshake_is_agreed_to() {
    let acme = workspace();
    for version in WITH_HANDSHAKE {
        let params = json!({
            "protocolVersion": version,
            "capabilities": {},
            "clientInfo": { "name": "tests", "version": "1" },
        });
        let agreed = result(&acme.api, "initialize", params);
        assert_eq!(agreed["protocolVersion"], version);
        assert_eq!(agreed["serverInfo"]["name"], "okrs-edge");
        assert_eq!(
            agreed["capabilities"],
            json!({ "tools": {}, "prompts": {}, "resources": {} })
        );
        assert!(agreed["instructions"].as_str().unwrap().contains("0 to 1"));
        assert!(agreed.get("resultType").is_none(), "{agreed}");
    }
    for unknown in [json!({ "protocolVersion": "1999-01-01" }), json!({})] {
        let agreed = result(&acme.api, "initialize", unknown);
        assert_eq!(agreed["protocolVersion"], "2025-11-25");
    }
}

#[test]
fn no_session_is_begun() {
    let acme = workspace();
    let answer = send(&acme.api, &request("initialize", json!({})));
    answer.expect(200);
    assert_eq!(answer.header("mcp-session-id"), None);
}

#[test]
fn a_ping_is_answered_and_notifications_are_taken_note_of() {
    let acme = workspace();
    assert_eq!(result(&acme.api, "ping", json!({})), json!({}));
    for message in [
        json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
        json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 1 } }),
        json!({ "method": "notifications/initialized" }),
        json!({ "jsonrpc": "2.0", "id": 1, "result": {} }),
    ] {
        let answer = send(&acme.api, &message);
        assert_eq!((answer.status, answer.body.len()), (202, 0), "{answer:?}");
    }
}

#[test]
fn the_new_revision_finds_out_what_there_is() {
    let acme = workspace();
    let answer = send_stateless(&acme.api, "server/discover", json!({})).expect(200);
    let found = &answer["result"];
    assert_eq!(found["supportedVersions"][0], STATELESS);
    assert_eq!(found["supportedVersions"].as_array().unwrap().len(), 5);
    assert_eq!(
        found["capabilities"],
        json!({ "tools": {}, "prompts": {}, "resources": {} })
    );
    assert_eq!(found["resultType"], "complete");
    let server = &found["_meta"]["io.modelcontextprotocol/serverInfo"];
    assert_eq!(server["name"], "okrs-edge");
    assert!(server["version"].as_str().unwrap().contains('.'));
}

#[test]
fn results_of_the_new_revision_say_how_long_they_may_be_kept() {
    let acme = workspace();
    for (method, scope) in [
        ("server/discover", "public"),
        ("tools/list", "public"),
        ("prompts/list", "public"),
        ("resources/templates/list", "public"),
        ("resources/list", "private"),
    ] {
        let answer = send_stateless(&acme.api, method, json!({})).expect(200);
        let kept = &answer["result"];
        assert_eq!(kept["resultType"], "complete", "{method}");
        assert_eq!(kept["cacheScope"], scope, "{method}");
        assert!(kept["ttlMs"].is_u64(), "{method}");
    }
}

#[test]
fn every_tool_can_be_called_in_every_way() {
    let acme = workspace();
    for (tool, arguments) in calls(&acme) {
        let params = json!({ "name": tool, "arguments": arguments });
        let stateless = send_stateless(&acme.bulk(), "tools/call", params.clone()).expect(200);
        assert_eq!(stateless["result"]["isError"], false, "{stateless}");
        assert_eq!(stateless["result"]["resultType"], "complete");
        let mut with_handshake = acme.bulk().request("POST", PATH);
        with_handshake = with_handshake.header("mcp-protocol-version", "2025-06-18");
        let answer = with_handshake
            .json(&request("tools/call", params.clone()))
            .send();
        assert_eq!(answer.expect(200)["result"]["isError"], false);
        let plain = json!({ "method": "tools/call", "params": params });
        let plain = send(&acme.bulk(), &plain).expect(200);
        assert_eq!(plain["id"], Value::Null);
        assert_eq!(
            plain["result"]["structuredContent"], stateless["result"]["structuredContent"],
            "{tool}"
        );
    }
}

#[test]
fn plain_calls_leave_out_version_and_id() {
    let acme = workspace();
    for method in [
        "tools/list",
        "initialize",
        "ping",
        "server/discover",
        "prompts/list",
    ] {
        let answer = send(&acme.api, &json!({ "method": method })).expect(200);
        assert_eq!(answer["id"], Value::Null, "{method}");
        assert!(answer["result"].is_object(), "{method}: {answer}");
    }
}

#[test]
fn an_id_comes_back_as_it_was() {
    let acme = workspace();
    for id in [
        json!(0),
        json!(-3),
        json!(1.5),
        json!("a\u{202e}b"),
        json!(u64::MAX),
    ] {
        let message = json!({ "jsonrpc": "2.0", "id": id, "method": "ping" });
        assert_eq!(send(&acme.api, &message).expect(200)["id"], id);
    }
}

#[test]
fn what_the_new_revision_left_out_is_unknown_to_it() {
    let acme = workspace();
    for method in [
        "initialize",
        "ping",
        "logging/setLevel",
        "resources/subscribe",
        "subscriptions/listen",
        "completion/complete",
        "no/such",
    ] {
        let answer = send_stateless(&acme.api, method, json!({}));
        assert_eq!(error(&answer, 404).0, -32601, "{method}");
        assert_eq!(answer.json()["id"], 7);
    }
    for method in ["logging/setLevel", "no/such", ""] {
        let answer = send(&acme.api, &request(method, json!({})));
        assert_eq!(error(&answer, 200).0, -32601, "{method}");
    }
}

#[test]
fn versions_that_are_not_spoken_are_refused_with_those_that_are() {
    let acme = workspace();
    let message = json!({
        "jsonrpc": "2.0", "id": 7, "method": "server/discover",
        "params": { "_meta": {
            "io.modelcontextprotocol/protocolVersion": "2030-01-01",
            "io.modelcontextprotocol/clientCapabilities": {},
        } },
    });
    let unknown = acme
        .api
        .request("POST", PATH)
        .header("mcp-protocol-version", "2030-01-01");
    let answer = unknown.json(&message).send();
    assert_eq!(error(&answer, 400).0, -32022);
    let data = &answer.json()["error"]["data"];
    assert_eq!(data["requested"], "2030-01-01");
    assert_eq!(data["supported"][0], STATELESS);
    let by_header = acme
        .api
        .request("POST", PATH)
        .header("mcp-protocol-version", "1999-01-01");
    let answer = by_header.json(&request("tools/list", json!({}))).send();
    assert_eq!(error(&answer, 400).0, -32022);
}

#[test]
fn headers_must_say_what_the_message_says() {
    let acme = workspace();
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": STATELESS,
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let list = request("tools/list", json!({ "_meta": meta }));
    let call = request("tools/call", json!({ "name": "get_cycle", "_meta": meta }));
    let version = ("mcp-protocol-version", STATELESS);
    let (is_list, is_call) = (("mcp-method", "tools/list"), ("mcp-method", "tools/call"));
    let named = |name| ("mcp-name", name);
    // message, headers, whether they fit
    type Case<'a> = (&'a Value, Vec<(&'a str, &'a str)>, bool);
    let cases: [Case; 12] = [
        (&list, vec![version, is_list], true),
        (&list, vec![is_list], false),
        (
            &list,
            vec![("mcp-protocol-version", "2025-11-25"), is_list],
            false,
        ),
        (&list, vec![version], false),
        (&list, vec![version, ("mcp-method", "TOOLS/LIST")], false),
        (&list, vec![version, is_call], false),
        (&call, vec![version, is_call, named("get_cycle")], true),
        (&call, vec![version, is_call, named("  get_cycle ")], true),
        (
            &call,
            vec![version, is_call, named("=?base64?Z2V0X2N5Y2xl?=")],
            true,
        ),
        (&call, vec![version, is_call], false),
        (&call, vec![version, is_call, named("get_okrs")], false),
        (
            &call,
            vec![version, is_call, named("=?base64?!!!?=")],
            false,
        ),
    ];
    for (message, headers, fits) in cases {
        let mut request = acme.api.request("POST", PATH);
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        let answer = request.json(message).send();
        if fits {
            assert!(answer.expect(200)["result"].is_object(), "{headers:?}");
        } else {
            assert_eq!(error(&answer, 400).0, -32020, "{headers:?}");
        }
    }
}

#[test]
fn a_request_of_the_new_revision_must_carry_what_it_is_made_of() {
    let acme = workspace();
    let version = "io.modelcontextprotocol/protocolVersion";
    let capabilities = "io.modelcontextprotocol/clientCapabilities";
    for params in [
        json!({}),
        json!({ "_meta": {} }),
        json!({ "_meta": { capabilities: {} } }),
        json!({ "_meta": { version: STATELESS } }),
        json!({ "_meta": { version: STATELESS, capabilities: "all" } }),
    ] {
        let request = acme.api.request("POST", PATH);
        let request = request.header("mcp-protocol-version", STATELESS);
        let request = request.header("mcp-method", "tools/list");
        let message =
            json!({ "jsonrpc": "2.0", "id": 7, "method": "tools/list", "params": params });
        assert_eq!(
            error(&request.json(&message).send(), 400).0,
            -32602,
            "{params}"
        );
    }
}

#[test]
fn every_tool_says_what_it_is_and_what_it_takes() {
    let acme = workspace();
    let listed = result(&acme.api.with(&acme.keys.none), "tools/list", json!({}));
    let tools = listed["tools"].as_array().unwrap();
    let names: Vec<_> = tools
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    let called: Vec<_> = calls(&acme).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, called);
    for tool in tools {
        for text in ["title", "description"] {
            assert!(tool[text].as_str().unwrap().len() > 5, "{tool}");
        }
        for schema in ["inputSchema", "outputSchema"] {
            assert_eq!(tool[schema]["type"], "object", "{tool}");
        }
        let writes = ["create_checkin", "update_kpi"].contains(&tool["name"].as_str().unwrap());
        let annotations = &tool["annotations"];
        assert_eq!(annotations["readOnlyHint"], !writes);
        assert_eq!(annotations["destructiveHint"], false);
        assert_eq!(annotations["idempotentHint"], !writes);
        assert_eq!(annotations["openWorldHint"], false);
    }
}

#[test]
fn a_call_that_only_reads_changes_nothing() {
    let acme = workspace();
    let before = acme.bulk().get("/okrs");
    for (tool, arguments) in calls(&acme) {
        if !["create_checkin", "update_kpi"].contains(&tool) {
            send(
                &acme.bulk(),
                &request(
                    "tools/call",
                    json!({ "name": tool, "arguments": arguments }),
                ),
            );
        }
    }
    let after = acme.bulk().get("/okrs");
    assert_eq!(before.header("etag"), after.header("etag"));
    assert_eq!(before.text(), after.text());
}

#[test]
fn only_posts_are_answered() {
    let acme = workspace();
    for method in ["GET", "DELETE", "PUT", "PATCH"] {
        let answer = acme.api.request(method, PATH).send();
        answer.refusal(405);
        assert_eq!(answer.header("allow"), Some("POST"), "{method}");
    }
}
