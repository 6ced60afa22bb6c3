//! The four states that key results, OKRs and KPIs share.

use serde::{Deserialize, Serialize};

/// How something stands. Ordered from best to worst, so that `max` is "the worse of the two".
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Status {
    /// Nothing has been reported yet.
    NotStarted,
    /// On pace to reach the target.
    OnTrack,
    /// Lagging, but recoverable.
    AtRisk,
    /// Far behind the target.
    OffTrack,
}

impl Status {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
