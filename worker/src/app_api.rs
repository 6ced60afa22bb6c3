//! The browser app's own API.

use axum::Json;
use serde::Serialize;

use crate::platform::Platform;

/// What is running here.
#[derive(Serialize)]
pub struct About {
    name: &'static str,
    version: &'static str,
    /// Where the data is: `d1`.
    backend: String,
}

/// `GET /api/app/about`: needs no key and touches no storage.
pub async fn about(platform: Platform) -> Json<About> {
    Json(About {
        name: "okrs-edge",
        version: env!("CARGO_PKG_VERSION"),
        backend: platform.var("BACKEND").unwrap_or_else(|| "d1".to_owned()),
    })
}
