//! `/review-cycles`

use http::StatusCode;
use okrs_shared::id::ReviewCycleId;
use okrs_shared::review_cycle::{
    NewReviewCycle, ReviewCycleDetail, ReviewCyclePatch, ReviewCycleProgress,
};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{Path, Unparsed};
use crate::ops;
use crate::store::Db;

/// `GET /review-cycles`
#[worker::send]
pub async fn list(caller: Caller, db: Db) -> Result<Json<Vec<ReviewCycleProgress>>> {
    ops::review_cycles::list(&db, &caller).await.map(Json)
}

/// `GET /review-cycles/{id}`
#[worker::send]
pub async fn get(
    caller: Caller,
    db: Db,
    Path(id): Path<ReviewCycleId>,
) -> Result<Json<ReviewCycleDetail>> {
    ops::review_cycles::get(&db, &caller, &id).await.map(Json)
}

/// `POST /review-cycles`
#[worker::send]
pub async fn create(
    caller: Caller,
    db: Db,
    body: Unparsed<NewReviewCycle>,
) -> Result<(StatusCode, Json<ReviewCycleProgress>)> {
    let cycle = ops::review_cycles::create(&db, &caller, body).await?;
    Ok((StatusCode::CREATED, Json(cycle)))
}

/// `PATCH /review-cycles/{id}`
#[worker::send]
pub async fn update(
    caller: Caller,
    db: Db,
    Path(id): Path<ReviewCycleId>,
    body: Unparsed<ReviewCyclePatch>,
) -> Result<Json<ReviewCycleProgress>> {
    ops::review_cycles::update(&db, &caller, &id, body)
        .await
        .map(Json)
}

/// `DELETE /review-cycles/{id}`
#[worker::send]
pub async fn delete(caller: Caller, db: Db, Path(id): Path<ReviewCycleId>) -> Result<StatusCode> {
    ops::review_cycles::delete(&db, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
