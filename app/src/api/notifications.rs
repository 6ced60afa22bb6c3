//! What one should hear of.

use gloo_net::http::Method;
use okrs_shared::notification::{Notifications, ReadNotifications};

use super::{Answer, client};

/// The newest, with how many are not read.
pub async fn get() -> Answer<Notifications> {
    client::get("/api/app/notifications").await
}

/// Notes that these have been read.
pub async fn read(body: &ReadNotifications) -> Answer<()> {
    client::tell(Method::POST, "/api/app/notifications/read", body).await
}
