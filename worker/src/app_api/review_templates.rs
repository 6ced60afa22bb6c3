//! `/review-templates`

use http::StatusCode;
use okrs_shared::id::ReviewTemplateId;
use okrs_shared::review_template::{NewReviewTemplate, ReviewTemplate, ReviewTemplatePatch};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{Path, Unparsed};
use crate::ops;
use crate::store::Db;

/// `GET /review-templates`
#[worker::send]
pub async fn list(caller: Caller, db: Db) -> Result<Json<Vec<ReviewTemplate>>> {
    ops::review_templates::list(&db, &caller).await.map(Json)
}

/// `POST /review-templates`
#[worker::send]
pub async fn create(
    caller: Caller,
    db: Db,
    body: Unparsed<NewReviewTemplate>,
) -> Result<(StatusCode, Json<ReviewTemplate>)> {
    let template = ops::review_templates::create(&db, &caller, body).await?;
    Ok((StatusCode::CREATED, Json(template)))
}

/// `PATCH /review-templates/{id}`
#[worker::send]
pub async fn update(
    caller: Caller,
    db: Db,
    Path(id): Path<ReviewTemplateId>,
    body: Unparsed<ReviewTemplatePatch>,
) -> Result<Json<ReviewTemplate>> {
    ops::review_templates::update(&db, &caller, &id, body)
        .await
        .map(Json)
}
