//! What a monitor asks. It stands beside the APIs, because its status says what its body does.

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use okrs_shared::about::HealthStatus;

use crate::answer::Json;
use crate::error::Result;
use crate::ops::health;
use crate::platform::Platform;

/// Where it is.
pub const PATH: &str = "/api/health";

/// 200 if requests can be answered, otherwise 503. Nobody has to be signed in.
#[worker::send]
pub async fn get(platform: Platform) -> Result<Response> {
    let health = health::kept(&platform).await?;
    let status = match health.status {
        HealthStatus::Ok => StatusCode::OK,
        HealthStatus::DatabaseNotMigrated | HealthStatus::DatabaseUnavailable => {
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    Ok((status, Json(health)).into_response())
}
