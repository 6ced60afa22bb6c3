//! OKRs and their key results.

use std::sync::Arc;

use gloo_net::http::Method;
use okrs_shared::activity::Activity;
use okrs_shared::alignment::{KeyResultAlignmentPatch, OkrAlignmentPatch};
use okrs_shared::cycle::Cycle;
use okrs_shared::id::{CycleId, KeyResultId, OkrId};
use okrs_shared::key_result::{KeyResult, KeyResultPatch, NewKeyResult};
use okrs_shared::okr::{NewOkr, Okr, OkrPatch};
use okrs_shared::okr_detail::OkrDetail;
use okrs_shared::okr_list::OkrList;
use serde::Serialize;

use super::{Answer, Sent, client};

const OKRS: &str = "/api/v1/okrs";
const KEY_RESULTS: &str = "/api/v1/key-results";

/// All cycles, latest start first.
pub async fn cycles() -> Answer<Vec<Cycle>> {
    client::get("/api/v1/cycles").await
}

/// The OKRs of a cycle, with those that are archived or without; of the active one when none is named. They
/// come in pages: `so_far` hears how many are there, if others are still to come.
pub async fn list(
    cycle_id: Option<CycleId>,
    include_archived: bool,
    so_far: impl Fn(usize),
) -> Answer<Arc<OkrList>> {
    let mut path = format!("/api/app/okrs?include_archived={include_archived}");
    let add = |path: &mut String, name: &str, id: &str| {
        path.push_str(name);
        path.push_str(&String::from(js_sys::encode_uri_component(id)));
    };
    if let Some(id) = cycle_id {
        add(&mut path, "&cycle_id=", id.as_str());
    }
    let mut list: OkrList = client::get(&path).await?;
    while let Some(last) = list.next_after.take() {
        so_far(list.okrs.len());
        let mut path = path.clone();
        add(&mut path, "&after=", last.as_str());
        let next: OkrList = client::get(&path).await?;
        list.okrs.extend(next.okrs);
        list.next_after = next.next_after;
    }
    Ok(Arc::new(list))
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

/// Creates an OKR; trying it again under the same key creates no other.
pub async fn create(body: &NewOkr, idempotency_key: &str) -> Answer<Okr> {
    client::send_once(Method::POST, OKRS, body, idempotency_key).await
}

/// Creates an OKR, where nothing follows that needs it to be there: it may have to wait.
pub async fn create_or_wait(body: &NewOkr, idempotency_key: &str) -> Answer<Sent<Okr>> {
    let sent = client::pass_on(Method::POST, OKRS, Some(body), Some(idempotency_key));
    client::read_sent(sent.await?)
}

/// Changes an OKR.
pub async fn update(id: &OkrId, body: &OkrPatch) -> Answer<Sent<()>> {
    change(Method::PUT, &format!("{OKRS}/{id}"), Some(body)).await
}

/// Aligns, weighs or archives an OKR.
pub async fn align(id: &OkrId, body: &OkrAlignmentPatch) -> Answer<()> {
    client::tell(Method::PATCH, &format!("/api/app/okrs/{id}"), body).await
}

/// Deletes an OKR with its key results.
pub async fn delete(id: &OkrId) -> Answer<Sent<()>> {
    change(Method::DELETE, &format!("{OKRS}/{id}"), None::<&()>).await
}

/// Takes the deletion of an OKR back.
pub async fn restore(id: &OkrId) -> Answer<()> {
    client::tell(Method::POST, &format!("/api/app/okrs/{id}/restore"), &()).await
}

/// Adds a key result to an OKR; trying it again under the same key adds no other.
pub async fn add_key_result(
    okr_id: &OkrId,
    body: &NewKeyResult,
    idempotency_key: &str,
) -> Answer<KeyResult> {
    let path = format!("{OKRS}/{okr_id}/key-results");
    client::send_once(Method::POST, &path, body, idempotency_key).await
}

/// Adds a key result to an OKR, where nothing follows that needs it to be there: it may have to wait.
pub async fn add_key_result_or_wait(
    okr_id: &OkrId,
    body: &NewKeyResult,
    idempotency_key: &str,
) -> Answer<Sent<KeyResult>> {
    let path = format!("{OKRS}/{okr_id}/key-results");
    let sent = client::pass_on(Method::POST, &path, Some(body), Some(idempotency_key));
    client::read_sent(sent.await?)
}

/// Changes a key result.
pub async fn update_key_result(id: &KeyResultId, body: &KeyResultPatch) -> Answer<Sent<()>> {
    change(Method::PUT, &format!("{KEY_RESULTS}/{id}"), Some(body)).await
}

/// Moves a key result's target, with the reason.
pub async fn align_key_result(id: &KeyResultId, body: &KeyResultAlignmentPatch) -> Answer<()> {
    client::tell(Method::PATCH, &format!("/api/app/key-results/{id}"), body).await
}

/// Deletes a key result.
pub async fn delete_key_result(id: &KeyResultId) -> Answer<Sent<()>> {
    change(Method::DELETE, &format!("{KEY_RESULTS}/{id}"), None::<&()>).await
}

/// Done twice, it is as if done once.
async fn change(method: Method, path: &str, body: Option<&impl Serialize>) -> Answer<Sent<()>> {
    let sent = client::pass_on(method, path, body, None).await;
    sent.map(|sent| sent.map(drop))
}
