//! `/oidc` and `/access-sessions`: for people who prove elsewhere who they are.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use okrs_shared::sign_in::ProviderAddress;
use okrs_shared::sign_in_problem::SignInProblem;
use okrs_shared::validation;
use serde::Deserialize;

use crate::answer::Json;
use crate::caller::Caller;
use crate::cookies;
use crate::error::{Error, Result};
use crate::handlers::sign_in::SignedInAs;
use crate::oidc::Answer;
use crate::ops;
use crate::ops::sign_in::Client;
use crate::platform::Platform;
use crate::same_origin::SameOrigin;

/// Where the provider sends browsers back to.
const CALLBACK: &str = "/api/app/oidc/callback";

/// The app's page where people sign in.
const SIGN_IN_PAGE: &str = "/sign-in";
/// The app's page where people who are signed in link who they are at the provider.
const LINKS_PAGE: &str = "/settings";

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
    match ops::sign_in_elsewhere::leave(&platform, &callback(&uri), return_to, None).await {
        Ok(leaving) => redirect(&leaving.location, [leaving.cookie]),
        Err(error) => to_page(SIGN_IN_PAGE, error, []),
    }
}

/// `POST /me/identity`: where the browser of somebody signed in goes to be linked with who they are there. Nobody
/// gets there by an address, which another site could send them to.
#[worker::send]
pub async fn leave_to_link(caller: Caller, platform: Platform, uri: Uri) -> Result<Response> {
    let member_id = &caller.person()?.member_id;
    let callback = callback(&uri);
    let leaving =
        ops::sign_in_elsewhere::leave(&platform, &callback, LINKS_PAGE, Some(member_id)).await?;
    let body = ProviderAddress {
        location: leaving.location,
    };
    Ok(([(header::SET_COOKIE, leaving.cookie)], Json(body)).into_response())
}

/// `GET /oidc/callback`: back from the provider.
#[worker::send]
pub async fn callback_from_provider(
    platform: Platform,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response> {
    let answer: Option<Answer> = validation::query(uri.query().unwrap_or_default()).ok();
    let name = answer.as_ref().and_then(Answer::cookie);
    let cookie = name
        .as_deref()
        .and_then(|name| cookies::get(&headers, name));
    // Used or not, it serves once.
    let used = match (&name, cookie) {
        (Some(name), Some(_)) => vec![cookies::set(name, "", 0)?],
        _ => vec![],
    };
    let callback = callback(&uri);
    match ops::sign_in_elsewhere::arrive(&platform, &headers, &callback, cookie, answer).await {
        Ok(arrived) => {
            let session = arrived.begun.map(|begun| begun.cookies).unwrap_or_default();
            redirect(&arrived.return_to, session.into_iter().chain(used))
        }
        Err(error) => {
            let is_link = ops::sign_in_elsewhere::is_link(&platform, cookie).await?;
            let page = if is_link { LINKS_PAGE } else { SIGN_IN_PAGE };
            to_page(page, error, used)
        }
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

/// A browser can't show JSON: what went wrong becomes a code for a page of the app.
fn to_page(
    page: &str,
    error: Error,
    cookies: impl IntoIterator<Item = HeaderValue>,
) -> Result<Response> {
    let problem = match &error {
        Error::SignIn(problem, _) => *problem,
        Error::TooManyAttempts(_) => SignInProblem::TooManyAttempts,
        Error::Internal(_) => SignInProblem::Failed,
        _ => return Err(error),
    };
    error.log();
    redirect(&format!("{page}?problem={}", problem.as_str()), cookies)
}

fn redirect(location: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Result<Response> {
    let location = HeaderValue::from_str(location)
        .map_err(|_| Error::internal("an address has characters that no header may have"))?;
    let mut response = (StatusCode::FOUND, [(header::LOCATION, location)]).into_response();
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
