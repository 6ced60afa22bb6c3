//! Check-ins.

use gloo_net::http::Method;
use okrs_shared::checkin::{CheckIn, CheckInPatch};
use okrs_shared::id::CheckInId;

use super::{Answer, client};
use crate::outbox::Parcel;

/// Checks in a key result; trying it again records nothing twice.
pub async fn create(parcel: &Parcel) -> Answer<CheckIn> {
    let path = format!("/api/v1/key-results/{}/checkins", parcel.key_result_id);
    client::send_once(
        Method::POST,
        &path,
        &parcel.check_in,
        &parcel.idempotency_key,
    )
    .await
}

/// Corrects a check-in of one's own.
pub async fn correct(id: &CheckInId, body: &CheckInPatch) -> Answer<()> {
    client::tell(Method::PATCH, &format!("/api/app/check-ins/{id}"), body).await
}
