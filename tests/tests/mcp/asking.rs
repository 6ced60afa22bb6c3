//! How the three kinds of client ask, and what every answer must be.

use okrs_tests::{Api, Response, Workspace};
use serde_json::{Value, json};

/// Where assistants connect.
pub const PATH: &str = "/api/public/mcp";

/// The revision without a handshake.
pub const STATELESS: &str = "2026-07-28";

/// Sends a message as it is.
pub fn send(api: &Api, message: &Value) -> Response {
    api.request("POST", PATH).json(message).send()
}

/// A request of the revisions with a handshake.
pub fn request(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params })
}

/// A request of the revision without one, which carries its version.
pub fn stateless_request(method: &str, mut params: Value) -> Value {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": STATELESS,
        "io.modelcontextprotocol/clientInfo": { "name": "tests", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    request(method, params)
}

/// Sends a request without an initialisation, with the headers that mirror it.
pub fn send_stateless(api: &Api, method: &str, params: Value) -> Response {
    let name = params.get("name").or(params.get("uri")).cloned();
    let mut request = api
        .request("POST", PATH)
        .header("mcp-protocol-version", STATELESS)
        .header("mcp-method", method);
    if let Some(name) = name.as_ref().and_then(Value::as_str) {
        request = request.header("mcp-name", name);
    }
    request.json(&stateless_request(method, params)).send()
}

/// The result of a request of the revisions with a handshake.
#[track_caller]
pub fn result(api: &Api, method: &str, params: Value) -> Value {
    let answer = send(api, &request(method, params)).expect(200);
    assert_eq!(answer["jsonrpc"], "2.0");
    assert_eq!(answer["id"], 7);
    assert!(answer.get("error").is_none(), "{answer}");
    answer["result"].clone()
}

/// What a call of a tool gives, whether or not it is refused.
#[track_caller]
pub fn call(api: &Api, tool: &str, arguments: Value) -> Value {
    let result = result(
        api,
        "tools/call",
        json!({ "name": tool, "arguments": arguments }),
    );
    let text = result["content"][0]["text"].as_str().unwrap();
    let same: Value = serde_json::from_str(text).unwrap();
    assert_eq!(same, result["structuredContent"], "the text says the same");
    result
}

/// What a tool answers when it does what it is asked.
#[track_caller]
pub fn done(api: &Api, tool: &str, arguments: Value) -> Value {
    let result = call(api, tool, arguments);
    assert_eq!(result["isError"], false, "{result}");
    result["structuredContent"].clone()
}

/// The error and the message of a tool that refuses.
#[track_caller]
pub fn refused(api: &Api, tool: &str, arguments: Value) -> (String, String) {
    let result = call(api, tool, arguments);
    assert_eq!(result["isError"], true, "{result}");
    let text = |name: &str| {
        result["structuredContent"][name]
            .as_str()
            .unwrap()
            .to_owned()
    };
    (text("error"), text("message"))
}

/// The code and the message of an error of the protocol, which must come with this HTTP status.
#[track_caller]
pub fn error(answer: &Response, status: u16) -> (i64, String) {
    let body = answer.expect(status);
    assert_eq!(body["jsonrpc"], "2.0", "{body}");
    assert!(body.get("result").is_none(), "{body}");
    let message = body["error"]["message"].as_str().unwrap().to_owned();
    assert!(!message.is_empty());
    (body["error"]["code"].as_i64().unwrap(), message)
}

/// A call that each tool accepts.
pub fn calls(acme: &Workspace) -> Vec<(&'static str, Value)> {
    let (okr, key_result) = (acme.okr.as_str(), acme.key_results.number.as_str());
    vec![
        ("get_okrs", json!({ "status": "at_risk" })),
        ("get_okr", json!({ "okr_id": okr })),
        (
            "create_checkin",
            json!({ "kr_id": key_result, "value": 41 }),
        ),
        ("get_kpis", json!({})),
        ("get_cycle", json!({})),
        ("get_risks", json!({})),
        ("get_insights", json!({})),
        ("get_team_performance", json!({})),
        ("search_okrs", json!({ "query": "sign" })),
        ("list_initiatives", json!({})),
        ("list_check_ins", json!({ "kr_id": key_result })),
        ("explain_health", json!({ "okr_id": okr })),
        ("read_text", json!({ "type": "okr", "id": okr })),
        (
            "update_kpi",
            json!({ "kpi_id": acme.kpi.as_str(), "value": 4000 }),
        ),
    ]
}
