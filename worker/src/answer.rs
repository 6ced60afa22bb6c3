//! Answers: in JSON, and as the platform takes them.

use std::str;

use axum::body::{self, HttpBody as _};
use axum::response::{IntoResponse, Response};
use futures_util::TryStreamExt as _;
use http::{HeaderName, HeaderValue, header};
use serde::Serialize;

use crate::error::Error;

/// What says that an answer is JSON. The standard needs no charset; clients that read whatever does not name one as
/// Latin-1 do.
pub const JSON: (HeaderName, &str) = (header::CONTENT_TYPE, "application/json; charset=utf-8");

/// An answer with this as its JSON; 200 unless a handler says otherwise.
///
/// axum's own `Json` does the same by another kind of writer than the one that kept answers are
/// written with: everything would be compiled twice.
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_string(&self.0) {
            Ok(json) => of_text(json),
            Err(error) => Error::from(error).into_response(),
        }
    }
}

/// The strong ETag of a thing with this version.
pub fn etag(version: &str) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("\"{version}\"")).ok()
}

fn of_text(json: String) -> Response {
    ([JSON], json).into_response()
}

/// The answer with its body in one piece, unless nobody knows its length yet. The platform would make a stream of it
/// otherwise, which takes longer, and of which the client doesn't know the length.
pub async fn of_platform(answer: Response) -> worker::Result<worker::Response> {
    let (head, body) = answer.into_parts();
    let headers = worker::Headers::new();
    for (name, value) in &head.headers {
        headers.append(name.as_str(), str::from_utf8(value.as_bytes())?)?;
    }
    let answer = worker::Response::builder()
        .with_status(head.status.as_u16())
        .with_headers(headers);
    let failed = |error: axum::Error| worker::Error::RustError(error.to_string());
    if body.size_hint().exact().is_none() {
        return answer.from_stream(body.into_data_stream().map_err(failed));
    }
    let body = body::to_bytes(body, usize::MAX).await.map_err(failed)?;
    Ok(if body.is_empty() {
        answer.empty()
    } else {
        answer.fixed(body.into())
    })
}
