//! Where OKRs and key results belong and how much they count.

use okrs_shared::alignment::{KeyResultAlignmentPatch, OkrAlignmentPatch};
use okrs_shared::id::{KeyResultId, OkrId};

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::store::{self, Db};

/// Aligns, weighs or archives an OKR.
pub async fn of_okr(
    db: &Db,
    caller: &Caller,
    id: &OkrId,
    body: Unparsed<OkrAlignmentPatch>,
) -> Result<()> {
    store::alignment::of_okr(db, caller, id, &body.parse()?).await
}

/// Weighs or moves a key result or its target.
pub async fn of_key_result(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    body: Unparsed<KeyResultAlignmentPatch>,
) -> Result<()> {
    let patch = body.parse()?;
    if patch.okr_id.is_some() || patch.target_value.is_some() {
        db.require_primary()?;
    }
    store::alignment::of_key_result(db, caller, id, &patch).await
}
