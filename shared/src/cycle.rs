//! Cycles: the periods that OKRs belong to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where a cycle stands against today, both ends inclusive.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantArray,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CycleStatus {
    /// Starts after today.
    Upcoming,
    /// Today lies in it.
    Active,
    /// Ended before today.
    Ended,
}

impl CycleStatus {
    /// The status of a cycle from `start` to `end` (inclusive) on the workspace's `today`.
    pub fn on(today: NaiveDate, start: NaiveDate, end: NaiveDate) -> Self {
        if today < start {
            Self::Upcoming
        } else if today > end {
            Self::Ended
        } else {
            Self::Active
        }
    }
}
