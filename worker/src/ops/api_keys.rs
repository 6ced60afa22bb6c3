//! What admins do with API keys. A key is shown once, by the answer that makes it.

use chrono::TimeDelta;
use okrs_shared::api_key::{self, ApiKey, NewApiKey, RevealedApiKey, RollApiKey};
use okrs_shared::id::ApiKeyId;
use okrs_shared::timestamp::Timestamp;

use crate::caller::Caller;
use crate::clock;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::ids;
use crate::platform::Platform;
use crate::store::{self, Db};
use crate::webcrypto;
use crate::workspace_do;

/// All keys, the newest first, with how much each is used.
pub async fn list(platform: &Platform, caller: &Caller) -> Result<Vec<ApiKey>> {
    let mut keys = store::api_keys::list(&platform.db()?, caller).await?;
    let usage = workspace_do::usage(platform, &caller.tag).await?;
    for key in &mut keys {
        if let Some(usage) = usage.get(&key.id) {
            key.used_this_minute = usage.used_this_minute;
            key.last_used_at = clock::at_ms(usage.last_used_at);
        }
    }
    Ok(keys)
}

/// Makes a key.
pub async fn create(db: &Db, caller: &Caller, body: Unparsed<NewApiKey>) -> Result<RevealedApiKey> {
    let new = body.parse()?;
    let (id, key) = new_key(caller);
    let lifetime = new.expires_in_days.map(|days| TimeDelta::days(days.into()));
    let expires_at = lifetime.map(|lifetime| Timestamp::new(caller.now.get() + lifetime));
    store::api_keys::create(db, caller, &id, &key, &new, expires_at).await?;
    reveal(db, caller, id, key).await
}

/// Takes a key back, at once.
pub async fn revoke(db: &Db, caller: &Caller, id: &ApiKeyId) -> Result<()> {
    store::api_keys::revoke(db, caller, id).await
}

/// Makes a key that takes the place of another, which still works for a while.
pub async fn roll(
    db: &Db,
    caller: &Caller,
    id: &ApiKeyId,
    body: Unparsed<RollApiKey>,
) -> Result<RevealedApiKey> {
    let roll = body.parse()?;
    let (new_id, key) = new_key(caller);
    let overlap = TimeDelta::hours(roll.overlap_hours.into());
    let old_ends_at = Timestamp::new(caller.now.get() + overlap);
    store::api_keys::roll(db, caller, id, &new_id, &key, old_ends_at, &roll).await?;
    reveal(db, caller, new_id, key).await
}

fn new_key(caller: &Caller) -> (ApiKeyId, String) {
    let key = api_key::assemble(&caller.tag, &webcrypto::random());
    (ApiKeyId(ids::new_id()), key)
}

async fn reveal(db: &Db, caller: &Caller, id: ApiKeyId, key: String) -> Result<RevealedApiKey> {
    let api_key = store::api_keys::get(db, caller, &id).await?;
    Ok(RevealedApiKey { key, api_key })
}
