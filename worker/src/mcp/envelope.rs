//! JSON-RPC: messages come in, results and errors go out.

use crate::answer::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use okrs_shared::error::ErrorCode;
use serde_json::{Map, Value, json};

use super::plain_text;
use super::reading_order::InReadingOrder;
use super::revision::Revision;
use crate::error::Error;

/// The codes of JSON-RPC and of the protocol.
pub mod code {
    /// The body is not JSON.
    pub const PARSE: i32 = -32700;
    /// JSON, but no message.
    pub const INVALID_REQUEST: i32 = -32600;
    /// There is no such method.
    pub const METHOD_NOT_FOUND: i32 = -32601;
    /// The parameters are wrong.
    pub const INVALID_PARAMS: i32 = -32602;
    /// Our fault.
    pub const INTERNAL: i32 = -32603;
    /// Refused before the message mattered: the key, its budget, its scopes, the sender's site.
    pub const REFUSED: i32 = -32000;
    /// A header contradicts the message.
    pub const HEADER_MISMATCH: i32 = -32020;
    /// A revision that we don't speak.
    pub const UNSUPPORTED_VERSION: i32 = -32022;
}

/// What can be posted.
pub enum Incoming {
    /// Something to be answered.
    Request(Message),
    /// A notification, or the answer to a request that we never send: to be taken note of.
    Notification,
}

/// A request. An id may be missing: then it is null.
pub struct Message {
    /// Text, a number or null; comes back with the answer.
    pub id: Value,
    /// What to do.
    pub method: String,
    /// With what; empty if nothing was given.
    pub params: Map<String, Value>,
}

impl Incoming {
    /// Reads one message. Plain calls leave out `jsonrpc` and `id`.
    pub fn parse(json: &[u8]) -> Result<Self, Refusal> {
        let value: Value = serde_json::from_slice(json)
            .map_err(|_| Refusal::bad_request(code::PARSE, "The body is not JSON"))?;
        let invalid = |message| Refusal::bad_request(code::INVALID_REQUEST, message);
        let Value::Object(mut message) = value else {
            return Err(invalid(
                "The body must be one JSON-RPC message; batches are not supported",
            ));
        };
        if message
            .get("jsonrpc")
            .is_some_and(|version| version != "2.0")
        {
            return Err(invalid("jsonrpc must be \"2.0\""));
        }
        let id = message.remove("id").unwrap_or_default();
        if !matches!(id, Value::Null | Value::String(_) | Value::Number(_)) {
            return Err(invalid("id must be a string or a number"));
        }
        let method = match message.remove("method") {
            Some(Value::String(method)) => method,
            None if message.contains_key("result") || message.contains_key("error") => {
                return Ok(Self::Notification);
            }
            _ => return Err(invalid("method must be a string")),
        };
        if id.is_null() && method.starts_with("notifications/") {
            return Ok(Self::Notification);
        }
        let params = match message.remove("params") {
            Some(Value::Object(params)) => params,
            None | Some(Value::Null) => Map::new(),
            Some(_) => {
                let refusal =
                    Refusal::bad_request(code::INVALID_PARAMS, "params must be an object");
                return Err(refusal);
            }
        };
        Ok(Self::Request(Message { id, method, params }))
    }
}

/// An error of the protocol.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    code: i32,
    message: String,
    data: Option<Value>,
}

impl Refusal {
    /// An error in an ordinary answer.
    pub fn new(code: i32, message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::OK,
            code,
            message: message.into(),
            data: None,
        }
    }

    /// An error that the HTTP status 400 announces.
    pub fn bad_request(code: i32, message: impl Into<String>) -> Self {
        Self::new(code, message).with_status(StatusCode::BAD_REQUEST)
    }

    /// This error with another HTTP status.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// This error with more for programs.
    pub fn with_data(self, data: Value) -> Self {
        Self {
            data: Some(data),
            ..self
        }
    }

    /// The answer to the message with this id.
    pub fn answer(self, id: Value) -> Response {
        let mut body = error(id, self.code, self.message, self.data);
        plain_text::make_visible(&mut body);
        (self.status, Json(body)).into_response()
    }
}

/// The answer to a request that was refused before its message mattered, or that broke.
pub fn refused(refusal: Error, id: Value) -> Response {
    refusal.into_response_with(|body| {
        let code = match body.error {
            ErrorCode::ServerError | ErrorCode::OutcomeUnknown => code::INTERNAL,
            _ => code::REFUSED,
        };
        let message = body.message.clone().unwrap_or_default();
        error(id, code, message, serde_json::to_value(&body).ok())
    })
}

/// The answer to the request with this id. The id comes back as it was.
pub fn answered(result: Value, revision: Revision, id: Value) -> Response {
    let mut result = revision.dressed(result);
    plain_text::make_visible(&mut result);
    let body = json!({ "jsonrpc": "2.0", "id": id, "result": result });
    Json(InReadingOrder(&body)).into_response()
}

fn error(id: Value, code: i32, message: String, data: Option<Value>) -> Value {
    let mut error = json!({ "code": code, "message": message });
    if let Some(data) = data {
        error["data"] = data;
    }
    json!({ "jsonrpc": "2.0", "id": id, "error": error })
}
