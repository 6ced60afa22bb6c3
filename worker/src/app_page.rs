//! Addresses outside the API that no file has: the runtime answers with files by itself and asks the Worker
//! only then, so an opened link costs a request of the Worker, and what a page fetches costs none.
//!
//! | address | answer |
//! |---|---|
//! | a file's, `/` too | the file, by the runtime |
//! | `/api/…` | the API, by [`crate::router`] |
//! | looks like a file and is none (`/missing.js`, `/favicon.ico`) | 404, kept nowhere |
//! | `/.well-known/…` | 404: nothing of ours is there |
//! | any other | the app's page, which finds its own way from there |

use axum::response::IntoResponse as _;
use http::{HeaderMap, Method, header};
use worker::{Env, Headers, RequestInit, Response};

use crate::answer::in_one_piece;
use crate::error::Error;
use crate::security_headers;

/// Whether the API is to answer at this path.
pub fn is_of_api(path: &str) -> bool {
    path.starts_with("/api/")
}

/// Answers with the app's page or a refusal.
pub async fn answer(
    env: &Env,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> worker::Result<Response> {
    let refusal = match *method {
        _ if !is_page(path) => Error::NotFound("Address not found"),
        Method::GET | Method::HEAD => return page(env, method, headers).await,
        _ => Error::MethodNotAllowed,
    };
    let mut refusal = refusal.into_response();
    security_headers::add(refusal.headers_mut());
    in_one_piece(refusal).await
}

/// Ids have no dots, and what has one is meant for a file. A page in its place would be kept by browsers for
/// as long as the file would.
fn is_page(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    !name.contains('.') && !path.starts_with("/.well-known/")
}

/// The page with what files say of themselves, or that the browser has it already.
async fn page(env: &Env, method: &Method, asked: &HeaderMap) -> worker::Result<Response> {
    let headers = Headers::new();
    if let Some(tags) = asked.get(header::IF_NONE_MATCH) {
        headers.set(header::IF_NONE_MATCH.as_str(), tags.to_str().unwrap_or("*"))?;
    }
    let init = RequestInit {
        method: method.as_str().to_owned().into(),
        headers,
        ..RequestInit::default()
    };
    let page = env
        .assets("ASSETS")?
        .fetch("https://app/", Some(init))
        .await?;
    page.try_into()
}
