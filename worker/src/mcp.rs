//! Assistants: the Model Context Protocol at one address, without sessions.
//!
//! A request is a JSON-RPC message, its answer is JSON. Keys, scopes and budget are those of the
//! public API, and tools call the same ops. Three kinds of client are served side by side, told
//! apart for each request by what it says of its [`revision`]:
//! - the revision of 2026-07-28, where every request carries its version and mirrors it in headers;
//! - those from 2024-11-05 to 2025-11-25, which begin with `initialize`;
//! - plain calls such as `{"method":"tools/list"}`, without `jsonrpc` and `id`.
//!
//! Refusals of the protocol are JSON-RPC errors ([`envelope`]); what a tool refuses is a result with
//! `isError`, so that the model sees it and can do better. What people wrote stands in data fields
//! only, with everything invisible made visible ([`plain_text`]).

mod arguments;
mod envelope;
mod filters;
mod methods;
mod pages;
mod plain_text;
mod prompts;
mod reading_order;
mod relayed;
mod resources;
mod revision;
mod shapes;
mod site;
mod tokens;
mod tools;

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::Value;

use crate::address;
use crate::admit;
use crate::error::Result;
use crate::extract;
use crate::hosted;
use crate::platform::Platform;
use crate::workspace_do::Intent;
use envelope::{Incoming, Refusal};

/// Where assistants connect.
pub const PATH: &str = "/api/public/mcp";

/// `POST /api/public/mcp`
#[worker::send]
pub async fn post(platform: Platform, request: Request) -> Response {
    match answer(platform, request).await {
        Ok(response) => response,
        Err(error) => envelope::refused(error, Value::Null),
    }
}

/// Refusals come in the order 403 (a foreign site), 401, 413, 429; then the message is looked at.
async fn answer(platform: Platform, request: Request) -> Result<Response> {
    let (parts, body) = request.into_parts();
    site::require_own(&parts)?;
    let (tag, key) = admit::key(&parts.headers)?;
    let json = extract::read_body(&parts.headers, body, extract::MAX_BODY_BYTES).await?;
    let incoming = Incoming::parse(&json);
    let intent = match &incoming {
        Ok(Incoming::Request(message)) if methods::writes(message) => Intent::Write,
        _ => Intent::Read,
    };
    let address = address::of(&parts.headers);
    let caller = admit::caller(&platform, tag, key, intent, address).await?;
    hosted::look(&platform, &caller.tag).await?;
    let message = match incoming {
        Ok(Incoming::Request(message)) => message,
        Ok(Incoming::Notification) => return Ok(StatusCode::ACCEPTED.into_response()),
        Err(refusal) => return Ok(refusal.answer(Value::Null)),
    };
    let id = message.id.clone();
    let revision = match revision::of(&parts.headers, &message) {
        Ok(revision) => revision,
        Err(refusal) => return Ok(refusal.answer(id)),
    };
    Ok(
        match methods::answer(&platform, &caller, revision, &message).await {
            Ok(result) => envelope::answered(result, revision, id),
            Err(methods::Failure::Refused(refusal)) => refusal.answer(id),
            Err(methods::Failure::Broken(error)) if intent == Intent::Write => {
                envelope::refused(error.after_a_write(), id)
            }
            Err(methods::Failure::Broken(error)) => envelope::refused(error, id),
        },
    )
}

/// A refusal as an error of its own kind.
impl From<Refusal> for methods::Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
