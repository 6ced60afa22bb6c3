//! `/okrs/{id}/comments` and `/comments`

use http::StatusCode;
use okrs_shared::comment::{Comment, CommentPatch, NewComment};
use okrs_shared::id::{CommentId, OkrId};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{Path, Unparsed};
use crate::ops;
use crate::store::Db;

/// `GET /okrs/{id}/comments`
#[worker::send]
pub async fn list(caller: Caller, db: Db, Path(id): Path<OkrId>) -> Result<Json<Vec<Comment>>> {
    ops::comments::list(&db, &caller, &id).await.map(Json)
}

/// `POST /okrs/{id}/comments`
#[worker::send]
pub async fn create(
    caller: Caller,
    db: Db,
    Path(id): Path<OkrId>,
    body: Unparsed<NewComment>,
) -> Result<(StatusCode, Json<Comment>)> {
    let comment = ops::comments::create(&db, &caller, &id, body).await?;
    Ok((StatusCode::CREATED, Json(comment)))
}

/// `PATCH /comments/{id}`
#[worker::send]
pub async fn update(
    caller: Caller,
    db: Db,
    Path(id): Path<CommentId>,
    body: Unparsed<CommentPatch>,
) -> Result<Json<Comment>> {
    ops::comments::update(&db, &caller, &id, body)
        .await
        .map(Json)
}

/// `DELETE /comments/{id}`
#[worker::send]
pub async fn delete(caller: Caller, db: Db, Path(id): Path<CommentId>) -> Result<StatusCode> {
    ops::comments::delete(&db, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
