//! `/set-up`, `/sessions`, `/password-links` and `/recoveries`: what signs people in and out.

use std::future::ready;

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::header;
use http::request::Parts;
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
use crate::store::Db;

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
    let (answer, cookie) = ops::sign_in::with_password(&platform, &client, body).await?;
    Ok(match cookie {
        Some(cookie) => ([(header::SET_COOKIE, cookie)], Json(answer)).into_response(),
        None => Json(answer).into_response(),
    })
}

/// `DELETE /sessions/current`
#[worker::send]
pub async fn sign_out(caller: Caller, db: Db) -> Result<impl IntoResponse> {
    let cookie = ops::me::sign_out(&db, &caller).await?;
    Ok([(header::SET_COOKIE, cookie)])
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
        let Begun { cookie, me } = self.0;
        ([(header::SET_COOKIE, cookie)], Json::<Me>(me)).into_response()
    }
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
