//! What whoever leads looks at first: what needs them, what moved, and what comes next.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::days;
use crate::id::{InitiativeId, KeyResultId, KpiId, OkrId, TeamId};
use crate::kpi::Direction;
use crate::number::Number;
use crate::status::Status;

/// Whose things somebody is told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All that there is: for admins.
    Workspace,
    /// What belongs to the teams and departments that they manage or are in.
    Teams,
    /// Nothing: they are in no team and manage none.
    Nothing,
}

/// `GET /home/attention`: about the OKRs in active cycles that the viewer sees, and that are theirs to look after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attention {
    /// Whose things these are.
    pub scope: Scope,
    /// Key results that are blocked, off track or stalled: the first eight.
    pub needs_attention: Vec<NeedsAttention>,
    /// How many there are in all.
    pub needs_attention_count: u32,
    /// The first day of last week; `None` while there is no snapshot of it.
    #[serde(deserialize_with = "days::read_optional")]
    pub moved_since: Option<NaiveDate>,
    /// The eight OKRs whose progress changed most since then.
    pub moved: Vec<Moved>,
    /// The latest day on which check-ins were due, today included.
    #[serde(deserialize_with = "days::read")]
    pub check_ins_due_on: NaiveDate,
    /// By name, and last what belongs to no team.
    pub teams: Vec<TeamCheckIns>,
    /// The first day of next week.
    #[serde(deserialize_with = "days::read")]
    pub next_week: NaiveDate,
    /// What falls into it, the earliest first.
    pub due_next_week: Vec<DueNextWeek>,
    /// KPIs that are at risk or off track by their value, the furthest from their target first: the first eight.
    pub kpis_off_target: Vec<KpiOffTarget>,
    /// How many there are in all.
    pub kpis_off_target_count: u32,
}

/// Why a key result needs somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Its last check-in reported a blocker.
    Blocked,
    /// It is off track.
    OffTrack,
    /// Nobody has checked in for too long.
    Stalled,
}

/// A key result that needs somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NeedsAttention {
    /// Identifies the key result.
    pub id: KeyResultId,
    /// What is measured.
    pub title: String,
    /// The OKR it is part of.
    pub okr_id: OkrId,
    /// The objective.
    pub okr: String,
    /// The name of its team.
    pub team: Option<String>,
    /// The name of who answers for it, be it as the OKR's owner.
    pub owner: Option<String>,
    /// Why; at least one, the gravest first.
    pub reasons: Vec<Reason>,
    /// The day of its last check-in.
    #[serde(deserialize_with = "days::read_optional")]
    pub last_check_in_on: Option<NaiveDate>,
}

/// An OKR that has got somewhere since last week, or has fallen back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Moved {
    /// Identifies the OKR.
    pub id: OkrId,
    /// The objective.
    pub title: String,
    /// The name of its team.
    pub team: Option<String>,
    /// Its progress now, 0 to 1.
    pub progress: Number,
    /// By how much that is more than last week; below 0 where it is less.
    pub change: Number,
}

/// How far a team has checked in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamCheckIns {
    /// Identifies the team; `None` for OKRs without one.
    pub id: Option<TeamId>,
    /// Its name.
    pub name: Option<String>,
    /// Key results that are checked in since check-ins were last due.
    pub checked_in: u32,
    /// Key results that have begun and are not reached.
    pub due: u32,
}

/// What falls into next week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DueNextWeek {
    /// So many key results are to be checked in.
    CheckIns {
        /// The last day for that.
        #[serde(deserialize_with = "days::read")]
        on: NaiveDate,
        /// How many.
        count: u32,
    },
    /// A cycle ends.
    Cycle {
        /// Its last day.
        #[serde(deserialize_with = "days::read")]
        on: NaiveDate,
        /// Its name.
        title: String,
    },
    /// An initiative that is not done should be.
    Initiative {
        /// Its last day.
        #[serde(deserialize_with = "days::read")]
        on: NaiveDate,
        /// Identifies it.
        id: InitiativeId,
        /// The OKR it serves.
        okr_id: Option<OkrId>,
        /// What it is.
        title: String,
        /// The name of who answers for it.
        owner: Option<String>,
    },
    /// A KPI needs a new value.
    Kpi {
        /// The last day before it is overdue.
        #[serde(deserialize_with = "days::read")]
        on: NaiveDate,
        /// Identifies it.
        id: KpiId,
        /// What is measured.
        title: String,
        /// The name of who answers for it.
        owner: Option<String>,
    },
}

impl DueNextWeek {
    /// The day.
    pub fn on(&self) -> NaiveDate {
        match self {
            Self::CheckIns { on, .. }
            | Self::Cycle { on, .. }
            | Self::Initiative { on, .. }
            | Self::Kpi { on, .. } => *on,
        }
    }
}

/// A KPI that misses its target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KpiOffTarget {
    /// Identifies the KPI.
    pub id: KpiId,
    /// What is measured.
    pub name: String,
    /// The name of its team.
    pub team: Option<String>,
    /// The last measured value.
    pub value: Number,
    /// The value to reach or to hold.
    pub target: Number,
    /// What the values count.
    pub unit: Option<String>,
    /// Which way is better.
    pub direction: Direction,
    /// At risk or off track.
    pub status: Status,
}
