//! What can be done with the workspace's settings.

use okrs_shared::rules::Params;
use okrs_shared::validation::Invalid;
use okrs_shared::workspace::{Workspace, WorkspacePatch};
use serde_json::{Map, Value};

use crate::caller::Caller;
use crate::clock;
use crate::error::{Error, Result};
use crate::extract::Unparsed;
use crate::store::{self, Db};

/// The settings, for everybody: dates and figures depend on them.
pub async fn get(db: &Db, caller: &Caller) -> Result<Workspace> {
    store::workspace::get(db, caller).await
}

/// Changes the settings that the body names. Figures follow from the next request on.
pub async fn update(db: &Db, caller: &Caller, body: Unparsed<WorkspacePatch>) -> Result<Workspace> {
    let patch = body.parse()?;
    if let Some(timezone) = &patch.timezone {
        require_timezone(timezone)?;
    }
    let rule_params = match &patch.rule_params {
        Some(changes) => Some(changed_params(db, caller, changes).await?),
        None => None,
    };
    store::workspace::update(db, caller, &patch, rule_params).await
}

/// The constants of the rules as they are stored, and as they are to be stored.
async fn changed_params(
    db: &Db,
    caller: &Caller,
    changes: &Map<String, Value>,
) -> Result<(String, String)> {
    let stored = store::workspace::rule_params(db, caller).await?;
    let params: Params = serde_json::from_str(&stored)?;
    let changed = params.changed(changes)?;
    Ok((stored, serde_json::to_string(&changed.differences())?))
}

/// Refuses a name that the runtime knows no time zone by.
pub fn require_timezone(name: &str) -> Result<()> {
    if clock::is_timezone(name) {
        return Ok(());
    }
    Err(Error::Invalid(Invalid::field(
        "timezone",
        "must be an IANA name such as Europe/Berlin",
    )))
}
