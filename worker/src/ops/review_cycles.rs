//! What those do with review cycles who run them.

use okrs_shared::id::ReviewCycleId;
use okrs_shared::review_cycle::{
    NewReviewCycle, ReviewCycleDetail, ReviewCyclePatch, ReviewCycleProgress,
};

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::store::{self, Db};

/// All review cycles, the newest first, with how far each is.
pub async fn list(db: &Db, caller: &Caller) -> Result<Vec<ReviewCycleProgress>> {
    store::review_cycles::list(db, caller).await
}

/// One review cycle, with its questions and who reviews whom.
pub async fn get(db: &Db, caller: &Caller, id: &ReviewCycleId) -> Result<ReviewCycleDetail> {
    store::review_cycles::get(db, caller, id).await
}

/// Makes a review cycle.
pub async fn create(
    db: &Db,
    caller: &Caller,
    body: Unparsed<NewReviewCycle>,
) -> Result<ReviewCycleProgress> {
    db.require_primary()?;
    store::review_cycles::create(db, caller, body.parse()?, body.idempotency()?).await
}

/// Changes the fields of a review cycle that the body names.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &ReviewCycleId,
    body: Unparsed<ReviewCyclePatch>,
) -> Result<ReviewCycleProgress> {
    db.require_primary()?;
    store::review_cycles::update(db, caller, id, body.parse()?).await
}

/// Deletes a review cycle with its reviews.
pub async fn delete(db: &Db, caller: &Caller, id: &ReviewCycleId) -> Result<()> {
    db.require_primary()?;
    store::review_cycles::delete(db, caller, id).await
}
