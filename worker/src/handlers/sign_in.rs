//! `/set-up`, `/sessions`, `/password-links` and `/recoveries`: what signs people in and out.

use std::future::ready;

use axum::extract::FromRequestParts;
use axum::response::{AppendHeaders, IntoResponse, Response};
use http::request::Parts;
use http::{HeaderValue, header};
use okrs_shared::member::Link;
use okrs_shared::sign_in::{Me, NewPassword, PasswordLink, Recovery, SetUp, ShownLink, SignIn};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{Origin, Unparsed};
use crate::ops;
use crate::ops::sign_in::{Begun, Client};
use crate::platform::Platform;
use crate::same_origin::SameOrigin;

/// `POST /set-up`
#[worker::send]
pub async fn set_up(
    _: SameOrigin,
    platform: Platform,
    client: Client,
    body: Unparsed<SetUp>,
) -> Result<SignedInAs> {
    let begun = ops::sign_in::set_up(&platform, &client, body).await?;
    Ok(begun.into())
}

/// `POST /sessions`
#[worker::send]
pub async fn sign_in(
    _: SameOrigin,
    platform: Platform,
    client: Client,
    body: Unparsed<SignIn>,
) -> Result<Response> {
    let (answer, cookies) = ops::sign_in::with_password(&platform, &client, body).await?;
    Ok(with_cookies(Json(answer), cookies))
}

/// What a browser forgets with a session: the answers that it has kept. Not what is stored: that is what somebody has
/// typed and not sent.
const FORGOTTEN: (&str, &str) = ("clear-site-data", "\"cache\"");

/// `DELETE /sessions/current`
#[worker::send]
pub async fn sign_out(caller: Caller, platform: Platform) -> Result<impl IntoResponse> {
    let cookie = ops::me::sign_out(&platform, &caller).await?;
    Ok((AppendHeaders([FORGOTTEN]), [(header::SET_COOKIE, cookie)]))
}

/// `POST /password-links`
#[worker::send]
pub async fn link(
    _: SameOrigin,
    platform: Platform,
    client: Client,
    body: Unparsed<ShownLink>,
) -> Result<Json<PasswordLink>> {
    ops::sign_in::link(&platform, &client, body).await.map(Json)
}

/// `POST /password-links/use`
#[worker::send]
pub async fn use_link(
    _: SameOrigin,
    platform: Platform,
    client: Client,
    body: Unparsed<NewPassword>,
) -> Result<SignedInAs> {
    let begun = ops::sign_in::use_link(&platform, &client, body).await?;
    Ok(begun.into())
}

/// `POST /recoveries`
#[worker::send]
pub async fn recover(
    _: SameOrigin,
    platform: Platform,
    client: Client,
    origin: Origin,
    body: Unparsed<Recovery>,
) -> Result<Json<Link>> {
    ops::recovery::recover(&platform, &client, &origin, body)
        .await
        .map(Json)
}

/// The answer that makes a browser signed in.
pub struct SignedInAs(Begun);

impl From<Begun> for SignedInAs {
    fn from(begun: Begun) -> Self {
        Self(begun)
    }
}

impl IntoResponse for SignedInAs {
    fn into_response(self) -> Response {
        let Begun { cookies, me } = self.0;
        with_cookies(Json::<Me>(me), cookies)
    }
}

fn with_cookies(answer: impl IntoResponse, cookies: Vec<HeaderValue>) -> Response {
    let cookies = cookies
        .into_iter()
        .map(|cookie| (header::SET_COOKIE, cookie));
    (AppendHeaders(cookies), answer).into_response()
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Error;

    fn from_request_parts(parts: &mut Parts, _: &S) -> impl Future<Output = Result<Self>> {
        ready(Ok(Self::of(&parts.headers)))
    }
}

impl<S: Sync> FromRequestParts<S> for Origin {
    type Rejection = Error;

    fn from_request_parts(parts: &mut Parts, _: &S) -> impl Future<Output = Result<Self>> {
        ready(Self::of(parts))
    }
}
