//! `/key-results` and `/check-ins`: what the app does with them beyond the public API.

use http::StatusCode;
use okrs_shared::alignment::KeyResultAlignmentPatch;
use okrs_shared::checkin::CheckInPatch;
use okrs_shared::id::{CheckInId, KeyResultId};

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{Path, Unparsed};
use crate::ops;
use crate::store::Db;

/// `PATCH /key-results/{id}`
#[worker::send]
pub async fn align(
    caller: Caller,
    db: Db,
    Path(id): Path<KeyResultId>,
    body: Unparsed<KeyResultAlignmentPatch>,
) -> Result<StatusCode> {
    ops::alignment::of_key_result(&db, &caller, &id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /key-results/{id}/restore`
#[worker::send]
pub async fn restore(
    caller: Caller,
    db: Db,
    Path(id): Path<KeyResultId>,
    body: Unparsed<()>,
) -> Result<StatusCode> {
    ops::restore::key_result(&db, &caller, &id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `PATCH /check-ins/{id}`
#[worker::send]
pub async fn correct_check_in(
    caller: Caller,
    db: Db,
    Path(id): Path<CheckInId>,
    body: Unparsed<CheckInPatch>,
) -> Result<StatusCode> {
    ops::checkins::correct(&db, &caller, &id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}
