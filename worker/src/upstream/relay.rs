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

/// Whether the address means the same wherever it is read: a part of dots would lead elsewhere.
fn is_plain(address: &str) -> bool {
    address.split('/').all(|part| {
        let part = part.to_ascii_lowercase().replace("%2e", ".");
        part != "." && part != ".."
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_do_not_lead_out_of_the_api() {
        assert!(is_plain("/okrs/x.y/key-results"));
        for address in [
            "/okrs/..",
            "/okrs/%2e%2E/checkins",
            "/okrs/./x",
            "/okrs/.%2e",
        ] {
            assert!(!is_plain(address), "{address}");
        }
    }
}
