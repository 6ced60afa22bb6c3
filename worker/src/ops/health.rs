//! How the server is, for whoever watches it.

use std::cell::RefCell;

use okrs_shared::about::{Health, HealthDetails, HealthStatus};

use crate::caller::Caller;
use crate::clock;
use crate::error::{Error, Result};
use crate::platform::Platform;
use crate::store::migrated;

/// The version of this server.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The commit it was built from.
pub const COMMIT: &str = match option_env!("OKRS_EDGE_COMMIT") {
    Some(commit) => commit,
    None => "unknown",
};

/// So long an isolate keeps what it has found, in milliseconds: everybody may ask.
const KEPT_FOR_MS: u64 = 10_000;

thread_local! {
    static KEPT: RefCell<Option<(u64, Health)>> = const { RefCell::new(None) };
}

/// How the server was within the last ten seconds.
pub async fn kept(platform: &Platform) -> Result<Health> {
    let now = clock::now_ms();
    let kept = KEPT.with_borrow(|kept| kept.clone());
    if let Some((at, health)) = kept
        && now < at + KEPT_FOR_MS
    {
        return Ok(health);
    }
    let health = look(platform).await?;
    KEPT.set(Some((now, health.clone())));
    Ok(health)
}

/// How the server is now, with what an admin may know. Whoever has been let in is no stranger: nothing is kept.
pub async fn details(platform: &Platform, _: &Caller) -> Result<HealthDetails> {
    let begin = clock::now_ms();
    let health = look(platform).await?;
    Ok(HealthDetails {
        health,
        backend: platform.backend(),
        database_took_ms: clock::now_ms().saturating_sub(begin),
        migration_needed: migrated::needed().to_owned(),
        migration_applied: migrated::applied(&platform.db()?).await?,
    })
}

async fn look(platform: &Platform) -> Result<Health> {
    let status = match platform.db()?.query(migrated::required()).await {
        Ok(_) => HealthStatus::Ok,
        Err(error) => {
            error.log();
            match error {
                Error::DatabaseNotMigrated => HealthStatus::DatabaseNotMigrated,
                _ => HealthStatus::DatabaseUnavailable,
            }
        }
    };
    Ok(Health {
        status,
        version: VERSION.to_owned(),
        commit: COMMIT.to_owned(),
    })
}
