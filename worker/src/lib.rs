//! The Worker: events only. Requests go to [`router`], one object per organisation is
//! [`workspace_do`].

mod access;
mod address;
mod answer;
mod api;
mod app_api;
mod caller;
mod clock;
mod cookies;
mod error;
mod external_identity;
mod extract;
mod fold;
mod ids;
mod jwt;
mod key_set;
mod ledger;
mod mcp;
mod oidc;
mod ops;
mod outbound;
mod password;
mod platform;
mod relay;
mod router;
mod same_origin;
mod security_headers;
mod sqlite;
mod store;
mod strangers;
mod throttle_do;
mod upstream;
mod upstream_do;
mod webcrypto;
mod workspace_do;

#[cfg(feature = "openapi")]
pub mod openapi;

use axum::body::Body;
use axum::response::IntoResponse;
use okrs_shared::upstream::Backend;
use worker::{Context, Env, HttpRequest, event};

use crate::error::Denial;
use crate::platform::Platform;

#[event(fetch)]
async fn fetch(
    mut request: HttpRequest,
    env: Env,
    ctx: Context,
) -> worker::Result<http::Response<Body>> {
    let platform = Platform::new(env, ctx);
    request.extensions_mut().insert(platform.clone());
    let (method, address) = (request.method().clone(), request.uri().clone());
    let is_relayed =
        platform.backend() == Backend::Upstream && address.path().starts_with(router::V1);
    let request = request.map(Body::new);
    let mut response = if is_relayed {
        relay::answer(&platform, request).await
    } else {
        router::answer(request).await
    };
    if response.extensions().get::<Denial>().is_some() {
        platform.denied(&method, address.path());
    }
    if let Err(error) = platform.settle().await {
        response = error.into_response();
    }
    security_headers::add(response.headers_mut());
    platform.show_cost(response.headers_mut());
    Ok(response)
}
