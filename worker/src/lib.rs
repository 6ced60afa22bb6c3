//! The Worker: events only. Requests go to [`router`], one object per organisation is
//! [`workspace_do`].

mod access;
mod address;
mod admit;
mod answer;
mod app_page;
mod broom;
mod caller;
mod clock;
mod cookies;
mod devices;
mod error;
mod external_identity;
mod extract;
mod fold;
mod handlers;
mod hosted;
mod ids;
mod jwt;
mod kept_bodies;
mod key_set;
mod ledger;
mod mcp;
mod oidc;
mod operation;
mod ops;
mod outbound;
mod password;
mod platform;
mod router;
mod same_origin;
mod seal;
mod security_headers;
mod sqlite;
mod store;
mod strangers;
mod throttle_do;
mod upstream;
mod ways_in;
mod webcrypto;
mod workspace_do;

#[cfg(feature = "openapi")]
pub mod openapi;

use axum::body::Body;
use axum::response::IntoResponse;
use okrs_shared::upstream::Backend;
use worker::{Context, Env, HttpRequest, Response, ScheduleContext, ScheduledEvent, event};

use crate::app_page::Answers;
use crate::error::{Denial, Error, Failure};
use crate::platform::Platform;
use crate::upstream::relay;

#[event(fetch)]
async fn fetch(mut request: HttpRequest, env: Env, ctx: Context) -> worker::Result<Response> {
    let (method, address) = (request.method().clone(), request.uri().clone());
    if app_page::who_answers(address.path()) != Answers::Api {
        return app_page::answer(&env, &method, address.path(), request.headers()).await;
    }
    let platform = Platform::new(env, ctx);
    request.extensions_mut().insert(platform.clone());
    let answered = answer(platform.clone(), request);
    if method.is_safe() {
        return answered.await;
    }
    platform.to_the_end(answered).await?
}

#[event(scheduled)]
async fn scheduled(event: ScheduledEvent, env: Env, _: ScheduleContext) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970"
    )]
    let at = clock::at_ms(event.schedule() as u64);
    let swept = broom::sweep(
        &Platform::of_no_request(&env),
        at.unwrap_or_else(clock::now),
    )
    .await;
    match swept {
        Ok(line) => worker::console_log!("{line}"),
        Err(error) => worker::console_error!("broom: {error:?}"),
    }
}

async fn answer(platform: Platform, request: HttpRequest) -> worker::Result<Response> {
    let (method, address) = (request.method().clone(), request.uri().clone());
    let is_repeatable = method.is_safe() || request.headers().contains_key("idempotency-key");
    let request = request.map(Body::new);
    let relayed = address.path().strip_prefix(router::V1);
    let mut response = match relayed.filter(|_| platform.backend() == Backend::Upstream) {
        Some(address) => relay::answer(&platform, request, address).await,
        None => router::answer(request).await,
    };
    if response.extensions().get::<Denial>().is_some() {
        admit::denied(&platform, &method, address.path());
    }
    if let Err(error) = admit::settle(&platform).await {
        response = error.into_response();
    }
    if !is_repeatable
        && address.path() != mcp::PATH
        && let Some(Failure(request)) = response.extensions().get::<Failure>().cloned()
    {
        response = Error::OutcomeUnknown(request).into_response();
    }
    security_headers::add(response.headers_mut());
    platform.show_cost(response.headers_mut());
    answer::of_platform(response).await
}
