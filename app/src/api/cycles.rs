//! Cycles, for those who look after them.

use gloo_net::http::Method;
use okrs_shared::cycle::{CloneCycle, ClonedOkrs, CycleOverview, CyclePatch, NewCycle};
use okrs_shared::id::CycleId;

use super::{Answer, client};

const CYCLES: &str = "/api/app/cycles";

/// All cycles, archived ones too, latest start first.
pub async fn overview() -> Answer<Vec<CycleOverview>> {
    client::get(CYCLES).await
}

/// Creates a cycle; trying it again under the same key creates no other.
pub async fn create(body: &NewCycle, idempotency_key: &str) -> Answer<CycleOverview> {
    client::send_once(Method::POST, CYCLES, body, idempotency_key).await
}

/// Changes, archives or unarchives a cycle.
pub async fn update(id: &CycleId, body: &CyclePatch) -> Answer<CycleOverview> {
    client::send(Method::PATCH, &format!("{CYCLES}/{id}"), body).await
}

/// Clones the OKRs of a cycle into another; trying it again under the same key clones nothing more.
pub async fn clone(id: &CycleId, body: &CloneCycle, idempotency_key: &str) -> Answer<ClonedOkrs> {
    client::send_once(
        Method::POST,
        &format!("{CYCLES}/{id}/clone"),
        body,
        idempotency_key,
    )
    .await
}
