//! `/about`

use okrs_shared::about::About;

use crate::answer::Json;
use crate::platform::Platform;

/// `GET /about`: needs nobody to sign in and touches no storage.
pub async fn get(platform: Platform) -> Json<About> {
    Json(About {
        name: "okrs-edge".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        backend: platform.var("BACKEND").unwrap_or_else(|| "d1".to_owned()),
    })
}
