//! What is written through.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{Method, StatusCode, header};
use serde_json::Value;

use crate::admit;
use crate::answer::{JSON, Json};
use crate::caller::Caller;
use crate::error::{Error, PENDING_WRITES, Result};
use crate::extract;
use crate::handlers::check_ins;
use crate::hosted::public_write::{Kind, PublicWrite};
use crate::hosted::{self, Fate, Outgoing};
use crate::platform::Platform;
use crate::router;
use crate::store::{Mode, people};

/// Sends a write, once nothing here speaks against it.
pub async fn send(
    platform: &Platform,
    request: Request,
    address: &str,
    public_write: PublicWrite<'_>,
) -> Result<Response> {
    let (parts, body) = request.into_parts();
    let shown = admit::shown(platform, &parts)?;
    let body = extract::read_body(&parts.headers, body, extract::MAX_BODY_BYTES).await;
    let caller = admit::sender(platform, &parts, shown).await?;
    let body = body?;
    let refusal = rehearse(platform, &caller, &parts, &body).await;
    if let Some(refusal) = refusal {
        return Ok(refusal);
    }
    // JSON is UTF-8, and the rehearsal has read it.
    let text = String::from_utf8_lossy(&body);
    let sent = sent(platform, &caller, &text).await?;
    if parts.method == Method::PUT && sent == "{}" {
        return Ok(only_here(platform, caller, &parts, &body).await);
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
    let mut response = answered(hosted::write(platform, &write).await?)?;
    platform.ledger().say_replayed(response.headers_mut());
    if public_write.kind == Kind::CheckIn && address.starts_with("/okrs/") {
        check_ins::deprecate(response.headers_mut(), public_write.subject);
    }
    Ok(response)
}

/// The refusal of a request that would be refused if the data were here.
async fn rehearse(
    platform: &Platform,
    caller: &Caller,
    parts: &Parts,
    body: &Bytes,
) -> Option<Response> {
    let inner = platform.within(Mode::Rehearsal, caller.clone());
    let response = routed(&inner, parts, body).await;
    (!response.status().is_success()).then_some(response)
}

/// A change of nothing that the service knows of.
async fn only_here(platform: &Platform, caller: Caller, parts: &Parts, body: &Bytes) -> Response {
    let inner = platform.within(Mode::Copy, caller);
    let response = routed(&inner, parts, body).await;
    if let Some(made) = inner.ledger().made() {
        // Whoever settles this request says this.
        platform.ledger().commit(made);
    }
    response
}

async fn routed(platform: &Platform, parts: &Parts, body: &Bytes) -> Response {
    let request = http::Request::builder()
        .method(parts.method.clone())
        .uri(parts.uri.clone())
        .extension(platform.clone())
        .body(Body::from(body.clone()));
    match request {
        Ok(mut request) => {
            *request.headers_mut() = parts.headers.clone();
            router::answer(request).await
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
            (status, [JSON], body).into_response()
        }
        Fate::Kept(write) => {
            let address = [(header::LOCATION, format!("{PENDING_WRITES}/{}", write.id))];
            let applied = [("preference-applied", "respond-async")];
            let body = Json(write);
            (StatusCode::ACCEPTED, address, applied, body).into_response()
        }
        fate => return Err(fate.refusal()),
    })
}
