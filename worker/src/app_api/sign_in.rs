//! `/sign-in-options`, `/set-up`, `/sessions` and `/password-links`: for people who are not signed in
//! yet.

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{StatusCode, header};
use okrs_shared::sign_in::{Me, NewPassword, PasswordLink, SetUp, SignIn, SignInOptions};

use crate::address;
use crate::answer::Json;
use crate::error::{Error, Result};
use crate::extract::{Path, Unparsed};
use crate::ops;
use crate::ops::sign_in::{Begun, Client};
use crate::platform::Platform;
use crate::same_origin::SameOrigin;

/// `GET /sign-in-options`
#[worker::send]
pub async fn options(platform: Platform) -> Result<Json<SignInOptions>> {
    ops::sign_in::options(&platform).await.map(Json)
}

/// `POST /set-up`
#[worker::send]
pub async fn set_up(
    _: SameOrigin,
    platform: Platform,
    client: Client,
    body: Unparsed<SetUp>,
) -> Result<(StatusCode, SignedInAs)> {
    let begun = ops::sign_in::set_up(&platform, &client, body).await?;
    Ok((StatusCode::CREATED, begun.into()))
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

/// `GET /password-links/{token}`
#[worker::send]
pub async fn link(
    platform: Platform,
    client: Client,
    Path(token): Path<String>,
) -> Result<Json<PasswordLink>> {
    ops::sign_in::link(&platform, &client, &token)
        .await
        .map(Json)
}

/// `POST /password-links/{token}`
#[worker::send]
pub async fn use_link(
    _: SameOrigin,
    platform: Platform,
    client: Client,
    Path(token): Path<String>,
    body: Unparsed<NewPassword>,
) -> Result<SignedInAs> {
    let begun = ops::sign_in::use_link(&platform, &client, &token, body).await?;
    Ok(begun.into())
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

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let text = |name: &str| parts.headers.get(name)?.to_str().ok();
        Ok(Self {
            address: address::of(&parts.headers).to_owned(),
            user_agent: text("user-agent").map(|agent| agent.chars().take(300).collect()),
        })
    }
}
