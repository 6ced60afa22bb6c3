//! The Worker's one error type and how it is answered.

use std::mem;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use okrs_shared::api_key::Scope;
use okrs_shared::error::{ErrorBody, ErrorCode};
use okrs_shared::id::PendingWriteId;
use okrs_shared::sign_in_problem::SignInProblem;
use okrs_shared::validation::Invalid;
use serde::Serialize;
use serde_json::Value;

use crate::answer::{Json, etag};
use crate::log;

/// What every fallible function of the Worker returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request is refused, or what broke.
#[derive(Debug)]
pub enum Error {
    /// 400: the body, a parameter or a header is wrong.
    Invalid(Invalid),
    /// 401: no key that is known and valid now.
    Unauthorized,
    /// 401: nothing that could be a key. The text says what is wrong with what was sent.
    NoKey(&'static str),
    /// 401: no session, or one that has ended.
    SignedOut,
    /// 401: the password, the address, the link or the token is wrong; which one is not said.
    SignInFailed,
    /// 401: signing in elsewhere led to nothing. The text is for the log only.
    SignIn(SignInProblem, String),
    /// 403: the key lacks this scope.
    MissingScope(Scope),
    /// 403: the person who is signed in may not do this.
    NotPermitted,
    /// 403: only people may do this, never keys.
    KeyNotEnough,
    /// 403: another site's page asks.
    CrossSite,
    /// 404: what the address names does not exist for this caller. The text is the message.
    NotFound(&'static str),
    /// 405. The router adds the `Allow` header.
    MethodNotAllowed,
    /// 408: the body did not arrive in time.
    BodyTooSlow,
    /// 409: what the person may do has changed since the request was let in.
    RightsChanged,
    /// 409: it contradicts what is there, such as a name that is taken.
    Conflict(Invalid),
    /// 409: the hosted service, which has the workspace's data, has no way to do this.
    NotAvailable,
    /// 410: the link was used or has expired. The text is the message.
    Gone(&'static str),
    /// 412: the thing has been changed since the caller saw it.
    ChangedSince(Present),
    /// 413: the body is larger than the limit.
    PayloadTooLarge,
    /// 415: somebody signed in sent something else than JSON.
    UnsupportedMediaType,
    /// 422: the `Idempotency-Key` belongs to another request.
    IdempotencyKeyReused,
    /// 429: the key's budget of this minute is used up for so many seconds.
    RateLimited(u32),
    /// 429: what the hosted service accepts in this minute, or this caller's share of it, is used up for so many
    /// seconds.
    SharedBudget(Asked, u32),
    /// 429: somebody signed in has used up what they may ask for in a minute, for so many seconds.
    TooBusy(u32),
    /// 429: so many wrong passwords that the next try has to wait so many seconds.
    TooManyAttempts(u32),
    /// 503: the hosted service does not answer; try again in so many seconds.
    Unavailable(Asked, u32),
    /// 503: an earlier write to the same thing waits for the hosted service; try again in so many seconds.
    Behind(u32),
    /// 503: the hosted service's answer was lost: whether the write took effect is found out there.
    InDoubt(PendingWriteId),
    /// 503: a write broke, after it may have taken effect.
    OutcomeUnknown,
    /// 503: the database lacks a migration that this code needs.
    DatabaseNotMigrated,
    /// 503: a deployment is under way, and parts of the server do not understand each other yet; try again in so many
    /// seconds.
    BeingDeployed(u32),
    /// 500: the cause, for the log only.
    Internal(String),
}

/// What the hosted service was asked for in vain.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    /// Something to read.
    Read,
    /// A change, which it did not make.
    Write,
}

impl Asked {
    /// What whoever asked for a change wants to know first.
    fn reassurance(self) -> &'static str {
        match self {
            Self::Read => "",
            Self::Write => "nothing was changed, ",
        }
    }
}

/// A thing as it is now.
#[derive(Debug, Default)]
pub struct Present {
    /// Its version.
    pub version: String,
    /// What of it can be changed, by the names that the audit log has: JSON.
    pub fields: Value,
}

impl Error {
    /// A failure that is not the caller's; `cause` goes to the log.
    pub fn internal(cause: impl Into<String>) -> Self {
        Self::Internal(cause.into())
    }

    /// Signing in elsewhere led to nothing; `detail` goes to the log.
    pub fn sign_in(problem: SignInProblem, detail: &str) -> Self {
        Self::SignIn(problem, detail.to_owned())
    }

    /// What broke while something was written: that may have taken effect. The log gets the cause.
    pub fn after_a_write(self) -> Self {
        match self {
            Self::Internal(_) => {
                self.log();
                Self::OutcomeUnknown
            }
            other => other,
        }
    }

    /// Writes to the log what is not for the client.
    pub fn log(&self) {
        match self {
            Self::SignIn(problem, detail) => {
                log::warn(
                    "a sign-in is refused",
                    format!("{}: {detail}", problem.as_str()),
                );
            }
            Self::DatabaseNotMigrated => log::error(
                "the database lacks migrations",
                "run `npx wrangler d1 migrations apply DB --remote`",
            ),
            Self::Internal(cause) => log::error("a request failed", cause),
            _ => {}
        }
    }

    fn code(&self) -> ErrorCode {
        match self {
            Self::Invalid(_) => ErrorCode::BadRequest,
            Self::Unauthorized
            | Self::NoKey(_)
            | Self::SignedOut
            | Self::SignInFailed
            | Self::SignIn(..) => ErrorCode::Unauthorized,
            Self::MissingScope(_) | Self::NotPermitted | Self::KeyNotEnough | Self::CrossSite => {
                ErrorCode::Forbidden
            }
            Self::NotFound(_) => ErrorCode::NotFound,
            Self::MethodNotAllowed => ErrorCode::MethodNotAllowed,
            Self::BodyTooSlow => ErrorCode::RequestTimeout,
            Self::Conflict(_) | Self::RightsChanged => ErrorCode::Conflict,
            Self::Gone(_) => ErrorCode::Gone,
            Self::ChangedSince(_) => ErrorCode::ChangedSince,
            Self::PayloadTooLarge => ErrorCode::PayloadTooLarge,
            Self::UnsupportedMediaType => ErrorCode::UnsupportedMediaType,
            Self::IdempotencyKeyReused => ErrorCode::IdempotencyKeyReused,
            Self::RateLimited(_)
            | Self::SharedBudget(..)
            | Self::TooBusy(_)
            | Self::TooManyAttempts(_) => ErrorCode::RateLimitExceeded,
            Self::NotAvailable => ErrorCode::NotAvailable,
            Self::Unavailable(..) | Self::Behind(_) => ErrorCode::UpstreamUnavailable,
            Self::InDoubt(_) => ErrorCode::InDoubt,
            Self::OutcomeUnknown => ErrorCode::OutcomeUnknown,
            Self::DatabaseNotMigrated => ErrorCode::DatabaseNotMigrated,
            Self::BeingDeployed(_) => ErrorCode::BeingDeployed,
            Self::Internal(_) => ErrorCode::ServerError,
        }
    }

    /// For the client. The log gets what is not.
    fn message(self) -> String {
        match self {
            Self::Invalid(invalid) | Self::Conflict(invalid) => invalid.message,
            Self::Unauthorized => "Missing or invalid API key".to_owned(),
            Self::NoKey(problem) => format!("Missing or invalid API key: {problem}"),
            Self::SignedOut => "You are not signed in, or no longer".to_owned(),
            Self::SignInFailed => "Address or password is wrong".to_owned(),
            Self::SignIn(problem, _) => {
                self.log();
                problem.message().to_owned()
            }
            Self::MissingScope(scope) => format!("This key does not have {scope} permission"),
            Self::NotPermitted => "You are not allowed to do this".to_owned(),
            Self::KeyNotEnough => "API keys can't do this; sign in".to_owned(),
            Self::CrossSite => "Only this server's own pages may ask for this".to_owned(),
            Self::NotFound(message) | Self::Gone(message) => message.to_owned(),
            Self::MethodNotAllowed => {
                "This address exists, but not with this method; the Allow header lists those it has"
                    .to_owned()
            }
            Self::BodyTooSlow => "The request body did not arrive in time".to_owned(),
            Self::RightsChanged => {
                "What you may do has changed just now; nothing was changed, please try again"
                    .to_owned()
            }
            Self::ChangedSince(_) => {
                "This has been changed since you saw it; nothing was changed now".to_owned()
            }
            Self::PayloadTooLarge => "The request body may have at most 256 KiB".to_owned(),
            Self::UnsupportedMediaType => {
                "The request body must be JSON, with the Content-Type application/json".to_owned()
            }
            Self::IdempotencyKeyReused => {
                "This Idempotency-Key was used with another request; use a new key".to_owned()
            }
            Self::RateLimited(seconds) => {
                format!("This key's requests for this minute are used up; try again in {seconds} s")
            }
            Self::SharedBudget(asked, seconds) => format!(
                "The requests that the service accepts from all who share this workspace are used up for this minute, or your share of them is; {}try again in {seconds} s",
                asked.reassurance()
            ),
            Self::Behind(seconds) => format!(
                "An earlier change to the same thing waits for the service's answer; this one was not sent and nothing was changed, try again in {seconds} s"
            ),
            Self::TooBusy(seconds) => format!(
                "You have done as much as one person can in a minute; try again in {seconds} s"
            ),
            Self::TooManyAttempts(seconds) => {
                format!("Too many attempts; try again in {seconds} s")
            }
            Self::NotAvailable => {
                "The service that keeps this workspace's data has no way to do this".to_owned()
            }
            Self::Unavailable(asked, seconds) => format!(
                "The service that keeps this workspace's data does not answer; {}try again in {seconds} s",
                asked.reassurance()
            ),
            Self::InDoubt(id) => format!(
                "The service's answer was lost; before you repeat this, see at {PENDING_WRITES}/{id} whether it took effect"
            ),
            Self::OutcomeUnknown => format!(
                "Something went wrong on our end; this may have taken effect, look before you repeat it (request {})",
                log::current()
            ),
            Self::DatabaseNotMigrated => {
                self.log();
                "This server was upgraded and its database was not yet; nothing was changed. Its log names the command"
                    .to_owned()
            }
            Self::BeingDeployed(seconds) => format!(
                "A new version of this server is being put in place; nothing was changed, try again in {seconds} s"
            ),
            Self::Internal(_) => {
                self.log();
                let request = log::current();
                format!("Something went wrong on our end; it is safe to retry (request {request})")
            }
        }
    }
}

/// Marks an answer that refuses somebody signed in, or a key, what they may not do: it is kept in the audit log.
#[derive(Clone, Copy, Debug)]
pub struct Denial;

/// Marks an answer that says that something broke.
#[derive(Clone, Copy, Debug)]
pub struct Failure;

/// Where a write that was not answered at once is looked up.
pub const PENDING_WRITES: &str = "/api/app/pending-writes";

impl Error {
    /// The body that says this. It writes to the log what is not for the client.
    pub fn into_body(self) -> ErrorBody {
        ErrorBody {
            error: self.code(),
            retry_after_seconds: self.retry_after(),
            message: Some(self.message()),
        }
    }

    fn retry_after(&self) -> Option<u32> {
        match self {
            Self::RateLimited(seconds)
            | Self::SharedBudget(_, seconds)
            | Self::TooBusy(seconds)
            | Self::TooManyAttempts(seconds)
            | Self::Unavailable(_, seconds)
            | Self::Behind(seconds)
            | Self::BeingDeployed(seconds) => Some(*seconds),
            _ => None,
        }
    }

    /// The answer that says this with another body, which `shaped` makes of the usual one.
    pub fn into_response_with<T: Serialize>(
        mut self,
        shaped: impl FnOnce(ErrorBody) -> T,
    ) -> Response {
        let is_failure = matches!(self, Self::Internal(_));
        let is_denial = matches!(
            self,
            Self::NotPermitted | Self::MissingScope(_) | Self::KeyNotEnough
        );
        let is_about_a_key = matches!(self, Self::Unauthorized | Self::NoKey(_));
        let pending = match &self {
            Self::InDoubt(id) => HeaderValue::try_from(format!("{PENDING_WRITES}/{id}")).ok(),
            _ => None,
        };
        let present = match &mut self {
            Self::ChangedSince(present) => Some(mem::take(present)),
            _ => None,
        };
        let body = self.into_body();
        let retry_after = body.retry_after_seconds;
        let status =
            StatusCode::from_u16(body.error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let etag = present.as_ref().and_then(|present| etag(&present.version));
        let refusal = Refusal {
            body: shaped(body),
            present: present.map(|present| present.fields),
        };
        let mut response = (status, Json(refusal)).into_response();
        if let Some(etag) = etag {
            response.headers_mut().insert(header::ETAG, etag);
        }
        if is_denial {
            response.extensions_mut().insert(Denial);
        }
        if is_failure {
            response.extensions_mut().insert(Failure);
        }
        if let Some(address) = pending {
            response.headers_mut().insert(header::LOCATION, address);
        }
        if let Some(seconds) = retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if is_about_a_key {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// A refusal, with the thing that it is about if that is what it is about.
#[derive(Serialize)]
struct Refusal<T> {
    #[serde(flatten)]
    body: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    present: Option<Value>,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        self.into_response_with(|body| body)
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<worker::Error> for Error {
    fn from(error: worker::Error) -> Self {
        let cause = error.to_string();
        // An object throws what it fails with, and this is the one thing of it that matters to who asked.
        if cause.contains("DatabaseNotMigrated") {
            return Self::DatabaseNotMigrated;
        }
        Self::Internal(cause)
    }
}

impl From<wasm_bindgen::JsValue> for Error {
    fn from(error: wasm_bindgen::JsValue) -> Self {
        Self::from(worker::Error::from(error))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(without_values(&error.to_string()))
    }
}

/// What JSON's reader says, without the texts that it quotes: they may be somebody's words.
fn without_values(message: &str) -> String {
    let mut parts = message.split('"');
    let first = parts.next().unwrap_or_default();
    match parts.next_back() {
        Some(last) => format!("{first}…{last}"),
        None => first.to_owned(),
    }
}
