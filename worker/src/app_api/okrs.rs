//! `/okrs`: what the app shows of them and does with them beyond the public API.

use axum::extract::RawQuery;
use http::StatusCode;
use okrs_shared::activity::Activity;
use okrs_shared::alignment::OkrAlignmentPatch;
use okrs_shared::id::OkrId;
use okrs_shared::okr_detail::OkrDetail;
use okrs_shared::restore::Restorable;

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{IfNoneMatch, Path, Unparsed};
use crate::ops;
use crate::ops::listing::Listing;
use crate::store::Db;

/// `GET /okrs`
#[worker::send]
pub async fn list(
    caller: Caller,
    db: Db,
    client: IfNoneMatch,
    RawQuery(query): RawQuery,
) -> Result<Listing> {
    ops::okr_details::list(&db, &caller, &client, &query.unwrap_or_default()).await
}

/// `GET /okrs/{id}`
#[worker::send]
pub async fn get(caller: Caller, db: Db, Path(id): Path<OkrId>) -> Result<Json<OkrDetail>> {
    ops::okr_details::get(&db, &caller, &id).await.map(Json)
}

/// `PATCH /okrs/{id}`
#[worker::send]
pub async fn align(
    caller: Caller,
    db: Db,
    Path(id): Path<OkrId>,
    body: Unparsed<OkrAlignmentPatch>,
) -> Result<StatusCode> {
    ops::alignment::of_okr(&db, &caller, &id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /okrs/deleted`
#[worker::send]
pub async fn deleted(caller: Caller, db: Db) -> Result<Json<Vec<Restorable>>> {
    ops::restore::list(&db, &caller).await.map(Json)
}

/// `POST /okrs/{id}/restore`
#[worker::send]
pub async fn restore(
    caller: Caller,
    db: Db,
    Path(id): Path<OkrId>,
    body: Unparsed<()>,
) -> Result<StatusCode> {
    ops::restore::okr(&db, &caller, &id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /okrs/{id}/activity`
#[worker::send]
pub async fn activity(
    caller: Caller,
    db: Db,
    Path(id): Path<OkrId>,
) -> Result<Json<Vec<Activity>>> {
    ops::activity::of_okr(&db, &caller, &id).await.map(Json)
}
