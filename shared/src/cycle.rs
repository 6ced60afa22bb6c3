//! Cycles: the periods that OKRs belong to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::days::{self, Day};
use crate::id::{CycleId, OkrId};
use crate::patch::{Patch, patch};
use crate::text::{Check, Title};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

/// The most OKRs that a body can name.
const MAX_OKRS: usize = 1_000;

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
    #[serde(deserialize_with = "days::read")]
    pub start_date: NaiveDate,
    /// Last day.
    #[serde(deserialize_with = "days::read")]
    pub end_date: NaiveDate,
    /// Where it stands against today in the organisation's time zone.
    pub status: CycleStatus,
}

/// A cycle as the app's people see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CycleOverview {
    /// Identifies the cycle.
    pub id: CycleId,
    /// Unique in its organisation, whatever the case.
    pub name: String,
    /// First day.
    #[serde(deserialize_with = "days::read")]
    pub start_date: NaiveDate,
    /// Last day.
    #[serde(deserialize_with = "days::read")]
    pub end_date: NaiveDate,
    /// Where it stands against today in the organisation's time zone.
    pub status: CycleStatus,
    /// Since when it is out of use.
    pub archived_at: Option<Timestamp>,
    /// How many of its OKRs the reader sees, archived ones not counted.
    pub okr_count: u32,
    /// How many key results these have.
    pub key_result_count: u32,
    /// How many of those have been checked in at least once.
    pub checked_in_count: u32,
}

/// The body that creates a cycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCycle {
    /// Not blank, and not that of another cycle, archived or not.
    pub name: Title,
    /// First day, from 1970 to 9999.
    #[serde(deserialize_with = "days::read")]
    pub start_date: NaiveDate,
    /// Last day, not before the first, up to 9999.
    #[serde(deserialize_with = "days::read")]
    pub end_date: NaiveDate,
}

impl Body for NewCycle {
    fn validate(&self) -> Result<(), Invalid> {
        self.name.check("name")?;
        days::span(Some(self.start_date), Some(self.end_date))
    }
}

patch! {
    /// The body that updates a cycle: fields left out stay as they are.
    pub struct CyclePatch {
        /// Not blank, and not that of another cycle, archived or not.
        name: Title,
        /// First day, from 1970 to 9999.
        start_date: Day,
        /// Last day, not before the first, up to 9999.
        end_date: Day,
        /// True puts it out of use, false back into use. Its OKRs stay in it.
        archived: bool,
    }
}

impl Body for CyclePatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.require_change()?;
        self.name.check("name")?;
        days::span(self.start_date.map(Day::date), self.end_date.map(Day::date))
    }
}

/// The body that clones the OKRs of a cycle into another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CloneCycle {
    /// Another cycle of this organisation that is not archived.
    pub into_cycle_id: CycleId,
    /// Which OKRs of the cycle; all that one sees and that are not archived when left out.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 1000))]
    pub okr_ids: Option<Vec<OkrId>>,
}

impl Body for CloneCycle {
    fn validate(&self) -> Result<(), Invalid> {
        match self.okr_ids.as_deref().map(<[OkrId]>::len) {
            None | Some(1..=MAX_OKRS) => Ok(()),
            Some(_) => Err(Invalid::field(
                "okr_ids",
                format_args!("must have 1 to {MAX_OKRS} entries"),
            )),
        }
    }
}

/// What cloning made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClonedOkrs {
    /// Each OKR that was cloned, oldest first.
    pub okrs: Vec<ClonedOkr>,
    /// How many key results came with them.
    pub key_results: u32,
}

/// An OKR and its clone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClonedOkr {
    /// The OKR that was cloned.
    pub from_id: OkrId,
    /// Its clone.
    pub id: OkrId,
}
