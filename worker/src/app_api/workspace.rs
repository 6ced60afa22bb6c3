//! `/workspace`

use okrs_shared::workspace::{Workspace, WorkspacePatch};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::ops;
use crate::store::Db;

/// `GET /workspace`
#[worker::send]
pub async fn get(caller: Caller, db: Db) -> Result<Json<Workspace>> {
    ops::workspace::get(&db, &caller).await.map(Json)
}

/// `PATCH /workspace`
#[worker::send]
pub async fn update(
    caller: Caller,
    db: Db,
    body: Unparsed<WorkspacePatch>,
) -> Result<Json<Workspace>> {
    ops::workspace::update(&db, &caller, body).await.map(Json)
}
