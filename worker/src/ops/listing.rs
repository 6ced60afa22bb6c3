//! Lists that a client may already have.
//!
//! A list depends on the organisation's data, whose revision its object knows, and on the day,
//! because health and status do. Both make a weak ETag, so an unchanged list is answered without
//! reading it; and the last body that this isolate made of a list is sent again while it is current.

use std::cell::RefCell;
use std::collections::HashMap;
use std::marker::PhantomData;

use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use okrs_shared::id::OrganisationId;
use serde::Serialize;

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::IfNoneMatch;

/// How many bodies an isolate keeps. The largest, 500 OKRs with 2,500 key results, has 0.6 MB.
const MOST_BODIES: usize = 32;

/// By organisation, list and whose view it is.
type Bodies = HashMap<(OrganisationId, &'static str, String), (String, Bytes)>;

thread_local! {
    static BODIES: RefCell<Bodies> = RefCell::default();
}

/// The answer to a request for a list, which is a `T` as JSON: 200, or 304.
pub struct Listing<T> {
    /// Weak, `W/"revision-date"`.
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
            Some(body) => {
                let json = [(header::CONTENT_TYPE, "application/json")];
                (caching, json, etag, body).into_response()
            }
        }
    }
}

/// Answers with the list called `name`, read by `load` only if neither the client nor this isolate
/// has it as it is now. `load` also says which revision it read.
pub async fn serve<T: Serialize>(
    caller: &Caller,
    client: &IfNoneMatch,
    name: &'static str,
    load: impl AsyncFnOnce() -> Result<(u64, T)>,
) -> Result<Listing<T>> {
    let place = (
        caller.organisation_id.clone(),
        name,
        viewer(caller).to_owned(),
    );
    if let Some(revision) = caller.revision {
        let etag = etag(caller, revision);
        if client.has(&etag) {
            return Ok(Listing::unchanged(etag));
        }
        let kept =
            BODIES.with_borrow(|bodies| bodies.get(&place).filter(|(of, _)| *of == etag).cloned());
        if let Some((etag, body)) = kept {
            return Ok(Listing::full(etag, body));
        }
    }
    let (revision, list) = load().await?;
    let etag = etag(caller, revision);
    let body = Bytes::from(serde_json::to_vec(&list)?);
    BODIES.with_borrow_mut(|bodies| {
        if bodies.len() >= MOST_BODIES {
            bodies.clear();
        }
        bodies.insert(place, (etag.clone(), body.clone()));
    });
    Ok(Listing::full(etag, body))
}

/// Like [`serve`], for a list with a filter: no body is kept, there would be too many.
pub async fn serve_filtered<T: Serialize>(
    caller: &Caller,
    client: &IfNoneMatch,
    load: impl AsyncFnOnce() -> Result<(u64, T)>,
) -> Result<Listing<T>> {
    if let Some(etag) = caller.revision.map(|revision| etag(caller, revision))
        && client.has(&etag)
    {
        return Ok(Listing::unchanged(etag));
    }
    let (revision, list) = load().await?;
    let body = serde_json::to_vec(&list)?.into();
    Ok(Listing::full(etag(caller, revision), body))
}

/// People who don't see everything each have a view of their own, which no other may get: not from
/// this isolate's memory and not from a browser that two of them use.
fn viewer(caller: &Caller) -> &str {
    caller
        .limited()
        .map_or("", |person| person.member_id.as_str())
}

fn etag(caller: &Caller, revision: u64) -> String {
    format!("W/\"{revision}-{}{}\"", caller.today, viewer(caller))
}
