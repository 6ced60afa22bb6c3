//! Check-ins.

use gloo_net::http::Method;
use okrs_shared::checkin::{CheckInPatch, NewCheckIn};
use okrs_shared::id::{CheckInId, KeyResultId};

use super::{Answer, Sent, client};

/// Checks in a key result; trying it again under the same key records nothing twice.
pub async fn create(
    key_result_id: &KeyResultId,
    body: &NewCheckIn,
    idempotency_key: &str,
) -> Answer<Sent<()>> {
    let path = format!("/api/v1/key-results/{key_result_id}/checkins");
    let sent = client::pass_on(Method::POST, &path, Some(body), Some(idempotency_key)).await;
    sent.map(|sent| sent.map(drop))
}

/// Corrects a check-in of one's own.
pub async fn correct(id: &CheckInId, body: &CheckInPatch) -> Answer<()> {
    client::tell(Method::PATCH, &format!("/api/app/check-ins/{id}"), body).await
}
