//! OKRs as lists and trees draw them: a line for each, and lines for its key results. What is drawn only on
//! an OKR's own page comes with that: [`OkrDetail`](crate::okr_detail::OkrDetail).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::cycle::Cycle;
use crate::days;
use crate::id::{CycleId, DepartmentId, MemberId, OkrId, TeamId};
use crate::key_result::MetricType;
use crate::number::Number;
use crate::okr::OkrType;
use crate::permission::Action;
use crate::rules::ObjectiveHealth;
use crate::status::Status;
use crate::validation::{self, Invalid};

/// Which OKRs `GET /okrs` gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct OkrFilter {
    /// The cycle; the active one when left out: of several the shortest, then the latest to start.
    pub cycle_id: Option<CycleId>,
    /// Whether archived OKRs are wanted, too.
    #[serde(default)]
    pub include_archived: bool,
    /// Only those after this one; from the newest when left out.
    pub after: Option<OkrId>,
}

impl OkrFilter {
    /// Reads a query string; unknown parameters are ignored.
    pub fn parse(query: &str) -> Result<Self, Invalid> {
        validation::query(query)
    }
}

/// OKRs of a cycle: at most 500, and no more once they have 2,500 key results together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OkrList {
    /// The cycle; `None` when none was asked for and there is none.
    pub cycle: Option<Cycle>,
    /// Those that the viewer sees, newest first.
    pub okrs: Vec<OkrLine>,
    /// Ask for the next ones with it as `after`; left out if these are the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_after: Option<OkrId>,
}

/// An OKR in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OkrLine {
    /// Identifies the OKR.
    pub id: OkrId,
    /// The objective.
    pub title: String,
    /// Whose objective it is.
    #[serde(rename = "type")]
    pub okr_type: OkrType,
    /// The OKR it is aligned to, if the viewer sees that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<OkrId>,
    /// The member who answers for it.
    pub owner_id: Option<MemberId>,
    /// Their name.
    pub owner: Option<String>,
    /// The department it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// The team it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<TeamId>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// Weighted mean of the key results' progress, 0 to 1, two decimals.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1))]
    pub progress: Number,
    /// How the objective stands.
    pub status: Status,
    /// The weighted mean of the key results' health.
    pub health: ObjectiveHealth,
    /// Whether status and health were computed here, though the hosted service, which keeps the data, has its own.
    #[serde(default, skip_serializing_if = "is_false")]
    pub computed_here: bool,
    /// Whether it is out of the ordinary lists.
    pub archived: bool,
    /// Its progress on the last days with check-ins, oldest first, 0 to 1: at most 12.
    pub course: Vec<Number>,
    /// Oldest first.
    pub key_results: Vec<KeyResultLine>,
    /// What the viewer may do to it: `change_okr`, `check_in`, `comment`. `check_in` has also who may check
    /// in only some of its key results.
    pub may: Vec<Action>,
}

/// A key result in a list. There are thousands: what most of them have goes without saying.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyResultLine {
    /// What is measured.
    pub title: String,
    /// The kind of value; a number when left out.
    #[serde(default = "number", skip_serializing_if = "is_number")]
    pub metric_type: MetricType,
    /// What the values count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its share in the objective; 1 when left out.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub weight: Number,
    /// The name of the member who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Where it started; 0 when left out.
    #[serde(default = "zero", skip_serializing_if = "is_zero")]
    pub start_value: Number,
    /// Where it stands.
    pub current_value: Number,
    /// Where it should end; may lie below the start.
    pub target_value: Number,
    /// The progress that is expected by today, 0 to 1, three decimals; left out of a yes-or-no one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Number>,
    /// How it really stands: also by its pace and by silence.
    pub status: Status,
    /// Whether the last check-in reported a blocker.
    #[serde(default, skip_serializing_if = "is_false")]
    pub blocked: bool,
    /// Whether nobody has checked in for too long.
    #[serde(default, skip_serializing_if = "is_false")]
    pub stalled: bool,
    /// Health, 0 to 100.
    pub health: u8,
    /// The day of the latest check-in in the workspace's time zone.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "days::read_optional"
    )]
    pub last_check_in_on: Option<NaiveDate>,
    /// The values of the last six check-ins, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent_values: Vec<Number>,
}

fn number() -> MetricType {
    MetricType::Number
}

fn zero() -> Number {
    Number::ZERO
}

fn is_zero(value: &Number) -> bool {
    *value == Number::ZERO
}

fn one() -> Number {
    Number::from(1)
}

fn is_one(weight: &Number) -> bool {
    *weight == one()
}

fn is_number(metric_type: &MetricType) -> bool {
    *metric_type == MetricType::Number
}

fn is_false(flag: &bool) -> bool {
    !flag
}
