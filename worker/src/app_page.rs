//! Who answers at which address.
//!
//! The runtime answers with files by itself, which costs nothing. It asks the Worker, and that is a request that is
//! paid for, only at the addresses of [`KINDS`]: whatever begins with what `run_worker_first` in `wrangler.toml`
//! names, and whatever no file has.

use axum::response::IntoResponse as _;
use http::{HeaderMap, Method, header};
use worker::{Env, Headers, RequestInit, Response};

use crate::answer::of_platform;
use crate::error::Error;
use crate::security_headers;

/// What answers where no file does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// The API, by [`crate::router`].
    Api,
    /// The app's page, which finds its own way from there.
    Page,
    /// Nobody: 404, as JSON, kept nowhere.
    Nobody,
}

/// A kind of address, by what its path looks like.
type Looks = fn(&str) -> bool;

/// The first that fits says who answers.
const KINDS: [(Looks, Answers); 4] = [
    // Data is the Worker's. The documents of both APIs are files.
    (|path| path.starts_with("/api/"), Answers::Api),
    // Programs look here for what a standard promises, and must not take the app's page for it.
    (|path| path.starts_with("/.well-known/"), Answers::Nobody),
    // `/missing.js`, `/favicon.ico`: looks like a file and is none. Browsers would keep a page in the place of a file
    // of an earlier version for as long as the file. Ids have no dots.
    (|path| name(path).contains('.'), Answers::Nobody),
    // A link that somebody opens. What the page fetches then are files and the API.
    (|_| true, Answers::Page),
];

/// Who answers at this path.
pub fn who_answers(path: &str) -> Answers {
    let mut kinds = KINDS.into_iter();
    let kind = kinds.find(|(looks, _)| looks(path));
    kind.map_or(Answers::Nobody, |(_, answers)| answers)
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Answers with the app's page or a refusal.
pub async fn answer(
    env: &Env,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> worker::Result<Response> {
    let refusal = match *method {
        _ if who_answers(path) != Answers::Page => Error::NotFound("Address not found"),
        Method::GET | Method::HEAD => return page(env, method, headers).await,
        _ => Error::MethodNotAllowed,
    };
    let mut refusal = refusal.into_response();
    security_headers::add(refusal.headers_mut());
    of_platform(refusal).await
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
