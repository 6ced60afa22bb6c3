//! Which revision of the protocol a request speaks, and what that asks of it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value, json};

use super::envelope::{Message, Refusal, code};

/// The revision without a handshake.
const STATELESS: &str = "2026-07-28";
/// The revisions that begin with `initialize`, the latest first.
const WITH_HANDSHAKE: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

const VERSION: &str = "io.modelcontextprotocol/protocolVersion";
const CAPABILITIES: &str = "io.modelcontextprotocol/clientCapabilities";
const SERVER_INFO: &str = "io.modelcontextprotocol/serverInfo";

/// How to understand a request and how to answer it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revision {
    /// 2026-07-28: every request carries its version.
    Stateless,
    /// Earlier ones, and plain calls.
    WithHandshake,
}

/// The revision of a request, or what is wrong with how it says so.
pub fn of(headers: &HeaderMap, message: &Message) -> Result<Revision, Refusal> {
    let declared = header(headers, "mcp-protocol-version");
    let meta = message.params.get("_meta").and_then(Value::as_object);
    let in_meta = meta.and_then(|meta| meta.get(VERSION));
    if declared.is_none() && in_meta.is_none() {
        return Ok(Revision::WithHandshake);
    }
    if let Some(in_meta) = in_meta
        && declared.is_none_or(|declared| in_meta != declared)
    {
        return Err(mismatch("MCP-Protocol-Version"));
    }
    let declared = declared.unwrap_or_default();
    if WITH_HANDSHAKE.contains(&declared) {
        return Ok(Revision::WithHandshake);
    }
    if declared != STATELESS {
        let data = json!({ "supported": supported(), "requested": declared });
        let refusal = Refusal::bad_request(
            code::UNSUPPORTED_VERSION,
            "This server does not speak this version of the protocol",
        );
        return Err(refusal.with_data(data));
    }
    check_headers(headers, message)?;
    check_meta(meta)?;
    Ok(Revision::Stateless)
}

/// All revisions that are spoken, the latest first.
pub fn supported() -> Vec<&'static str> {
    [STATELESS].into_iter().chain(WITH_HANDSHAKE).collect()
}

/// The revision to agree on with a client that asks for this one in its handshake.
pub fn agreed(asked: Option<&str>) -> &'static str {
    WITH_HANDSHAKE
        .into_iter()
        .find(|version| Some(*version) == asked)
        .unwrap_or(WITH_HANDSHAKE[0])
}

/// What this server calls itself.
pub fn server_info() -> Value {
    json!({ "name": "okrs-edge", "title": "OKRs Tool", "version": env!("CARGO_PKG_VERSION") })
}

impl Revision {
    /// The result with what the revision wants in every result.
    pub fn dressed(self, mut result: Value) -> Value {
        match self {
            Self::Stateless => {
                result["resultType"] = json!("complete");
                result["_meta"][SERVER_INFO] = server_info();
            }
            Self::WithHandshake => {}
        }
        result
    }

    /// The result with how long, in milliseconds, it may be kept, and whether it is the same for
    /// everybody.
    pub fn kept(self, mut result: Value, ttl_ms: u32, is_same_for_all: bool) -> Value {
        if self == Self::Stateless {
            result["ttlMs"] = json!(ttl_ms);
            result["cacheScope"] = json!(if is_same_for_all { "public" } else { "private" });
        }
        result
    }

    /// The refusal of a method that there is not. The new revision wants a 404, older clients take
    /// that for a lost session.
    pub fn unknown_method(self, method: &str) -> Refusal {
        let refusal = Refusal::new(
            code::METHOD_NOT_FOUND,
            format!("There is no method {method}"),
        );
        match self {
            Self::Stateless => refusal.with_status(StatusCode::NOT_FOUND),
            Self::WithHandshake => refusal,
        }
    }
}

/// Method and name stand in headers as well, so that what lies between can route by them.
fn check_headers(headers: &HeaderMap, message: &Message) -> Result<(), Refusal> {
    if header(headers, "mcp-method") != Some(&*message.method) {
        return Err(mismatch("Mcp-Method"));
    }
    let name = match &*message.method {
        "tools/call" | "prompts/get" => message.params.get("name"),
        "resources/read" => message.params.get("uri"),
        _ => None,
    };
    let mirrored = header(headers, "mcp-name").and_then(decoded);
    match name.and_then(Value::as_str) {
        Some(name) if mirrored.as_deref() != Some(name) => Err(mismatch("Mcp-Name")),
        _ => Ok(()),
    }
}

fn check_meta(meta: Option<&Map<String, Value>>) -> Result<(), Refusal> {
    let problem = match meta {
        None => "params._meta is missing",
        Some(meta) if !meta.contains_key(VERSION) => {
            "params._meta lacks io.modelcontextprotocol/protocolVersion"
        }
        Some(meta) if !meta.get(CAPABILITIES).is_some_and(Value::is_object) => {
            "params._meta lacks io.modelcontextprotocol/clientCapabilities, an object"
        }
        Some(_) => return Ok(()),
    };
    Err(Refusal::bad_request(code::INVALID_PARAMS, problem))
}

fn mismatch(header: &str) -> Refusal {
    Refusal::bad_request(
        code::HEADER_MISMATCH,
        format!("The header {header} is missing or says something else than the message"),
    )
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

/// A header's text; what is no plain ASCII comes as `=?base64?…?=`.
fn decoded(value: &str) -> Option<String> {
    let encoded = value
        .strip_prefix("=?base64?")
        .and_then(|rest| rest.strip_suffix("?="));
    match encoded {
        Some(encoded) => String::from_utf8(STANDARD.decode(encoded).ok()?).ok(),
        None => Some(value.to_owned()),
    }
}
