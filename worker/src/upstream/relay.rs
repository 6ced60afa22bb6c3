//! Version 1 of the public API in front of the hosted service.
//!
//! - What a **key** reads is the service's own answer, byte by byte, from the last good one. People
//!   who are signed in see only a part of it: they are served from the copy, like the app.
//! - **Writes** are rehearsed first, so that whatever can be refused here costs the service nothing,
//!   and are then sent; the service's answer is the answer.
//!
//! Everything else goes to the router as ever.

mod reads;
mod writes;

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{Method, header};

use crate::error::Result;
use crate::hosted::public_write::PublicWrite;
use crate::platform::Platform;
use crate::router;

/// Answers a request to version 1 whose data is with the hosted service; `address` is below that of
/// the API.
pub async fn answer(platform: &Platform, request: Request, address: &str) -> Response {
    relayed(platform, request, address)
        .await
        .unwrap_or_else(IntoResponse::into_response)
}

async fn relayed(platform: &Platform, request: Request, address: &str) -> Result<Response> {
    let has_key = request.headers().contains_key(header::AUTHORIZATION);
    if !is_plain(address) {
        return Ok(router::answer(request).await);
    }
    if let Some(public_write) = PublicWrite::of(request.method(), address) {
        return writes::send(platform, request, address, public_write).await;
    }
    let is_read = [Method::GET, Method::HEAD].contains(request.method());
    let readable = reads::Readable::of(address).filter(|_| is_read && has_key);
    match (readable, router::scope_of_read(address)) {
        (Some(readable), Some(scope)) => reads::answer(platform, request, readable, scope).await,
        _ => Ok(router::answer(request).await),
    }
}

/// The most characters of an id.
const MAX_ID_CHARS: usize = 64;

/// Whether the address means the same wherever it is read: what is escaped, such as a slash, may not. No id of the
/// service looks so, and nothing is there.
fn is_plain(address: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let mut parts = address.split('/');
    parts.next() == Some("")
        && parts.all(|part| (1..=MAX_ID_CHARS).contains(&part.len()) && part.bytes().all(is_plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_do_not_lead_out_of_the_api() {
        assert!(is_plain("/okrs/x_Y-9/key-results"));
        let long = format!("/okrs/{}", "x".repeat(65));
        for address in [
            "okrs",
            "/okrs/",
            "/okrs/x.y",
            "/okrs/a%2fb",
            "/okrs/a%3Fb",
            "/okrs/a%23b",
            "/okrs/a%5cb",
            "/okrs/ü",
            &long,
            "/okrs/..",
            "/okrs/%2e%2E/checkins",
            "/okrs/./x",
            "/okrs/.%2e",
        ] {
            assert!(!is_plain(address), "{address}");
        }
    }
}
