//! What is due.

use okrs_shared::home::Home;

use super::{Answer, client};

/// My key results, KPIs, initiatives and reviews that wait for me.
pub async fn get() -> Answer<Home> {
    client::get("/api/app/home").await
}
