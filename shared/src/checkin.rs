//! Check-ins: one reported value of a key result, with how it stands.

use serde::{Deserialize, Serialize};

/// What the person who checks in says about the key result.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantArray,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CheckInStatus {
    /// On pace to reach the target.
    #[default]
    OnTrack,
    /// Lagging, but recoverable.
    AtRisk,
    /// Far behind the target.
    OffTrack,
    /// Something outside stops the work; needs a blocker note.
    Blocked,
}

impl CheckInStatus {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
