//! The one error shape of every endpoint.

use serde::{Deserialize, Serialize};

/// What went wrong, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// 400: the body or a parameter is malformed.
    BadRequest,
    /// 401: missing or invalid API key.
    Unauthorized,
    /// 403: the key lacks the scope.
    Forbidden,
    /// 404: it does not exist, or not for this key.
    NotFound,
    /// 405: the address exists, the method does not.
    MethodNotAllowed,
    /// 408: the body did not arrive in time.
    RequestTimeout,
    /// 409: it contradicts what is there, such as a name that is taken. Only in the app's API.
    Conflict,
    /// 409: the hosted service that keeps the workspace's data has no way to do this.
    NotAvailable,
    /// 410: a link that was used or has expired. Only in the app's API.
    Gone,
    /// 412: it has been changed since the version that `If-Match` names. The field `present` has what it is now.
    ChangedSince,
    /// 413: the body is larger than 256 KiB.
    PayloadTooLarge,
    /// 415: someone signed in sent something else than JSON.
    UnsupportedMediaType,
    /// 422: this `Idempotency-Key` was used with another body.
    IdempotencyKeyReused,
    /// 429: the key's requests of this minute are used up.
    RateLimitExceeded,
    /// 500: our fault; safe to retry.
    ServerError,
    /// 503: our fault, and nobody knows whether it took effect: look before repeating it.
    OutcomeUnknown,
    /// 503: the server was upgraded and its database was not yet. Nothing was changed; safe to retry later.
    DatabaseNotMigrated,
    /// 503: a new version of the server is being put in place. Nothing was changed; safe to retry.
    BeingDeployed,
    /// 503: the hosted service does not answer, and nothing was changed. Safe to retry.
    UpstreamUnavailable,
    /// 503: the hosted service's answer was lost. Not safe to retry before it is known whether the
    /// write took effect.
    InDoubt,
}

impl ErrorCode {
    /// The HTTP status that goes with it.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::RequestTimeout => 408,
            Self::Conflict | Self::NotAvailable => 409,
            Self::Gone => 410,
            Self::ChangedSince => 412,
            Self::PayloadTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::IdempotencyKeyReused => 422,
            Self::RateLimitExceeded => 429,
            Self::ServerError => 500,
            Self::UpstreamUnavailable
            | Self::InDoubt
            | Self::OutcomeUnknown
            | Self::DatabaseNotMigrated
            | Self::BeingDeployed => 503,
        }
    }
}

/// The body of every refusal. Clients must cope without a message: the contract's own example of a
/// 429 has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    /// What went wrong, for programs.
    pub error: ErrorCode,
    /// What went wrong, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub message: Option<String>,
    /// Only with `rate_limit_exceeded`, `upstream_unavailable` and `being_deployed`: seconds until it makes sense to try
    /// again, at least 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub retry_after_seconds: Option<u32>,
}
