//! `/kpis`: what the app shows of them and does with them beyond the public API.

use http::StatusCode;
use okrs_shared::id::KpiId;
use okrs_shared::kpi_detail::{KpiDetail, KpiPatch};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{IfNoneMatch, Path, Unparsed};
use crate::ops;
use crate::ops::listing::Listing;
use crate::store::Db;

/// `GET /kpis`
#[worker::send]
pub async fn list(caller: Caller, db: Db, client: IfNoneMatch) -> Result<Listing> {
    ops::kpi_details::list(&db, &caller, &client).await
}

/// `GET /kpis/{id}`
#[worker::send]
pub async fn get(caller: Caller, db: Db, Path(id): Path<KpiId>) -> Result<Json<KpiDetail>> {
    ops::kpi_details::get(&db, &caller, &id).await.map(Json)
}

/// `PATCH /kpis/{id}`
#[worker::send]
pub async fn update(
    caller: Caller,
    db: Db,
    Path(id): Path<KpiId>,
    body: Unparsed<KpiPatch>,
) -> Result<StatusCode> {
    ops::kpi_details::update(&db, &caller, &id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /kpis/{id}`
#[worker::send]
pub async fn delete(caller: Caller, db: Db, Path(id): Path<KpiId>) -> Result<StatusCode> {
    ops::kpi_details::delete(&db, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /kpis/{id}/restore`
#[worker::send]
pub async fn restore(
    caller: Caller,
    db: Db,
    Path(id): Path<KpiId>,
    body: Unparsed<()>,
) -> Result<StatusCode> {
    ops::restore::kpi(&db, &caller, &id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}
