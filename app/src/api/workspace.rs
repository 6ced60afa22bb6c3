//! What is set for everybody.

use gloo_net::http::Method;
use okrs_shared::workspace::{Workspace, WorkspacePatch};

use super::{Answer, client};

/// Changes the settings that the body names.
pub async fn update(body: &WorkspacePatch) -> Answer<Workspace> {
    client::send(Method::PATCH, "/api/app/workspace", body).await
}
