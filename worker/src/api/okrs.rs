//! `/okrs`

use http::StatusCode;
use okrs_shared::id::OkrId;
use okrs_shared::okr::{NewOkr, Okr, OkrPatch};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{IfNoneMatch, Path, Unparsed};
use crate::ops;
use crate::ops::listing::Listing;
use crate::store::Db;

/// `GET /okrs`
#[worker::send]
pub async fn list(caller: Caller, db: Db, client: IfNoneMatch) -> Result<Listing> {
    ops::okrs::list(&db, &caller, &client).await
}

/// `POST /okrs`
#[worker::send]
pub async fn create(
    caller: Caller,
    db: Db,
    body: Unparsed<NewOkr>,
) -> Result<(StatusCode, Json<Okr>)> {
    let okr = ops::okrs::create(&db, &caller, body).await?;
    Ok((StatusCode::CREATED, Json(okr)))
}

/// `PUT /okrs/{id}`
#[worker::send]
pub async fn update(
    caller: Caller,
    db: Db,
    Path(id): Path<OkrId>,
    body: Unparsed<OkrPatch>,
) -> Result<Json<Okr>> {
    ops::okrs::update(&db, &caller, &id, body).await.map(Json)
}

/// `DELETE /okrs/{id}`
#[worker::send]
pub async fn delete(caller: Caller, db: Db, Path(id): Path<OkrId>) -> Result<StatusCode> {
    ops::okrs::delete(&db, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
