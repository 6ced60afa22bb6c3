//! `/key-results`

use http::StatusCode;
use okrs_shared::id::{KeyResultId, OkrId};
use okrs_shared::key_result::{KeyResult, KeyResultPatch, NewKeyResult};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{Path, Unparsed};
use crate::ops;
use crate::store::Db;

/// `POST /okrs/{id}/key-results`
#[worker::send]
pub async fn create(
    caller: Caller,
    db: Db,
    Path(okr_id): Path<OkrId>,
    body: Unparsed<NewKeyResult>,
) -> Result<(StatusCode, Json<KeyResult>)> {
    let key_result = ops::key_results::create(&db, &caller, &okr_id, body).await?;
    Ok((StatusCode::CREATED, Json(key_result)))
}

/// `PUT /key-results/{id}`
#[worker::send]
pub async fn update(
    caller: Caller,
    db: Db,
    Path(id): Path<KeyResultId>,
    body: Unparsed<KeyResultPatch>,
) -> Result<Json<KeyResult>> {
    ops::key_results::update(&db, &caller, &id, body)
        .await
        .map(Json)
}

/// `DELETE /key-results/{id}`
#[worker::send]
pub async fn delete(caller: Caller, db: Db, Path(id): Path<KeyResultId>) -> Result<StatusCode> {
    ops::key_results::delete(&db, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
