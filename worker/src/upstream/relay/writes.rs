//! What is written through.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{Method, StatusCode, header};
use okrs_shared::validation::Invalid;
use serde_json::Value;

use super::Router;
use crate::admit;
use crate::caller::Caller;
use crate::error::{Error, PENDING_WRITES, Result};
use crate::extract;
use crate::handlers::check_ins;
use crate::platform::Platform;
use crate::store::{Mode, people};
use crate::upstream::public_write::{Kind, PublicWrite};
use crate::upstream::{self, Fate, Outgoing};

/// Sends a write, once nothing here speaks against it.
pub async fn send(
    platform: &Platform,
    request: Request,
    address: &str,
    public_write: PublicWrite<'_>,
    router: Router,
) -> Result<Response> {
    let (parts, body) = request.into_parts();
    let shown = admit::shown(platform, &parts)?;
    let body = extract::read_body(&parts.headers, body, extract::MAX_BODY_BYTES).await;
    let caller = admit::sender(platform, &parts, shown).await?;
    let body = body?;
    let refusal = rehearse(platform, &caller, &parts, &body, router).await;
    if let Some(refusal) = refusal {
        return Ok(refusal);
    }
    // JSON is UTF-8, and the rehearsal has read it.
    let text = String::from_utf8_lossy(&body);
    let sent = sent(platform, &caller, &text).await?;
    if parts.method == Method::PUT && sent == "{}" {
        return Ok(only_here(platform, caller, &parts, &body, router).await);
    }
    let idempotency = match parts.method {
        Method::POST => extract::idempotency(&parts, &body)?,
        _ => None,
    };
    let write = Outgoing {
        method: parts.method.to_string(),
        address: address.to_owned(),
        sent,
        body: text.into_owned(),
        caller,
        promise: idempotency.map(Into::into),
        asynchronous: prefers_async(&parts),
    };
    let mut response = answered(upstream::write(platform, &write).await?)?;
    if public_write.kind == Kind::CheckIn && address.starts_with("/okrs/") {
        check_ins::deprecate(response.headers_mut(), public_write.subject);
    }
    Ok(response)
}

/// Sends what a tool reports, `{list}/{id}/{what}`, on behalf of a caller who has been admitted, and
/// gives the service's answer.
pub async fn report(
    platform: &Platform,
    caller: &Caller,
    (list, id, what): (&str, &str, &str),
    body: &Value,
    idempotency: extract::Idempotency,
) -> Result<Value> {
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !id.bytes().all(is_id) {
        return Err(Error::NotFound("There is nothing with this id"));
    }
    let body = body.to_string();
    let write = Outgoing {
        method: Method::POST.to_string(),
        address: format!("{list}/{id}/{what}"),
        sent: body.clone(),
        body,
        caller: caller.clone(),
        promise: Some(idempotency.into()),
        asynchronous: false,
    };
    match upstream::write(platform, &write).await? {
        Fate::Answered(status, body) if (200..300).contains(&status) => {
            Ok(serde_json::from_str(&body)?)
        }
        Fate::Answered(status, body) => Err(refused(status, &body)),
        fate => Err(not_answered(fate)),
    }
}

/// The refusal of a request that would be refused if the data were here.
async fn rehearse(
    platform: &Platform,
    caller: &Caller,
    parts: &Parts,
    body: &Bytes,
    router: Router,
) -> Option<Response> {
    let inner = platform.within(Mode::Rehearsal, caller.clone());
    let response = routed(&inner, parts, body, router).await;
    (!response.status().is_success()).then_some(response)
}

/// A change of nothing that the service knows of.
async fn only_here(
    platform: &Platform,
    caller: Caller,
    parts: &Parts,
    body: &Bytes,
    router: Router,
) -> Response {
    let inner = platform.within(Mode::Copy, caller);
    let response = routed(&inner, parts, body, router).await;
    if let Some(revision) = inner.ledger().revision() {
        // Whoever settles this request says this.
        platform.ledger().commit(revision);
    }
    response
}

async fn routed(platform: &Platform, parts: &Parts, body: &Bytes, router: Router) -> Response {
    let request = http::Request::builder()
        .method(parts.method.clone())
        .uri(parts.uri.clone())
        .extension(platform.clone())
        .body(Body::from(body.clone()));
    match request {
        Ok(mut request) => {
            *request.headers_mut() = parts.headers.clone();
            (router.answer)(request).await
        }
        Err(error) => Error::internal(error.to_string()).into_response(),
    }
}

fn prefers_async(parts: &Parts) -> bool {
    let prefer = parts.headers.get_all("prefer").into_iter();
    prefer
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|preference| preference.trim().eq_ignore_ascii_case("respond-async"))
}

/// The body as the service understands it. Keys speak its language; people who are signed in name
/// members and teams of this deployment, of whom it may not know.
async fn sent(platform: &Platform, caller: &Caller, body: &str) -> Result<String> {
    let is_person = caller.person_if_any().is_some();
    let parsed: Option<Value> = serde_json::from_str(body).ok();
    let Some(Value::Object(mut fields)) = parsed.filter(|_| is_person) else {
        return Ok(body.to_owned());
    };
    for here in ["department_id", "team_id"] {
        fields.remove(here);
    }
    if let Some(owner) = fields.get("owner_id").and_then(Value::as_str) {
        match people::upstream_id(&platform.db()?, caller, owner).await? {
            Some(id) => fields.insert("owner_id".to_owned(), Value::String(id)),
            None => fields.remove("owner_id"),
        };
    }
    Ok(Value::Object(fields).to_string())
}

fn answered(fate: Fate) -> Result<Response> {
    Ok(match fate {
        Fate::Answered(status, body) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            if body.is_empty() {
                return Ok(status.into_response());
            }
            let json = [(header::CONTENT_TYPE, "application/json")];
            (status, json, body).into_response()
        }
        Fate::Kept(write) => {
            let address = [(header::LOCATION, format!("{PENDING_WRITES}/{}", write.id))];
            let body = crate::answer::Json(write);
            (StatusCode::ACCEPTED, address, body).into_response()
        }
        fate => return Err(not_answered(fate)),
    })
}

fn not_answered(fate: Fate) -> Error {
    match fate {
        Fate::OverBudget(seconds) => Error::RateLimited(seconds),
        Fate::Unavailable(seconds) => Error::Unavailable(seconds),
        Fate::InDoubt(id) => Error::InDoubt(id),
        Fate::KeyReused => Error::IdempotencyKeyReused,
        Fate::Answered(..) | Fate::Kept(_) => Error::internal("a write was answered"),
    }
}

/// The service's refusal as one of ours.
fn refused(status: u16, body: &str) -> Error {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let message = body["message"].as_str().unwrap_or("refused by the service");
    match status {
        404 => Error::NotFound("The service does not know it"),
        400..500 => Error::Invalid(Invalid {
            field: None,
            message: message.to_owned(),
        }),
        _ => Error::internal(format!("the service answered {status}")),
    }
}
