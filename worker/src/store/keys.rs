//! API keys, as the organisation's object needs them.

use okrs_shared::api_key::Scopes;
use okrs_shared::id::{ApiKeyId, MemberId, OrganisationId};
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::{Db, params, sql};
use crate::error::Result;
use crate::workspace_do::memory::{Facts, KeyFacts};

#[derive(Deserialize)]
struct OrganisationRow {
    id: OrganisationId,
    timezone: String,
    revision: u64,
}

#[derive(Deserialize)]
struct KeyRow {
    id: ApiKeyId,
    hash: String,
    scopes: Scopes,
    requests_per_minute: u32,
    created_by: Option<MemberId>,
    expires_at: Option<Timestamp>,
}

/// The organisation with this tag and its keys that have not been revoked; `None` if there is none.
pub async fn facts(db: &Db, tag: &str) -> Result<Option<Facts>> {
    let results = db
        .batch(&[
            sql(
                "SELECT id, timezone, revision FROM organisations WHERE tag = ?",
                params![tag],
            ),
            sql(
                "SELECT id, hash, scopes, requests_per_minute, created_by, expires_at FROM api_keys \
                 WHERE organisation_id = (SELECT id FROM organisations WHERE tag = ?) AND revoked_at IS NULL",
                params![tag],
            ),
        ])
        .await?;
    let Some(organisation) = results[0].first::<OrganisationRow>()? else {
        return Ok(None);
    };
    let keys = results[1].read::<KeyRow>()?.into_iter().map(|row| {
        let facts = KeyFacts {
            id: row.id,
            scopes: row.scopes,
            requests_per_minute: row.requests_per_minute,
            created_by: row.created_by,
            expires_at: row.expires_at,
        };
        (row.hash, facts)
    });
    Ok(Some(Facts {
        organisation_id: organisation.id,
        timezone: organisation.timezone,
        revision: organisation.revision,
        keys: keys.collect(),
    }))
}
