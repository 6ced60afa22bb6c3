//! Who is in the workspace.

use okrs_shared::member::Directory;

use super::{Answer, client};

/// Everybody, and the departments and teams.
pub async fn get() -> Answer<Directory> {
    client::get("/api/app/directory").await
}
