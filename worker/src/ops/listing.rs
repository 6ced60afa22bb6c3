//! Lists that a client may already have.
//!
//! A list depends on the organisation's data, whose last change its object knows, on the day, because health and
//! status do, on who looks, on what is asked for, on whose figures are shown, and on this code. All of it makes a weak ETag, so an unchanged list
//! is answered without reading it; and the last body that this isolate made of a list is sent again while it is
//! current. ETags are only ever compared for being equal: after a backup was put back, none is newer than another.

use std::marker::PhantomData;

use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use okrs_shared::api_key;
use okrs_shared::upstream::Backend;
use serde::Serialize;

use crate::answer::JSON;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::IfNoneMatch;
use crate::kept_bodies;

/// Tells this code from the one before: the same rows may make another list.
const BUILD: &str = env!("OKRS_BUILD");
/// 128 bits.
const ETAG_DIGITS: usize = 32;

/// The answer to a request for a list, which is a `T` as JSON: 200, or 304.
pub struct Listing<T> {
    /// Weak.
    etag: String,
    /// JSON; `None` if the client has it already.
    body: Option<Bytes>,
    list: PhantomData<fn() -> T>,
}

impl<T> Listing<T> {
    fn unchanged(etag: String) -> Self {
        Self {
            etag,
            body: None,
            list: PhantomData,
        }
    }

    fn full(etag: String, body: Bytes) -> Self {
        Self {
            etag,
            body: Some(body),
            list: PhantomData,
        }
    }

    /// The list as JSON, unless the client has it already.
    pub fn into_json(self) -> Option<Bytes> {
        self.body
    }
}

impl<T> IntoResponse for Listing<T> {
    fn into_response(self) -> Response {
        // Private: it belongs to one caller. No-cache: keep it, but ask before using it.
        let caching = [
            (header::CACHE_CONTROL, "private, no-cache"),
            (header::VARY, "authorization, cookie"),
        ];
        let etag = [(header::ETAG, self.etag)];
        match self.body {
            None => (StatusCode::NOT_MODIFIED, caching, etag).into_response(),
            Some(body) => (caching, [JSON], etag, body).into_response(),
        }
    }
}

/// Answers with the list called `name`, read by `load` only if neither the client nor this isolate
/// has it as it is now. What differs from person to person says whose it is in its name. `load` also says which change was the last that it read.
pub async fn serve<T: Serialize>(
    caller: &Caller,
    client: &IfNoneMatch,
    name: &str,
    load: impl AsyncFnOnce() -> Result<(String, T)>,
) -> Result<Listing<T>> {
    let place = (
        caller.organisation_id.to_string(),
        name.to_owned(),
        viewer(caller).to_owned(),
    );
    if let Some(last_change) = &caller.last_change_id {
        let etag = etag(caller, last_change, name);
        if client.has(&etag) {
            return Ok(Listing::unchanged(etag));
        }
        if let Some((_, body)) = kept_bodies::get(&place).filter(|(of, _)| *of == etag) {
            return Ok(Listing::full(etag, body));
        }
    }
    let (last_change, list) = load().await?;
    let etag = etag(caller, &last_change, name);
    let body = Bytes::from(serde_json::to_vec(&list)?);
    kept_bodies::keep(place, etag.clone(), body.clone());
    Ok(Listing::full(etag, body))
}

/// Like [`serve`], for a list with a filter, `query`: no body is kept, there would be too many.
pub async fn serve_filtered<T: Serialize>(
    caller: &Caller,
    client: &IfNoneMatch,
    query: &str,
    load: impl AsyncFnOnce() -> Result<(String, T)>,
) -> Result<Listing<T>> {
    let known = caller.last_change_id.as_deref();
    if let Some(etag) = known.map(|last_change| etag(caller, last_change, query))
        && client.has(&etag)
    {
        return Ok(Listing::unchanged(etag));
    }
    let (last_change, list) = load().await?;
    let body = serde_json::to_vec(&list)?.into();
    Ok(Listing::full(etag(caller, &last_change, query), body))
}

/// People who don't see everything each have a view of their own, which no other may get: not from
/// this isolate's memory and not from a browser that two of them use.
fn viewer(caller: &Caller) -> &str {
    caller
        .limited()
        .map_or("", |person| person.member_id.as_str())
}

/// `what` is the list's name or its filter.
fn etag(caller: &Caller, last_change: &str, what: &str) -> String {
    let (tag, viewer) = (&caller.tag, viewer(caller));
    let figures = match caller.backend {
        Backend::D1 => "computed",
        Backend::Upstream => "listed",
    };
    let all = [
        last_change,
        tag,
        figures,
        &caller.today.to_string(),
        viewer,
        what,
        BUILD,
    ];
    let hash = api_key::hash(&all.join("\n"));
    format!("W/\"{}\"", &hash[..ETAG_DIGITS])
}
