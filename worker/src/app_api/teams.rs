//! `/departments` and `/teams`

use http::StatusCode;
use okrs_shared::id::{DepartmentId, TeamId};
use okrs_shared::team::{Department, DepartmentPatch, NewDepartment, NewTeam, Team, TeamPatch};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{Path, Unparsed};
use crate::ops;
use crate::store::Db;

/// `POST /departments`
#[worker::send]
pub async fn create_department(
    caller: Caller,
    db: Db,
    body: Unparsed<NewDepartment>,
) -> Result<(StatusCode, Json<Department>)> {
    let department = ops::teams::create_department(&db, &caller, body).await?;
    Ok((StatusCode::CREATED, Json(department)))
}

/// `PATCH /departments/{id}`
#[worker::send]
pub async fn update_department(
    caller: Caller,
    db: Db,
    Path(id): Path<DepartmentId>,
    body: Unparsed<DepartmentPatch>,
) -> Result<Json<Department>> {
    ops::teams::update_department(&db, &caller, &id, body)
        .await
        .map(Json)
}

/// `POST /teams`
#[worker::send]
pub async fn create_team(
    caller: Caller,
    db: Db,
    body: Unparsed<NewTeam>,
) -> Result<(StatusCode, Json<Team>)> {
    let team = ops::teams::create_team(&db, &caller, body).await?;
    Ok((StatusCode::CREATED, Json(team)))
}

/// `PATCH /teams/{id}`
#[worker::send]
pub async fn update_team(
    caller: Caller,
    db: Db,
    Path(id): Path<TeamId>,
    body: Unparsed<TeamPatch>,
) -> Result<Json<Team>> {
    ops::teams::update_team(&db, &caller, &id, body)
        .await
        .map(Json)
}
