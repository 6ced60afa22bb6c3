//! Check-ins.

use gloo_net::http::Method;
use okrs_shared::checkin::{CheckInPatch, NewCheckIn};
use okrs_shared::id::{CheckInId, KeyResultId};
use serde::Deserialize;

use super::{Answer, Sent, client};

/// Checks in a key result and gives the check-in's id; trying it again under the same key records nothing
/// twice.
pub async fn create(
    key_result_id: &KeyResultId,
    body: &NewCheckIn,
    idempotency_key: &str,
) -> Answer<Sent<CheckInId>> {
    #[derive(Deserialize)]
    struct Recorded {
        id: CheckInId,
    }
    let path = format!("/api/v1/key-results/{key_result_id}/checkins");
    let sent = client::pass_on(Method::POST, &path, Some(body), Some(idempotency_key)).await;
    let sent = client::read_sent::<Recorded>(sent?)?;
    Ok(sent.map(|recorded| recorded.id))
}

/// Corrects a check-in of one's own.
pub async fn correct(id: &CheckInId, body: &CheckInPatch) -> Answer<()> {
    client::tell(Method::PATCH, &correction(id), body).await
}

/// Puts another check-in in the place of one's own: as a correction it changes each field.
pub async fn replace(id: &CheckInId, body: &NewCheckIn) -> Answer<()> {
    client::tell(Method::PATCH, &correction(id), body).await
}

fn correction(id: &CheckInId) -> String {
    format!("/api/app/check-ins/{id}")
}
