//! What a server says about itself.

use serde::{Deserialize, Serialize};

use crate::upstream::Backend;

/// What is running.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct About {
    /// Always `okrs-edge`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The commit it was built from, or `unknown`.
    pub commit: String,
    /// Where the data is: `d1`.
    pub backend: String,
}

/// How the server is, for whoever watches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// Whether requests can be answered.
    pub status: HealthStatus,
    /// Its version.
    pub version: String,
    /// The commit it was built from, or `unknown`.
    pub commit: String,
}

/// Whether requests can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    /// They can.
    Ok,
    /// The server was upgraded and its database was not yet.
    DatabaseNotMigrated,
    /// The database does not answer.
    DatabaseUnavailable,
}

/// How the server is, with what an admin may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HealthDetails {
    /// What everybody may know, looked at just now.
    #[serde(flatten)]
    pub health: Health,
    /// Where the data is.
    pub backend: Backend,
    /// The newest migration that this version needs.
    pub migration_needed: String,
    /// The newest migration that the database has.
    pub migration_applied: String,
    /// How long the database took to answer, in milliseconds.
    pub database_took_ms: u64,
}
