//! `/okrs`: what the app shows of them and does with them beyond the public API.

use axum::Json;
use axum::extract::{Path, RawQuery};
use okrs_shared::id::OkrId;
use okrs_shared::okr_detail::OkrDetail;

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::IfNoneMatch;
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
