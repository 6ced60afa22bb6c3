//! `/kpis`

use http::StatusCode;
use okrs_shared::id::KpiId;
use okrs_shared::kpi::{Kpi, KpiUpdate, NewKpi, NewKpiUpdate};

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
    ops::kpis::list(&db, &caller, &client).await
}

/// `POST /kpis`
#[worker::send]
pub async fn create(
    caller: Caller,
    db: Db,
    body: Unparsed<NewKpi>,
) -> Result<(StatusCode, Json<Kpi>)> {
    let kpi = ops::kpis::create(&db, &caller, body).await?;
    Ok((StatusCode::CREATED, Json(kpi)))
}

/// `POST /kpis/{id}/updates`: 200, as the contract prints it.
#[worker::send]
pub async fn record(
    caller: Caller,
    db: Db,
    Path(id): Path<KpiId>,
    body: Unparsed<NewKpiUpdate>,
) -> Result<Json<KpiUpdate>> {
    ops::kpis::record(&db, &caller, &id, body).await.map(Json)
}
