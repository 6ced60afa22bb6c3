//! The hosted service, as the Worker sees it where that has the workspace's data: through the object that
//! stands before it, which alone knows the key. The object itself is in [`crate::upstream`].

pub mod public_write;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::Ordering::Relaxed;

use axum::body::Bytes;
use okrs_shared::id::PendingWriteId;
use okrs_shared::upstream::{
    Backend, Budget, ComparisonAsked, Decision, ListComparison, PendingWrite,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use worker::{Method, Request, RequestInit, Response};

use crate::caller::Caller;
use crate::clock;
use crate::error::{Asked, Error, Result};
use crate::extract::Idempotency;
use crate::kept_bodies;
use crate::log;
use crate::messages;
use crate::platform::Platform;

/// The copy in the database is taken for looked at again after this, in milliseconds.
const LOOKED_AT_FOR_MS: u64 = 5_000;

/// All lists of the service, in the order in which they refer to each other. All are copied.
pub const LISTS: [&str; 5] = [
    "/cycles",
    "/okrs",
    "/kpis",
    "/initiatives",
    "/review-cycles",
];

/// An answer older than this, in milliseconds, is stale.
pub const STALE_MS: u64 = 30_000;

/// The header that says which version was read.
pub const VERSION: &str = "x-version";
/// The header that says when it was read, in milliseconds since 1970.
pub const READ_AT: &str = "x-read-at";

/// The header that says that nobody had asked before.
pub const FIRST: &str = "x-first";

thread_local! {
    /// When the copy of each workspace was looked at last.
    static LOOKED_AT: RefCell<HashMap<String, u64>> = RefCell::default();
}

/// What is asked of the object.
#[derive(Debug, Serialize, Deserialize)]
pub struct Question {
    /// Below the API's own, with its query.
    pub address: String,
    /// The version that the asking isolate has.
    pub have: Option<String>,
    /// Whose budget it is.
    pub sender: String,
}

/// What the service answered last.
#[derive(Clone, Debug)]
pub struct LastAnswer {
    /// As it came.
    pub body: Bytes,
    /// Differs whenever the body does.
    pub version: String,
    /// When it was read, in milliseconds since 1970.
    pub read_at: u64,
    /// Whether it was read for this question, because nobody had asked it before.
    pub is_first: bool,
}

/// How reading ended.
pub enum Read {
    /// There is an answer.
    Found(LastAnswer),
    /// The service refuses it: status and body.
    Refused(u16, String),
}

/// A write to be sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct Outgoing {
    /// `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// Below the API's own.
    pub address: String,
    /// What was asked for.
    pub body: String,
    /// What is sent: people and teams as the service knows them.
    pub sent: String,
    /// Who asks.
    pub caller: Caller,
    /// What its `Idempotency-Key` promises.
    pub promise: Option<Promise>,
    /// Whether an answer later will do.
    pub asynchronous: bool,
}

/// That requests with the same key are one and the same.
#[derive(Debug, Serialize, Deserialize)]
pub struct Promise {
    /// The key.
    pub key: String,
    /// SHA-256 of the request.
    pub request_hash: String,
    /// How long it holds, in milliseconds.
    pub kept_for_ms: u64,
}

impl From<Idempotency> for Promise {
    fn from(idempotency: Idempotency) -> Self {
        Self {
            kept_for_ms: idempotency
                .kept_for
                .num_milliseconds()
                .try_into()
                .unwrap_or(0),
            key: idempotency.key,
            request_hash: idempotency.request_hash,
        }
    }
}

/// What became of a write so far.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// The service answered: status and body.
    Answered(u16, String),
    /// It is sent when that is possible.
    Kept(Box<PendingWrite>),
    /// The answer was lost.
    InDoubt(PendingWriteId),
    /// The service's budget is used up for so many seconds.
    OverBudget(u32),
    /// The service does not answer; nothing was changed. To be tried again in so many seconds.
    Unavailable(u32),
    /// An earlier write to the same thing has not ended; nothing was changed. To be tried again in so many seconds.
    Behind(u32),
    /// The `Idempotency-Key` belongs to another request.
    KeyReused,
}

impl Fate {
    /// What to refuse a write with that was not answered.
    pub fn refusal(self) -> Error {
        match self {
            Self::OverBudget(seconds) => Error::SharedBudget(Asked::Write, seconds),
            Self::Unavailable(seconds) => Error::Unavailable(Asked::Write, seconds),
            Self::Behind(seconds) => Error::Behind(seconds),
            Self::InDoubt(id) => Error::InDoubt(id),
            Self::KeyReused => Error::IdempotencyKeyReused,
            Self::Answered(..) | Self::Kept(_) => Error::internal("a write was answered"),
        }
    }
}

/// What the service answers at this address: the last good answer, renewed if it is old.
pub async fn read(platform: &Platform, caller: &Caller, address: &str) -> Result<Read> {
    let place = (caller.tag.clone(), address.to_owned(), String::new());
    let have = kept_bodies::get(&place);
    let question = Question {
        address: address.to_owned(),
        have: have.as_ref().map(|(version, _)| version.clone()),
        sender: caller.sender_id().to_owned(),
    };
    let mut answer = call(platform, &caller.tag, "read", &question).await?;
    let number = |name: &str| header(&answer, name).and_then(|text| text.parse().ok());
    let read_at = number(READ_AT).unwrap_or_default();
    let is_first = header(&answer, FIRST).is_some();
    let retry_after = header(&answer, "retry-after").and_then(|seconds| seconds.parse().ok());
    match (answer.status_code(), have) {
        (429, _) => Err(Error::SharedBudget(Asked::Read, retry_after.unwrap_or(1))),
        (503, _) => Err(Error::Unavailable(Asked::Read, retry_after.unwrap_or(1))),
        (204, Some((version, body))) => Ok(Read::Found(LastAnswer {
            body,
            version,
            read_at,
            is_first,
        })),
        (200, _) => {
            let version = header(&answer, VERSION).unwrap_or_default();
            let body = Bytes::from(answer.bytes().await?);
            kept_bodies::keep(place, version.clone(), body.clone());
            Ok(Read::Found(LastAnswer {
                body,
                version,
                read_at,
                is_first,
            }))
        }
        (status, _) => Ok(Read::Refused(status, answer.text().await?)),
    }
}

/// Sends a write, or keeps it for later.
pub async fn write(platform: &Platform, write: &Outgoing) -> Result<Fate> {
    let (fate, is_repeat): (Fate, bool) =
        asked(platform, &write.caller.tag, "write", write).await?;
    if is_repeat && matches!(fate, Fate::Answered(..) | Fate::Kept(_)) {
        platform.ledger().replayed.store(true, Relaxed);
    }
    Ok(fate)
}

/// Says that somebody looks at the copy in the database, so that it is renewed; the first time it is
/// waited for, so that nobody finds an empty workspace.
pub async fn look(platform: &Platform, tag: &str) -> Result<()> {
    if platform.backend() == Backend::D1 {
        return Ok(());
    }
    let now = clock::now_ms();
    let last = LOOKED_AT.with_borrow_mut(|looked| looked.insert(tag.to_owned(), now));
    match last {
        Some(last) if now < last + LOOKED_AT_FOR_MS => Ok(()),
        Some(_) => {
            let (inner, tag) = (platform.clone(), tag.to_owned());
            platform.later(async move { call(&inner, &tag, "look", &()).await.map(drop) });
            Ok(())
        }
        None => call(platform, tag, "look", &()).await.map(drop),
    }
}

/// How the budget and the copy stand.
pub async fn budget(platform: &Platform, tag: &str) -> Result<Budget> {
    asked(platform, tag, "budget", &()).await
}

/// The service's lists beside those made of what is here, as they were compared last.
pub async fn comparisons(platform: &Platform, tag: &str) -> Result<Vec<ListComparison>> {
    asked(platform, tag, "comparisons", &()).await
}

/// Has every list read, copied and compared anew, whatever happens to whoever asks for it.
pub async fn compare_anew(platform: &Platform, tag: &str) -> Result<ComparisonAsked> {
    asked(platform, tag, "compare-anew", &()).await
}

/// Has what lists say of people copied once more, though the lists may be the same.
pub async fn copy_anew(platform: &Platform, tag: &str) -> Result<()> {
    call(platform, tag, "copy-anew", &()).await.map(drop)
}

/// The newest 200 writes that were not answered at once: this sender's, or everybody's.
pub async fn pending(
    platform: &Platform,
    tag: &str,
    sender: Option<&str>,
) -> Result<Vec<PendingWrite>> {
    asked(platform, tag, "pending", &sender).await
}

/// A write that was not answered at once, of this sender or of anybody.
pub async fn pending_write(
    platform: &Platform,
    tag: &str,
    sender: Option<&str>,
    id: &PendingWriteId,
) -> Result<Option<PendingWrite>> {
    asked(platform, tag, "pending-write", &(sender, id)).await
}

/// Decides about an undecided or failed write; `false` if there is nothing to decide.
pub async fn decide(
    platform: &Platform,
    tag: &str,
    id: &PendingWriteId,
    decision: Decision,
) -> Result<bool> {
    asked(platform, tag, "decide", &(id, decision)).await
}

async fn asked<T: DeserializeOwned>(
    platform: &Platform,
    tag: &str,
    what: &str,
    of: &impl Serialize,
) -> Result<T> {
    let mut answer = call(platform, tag, what, of).await?;
    Ok(serde_json::from_str(&answer.text().await?)?)
}

async fn call(platform: &Platform, tag: &str, what: &str, of: &impl Serialize) -> Result<Response> {
    platform.ledger().object_calls.fetch_add(1, Relaxed);
    let init = RequestInit {
        headers: log::headers_of_call()?,
        method: Method::Post,
        body: Some(serde_json::to_string(of)?.into()),
        ..RequestInit::default()
    };
    let request = Request::new_with_init(&messages::address(&format!("{tag}/{what}")), &init)?;
    let object = platform.upstreams()?.get_by_name(tag)?;
    messages::understood(object.fetch_with_request(request).await?)
}

fn header(answer: &Response, name: &str) -> Option<String> {
    answer.headers().get(name).ok().flatten()
}
