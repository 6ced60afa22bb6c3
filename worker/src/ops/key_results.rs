//! What can be done with key results.

use okrs_shared::id::{KeyResultId, OkrId};
use okrs_shared::key_result::{KeyResult, KeyResultPatch, NewKeyResult};
use okrs_shared::rules::status;

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::store::{self, Db, Written};

/// Adds a key result to the OKR with this id.
pub async fn create(
    db: &Db,
    caller: &Caller,
    okr_id: &OkrId,
    body: Unparsed<NewKeyResult>,
) -> Result<Written<KeyResult>> {
    let new = body.parse()?;
    let status = status::on_create(new.start_value.get(), new.current_value().get());
    store::key_results::create(db, caller, okr_id, new, status, body.idempotency()?).await
}

/// Changes the fields of a key result that the body names.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    body: Unparsed<KeyResultPatch>,
) -> Result<Written<KeyResult>> {
    store::key_results::update(db, caller, id, body.parse()?).await
}

/// Deletes a key result with its check-ins.
pub async fn delete(db: &Db, caller: &Caller, id: &KeyResultId) -> Result<Written<()>> {
    store::key_results::delete(db, caller, id).await
}
