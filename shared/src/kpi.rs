//! Key performance indicators: measured for as long as they matter, without an end.

use serde::{Deserialize, Serialize};

/// Which way is better.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantArray,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Direction {
    /// Met when the value is at or above the target.
    #[default]
    Higher,
    /// Met when the value is at or below the target.
    Lower,
}

/// How often a KPI should be measured.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantArray,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum UpdateFrequency {
    /// Overdue after 7 days.
    Weekly,
    /// Overdue after 31 days.
    #[default]
    Monthly,
    /// Overdue after 92 days.
    Quarterly,
}
