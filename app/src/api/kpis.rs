//! KPIs. Their values go through the outbox.

use std::sync::Arc;

use gloo_net::http::Method;
use okrs_shared::id::KpiId;
use okrs_shared::kpi::{Kpi, NewKpi};
use okrs_shared::kpi_detail::{KpiDetail, KpiPatch, ListedKpi};

use super::{Answer, Sent, client};

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

/// Creates a KPI; trying it again under the same key creates no other.
pub async fn create(body: &NewKpi, idempotency_key: &str) -> Answer<Sent<Kpi>> {
    let (path, key) = ("/api/v1/kpis", Some(idempotency_key));
    client::read_sent(client::pass_on(Method::POST, path, Some(body), key).await?)
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
