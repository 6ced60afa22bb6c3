//! KPIs and their values.

use std::sync::Arc;

use gloo_net::http::Method;
use okrs_shared::id::KpiId;
use okrs_shared::kpi::{Kpi, KpiUpdate, NewKpi, NewKpiUpdate};
use okrs_shared::kpi_detail::{KpiDetail, KpiPatch, ListedKpi};

use super::{Answer, client};

/// All KPIs.
pub async fn list() -> Answer<Arc<Vec<ListedKpi>>> {
    client::get("/api/app/kpis").await.map(Arc::new)
}

/// A KPI with its history.
pub async fn get(id: &str) -> Answer<Arc<KpiDetail>> {
    let id = js_sys::encode_uri_component(id);
    client::get(&format!("/api/app/kpis/{id}"))
        .await
        .map(Arc::new)
}

/// Creates a KPI.
pub async fn create(body: &NewKpi) -> Answer<Kpi> {
    client::send(Method::POST, "/api/v1/kpis", body).await
}

/// Changes a KPI.
pub async fn update(id: &KpiId, body: &KpiPatch) -> Answer<()> {
    client::tell(Method::PATCH, &format!("/api/app/kpis/{id}"), body).await
}

/// Deletes a KPI with its values.
pub async fn delete(id: &KpiId) -> Answer<()> {
    client::delete(&format!("/api/app/kpis/{id}")).await
}

/// Takes the deletion of a KPI back.
pub async fn restore(id: &KpiId) -> Answer<()> {
    client::tell(Method::POST, &format!("/api/app/kpis/{id}/restore"), &()).await
}

/// Records a value; trying it again under the same key records nothing twice.
pub async fn record(id: &KpiId, update: &NewKpiUpdate, idempotency_key: &str) -> Answer<KpiUpdate> {
    let path = format!("/api/v1/kpis/{id}/updates");
    client::send_once(Method::POST, &path, update, idempotency_key).await
}
