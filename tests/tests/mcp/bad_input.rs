//! Input that is wrong in every way that could be thought of: refused in words, never broken by.

use okrs_tests::{Response, Workspace, workspace};
use serde_json::{Value, json};

use crate::asking::{PATH, error, refused, request, send};

fn send_text(acme: &Workspace, body: impl Into<Vec<u8>>) -> Response {
    acme.bulk().request("POST", PATH).body(body).send()
}

#[test]
fn what_is_no_json_is_a_parse_error() {
    let acme = workspace();
    for body in [
        "",
        "{",
        "tools/list",
        "{\"method\":\"ping\"} x",
        "{\"method\":1e999}",
        "\u{feff}\u{feff}{}",
    ] {
        let answer = send_text(&acme, body);
        assert_eq!(error(&answer, 400).0, -32700, "{body}");
        assert_eq!(answer.json()["id"], Value::Null);
    }
    assert_eq!(
        error(&send_text(&acme, vec![b'"', 0xff, b'"']), 400).0,
        -32700
    );
    assert_eq!(error(&send_text(&acme, "[".repeat(100_000)), 400).0, -32700);
}

#[test]
fn what_is_no_message_is_an_invalid_request() {
    let acme = workspace();
    let ping = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" });
    for message in [
        json!([]),
        json!([ping, ping]),
        json!("ping"),
        json!(1),
        json!(null),
        json!({}),
        json!({ "jsonrpc": "2.0", "id": 1 }),
        json!({ "jsonrpc": "2.0", "id": 1, "method": 1 }),
        json!({ "jsonrpc": "1.0", "id": 1, "method": "ping" }),
        json!({ "jsonrpc": 2, "id": 1, "method": "ping" }),
        json!({ "jsonrpc": "2.0", "id": {}, "method": "ping" }),
        json!({ "jsonrpc": "2.0", "id": true, "method": "ping" }),
    ] {
        assert_eq!(
            error(&send(&acme.bulk(), &message), 400).0,
            -32600,
            "{message}"
        );
    }
    for params in [json!([]), json!("x"), json!(1), json!(true)] {
        let answer = send(&acme.bulk(), &request("tools/list", params));
        assert_eq!(error(&answer, 400).0, -32602);
    }
}

#[test]
fn arguments_that_do_not_fit_are_named() {
    let acme = workspace();
    let key_result = acme.key_results.number.as_str();
    let long = "x".repeat(201);
    let cases = [
        ("get_okrs", json!({ "status": "green" }), "status"),
        ("get_okrs", json!({ "status": 1 }), "status"),
        ("get_okrs", json!({ "cycle": "x" }), "cycle"),
        ("get_okrs", json!({ "cycle_id": "" }), "cycle_id"),
        ("get_okr", json!({}), "okr_id"),
        ("get_okr", json!({ "okr_id": null }), "okr_id"),
        ("get_okr", json!({ "okr_id": ["a"] }), "okr_id"),
        ("create_checkin", json!({ "kr_id": key_result }), "value"),
        ("create_checkin", json!({ "value": 1 }), "kr_id"),
        (
            "create_checkin",
            json!({ "kr_id": key_result, "value": {} }),
            "value",
        ),
        (
            "create_checkin",
            json!({ "kr_id": key_result, "value": 1, "comment": "x" }),
            "comment",
        ),
        (
            "create_checkin",
            json!({ "kr_id": key_result, "value": 1, "status": "red" }),
            "status",
        ),
        (
            "create_checkin",
            json!({ "kr_id": key_result, "value": 1, "note": "x".repeat(50_001) }),
            "note",
        ),
        ("get_kpis", json!({ "status": "healthy" }), "status"),
        ("get_cycle", json!({ "cycle_id": "x" }), "cycle_id"),
        ("get_risks", json!({ "severity": "severe" }), "severity"),
        ("get_insights", json!({ "x": 1 }), "x"),
        ("get_team_performance", json!({ "cycle_id": 7 }), "cycle_id"),
        ("search_okrs", json!({}), "query"),
        ("search_okrs", json!({ "query": "" }), "query"),
        ("search_okrs", json!({ "query": long }), "query"),
        ("list_initiatives", json!({ "priority": "p9" }), "priority"),
        (
            "list_check_ins",
            json!({ "kr_id": key_result, "limit": 0 }),
            "limit",
        ),
        (
            "list_check_ins",
            json!({ "kr_id": key_result, "limit": 51 }),
            "limit",
        ),
        (
            "list_check_ins",
            json!({ "kr_id": key_result, "limit": 1e300 }),
            "limit",
        ),
        ("get_okrs", json!({ "limit": 101 }), "limit"),
        ("get_okrs", json!({ "cursor": "" }), "cursor"),
        ("read_text", json!({ "type": "team", "id": "x" }), "type"),
        ("explain_health", json!({ "kr_id": "x" }), "kr_id"),
        (
            "update_kpi",
            json!({ "kpi_id": "x", "value": "12" }),
            "value",
        ),
    ];
    for (tool, arguments, field) in cases {
        let params = json!({ "name": tool, "arguments": arguments });
        let answer = send(&acme.bulk(), &request("tools/call", params));
        let (code, message) = error(&answer, 200);
        assert_eq!(code, -32602, "{tool}: {message}");
        assert!(message.starts_with(field), "{tool}: {message}");
    }
}

#[test]
fn a_call_must_name_a_tool_and_give_an_object() {
    let acme = workspace();
    for params in [
        json!({}),
        json!({ "name": 1 }),
        json!({ "name": null }),
        json!({ "name": "" }),
        json!({ "name": "delete_everything" }),
        json!({ "name": "GET_OKRS" }),
        json!({ "name": "get_okrs", "arguments": [] }),
        json!({ "name": "get_okrs", "arguments": "status=at_risk" }),
    ] {
        let answer = send(&acme.bulk(), &request("tools/call", params.clone()));
        assert_eq!(error(&answer, 200).0, -32602, "{params}");
    }
    for method in [
        "tools/list",
        "prompts/list",
        "resources/list",
        "resources/templates/list",
    ] {
        let answer = send(&acme.bulk(), &request(method, json!({ "cursor": "2" })));
        assert_eq!(error(&answer, 200).0, -32602, "{method}");
    }
}

#[test]
fn values_that_do_not_suit_are_refused_by_the_tool() {
    let acme = workspace();
    let kr = &acme.key_results;
    let (number, yes_or_no) = (kr.number.as_str(), kr.boolean.as_str());
    let cases = [
        (
            "create_checkin",
            json!({ "kr_id": number, "value": "70" }),
            "value",
        ),
        (
            "create_checkin",
            json!({ "kr_id": number, "value": true }),
            "value",
        ),
        (
            "create_checkin",
            json!({ "kr_id": number, "value": "yes" }),
            "value",
        ),
        (
            "create_checkin",
            json!({ "kr_id": yes_or_no, "value": 0.5 }),
            "value",
        ),
        (
            "create_checkin",
            json!({ "kr_id": number, "value": 1, "status": "blocked" }),
            "blocker_note",
        ),
        (
            "create_checkin",
            json!({ "kr_id": number, "value": 1, "status": "blocked", "blocker_note": "  " }),
            "blocker_note",
        ),
        (
            "create_checkin",
            json!({ "kr_id": number, "value": 1, "blocker_note": "x" }),
            "blocker_note",
        ),
        ("list_initiatives", json!({ "okr_id": "okr-1" }), "okr_id"),
        ("search_okrs", json!({ "query": "   " }), "q"),
        ("get_okrs", json!({ "cursor": "okr-1" }), "cursor"),
        (
            "get_okrs",
            json!({ "cursor": "okr-1", "words": "a" }),
            "cursor",
        ),
        ("get_kpis", json!({ "cursor": "kpi-1" }), "cursor"),
        ("list_initiatives", json!({ "cursor": "x" }), "cursor"),
        ("get_insights", json!({ "cursor": "x" }), "cursor"),
        (
            "list_check_ins",
            json!({ "kr_id": number, "cursor": "x" }),
            "cursor",
        ),
        (
            "read_text",
            json!({ "type": "key_result", "id": number, "cursor": "x" }),
            "cursor",
        ),
    ];
    for (tool, arguments, field) in cases {
        let (code, message) = refused(&acme.bulk(), tool, arguments);
        assert_eq!(code, "bad_request", "{tool}: {message}");
        assert!(message.starts_with(field), "{tool}: {message}");
    }
}

#[test]
fn what_there_is_not_and_what_is_another_workspaces_look_the_same() {
    let (acme, other) = (workspace(), workspace());
    let cases = [
        (
            "get_okrs",
            "cycle_id",
            other.cycles.active.as_str(),
            json!({}),
        ),
        ("get_okr", "okr_id", other.okr.as_str(), json!({})),
        (
            "create_checkin",
            "kr_id",
            other.key_results.number.as_str(),
            json!({ "value": 1 }),
        ),
        (
            "create_checkin",
            "kr_id",
            other.key_results.number.as_str(),
            json!({ "value": 1, "status": "blocked", "blocker_note": "x" }),
        ),
        (
            "create_checkin",
            "kr_id",
            acme.okr.as_str(),
            json!({ "value": 1 }),
        ),
        (
            "get_team_performance",
            "cycle_id",
            other.cycles.active.as_str(),
            json!({}),
        ),
        (
            "search_okrs",
            "cycle_id",
            other.cycles.active.as_str(),
            json!({ "query": "a" }),
        ),
        (
            "list_check_ins",
            "kr_id",
            other.key_results.number.as_str(),
            json!({}),
        ),
        ("explain_health", "okr_id", other.okr.as_str(), json!({})),
        (
            "read_text",
            "id",
            other.okr.as_str(),
            json!({ "type": "okr" }),
        ),
        (
            "update_kpi",
            "kpi_id",
            other.kpi.as_str(),
            json!({ "value": 1 }),
        ),
    ];
    let before = other.bulk().get("/okrs").text().to_owned();
    for (tool, field, foreign, mut arguments) in cases {
        let mut answers = vec![];
        for id in [
            foreign,
            "01900000-0000-7000-8000-000000000000",
            "nothing",
            "%",
            "'; DROP TABLE okrs",
        ] {
            arguments[field] = json!(id);
            answers.push(refused(&acme.bulk(), tool, arguments.clone()));
        }
        assert_eq!(answers[0].0, "not_found", "{tool}");
        assert!(
            answers.iter().all(|answer| *answer == answers[0]),
            "{tool}: {answers:?}"
        );
    }
    let none = crate::asking::done(
        &acme.bulk(),
        "list_initiatives",
        json!({ "okr_id": other.okr.as_str() }),
    );
    assert_eq!(none, json!({ "total": 0, "initiatives": [] }));
    assert_eq!(other.bulk().get("/okrs").text(), before);
}

#[test]
fn a_megabyte_is_too_much_and_a_long_note_is_not() {
    let acme = workspace();
    let key_result = acme.key_results.number.as_str();
    let with_note = |length| {
        let arguments = json!({ "kr_id": key_result, "value": 1, "note": "x".repeat(length) });
        request(
            "tools/call",
            json!({ "name": "create_checkin", "arguments": arguments }),
        )
    };
    let answer = send(&acme.bulk(), &with_note(1_000_000));
    assert_eq!(error(&answer, 413).0, -32000);
    let answer = send(&acme.bulk(), &with_note(10_000));
    assert_eq!(answer.expect(200)["result"]["isError"], false);
}

#[test]
fn odd_numbers_do_no_harm() {
    let acme = workspace();
    let key_result = acme.key_results.number.as_str();
    for value in [
        "1e308",
        "-0",
        "9007199254740993",
        "5e-324",
        "-1e308",
        "123456789012345678901234567890",
    ] {
        let body = format!(
            r#"{{"method":"tools/call","params":{{"name":"create_checkin","arguments":{{"kr_id":"{key_result}","value":{value}}}}}}}"#
        );
        let answer = send_text(&acme, body).expect(200);
        assert_eq!(answer["result"]["isError"], false, "{value}: {answer}");
        for tool in [
            "get_okrs",
            "get_risks",
            "get_insights",
            "get_cycle",
            "get_team_performance",
        ] {
            crate::asking::done(&acme.bulk(), tool, json!({}));
        }
    }
}
