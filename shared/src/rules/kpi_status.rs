//! KPI status: how near a KPI is to its target, and whether anybody still measures it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::arithmetic::{TOLERANCE, days};
use super::params::Params;
use crate::kpi::{Direction, UpdateFrequency};
use crate::status::Status;

/// A KPI as its status sees it. Days are in the workspace's time zone; values are finite and in
/// the KPI's own unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KpiFacts {
    /// Which way is better.
    pub direction: Direction,
    /// How often it should be measured.
    pub frequency: UpdateFrequency,
    /// The latest value, if it was ever measured.
    pub current_value: Option<f64>,
    /// The value it should have, if one is set.
    pub target_value: Option<f64>,
    /// The day of the last update; the creation is none.
    pub last_updated_on: Option<NaiveDate>,
    /// The day it was created.
    pub created_on: NaiveDate,
}

/// How a KPI stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KpiStanding {
    /// Its status.
    pub status: Status,
    /// [`attainment`], 0 to 1; `None` without a value or without a target.
    pub attainment: Option<f64>,
    /// Whether the next value is overdue.
    pub overdue: bool,
    /// Whether it has a value but no target to hold it against.
    pub needs_setup: bool,
}

/// How a KPI stands today: on track from an attainment of 0.80, at risk from 0.60, else off track;
/// an overdue one is at risk at best.
///
/// Without a value it is not started; with a value but no target it is on track and needs setup,
/// overdue or not.
pub fn standing(facts: &KpiFacts, today: NaiveDate, params: &Params) -> KpiStanding {
    let overdue = is_overdue(facts, today, params);
    let attainment = facts
        .current_value
        .zip(facts.target_value)
        .map(|(current, target)| attainment(facts.direction, current, target));
    let status = match attainment {
        Some(attainment) if overdue => band(attainment, params).max(Status::AtRisk),
        Some(attainment) => band(attainment, params),
        None if facts.current_value.is_some() => Status::OnTrack,
        None => Status::NotStarted,
    };
    KpiStanding {
        status,
        attainment,
        overdue,
        needs_setup: facts.current_value.is_some() && facts.target_value.is_none(),
    }
}

/// How near the value is to the target, 0 to 1.
///
/// 1 when the target is met. Else the ratio of the smaller to the larger magnitude; a ratio says
/// nothing about zero or across it, so those give 0.
pub fn attainment(direction: Direction, current: f64, target: f64) -> f64 {
    let met = match direction {
        Direction::Higher => current >= target,
        Direction::Lower => current <= target,
    };
    if met {
        return 1.0;
    }
    if current == 0.0 || target == 0.0 || (current < 0.0) != (target < 0.0) {
        return 0.0;
    }
    let (current, target) = (current.abs(), target.abs());
    current.min(target) / current.max(target)
}

/// What an attainment alone says.
pub fn band(attainment: f64, params: &Params) -> Status {
    let attainment = attainment + TOLERANCE;
    if attainment >= params.kpi_on_track {
        Status::OnTrack
    } else if attainment >= params.kpi_at_risk {
        Status::AtRisk
    } else {
        Status::OffTrack
    }
}

/// Whether more whole days than its frequency allows (weekly 7, monthly 31, quarterly 92) have
/// passed since the last update, or since the creation when there was none.
pub fn is_overdue(facts: &KpiFacts, today: NaiveDate, params: &Params) -> bool {
    let last = facts.last_updated_on.unwrap_or(facts.created_on);
    days(last, today) > days_between(facts.frequency, params)
}

/// How many days a value may be old before the next one is overdue.
pub fn days_between(frequency: UpdateFrequency, params: &Params) -> i64 {
    match frequency {
        UpdateFrequency::Weekly => params.kpi_weekly_days,
        UpdateFrequency::Monthly => params.kpi_monthly_days,
        UpdateFrequency::Quarterly => params.kpi_quarterly_days,
    }
}

/// Where a KPI is heading, seen from what is better for it.
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
pub enum Trend {
    /// Better than before.
    Improving,
    /// Neither better nor worse than before.
    Flat,
    /// Worse than before.
    Worsening,
}

impl Trend {
    /// The spelling in JSON.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The trend from one value to the next; `None` when there was no value before.
pub fn trend(direction: Direction, previous: Option<f64>, new: f64) -> Option<Trend> {
    let previous = previous?;
    let (better, worse) = match direction {
        Direction::Higher => (new > previous, new < previous),
        Direction::Lower => (new < previous, new > previous),
    };
    Some(if better {
        Trend::Improving
    } else if worse {
        Trend::Worsening
    } else {
        Trend::Flat
    })
}

#[cfg(test)]
mod tests {
    use super::super::facts::samples::on;
    use super::*;
    use Direction::{Higher, Lower};
    use Status::{AtRisk, NotStarted, OffTrack, OnTrack};

    /// A weekly KPI that was updated on 1 April.
    fn kpi(direction: Direction, current: Option<f64>, target: Option<f64>) -> KpiFacts {
        KpiFacts {
            direction,
            frequency: UpdateFrequency::Weekly,
            current_value: current,
            target_value: target,
            last_updated_on: Some(on(4, 1)),
            created_on: on(3, 1),
        }
    }

    #[test]
    fn the_status_follows_the_attainment() {
        let cases = [
            ("83 % of the target", 3721.0, 4500.0, Higher, 0.827, OnTrack),
            ("85 % of the target", 3810.0, 4500.0, Higher, 0.847, OnTrack),
            ("too high", 4.8, 3.0, Lower, 0.625, AtRisk),
            ("low enough", 2.5, 3.0, Lower, 1.0, OnTrack),
            (
                "a deeper loss than planned",
                -15.0,
                -10.0,
                Higher,
                0.667,
                AtRisk,
            ),
            ("not low enough below zero", -3.0, -5.0, Lower, 0.6, AtRisk),
            (
                "one incident where none should be",
                1.0,
                0.0,
                Lower,
                0.0,
                OffTrack,
            ),
            ("no incident", 0.0, 0.0, Lower, 1.0, OnTrack),
            ("nothing yet", 0.0, 50.0, Higher, 0.0, OffTrack),
            (
                "uptime just below its target",
                99.0,
                99.95,
                Higher,
                0.99,
                OnTrack,
            ),
            ("on the other side of zero", 5.0, -5.0, Lower, 0.0, OffTrack),
            ("exactly 80 %", 0.24, 0.3, Higher, 0.8, OnTrack),
        ];
        for (name, current, target, direction, attained, status) in cases {
            let facts = kpi(direction, Some(current), Some(target));
            let found = standing(&facts, on(4, 1), &Params::default());
            let thousandths = found.attainment.map(|a| (a * 1000.0).round() / 1000.0);
            assert_eq!(thousandths, Some(attained), "{name}");
            assert_eq!(found.status, status, "{name}");
            assert!(!found.overdue && !found.needs_setup, "{name}");
        }
    }

    #[test]
    fn an_overdue_kpi_is_at_risk_at_best() {
        let (weekly, good) = (UpdateFrequency::Weekly, 3721.0);
        let (monthly, quarterly) = (UpdateFrequency::Monthly, UpdateFrequency::Quarterly);
        let cases = [
            ("a week later", weekly, on(4, 8), good, false, OnTrack),
            ("8 days later", weekly, on(4, 9), good, true, AtRisk),
            ("31 days later", monthly, on(5, 2), good, false, OnTrack),
            ("32 days later", monthly, on(5, 3), good, true, AtRisk),
            ("92 days later", quarterly, on(7, 2), good, false, OnTrack),
            ("93 days later", quarterly, on(7, 3), good, true, AtRisk),
            ("off track anyway", weekly, on(4, 9), 9.0, true, OffTrack),
        ];
        for (name, frequency, today, current, overdue, status) in cases {
            let facts = KpiFacts {
                frequency,
                ..kpi(Higher, Some(current), Some(4500.0))
            };
            let found = standing(&facts, today, &Params::default());
            assert_eq!((found.overdue, found.status), (overdue, status), "{name}");
        }
    }

    #[test]
    fn days_count_from_the_creation_before_the_first_update() {
        let never = KpiFacts {
            last_updated_on: None,
            ..kpi(Higher, Some(1.0), Some(1.0))
        };
        assert!(!is_overdue(&never, on(3, 8), &Params::default()));
        assert!(is_overdue(&never, on(3, 9), &Params::default()));
    }

    #[test]
    fn a_missing_value_or_target_is_told_apart_from_a_bad_one() {
        // name, value, target, status, needs setup
        let cases = [
            ("never measured", None, Some(5.0), NotStarted, false),
            ("nothing known", None, None, NotStarted, false),
            ("no target", Some(5.0), None, OnTrack, true),
        ];
        for (name, current, target, status, needs_setup) in cases {
            for today in [on(4, 1), on(6, 1)] {
                let found = standing(&kpi(Higher, current, target), today, &Params::default());
                assert_eq!(
                    (found.status, found.needs_setup, found.attainment),
                    (status, needs_setup, None),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn a_trend_is_seen_from_what_is_better() {
        let cases = [
            (Higher, Some(1.0), 2.0, Some(Trend::Improving)),
            (Higher, Some(2.0), 1.0, Some(Trend::Worsening)),
            (Lower, Some(2.0), 1.0, Some(Trend::Improving)),
            (Lower, Some(1.0), 2.0, Some(Trend::Worsening)),
            (Lower, Some(1.0), 1.0, Some(Trend::Flat)),
            (Higher, None, 1.0, None),
        ];
        for (direction, previous, new, expected) in cases {
            assert_eq!(trend(direction, previous, new), expected);
        }
    }
}
