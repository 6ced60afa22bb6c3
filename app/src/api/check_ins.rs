//! Check-ins.

use gloo_net::http::Method;
use okrs_shared::checkin::CheckInPatch;
use okrs_shared::id::CheckInId;

use super::{Answer, Sent, client};
use crate::outbox::Parcel;

/// Checks in a key result; trying it again records nothing twice.
pub async fn create(parcel: &Parcel) -> Answer<Sent<()>> {
    let path = format!("/api/v1/key-results/{}/checkins", parcel.key_result_id);
    let (body, key) = (&parcel.check_in, &parcel.idempotency_key);
    let sent = client::pass_on(Method::POST, &path, Some(body), Some(key)).await;
    sent.map(|sent| sent.map(drop))
}

/// Corrects a check-in of one's own.
pub async fn correct(id: &CheckInId, body: &CheckInPatch) -> Answer<()> {
    client::tell(Method::PATCH, &format!("/api/app/check-ins/{id}"), body).await
}
