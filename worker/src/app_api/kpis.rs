//! `/kpis`: what the app shows of them and does with them beyond the public API.

use axum::Json;
use axum::extract::Path;
use okrs_shared::id::KpiId;
use okrs_shared::kpi_detail::KpiDetail;

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::IfNoneMatch;
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
