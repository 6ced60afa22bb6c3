//! API keys in the database. The keys themselves never get here, only their hashes.

use chrono::TimeDelta;
use okrs_shared::api_key::{self, ApiKey, NewApiKey, RollApiKey, Scope, Scopes};
use okrs_shared::id::{ApiKeyId, MemberId};
use okrs_shared::timestamp::Timestamp;
use okrs_shared::validation::Invalid;
use serde::Deserialize;
use serde_json::json;

use super::change::Change;
use super::{Db, Sql, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};

const NOT_FOUND: Error = Error::NotFound("API key not found");

#[derive(Deserialize)]
struct KeyRow {
    id: ApiKeyId,
    name: String,
    scopes: Scopes,
    prefix: String,
    last_four: String,
    requests_per_minute: u32,
    created_by: Option<MemberId>,
    created_by_name: Option<String>,
    created_at: Timestamp,
    expires_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
    replaces_id: Option<ApiKeyId>,
}

impl From<KeyRow> for ApiKey {
    fn from(row: KeyRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            scopes: row.scopes.iter().collect::<Vec<Scope>>(),
            prefix: row.prefix,
            last_four: row.last_four,
            requests_per_minute: row.requests_per_minute,
            created_by: row.created_by,
            created_by_name: row.created_by_name,
            created_at: row.created_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
            replaces_id: row.replaces_id,
            last_used_at: None,
            used_this_minute: 0,
        }
    }
}

/// All keys of the caller's organisation, revoked and expired ones too, the newest first. How much
/// they are used is not in the database.
pub async fn list(db: &Db, caller: &Caller) -> Result<Vec<ApiKey>> {
    let rows = db.query(select(caller, None)).await?.read::<KeyRow>()?;
    Ok(rows.into_iter().map(ApiKey::from).collect())
}

/// One key.
pub async fn get(db: &Db, caller: &Caller, id: &ApiKeyId) -> Result<ApiKey> {
    let row = db.query(select(caller, Some(id))).await?;
    Ok(row.first::<KeyRow>()?.ok_or(NOT_FOUND)?.into())
}

fn select(caller: &Caller, id: Option<&ApiKeyId>) -> Sql {
    sql!(
        caller,
        "SELECT k.id, k.name, k.scopes, k.prefix, k.last_four, k.requests_per_minute, k.created_by, \
                m.name AS created_by_name, k.created_at, k.expires_at, k.revoked_at, k.replaces_id \
         FROM api_keys k LEFT JOIN members m ON m.id = k.created_by AND m.organisation_id = k.organisation_id \
         WHERE k.organisation_id = :organisation AND k.id = COALESCE(:id, k.id) ORDER BY k.created_at DESC, k.id DESC",
        id
    )
}

/// Keeps what is to be kept of a new `key`, whose row gets this id.
pub async fn create(
    db: &Db,
    caller: &Caller,
    id: &ApiKeyId,
    key: &str,
    new: &NewApiKey,
    expires_at: Option<Timestamp>,
) -> Result<()> {
    let (prefix, last_four) = api_key::shown(key);
    let scopes: Scopes = new.scopes.iter().copied().collect();
    Change::new(caller, "api_key.create", id.as_str())
        .require_room_for_api_key(caller)
        .effect(sql!(
            caller,
            "INSERT INTO api_keys (id, organisation_id, name, hash, prefix, last_four, scopes, created_by, created_at, \
                                   expires_at) \
             SELECT :id, :organisation, :name, :hash, :prefix, :last_four, :scopes, :me, :now, :expires_at WHERE 1",
            id,
            name = new.name.trim(),
            hash = api_key::hash(key),
            prefix,
            last_four,
            scopes = scopes.to_string(),
            expires_at
        ))
        .gives_access()
        .commit(db, new, ())
        .await
}

/// Takes a key back: from the answer on, no request comes in with it.
pub async fn revoke(db: &Db, caller: &Caller, id: &ApiKeyId) -> Result<()> {
    existing(Change::new(caller, "api_key.revoke", id.as_str()), caller, id)
        .require(
            sql!(
                caller,
                "(SELECT revoked_at FROM api_keys WHERE id = :id AND organisation_id = :organisation) IS NULL",
                id
            ),
            Error::Conflict(Invalid::conflict("This key has been revoked already")),
        )
        .effect(sql!(
            caller,
            "UPDATE api_keys SET revoked_at = :now, revoked_by = :me \
             WHERE id = :id AND organisation_id = :organisation",
            id
        ))
        .changes_access()
        .commit(db, &(), ())
        .await
}

/// Makes `key`, whose row gets `new_id`, the successor of a key that still works. It may do the same
/// and lasts as long as the old one was made for; the old one ends at `old_ends_at` at the latest.
pub async fn roll(
    db: &Db,
    caller: &Caller,
    id: &ApiKeyId,
    new_id: &ApiKeyId,
    key: &str,
    old_ends_at: Timestamp,
    asked: &RollApiKey,
) -> Result<()> {
    let (prefix, last_four) = api_key::shown(key);
    existing(Change::new(caller, "api_key.roll", id.as_str()), caller, id)
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM api_keys WHERE id = :id AND organisation_id = :organisation \
                   AND revoked_at IS NULL \
                 AND (expires_at IS NULL OR expires_at > :now))",
                id
            ),
            Error::Conflict(Invalid::conflict("This key is revoked or has expired; make a new one")),
        )
        // Its expiry no longer says how long it was made for.
        .require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM api_keys WHERE replaces_id = :id AND organisation_id = :organisation)",
                id
            ),
            Error::Conflict(Invalid::conflict("This key has been rolled already; roll the one that replaces it")),
        )
        .require_room_for_api_key(caller)
        .effect(sql!(
            caller,
            "INSERT INTO api_keys (id, organisation_id, name, hash, prefix, last_four, scopes, requests_per_minute, \
                                   created_by, created_at, expires_at, replaces_id) \
             SELECT :new_id, organisation_id, name, :hash, :prefix, :last_four, scopes, requests_per_minute, :me, :now, \
                    strftime('%Y-%m-%dT%H:%M:%SZ', \
                             unixepoch(:now) + unixepoch(expires_at) - unixepoch(created_at), 'unixepoch'), id \
             FROM api_keys WHERE id = :id AND organisation_id = :organisation",
            new_id,
            hash = api_key::hash(key),
            prefix,
            last_four,
            id
        ))
        .effect(sql!(
            caller,
            "UPDATE api_keys SET expires_at = MIN(COALESCE(expires_at, :old_ends_at), :old_ends_at) \
             WHERE id = :id AND organisation_id = :organisation",
            old_ends_at,
            id
        ))
        .changes_access()
        .commit(db, asked, ())
        .await
}

/// A key whose counter nobody needs any more.
#[derive(Deserialize)]
pub struct EndedKey {
    pub id: ApiKeyId,
    /// Of its organisation: it names the object that counts.
    pub tag: String,
}

/// So many days after its end it is forgotten how much a key was used.
const USAGE_IS_KEPT_DAYS: i64 = 90;

/// At most so many keys of all organisations that ended long ago and still have a counter.
pub async fn long_ended(db: &Db, now: Timestamp, most: u32) -> Result<Vec<EndedKey>> {
    let before = Timestamp::new(now.get() - TimeDelta::days(USAGE_IS_KEPT_DAYS));
    db.query(sql!(
        "SELECT k.id, o.tag FROM api_keys k JOIN organisations o ON o.id = k.organisation_id \
         WHERE k.usage_forgotten_at IS NULL AND (k.revoked_at < :before OR k.expires_at < :before) LIMIT :most",
        before,
        most
    ))
    .await?
    .read()
}

/// Notes that the counters of these keys are gone. The ids are of all organisations. No revision: nobody's view changes.
pub async fn usage_is_forgotten(db: &Db, keys: &[EndedKey], now: Timestamp) -> Result<()> {
    let ids: Vec<&str> = keys.iter().map(|key| key.id.as_str()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    db.query(sql!(
        "UPDATE api_keys SET usage_forgotten_at = :now WHERE id IN (SELECT value FROM json_each(:ids))",
        now,
        ids = json!(ids).to_string()
    ))
    .await?;
    Ok(())
}

/// A change of a key that must exist, with how it was before for the audit log.
fn existing<'a>(change: Change<'a>, caller: &Caller, id: &ApiKeyId) -> Change<'a> {
    change
        .before(sql!(
            caller,
            "(SELECT json_object('name', name, 'expires_at', expires_at) FROM api_keys \
             WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM api_keys WHERE id = :id AND organisation_id = :organisation)",
                id
            ),
            NOT_FOUND,
        )
}
