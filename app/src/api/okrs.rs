//! OKRs and their key results.

use std::sync::Arc;

use gloo_net::http::Method;
use okrs_shared::activity::Activity;
use okrs_shared::alignment::{KeyResultAlignmentPatch, OkrAlignmentPatch};
use okrs_shared::cycle::Cycle;
use okrs_shared::id::{CycleId, KeyResultId, OkrId};
use okrs_shared::key_result::{KeyResult, KeyResultPatch, NewKeyResult};
use okrs_shared::okr::{NewOkr, Okr, OkrPatch};
use okrs_shared::okr_detail::{OkrDetail, OkrList};

use super::{Answer, client};

/// All cycles, latest start first.
pub async fn cycles() -> Answer<Vec<Cycle>> {
    client::get("/api/v1/cycles").await
}

/// The OKRs of a cycle; of the active one when none is named.
pub async fn list(cycle_id: Option<CycleId>) -> Answer<Arc<OkrList>> {
    let path = match cycle_id {
        Some(id) => format!(
            "/api/app/okrs?cycle_id={}",
            js_sys::encode_uri_component(id.as_str())
        ),
        None => "/api/app/okrs".to_owned(),
    };
    client::get(&path).await.map(Arc::new)
}

/// An OKR with all that belongs to it.
pub async fn get(id: &str) -> Answer<Arc<OkrDetail>> {
    client::get(&format!("/api/app/okrs/{id}"))
        .await
        .map(Arc::new)
}

/// The newest of what happened to an OKR.
pub async fn activity(id: &str) -> Answer<Vec<Activity>> {
    client::get(&format!("/api/app/okrs/{id}/activity")).await
}

/// Creates an OKR.
pub async fn create(body: &NewOkr) -> Answer<Okr> {
    client::send(Method::POST, "/api/v1/okrs", body).await
}

/// Changes an OKR.
pub async fn update(id: &OkrId, body: &OkrPatch) -> Answer<Okr> {
    client::send(Method::PUT, &format!("/api/v1/okrs/{id}"), body).await
}

/// Aligns, weighs or archives an OKR.
pub async fn align(id: &OkrId, body: &OkrAlignmentPatch) -> Answer<()> {
    client::tell(Method::PATCH, &format!("/api/app/okrs/{id}"), body).await
}

/// Deletes an OKR with its key results.
pub async fn delete(id: &OkrId) -> Answer<()> {
    client::delete(&format!("/api/v1/okrs/{id}")).await
}

/// Takes the deletion of an OKR back.
pub async fn restore(id: &OkrId) -> Answer<()> {
    client::tell(Method::POST, &format!("/api/app/okrs/{id}/restore"), &()).await
}

/// Adds a key result to an OKR.
pub async fn add_key_result(okr_id: &OkrId, body: &NewKeyResult) -> Answer<KeyResult> {
    let path = format!("/api/v1/okrs/{okr_id}/key-results");
    client::send(Method::POST, &path, body).await
}

/// Changes a key result.
pub async fn update_key_result(id: &KeyResultId, body: &KeyResultPatch) -> Answer<KeyResult> {
    client::send(Method::PUT, &format!("/api/v1/key-results/{id}"), body).await
}

/// Moves a key result's target, with the reason.
pub async fn align_key_result(id: &KeyResultId, body: &KeyResultAlignmentPatch) -> Answer<()> {
    client::tell(Method::PATCH, &format!("/api/app/key-results/{id}"), body).await
}

/// Deletes a key result.
pub async fn delete_key_result(id: &KeyResultId) -> Answer<()> {
    client::delete(&format!("/api/v1/key-results/{id}")).await
}
