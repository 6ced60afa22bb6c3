//! `/cycles`

use http::StatusCode;
use okrs_shared::cycle::{CloneCycle, ClonedOkrs, CycleOverview, CyclePatch, NewCycle};
use okrs_shared::id::CycleId;

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{Path, Unparsed};
use crate::ops;
use crate::store::Db;

/// `GET /cycles`
#[worker::send]
pub async fn list(caller: Caller, db: Db) -> Result<Json<Vec<CycleOverview>>> {
    ops::cycles::overview(&db, &caller).await.map(Json)
}

/// `POST /cycles`
#[worker::send]
pub async fn create(
    caller: Caller,
    db: Db,
    body: Unparsed<NewCycle>,
) -> Result<(StatusCode, Json<CycleOverview>)> {
    let cycle = ops::cycles::create(&db, &caller, body).await?;
    Ok((StatusCode::CREATED, Json(cycle)))
}

/// `PATCH /cycles/{id}`
#[worker::send]
pub async fn update(
    caller: Caller,
    db: Db,
    Path(id): Path<CycleId>,
    body: Unparsed<CyclePatch>,
) -> Result<Json<CycleOverview>> {
    ops::cycles::update(&db, &caller, &id, body).await.map(Json)
}

/// `POST /cycles/{id}/clone`
#[worker::send]
pub async fn clone(
    caller: Caller,
    db: Db,
    Path(id): Path<CycleId>,
    body: Unparsed<CloneCycle>,
) -> Result<(StatusCode, Json<ClonedOkrs>)> {
    let cloned = ops::cycles::clone(&db, &caller, &id, body).await?;
    Ok((StatusCode::CREATED, Json(cloned)))
}
