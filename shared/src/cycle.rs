//! Cycles: the periods that OKRs belong to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::CycleId;

/// Where a cycle stands against today, both ends inclusive.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::VariantArray,
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

/// A cycle in `GET /cycles`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cycle {
    /// Identifies the cycle: use it to create OKRs.
    pub id: CycleId,
    /// Unique in its organisation.
    pub name: String,
    /// First day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub start_date: NaiveDate,
    /// Last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub end_date: NaiveDate,
    /// Where it stands against today in the organisation's time zone.
    pub status: CycleStatus,
}
