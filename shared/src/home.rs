//! What someone has to do, on the screen that the app opens with.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::days;
use crate::id::{CheckInId, KpiId, OkrId, ReviewCycleId, ReviewId};
use crate::initiative::Initiative;
use crate::key_result::MetricType;
use crate::kpi_detail::ListedKpi;
use crate::number::Number;
use crate::okr_detail::ListedKeyResult;
use crate::timestamp::Timestamp;

/// `GET /home`: one's own, and only that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Home {
    /// The latest day on which check-ins were due, today included.
    #[serde(deserialize_with = "days::read")]
    pub check_ins_due_on: NaiveDate,
    /// One's key results in active cycles without a check-in since then.
    pub due: Vec<HomeKeyResult>,
    /// The others.
    pub done: Vec<HomeKeyResult>,
    /// One's KPIs that are overdue.
    pub kpis_due: Vec<ListedKpi>,
    /// One's initiatives that are not done, newest first.
    pub initiatives: Vec<Initiative>,
    /// The reviews that one has yet to write, the most urgent first.
    pub reviews: Vec<ReviewToWrite>,
    /// What others did in what one sees, among the newest 200 records of the workspace's audit log: at
    /// most 20, newest first, and of what was done several times to one thing only the last time.
    pub changes: Vec<HomeChange>,
    /// How far a workspace has been begun, for its admins; null once it has.
    pub first_steps: Option<FirstSteps>,
}

/// What has been done of what begins a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FirstSteps {
    /// Whether there is a cycle that OKRs can belong to.
    pub has_cycle: bool,
    /// Whether somebody else has been invited.
    pub has_colleague: bool,
    /// Whether an OKR has been written.
    pub has_okr: bool,
    /// Whether a key result has been checked in.
    pub has_check_in: bool,
}

impl FirstSteps {
    /// Whether nothing is left to be done.
    pub fn are_done(self) -> bool {
        self.has_colleague && self.has_okr && self.has_check_in
    }
}

/// A key result with where it belongs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HomeKeyResult {
    /// The OKR it is part of.
    pub okr_id: OkrId,
    /// The objective.
    pub okr: String,
    /// The cycle's name.
    pub cycle: String,
    /// The key result.
    pub key_result: ListedKeyResult,
    /// What was written at its last check-in.
    pub last_comment: Option<String>,
    /// The last check-in if it is one's own of today, which one can still correct, and nothing has set the
    /// value since.
    pub own_check_in: Option<OwnCheckIn>,
}

/// A check-in that the person who asks has made today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnCheckIn {
    /// Identifies the check-in.
    pub id: CheckInId,
    /// What blocks the work.
    pub blocker_note: Option<String>,
}

/// Something that somebody else did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HomeChange {
    /// Identifies it, and sorts by time.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// What, as the audit log calls it: `key_result.check_in`, `comment.create`, `okr.create`,
    /// `kpi.update_value`, …
    pub action: String,
    /// Who did it, or made the key that did, by name.
    pub member: Option<String>,
    /// Whether a program with that key did it.
    pub by_api_key: bool,
    /// The OKR it is about, or belongs to.
    pub okr_id: Option<OkrId>,
    /// The KPI it is about.
    pub kpi_id: Option<KpiId>,
    /// What the key result, initiative, KPI or else the OKR is called.
    pub title: String,
    /// After a check-in or an update of a KPI: its value.
    pub value: Option<Number>,
    /// The kind of a key result's value.
    pub metric_type: Option<MetricType>,
    /// What the value counts.
    pub unit: Option<String>,
}

/// A review that waits for its author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewToWrite {
    /// Identifies the review.
    pub id: ReviewId,
    /// The round it belongs to.
    pub review_cycle_id: ReviewCycleId,
    /// Its name.
    pub review_cycle: String,
    /// Who is reviewed.
    pub reviewee: String,
    /// `self`, `manager` or `peer`.
    #[serde(rename = "type")]
    pub review_type: String,
    /// When it should be submitted.
    #[serde(default, deserialize_with = "days::read_optional")]
    pub due_date: Option<NaiveDate>,
}
