//! OKRs as the app shows them: names beside ids, every figure with what explains it, and what the
//! viewer may do.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::checkin::CheckInStatus;
use crate::cycle::Cycle;
use crate::days;
use crate::id::{CheckInId, CycleId, DepartmentId, KeyResultId, MemberId, OkrId, TeamId};
use crate::initiative::Initiative;
use crate::key_result::MetricType;
use crate::number::Number;
use crate::okr::{OkrType, Visibility};
use crate::permission::Action;
use crate::rules::{KeyResultHealth, ObjectiveHealth};
use crate::status::Status;
use crate::timestamp::Timestamp;

/// An OKR with its key results, and all that is shown of both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListedOkr {
    /// Identifies the OKR.
    pub id: OkrId,
    /// The objective.
    pub title: String,
    /// More about the objective.
    pub description: Option<String>,
    /// Whose objective it is.
    #[serde(rename = "type")]
    pub okr_type: OkrType,
    /// Which members see it.
    pub visibility: Visibility,
    /// Whether that was said, or is only assumed of an OKR of the hosted service: then the workspace's
    /// `unknown_visibility` counts.
    pub visibility_known: bool,
    /// The cycle it belongs to.
    pub cycle_id: CycleId,
    /// The cycle's name.
    pub cycle: String,
    /// The OKR it is aligned to, if the viewer sees that.
    pub parent_id: Option<OkrId>,
    /// Its share in the roll-up of its parent; 0 or more.
    pub weight: Number,
    /// The member who answers for it.
    pub owner_id: Option<MemberId>,
    /// Their name.
    pub owner: Option<String>,
    /// The department it belongs to.
    pub department_id: Option<DepartmentId>,
    /// Its name.
    pub department: Option<String>,
    /// The team it belongs to.
    pub team_id: Option<TeamId>,
    /// Its name.
    pub team: Option<String>,
    /// Weighted mean of the key results' progress, 0 to 1, two decimals.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1))]
    pub progress: Number,
    /// How the objective stands.
    pub status: Status,
    /// The weighted mean of the key results' health; in front of the hosted service the score that it lists.
    pub health: ObjectiveHealth,
    /// Whether status and health are computed here though the data is with the hosted service: it has not listed the OKR
    /// yet, or enough has been seen here to go by.
    #[serde(default)]
    pub computed_here: bool,
    /// Whether it is out of the ordinary lists.
    pub archived: bool,
    /// How many comments it has.
    pub comment_count: u32,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Oldest first.
    pub key_results: Vec<ListedKeyResult>,
    /// What the viewer may do to it: `change_okr`, `check_in`, `comment`.
    pub may: Vec<Action>,
}

/// A key result with its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListedKeyResult {
    /// Identifies the key result.
    pub id: KeyResultId,
    /// What is measured.
    pub title: String,
    /// The kind of value.
    pub metric_type: MetricType,
    /// What the values count.
    pub unit: Option<String>,
    /// Its share in the objective; 0 or more.
    pub weight: Number,
    /// The member who answers for it; without one the OKR's owner does.
    pub owner_id: Option<MemberId>,
    /// Their name.
    pub owner: Option<String>,
    /// Where it started.
    pub start_value: Number,
    /// Where it stands.
    pub current_value: Number,
    /// Where it should end; may lie below the start.
    pub target_value: Number,
    /// Way from start to target, two decimals: below 0 behind the start, above 1 past the target.
    pub raw_progress: Number,
    /// The value it would have today if it moved evenly.
    pub ideal_value: Number,
    /// As the last check-in left it.
    pub reported_status: Status,
    /// How it really stands: also by its pace and by silence.
    pub status: Status,
    /// Whether the last check-in reported a blocker.
    pub blocked: bool,
    /// Whether it is said to be on track while its pace is off track.
    pub is_watermelon: bool,
    /// How many check-ins it has.
    pub check_in_count: u32,
    /// The latest check-in.
    pub last_check_in: Option<LastCheckIn>,
    /// The last six check-ins, oldest first.
    pub recent_check_ins: Vec<Point>,
    /// Health with what it is made of.
    pub health: KeyResultHealth,
    /// What the viewer may do to it: `change_okr`, `check_in`.
    pub may: Vec<Action>,
}

/// The latest check-in of a key result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastCheckIn {
    /// When it was recorded.
    pub at: Timestamp,
    /// That day in the workspace's time zone.
    #[serde(deserialize_with = "days::read")]
    pub on: NaiveDate,
    /// What was said about it.
    pub status: CheckInStatus,
}

/// A value of a day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Point {
    /// The day in the workspace's time zone.
    #[serde(deserialize_with = "days::read")]
    pub on: NaiveDate,
    /// The value.
    pub value: Number,
}

/// `GET /okrs/{id}`: an OKR with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OkrDetail {
    /// The OKR itself.
    pub okr: ListedOkr,
    /// Its cycle.
    pub cycle: Cycle,
    /// The OKR it is aligned to, if the viewer sees that.
    pub parent: Option<OkrName>,
    /// The OKRs aligned to it that the viewer sees, newest first.
    pub children: Vec<ListedOkr>,
    /// The initiatives linked to it, newest first.
    pub initiatives: Vec<Initiative>,
    /// Everything that was reported and edited, newest first.
    pub check_ins: Vec<CheckInEntry>,
    /// Every change of a target, newest first.
    pub target_changes: Vec<TargetChange>,
}

/// An OKR by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OkrName {
    /// Identifies the OKR.
    pub id: OkrId,
    /// The objective.
    pub title: String,
}

/// How a value came into the history of a key result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckInSource {
    /// Somebody checked in.
    CheckIn,
    /// The current value was changed without a check-in.
    Edit,
    /// The hosted service was found to have another value than before.
    Poll,
}

/// One value in the history of a key result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckInEntry {
    /// Identifies the check-in.
    pub id: CheckInId,
    /// The key result it is about.
    pub key_result_id: KeyResultId,
    /// The value.
    pub value: Number,
    /// What was said about it; `None` for an edit.
    pub status: Option<CheckInStatus>,
    /// In the reporter's words.
    pub comment: Option<String>,
    /// What blocks the work.
    pub blocker_note: Option<String>,
    /// How it came about.
    pub source: CheckInSource,
    /// Who reported it.
    pub author_id: Option<MemberId>,
    /// Their name.
    pub author: Option<String>,
    /// When.
    pub created_at: Timestamp,
    /// When the author corrected it last.
    pub corrected_at: Option<Timestamp>,
    /// Whether the viewer may correct it.
    // No column says so: it depends on who looks at it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub may_correct: bool,
}

/// A target that was moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TargetChange {
    /// The key result it is about.
    pub key_result_id: KeyResultId,
    /// The target before.
    pub old_target: Number,
    /// The target since then.
    pub new_target: Number,
    /// Why, in the words of whoever moved it.
    pub reason: Option<String>,
    /// Who moved it.
    pub author_id: Option<MemberId>,
    /// Their name.
    pub author: Option<String>,
    /// When.
    pub created_at: Timestamp,
}
