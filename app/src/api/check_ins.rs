//! Check-ins that are there. New ones go through the outbox.

use gloo_net::http::Method;
use okrs_shared::checkin::CheckInPatch;
use okrs_shared::id::CheckInId;

use super::{Answer, client};

/// Corrects a check-in of one's own.
pub async fn correct(id: &CheckInId, body: &CheckInPatch) -> Answer<()> {
    client::tell(Method::PATCH, &correction(id), body).await
}

/// Takes a check-in of one's own back.
pub async fn take_back(id: &CheckInId) -> Answer<()> {
    client::delete(&correction(id)).await
}

/// Where a check-in is corrected: by another in its place, each field of it is.
pub fn correction(id: &CheckInId) -> String {
    format!("/api/app/check-ins/{id}")
}
