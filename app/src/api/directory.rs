//! People and where they belong.

use okrs_shared::member::Directory;

use super::{Answer, client};

/// Everybody, with all departments and teams.
pub async fn get() -> Answer<Directory> {
    client::get("/api/app/directory").await
}
