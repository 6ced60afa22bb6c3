//! The hosted service, where the data is there: what can be done, what is left, what waits.

use gloo_net::http::Method;
use okrs_shared::id::{MemberId, PendingWriteId};
use okrs_shared::upstream::{
    Budget, Capabilities, ComparisonAsked, Decided, Decision, HostedPerson, ListComparison,
    PendingWrite, PersonLink,
};

use super::{Answer, client};

const COMPARISON: &str = "/api/app/comparison";

/// What can be done here.
pub async fn capabilities() -> Answer<Capabilities> {
    client::get("/api/app/capabilities").await
}

/// How the budget and the copy stand; 404 where the data is here.
pub async fn budget() -> Answer<Budget> {
    client::get("/api/app/budget").await
}

/// The service's lists beside those made of the copy, each as it was compared last.
pub async fn comparison() -> Answer<Vec<ListComparison>> {
    client::get(COMPARISON).await
}

/// Has all lists read, copied and compared anew, which goes on after the answer.
pub async fn compare_anew() -> Answer<ComparisonAsked> {
    client::send(Method::POST, COMPARISON, &()).await
}

/// Whom only the hosted service knows.
pub async fn people() -> Answer<Vec<HostedPerson>> {
    client::get("/api/app/hosted-people").await
}

/// Says which member somebody is.
pub async fn link(id: &MemberId, body: &PersonLink) -> Answer<()> {
    let path = format!("/api/app/hosted-people/{id}/member");
    client::tell(Method::PUT, &path, body).await
}

/// Forgets which member somebody is.
pub async fn unlink(id: &MemberId) -> Answer<()> {
    client::delete(&format!("/api/app/hosted-people/{id}/member")).await
}

/// One's newest writes that were not answered at once; admins see everybody's.
pub async fn pending_writes() -> Answer<Vec<PendingWrite>> {
    client::get("/api/app/pending-writes").await
}

/// Says what is to become of a write that waits.
pub async fn decide(id: &PendingWriteId, decision: Decision) -> Answer<()> {
    let path = format!("/api/app/pending-writes/{id}/decision");
    client::tell(Method::POST, &path, &Decided { decision }).await
}
