//! Extractors that refuse in the contract's error shape.

use std::future::ready;
use std::marker::PhantomData;
use std::pin::pin;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use chrono::TimeDelta;
use futures_util::StreamExt as _;
use futures_util::future::{Either, select};
use http::request::Parts;
use http::{HeaderMap, header};
use okrs_shared::api_key;
use okrs_shared::validation::{self, Invalid};
use serde_json::Value;
use worker::Delay;
use worker::send::SendFuture;

use crate::caller::Caller;
use crate::clock;
use crate::error::{Error, Result};
use crate::platform::Platform;

/// The largest request body, in bytes, unless an operation's row says otherwise.
pub const MAX_BODY_BYTES: usize = 256 * 1024;
/// The longest `Idempotency-Key`, in bytes.
const MAX_IDEMPOTENCY_KEY_BYTES: usize = 255;

/// How long the answer to a request with an `Idempotency-Key` is kept for its repeats.
pub const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// A request body that has been read but not understood yet: an op parses it once it knows that the
/// caller may do what it asks, so that 403 comes before 400.
pub struct Unparsed<T> {
    received: Received,
    body: PhantomData<fn() -> T>,
}

/// What [`Unparsed`] is whatever its type: code that is compiled once and not for each.
struct Received {
    json: Bytes,
    idempotency: Result<Option<Idempotency>, Invalid>,
}

/// A client's promise that requests with the same key are one and the same.
#[derive(Clone, Debug)]
pub struct Idempotency {
    /// Chosen by the client, 1 to 255 printable ASCII characters; or by us, with a space in it.
    pub key: String,
    /// SHA-256 of method, path and body.
    pub request_hash: String,
    /// How long repeats of the request are answered from the first.
    pub kept_for: TimeDelta,
}

impl<T> Unparsed<T> {
    /// A body that came another way than as that of its own request.
    pub fn new(json: impl Into<Bytes>, idempotency: Option<Idempotency>) -> Self {
        Self {
            received: Received {
                json: json.into(),
                idempotency: Ok(idempotency),
            },
            body: PhantomData,
        }
    }
}

impl<T: validation::Body> Unparsed<T> {
    /// The typed and validated body, or a 400 that names the field.
    pub fn parse(&self) -> Result<T> {
        Ok(validation::parse(&self.received.json)?)
    }
}

impl<T> Unparsed<T> {
    /// What the request's `Idempotency-Key` promises, if it has one, or a 400 that names the header.
    /// For ops that keep their answers; others ignore the header.
    pub fn idempotency(&self) -> Result<Option<&Idempotency>> {
        match &self.received.idempotency {
            Ok(idempotency) => Ok(idempotency.as_ref()),
            Err(invalid) => Err(invalid.clone().into()),
        }
    }
}

impl<T> Unparsed<T> {
    /// The body of a request, or a 413 if it has more than `limit` bytes.
    pub async fn read(parts: &Parts, body: Body, limit: usize) -> Result<Self> {
        Ok(Self {
            received: Received::read(parts, body, limit).await?,
            body: PhantomData,
        })
    }
}

impl<S: Sync, T> FromRequest<S> for Unparsed<T> {
    type Rejection = Error;

    fn from_request(request: Request, _: &S) -> impl Future<Output = Result<Self>> + Send {
        SendFuture::new(async move {
            let (parts, body) = request.into_parts();
            Self::read(&parts, body, MAX_BODY_BYTES).await
        })
    }
}

impl Received {
    async fn read(parts: &Parts, body: Body, limit: usize) -> Result<Self> {
        let json = read_body(&parts.headers, body, limit).await?;
        Ok(Self {
            idempotency: idempotency(parts, &json),
            json,
        })
    }
}

/// The whole body; a 413 if it has more than `limit` bytes, a 408 if it does not come in time.
pub async fn read_body(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes> {
    if declared_length(headers).is_some_and(|bytes| bytes > limit) {
        return Err(Error::PayloadTooLarge);
    }
    let mut chunks = pin!(body.into_data_stream());
    let ends_at = clock::now_ms() + (SILENCE + in_all(limit)).as_millis() as u64;
    let mut bytes = Vec::new();
    while let Some(chunk) = before(ends_at, chunks.next()).await? {
        // This fails only with a connection that breaks off: nobody is left to answer.
        let chunk = chunk.map_err(|_| Error::BodyTooSlow)?;
        if bytes.len() + chunk.len() > limit {
            return Err(Error::PayloadTooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(without_mark(bytes.into()))
}

/// Some programs of Windows begin each text with a byte order mark, which no JSON may begin with.
fn without_mark(body: Bytes) -> Bytes {
    match body.strip_prefix("\u{feff}".as_bytes()) {
        Some(rest) => body.slice_ref(rest),
        None => body,
    }
}

/// How long a body may be silent. Whoever holds one back holds back nothing else.
const SILENCE: Duration = Duration::from_secs(10);

/// How long a body of so many bytes may take besides: a slow line brings 64 KiB in a second.
fn in_all(limit: usize) -> Duration {
    Duration::from_secs(limit.div_ceil(64 * 1024) as u64)
}

/// What comes next, unless nothing comes for too long, or the end is reached.
async fn before<F: Future + Unpin>(ends_at: u64, next: F) -> Result<F::Output> {
    let left = Duration::from_millis(ends_at.saturating_sub(clock::now_ms()));
    match select(next, Delay::from(left.min(SILENCE))).await {
        Either::Left((next, _)) => Ok(next),
        Either::Right(_) => Err(Error::BodyTooSlow),
    }
}

fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

/// What the request's `Idempotency-Key` promises, if it has one.
pub fn idempotency(parts: &Parts, json: &[u8]) -> Result<Option<Idempotency>, Invalid> {
    let Some(value) = parts.headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = value
        .to_str()
        .ok()
        .filter(|key| (1..=MAX_IDEMPOTENCY_KEY_BYTES).contains(&key.len()))
        .filter(|key| key.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| {
            Invalid::field(
                "Idempotency-Key",
                "must have 1 to 255 printable ASCII characters and no spaces",
            )
        })?;
    let mut request = format!("{} {}\n", parts.method, parts.uri.path()).into_bytes();
    request.extend_from_slice(json);
    Ok(Some(Idempotency {
        key: key.to_owned(),
        request_hash: api_key::hash_bytes(&request),
        kept_for: KEPT_FOR,
    }))
}

/// The id in an address, such as the `{id}` of `/okrs/{id}`.
///
/// Any text may stand there. What is no UTF-8 becomes the replacement character, an id that nothing
/// has: so it is refused where all unknown ids are, after the op has looked at the caller's scope.
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: for<'a> From<&'a str>> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        Ok(Self(T::from(&id_of(parts).await)))
    }
}

async fn id_of(parts: &mut Parts) -> String {
    match RawPathParams::from_request_parts(parts, &()).await {
        Ok(ids) => ids.iter().map(|(_, id)| id).collect(),
        Err(_) => char::REPLACEMENT_CHARACTER.to_string(),
    }
}

/// The caller of a handler that the table has as it is: whom its row let in.
impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Error;

    fn from_request_parts(parts: &mut Parts, _: &S) -> impl Future<Output = Result<Self>> {
        let caller = parts.extensions.get::<Self>().cloned();
        ready(
            caller
                .ok_or_else(|| Error::internal("a handler wants a caller where nobody is let in")),
        )
    }
}

/// Where this server is reached: `https://okrs.example`. Links begin with it.
pub struct Origin(pub String);

impl Origin {
    /// What the deployment says in `PUBLIC_URL`; else as the request did.
    pub fn of(parts: &Parts) -> Result<Self> {
        if let Some(address) = Platform::of(parts)?.var("PUBLIC_URL") {
            return Ok(Self(address.trim().trim_end_matches('/').to_owned()));
        }
        let scheme = parts.uri.scheme_str();
        let authority = parts.uri.authority();
        match (scheme, authority) {
            (Some(scheme), Some(authority)) => Ok(Self(format!("{scheme}://{authority}"))),
            _ => Err(Error::internal(
                "the runtime gave a request without its address",
            )),
        }
    }
}

/// The versions that a request names in `If-Match`, as a JSON list: whatever it changes must still have one of
/// them. `None` if it does not say, or says that any will do.
pub fn if_match(headers: &HeaderMap) -> Option<String> {
    let tags: Vec<&str> = headers
        .get_all(header::IF_MATCH)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    if tags.is_empty() || tags.contains(&"*") {
        return None;
    }
    // A weak tag is no version, nor is what has no quotes.
    let versions = tags.into_iter().filter_map(|tag| {
        let tag = tag.strip_prefix('"')?;
        tag.strip_suffix('"')
    });
    Some(Value::from_iter(versions).to_string())
}

/// The validators a client sent in `If-None-Match`.
pub struct IfNoneMatch(Option<String>);

impl IfNoneMatch {
    /// Reads them from the headers of a request.
    pub fn of(headers: &HeaderMap) -> Self {
        let value = headers.get(header::IF_NONE_MATCH);
        let text = value.and_then(|value| value.to_str().ok());
        Self(text.map(str::to_owned))
    }

    /// Of a client that has nothing.
    pub fn nothing() -> Self {
        Self(None)
    }

    /// Whether the client already has the answer with this weak ETag.
    pub fn has(&self, etag: &str) -> bool {
        let weak = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        self.0.as_deref().is_some_and(|list| {
            list.split(',')
                .any(|tag| tag.trim() == "*" || weak(tag) == weak(etag))
        })
    }
}
