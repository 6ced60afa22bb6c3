//! Who is asking, and with which scopes.

use axum::extract::FromRequestParts;
use chrono::NaiveDate;
use http::request::Parts;
use http::{HeaderMap, Method, header};
use okrs_shared::api_key::{self, Scope, Scopes};
use okrs_shared::id::{ApiKeyId, MemberId, OrganisationId};
use okrs_shared::timestamp::Timestamp;
use worker::send::SendFuture;

use crate::clock;
use crate::error::{Error, Result};
use crate::platform::Platform;
use crate::workspace_do::{self, Admission, Intent};

/// An authenticated caller whose request has been counted against its budget.
///
/// As an extractor it must come before the body: a refused caller's body is never read.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The organisation whose data it may reach, and no other.
    pub organisation_id: OrganisationId,
    /// The key it came with.
    pub api_key_id: ApiKeyId,
    /// The member who made the key.
    pub created_by: Option<MemberId>,
    scopes: Scopes,
    /// When the request arrived.
    pub now: Timestamp,
    /// That day in the organisation's time zone.
    pub today: NaiveDate,
    /// The revision that the organisation's data has right now; `None` while a write is under way.
    pub revision: Option<u64>,
}

impl Caller {
    /// Refuses a caller without `scope`. The first line of every op.
    pub fn require(&self, scope: Scope) -> Result<()> {
        if self.scopes.contains(scope) {
            Ok(())
        } else {
            Err(Error::MissingScope(scope))
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let key = bearer(&parts.headers).ok_or(Error::Unauthorized)?;
        // A key with a wrong checksum is refused here, without any storage call.
        let tag = api_key::tag(key).ok_or(Error::Unauthorized)?;
        let hash = api_key::hash(key);
        let intent = match parts.method {
            Method::GET | Method::HEAD => Intent::Read,
            _ => Intent::Write,
        };
        let tag = tag.to_owned();
        let platform = Platform::from_request_parts(parts, state).await?;
        SendFuture::new(admit(platform, tag, hash, intent)).await
    }
}

async fn admit(platform: Platform, tag: String, hash: String, intent: Intent) -> Result<Caller> {
    match workspace_do::admit(&platform, &tag, &hash, intent).await? {
        Admission::Unknown => Err(Error::Unauthorized),
        Admission::OverBudget {
            retry_after_seconds,
        } => Err(Error::RateLimited(retry_after_seconds)),
        Admission::Admitted(admitted) => {
            if intent == Intent::Write {
                platform.expects_settlement(&tag);
            }
            let now = clock::now();
            Ok(Caller {
                organisation_id: admitted.organisation_id,
                api_key_id: admitted.api_key_id,
                created_by: admitted.created_by,
                scopes: admitted.scopes,
                now,
                today: clock::date_in(&admitted.timezone, now),
                revision: admitted.revision,
            })
        }
    }
}

/// The key of an `Authorization: Bearer …` header; the scheme's case does not matter.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}
