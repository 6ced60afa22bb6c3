//! `/initiatives`: the only resource whose answers come in an envelope.

use axum::extract::RawQuery;
use http::StatusCode;
use okrs_shared::id::InitiativeId;
use okrs_shared::initiative::{Data, Deleted, Initiative, InitiativePatch, NewInitiative};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{IfNoneMatch, Path, Unparsed};
use crate::ops;
use crate::ops::listing::Listing;
use crate::store::Db;

/// `GET /initiatives`
#[worker::send]
pub async fn list(
    caller: Caller,
    db: Db,
    client: IfNoneMatch,
    RawQuery(query): RawQuery,
) -> Result<Listing> {
    ops::initiatives::list(&db, &caller, &client, &query.unwrap_or_default()).await
}

/// `GET /initiatives/{id}`
#[worker::send]
pub async fn get(
    caller: Caller,
    db: Db,
    Path(id): Path<InitiativeId>,
) -> Result<Json<Data<Initiative>>> {
    let data = ops::initiatives::get(&db, &caller, &id).await?;
    Ok(Json(Data { data }))
}

/// `POST /initiatives`
#[worker::send]
pub async fn create(
    caller: Caller,
    db: Db,
    body: Unparsed<NewInitiative>,
) -> Result<(StatusCode, Json<Data<Initiative>>)> {
    let data = ops::initiatives::create(&db, &caller, body).await?;
    Ok((StatusCode::CREATED, Json(Data { data })))
}

/// `PUT /initiatives/{id}`
#[worker::send]
pub async fn update(
    caller: Caller,
    db: Db,
    Path(id): Path<InitiativeId>,
    body: Unparsed<InitiativePatch>,
) -> Result<Json<Data<Initiative>>> {
    let data = ops::initiatives::update(&db, &caller, &id, body).await?;
    Ok(Json(Data { data }))
}

/// `DELETE /initiatives/{id}`: 200 with a body, unlike the other deletes.
#[worker::send]
pub async fn delete(caller: Caller, db: Db, Path(id): Path<InitiativeId>) -> Result<Json<Deleted>> {
    ops::initiatives::delete(&db, &caller, &id).await?;
    Ok(Json(Deleted { success: true }))
}
