//! What someone has to do, on the screen that the app opens with.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{OkrId, ReviewCycleId, ReviewId};
use crate::initiative::Initiative;
use crate::kpi_detail::ListedKpi;
use crate::okr_detail::ListedKeyResult;

/// `GET /home`: one's own, and only that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Home {
    /// The latest day on which check-ins were due, today included.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
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
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub due_date: Option<NaiveDate>,
}
