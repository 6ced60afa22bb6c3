//! `/oidc` and `/access-sessions`: for people who prove elsewhere who they are.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use okrs_shared::sign_in_problem::SignInProblem;
use okrs_shared::validation;
use serde::Deserialize;

use crate::cookies;
use crate::error::{Error, Result};
use crate::handlers::sign_in::SignedInAs;
use crate::oidc::{self, Answer};
use crate::ops;
use crate::ops::sign_in::Client;
use crate::platform::Platform;
use crate::same_origin::SameOrigin;

/// Where the provider sends browsers back to.
const CALLBACK: &str = "/api/app/oidc/callback";

/// Where a sign-in by the provider is to end.
#[derive(Deserialize)]
struct Destination {
    return_to: Option<String>,
}

/// `GET /oidc/start`: to the provider, and in the end to the path in `return_to`.
#[worker::send]
pub async fn start(platform: Platform, uri: Uri) -> Result<Response> {
    let Destination { return_to } = validation::query(uri.query().unwrap_or_default())?;
    let return_to = return_to.as_deref().unwrap_or("/");
    match ops::sign_in_elsewhere::leave(&platform, &callback(&uri), return_to).await {
        Ok(leaving) => redirect(&leaving.location, [leaving.cookie]),
        Err(error) => to_sign_in_page(error, []),
    }
}

/// `GET /oidc/callback`: back from the provider.
#[worker::send]
pub async fn callback_from_provider(
    platform: Platform,
    client: Client,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response> {
    // Used or not, it serves once.
    let used = cookies::set(oidc::COOKIE, "", 0)?;
    let cookie = cookies::get(&headers, oidc::COOKIE);
    let answer: Option<Answer> = validation::query(uri.query().unwrap_or_default()).ok();
    match ops::sign_in_elsewhere::arrive(&platform, &client, &callback(&uri), cookie, answer).await
    {
        Ok(arrived) => redirect(&arrived.return_to, [arrived.begun.cookie, used]),
        Err(error) => to_sign_in_page(error, [used]),
    }
}

/// `POST /access-sessions`: a session for whoever Cloudflare Access let through.
#[worker::send]
pub async fn with_access(
    _: SameOrigin,
    platform: Platform,
    client: Client,
    headers: HeaderMap,
) -> Result<SignedInAs> {
    let begun = ops::sign_in_elsewhere::with_access(&platform, &client, &headers).await?;
    Ok(begun.into())
}

fn callback(uri: &Uri) -> String {
    let scheme = uri.scheme_str().unwrap_or("https");
    let host = uri.authority().map_or("", |authority| authority.as_str());
    format!("{scheme}://{host}{CALLBACK}")
}

/// A browser can't show JSON: what went wrong becomes a code for the sign-in page.
fn to_sign_in_page<const N: usize>(error: Error, cookies: [HeaderValue; N]) -> Result<Response> {
    let problem = match &error {
        Error::SignIn(problem, _) => *problem,
        Error::Internal(_) => SignInProblem::Failed,
        _ => return Err(error),
    };
    error.log();
    redirect(&format!("/sign-in?problem={}", problem.as_str()), cookies)
}

fn redirect<const N: usize>(location: &str, cookies: [HeaderValue; N]) -> Result<Response> {
    let location = HeaderValue::from_str(location)
        .map_err(|_| Error::internal("an address has characters that no header may have"))?;
    let mut response = (StatusCode::FOUND, [(header::LOCATION, location)]).into_response();
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
