//! Undoing deletes.

use okrs_shared::id::{KeyResultId, KpiId, OkrId};
use okrs_shared::restore::Restorable;

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::store::{self, Db};

/// What the caller could restore.
pub async fn list(db: &Db, caller: &Caller) -> Result<Vec<Restorable>> {
    let person = caller.person()?;
    store::restore::list(db, caller, person).await
}

/// Brings an OKR back.
pub async fn okr(db: &Db, caller: &Caller, id: &OkrId, body: Unparsed<()>) -> Result<()> {
    db.require_primary()?;
    store::restore::okr(db, caller, id, body.idempotency()?).await
}

/// Brings a key result back.
pub async fn key_result(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    body: Unparsed<()>,
) -> Result<()> {
    db.require_primary()?;
    store::restore::key_result(db, caller, id, body.idempotency()?).await
}

/// Brings a KPI back.
pub async fn kpi(db: &Db, caller: &Caller, id: &KpiId, body: Unparsed<()>) -> Result<()> {
    db.require_primary()?;
    store::restore::kpi(db, caller, id, body.idempotency()?).await
}
