//! `/reviews`

use http::StatusCode;
use okrs_shared::id::ReviewId;
use okrs_shared::review_writing::{
    MyReviews, ReviewAnswers, ReviewDetail, ReviewListItem, ReviewNote,
};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{Path, Unparsed};
use crate::ops;
use crate::store::Db;

/// `GET /reviews`
#[worker::send]
pub async fn list(caller: Caller, db: Db) -> Result<Json<MyReviews>> {
    ops::review_writing::list(&db, &caller).await.map(Json)
}

/// `GET /reviews/{id}`
#[worker::send]
pub async fn get(caller: Caller, db: Db, Path(id): Path<ReviewId>) -> Result<Json<ReviewDetail>> {
    ops::review_writing::get(&db, &caller, &id).await.map(Json)
}

/// `PUT /reviews/{id}/answers`
#[worker::send]
pub async fn save(
    caller: Caller,
    db: Db,
    Path(id): Path<ReviewId>,
    body: Unparsed<ReviewAnswers>,
) -> Result<StatusCode> {
    ops::review_writing::save(&db, &caller, &id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `PUT /reviews/{id}/note`
#[worker::send]
pub async fn note(
    caller: Caller,
    db: Db,
    Path(id): Path<ReviewId>,
    body: Unparsed<ReviewNote>,
) -> Result<StatusCode> {
    ops::review_writing::note(&db, &caller, &id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /reviews/{id}/submit`
#[worker::send]
pub async fn submit(
    caller: Caller,
    db: Db,
    Path(id): Path<ReviewId>,
) -> Result<Json<ReviewListItem>> {
    ops::review_writing::submit(&db, &caller, &id)
        .await
        .map(Json)
}

/// `POST /reviews/{id}/reopen`
#[worker::send]
pub async fn reopen(
    caller: Caller,
    db: Db,
    Path(id): Path<ReviewId>,
) -> Result<Json<ReviewListItem>> {
    ops::review_writing::reopen(&db, &caller, &id)
        .await
        .map(Json)
}

/// `POST /reviews/{id}/share`
#[worker::send]
pub async fn share(
    caller: Caller,
    db: Db,
    Path(id): Path<ReviewId>,
) -> Result<Json<ReviewListItem>> {
    ops::review_writing::share(&db, &caller, &id)
        .await
        .map(Json)
}

/// `POST /reviews/{id}/unshare`
#[worker::send]
pub async fn unshare(
    caller: Caller,
    db: Db,
    Path(id): Path<ReviewId>,
) -> Result<Json<ReviewListItem>> {
    ops::review_writing::unshare(&db, &caller, &id)
        .await
        .map(Json)
}
