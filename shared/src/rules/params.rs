//! Every constant of the formulas, so that a workspace can see and change them.

use serde::{Deserialize, Serialize};

use crate::number;

/// The constants of progress, status, health and KPI status.
///
/// A workspace stores only what it changes: fields that are missing keep their default.
/// "Progress" and "expected progress" are shares of the way, 0 to 1; scores run from 0 to 100.
/// Days marked *per cadence* hold for weekly check-ins and are multiplied by the number of weeks
/// between check-ins for a key result that is checked in less often.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Params {
    /// On track while expected progress is ahead of progress by no more than this.
    #[serde(serialize_with = "number::plain")]
    pub on_track_gap: f64,
    /// At risk while it is ahead by no more than this; off track beyond.
    #[serde(serialize_with = "number::plain")]
    pub at_risk_gap: f64,
    /// Without a check-in and without progress a key result counts as not started while less than
    /// this share of its days has passed.
    #[serde(serialize_with = "number::plain")]
    pub not_started_below: f64,
    /// A yes-or-no key result is expected to move only after this share of its window; from there
    /// to the end the expectation grows from 0 to 1.
    #[serde(serialize_with = "number::plain")]
    pub boolean_due_from: f64,
    /// Stalled when the last check-in is more than this many days ago. Days per cadence.
    #[serde(serialize_with = "number::plain")]
    pub stalled_after_days: f64,

    /// Share of the gap score in health.
    #[serde(serialize_with = "number::plain")]
    pub gap_weight: f64,
    /// Share of the recency score in health.
    #[serde(serialize_with = "number::plain")]
    pub recency_weight: f64,
    /// Share of the velocity score in health.
    #[serde(serialize_with = "number::plain")]
    pub velocity_weight: f64,
    /// Share of the gap score for a yes-or-no key result, which has no velocity.
    #[serde(serialize_with = "number::plain")]
    pub boolean_gap_weight: f64,
    /// Share of the recency score for a yes-or-no key result.
    #[serde(serialize_with = "number::plain")]
    pub boolean_recency_weight: f64,

    /// Lag behind expected progress that costs nothing.
    #[serde(serialize_with = "number::plain")]
    pub gap_allowance: f64,
    /// Lag beyond the allowance at which the gap score reaches 0.
    #[serde(serialize_with = "number::plain")]
    pub gap_span: f64,

    /// The recency score is 100 up to this many days after a check-in. Days per cadence.
    #[serde(serialize_with = "number::plain")]
    pub recency_full_days: f64,
    /// It falls in a line to `recency_middle_score` at this many days. Days per cadence.
    #[serde(serialize_with = "number::plain")]
    pub recency_middle_days: f64,
    /// The recency score at `recency_middle_days`.
    #[serde(serialize_with = "number::plain")]
    pub recency_middle_score: f64,
    /// From there it falls in a line to 0 at this many days. Days per cadence.
    #[serde(serialize_with = "number::plain")]
    pub recency_zero_days: f64,

    /// Velocity looks at this many of the latest check-ins; 6 at most.
    pub velocity_points: u8,
    /// Velocity looks no further back than this many days.
    pub velocity_days: i64,
    /// With fewer check-ins than this, velocity is progress per elapsed day instead of a slope.
    pub velocity_min_points: u8,
    /// Days at the start of the window in which a missing first check-in costs no velocity.
    /// Days per cadence.
    #[serde(serialize_with = "number::plain")]
    pub velocity_grace_days: f64,
    /// The velocity score is multiplied by this when the last three steps each got smaller.
    #[serde(serialize_with = "number::plain")]
    pub declining_factor: f64,

    /// Health of a stalled key result is at most this.
    pub stalled_cap: u8,
    /// Health is at most this when at risk was reported.
    pub at_risk_cap: u8,
    /// Health is at most this when a blocker was reported.
    pub blocked_cap: u8,
    /// Health is at most this when off track was reported.
    pub off_track_cap: u8,

    /// An OKR with at least this health is on track.
    pub on_track_health: u8,
    /// An OKR with at least this health is at risk; off track below.
    pub at_risk_health: u8,
    /// An OKR is off track when key results with at least this share of the weight are.
    #[serde(serialize_with = "number::plain")]
    pub off_track_share: f64,

    /// A KPI with at least this attainment (0 to 1) is on track.
    #[serde(serialize_with = "number::plain")]
    pub kpi_on_track: f64,
    /// A KPI with at least this attainment is at risk; off track below.
    #[serde(serialize_with = "number::plain")]
    pub kpi_at_risk: f64,
    /// A weekly KPI is overdue after more days than this.
    pub kpi_weekly_days: i64,
    /// A monthly KPI is overdue after more days than this.
    pub kpi_monthly_days: i64,
    /// A quarterly KPI is overdue after more days than this.
    pub kpi_quarterly_days: i64,
}

impl Params {
    /// Whether nothing has been changed.
    pub fn are_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Params {
    fn default() -> Self {
        Self {
            on_track_gap: 0.10,
            at_risk_gap: 0.25,
            not_started_below: 0.15,
            boolean_due_from: 0.75,
            stalled_after_days: 14.0,

            gap_weight: 0.40,
            recency_weight: 0.30,
            velocity_weight: 0.30,
            boolean_gap_weight: 0.55,
            boolean_recency_weight: 0.45,

            gap_allowance: 0.05,
            gap_span: 0.40,

            recency_full_days: 7.0,
            recency_middle_days: 14.0,
            recency_middle_score: 40.0,
            recency_zero_days: 28.0,

            velocity_points: 6,
            velocity_days: 42,
            velocity_min_points: 3,
            velocity_grace_days: 7.0,
            declining_factor: 0.85,

            // One below the bands of an OKR: a capped key result alone never reads as on track,
            // and one reported off track never as at risk.
            stalled_cap: 74,
            at_risk_cap: 74,
            blocked_cap: 74,
            off_track_cap: 49,

            on_track_health: 75,
            at_risk_health: 50,
            off_track_share: 0.5,

            kpi_on_track: 0.80,
            kpi_at_risk: 0.60,
            kpi_weekly_days: 7,
            kpi_monthly_days: 31,
            kpi_quarterly_days: 92,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_stores_only_what_it_changes() {
        let stored: Params = serde_json::from_str(r#"{"stalled_after_days": 10}"#).unwrap();
        let expected = Params {
            stalled_after_days: 10.0,
            ..Params::default()
        };
        assert_eq!(stored, expected);
    }

    #[test]
    fn the_shares_of_health_add_up_to_one() {
        let p = Params::default();
        assert_eq!(p.gap_weight + p.recency_weight + p.velocity_weight, 1.0);
        assert_eq!(p.boolean_gap_weight + p.boolean_recency_weight, 1.0);
    }
}
