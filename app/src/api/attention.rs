//! What those who lead look at first.

use okrs_shared::attention::Attention;

use super::{Answer, client};

/// What needs me, what moved, and what comes next.
pub async fn get() -> Answer<Attention> {
    client::get("/api/app/home/attention").await
}
