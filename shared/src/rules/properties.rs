//! What holds for every finite input, however odd.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::facts::{KeyResultFacts, samples};
use super::params::Params;
use super::status::{Standing, computed, on_check_in, pace_status};
use super::{KpiFacts, health, kpi_status, progress, status};
use crate::checkin::CheckInStatus;
use crate::key_result::MetricType;
use crate::kpi::{Direction, UpdateFrequency};
use crate::status::Status;

/// Finite numbers: everyday ones, small integers (so that values coincide) and the extremes.
fn number() -> impl Strategy<Value = f64> {
    let extremes = vec![
        0.0,
        -0.0,
        5e-324,
        -5e-324,
        1e-300,
        1e308,
        -1e308,
        f64::MAX,
        f64::MIN,
    ];
    prop_oneof![
        -1e6..1e6,
        (-5..5_i32).prop_map(f64::from),
        prop::sample::select(extremes),
        prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO,
    ]
}

/// Days around the second quarter of 2026.
fn day() -> impl Strategy<Value = NaiveDate> {
    (0..200_u64).prop_map(|days| samples::on(2, 1) + Days::new(days))
}

fn stored_status() -> impl Strategy<Value = Status> {
    use Status::{AtRisk, NotStarted, OffTrack, OnTrack};
    prop::sample::select(vec![NotStarted, OnTrack, AtRisk, OffTrack])
}

fn points() -> impl Strategy<Value = Vec<(NaiveDate, f64)>> {
    prop::collection::vec((day(), number()), 0..9).prop_map(|mut points| {
        points.sort_by_key(|(on, _)| *on);
        points
    })
}

/// A key result whose cycle may even end before it starts, with the history it needs.
fn facts() -> impl Strategy<Value = (KeyResultFacts<'static>, Vec<(NaiveDate, f64)>)> {
    let boolean = prop::bool::weighted(0.2);
    let values = (number(), number(), number());
    let report = (stored_status(), any::<bool>(), prop::option::of(day()));
    let days = (day(), day(), day());
    (boolean, values, report, days, 0..5_u8, points()).prop_map(
        |(boolean, (start, target, current), (status, blocked, last), days, weeks, points)| {
            let facts = KeyResultFacts {
                metric_type: if boolean {
                    MetricType::Boolean
                } else {
                    MetricType::Number
                },
                start_value: start,
                target_value: target,
                current_value: current,
                status,
                blocked,
                last_check_in_on: last,
                points: &[],
                check_in_weeks: u32::from(last.is_some()),
                created_on: days.0,
                cycle_start: days.1,
                cycle_end: days.2,
                check_in_every_weeks: weeks,
            };
            (facts, points)
        },
    )
}

proptest! {
    #[test]
    fn progress_is_finite_and_monotone(s in number(), t in number(), a in number(), b in number()) {
        let (low, high) = if a <= b { (a, b) } else { (b, a) };
        let (at_low, at_high) = (progress::raw(s, t, low), progress::raw(s, t, high));
        prop_assert!(at_low.is_finite() && at_high.is_finite());
        if t >= s {
            prop_assert!(at_low <= at_high);
        } else {
            prop_assert!(at_low >= at_high);
        }
        let printed = progress::rounded(progress::clamped(at_low));
        prop_assert!((0.0..=1.0).contains(&printed));
        prop_assert!(progress::rounded(at_low).is_finite());
    }

    #[test]
    fn reaching_the_target_is_all_of_the_way(s in number(), t in number()) {
        prop_assert_eq!(progress::raw(s, t, t), 1.0);
        if s != t {
            prop_assert_eq!(progress::raw(s, t, s), 0.0);
        }
    }

    #[test]
    fn an_okr_lies_between_its_key_results(
        parts in prop::collection::vec((number(), number()), 0..6),
    ) {
        let found = progress::objective(parts.iter().copied());
        prop_assert!((0.0..=1.0).contains(&found));
        let weighty = || parts.iter().filter(|(weight, _)| *weight > 1e-300);
        let counted = || weighty().map(|(_, raw)| progress::clamped(*raw));
        // Weights near the smallest doubles lose digits; only ordinary ones are held to the bounds.
        if parts.iter().all(|(w, _)| *w <= 0.0 || *w > 1e-300) && counted().count() > 0 {
            let (low, high) = (counted().fold(1.0, f64::min), counted().fold(0.0, f64::max));
            prop_assert!((low - 1e-9..=high + 1e-9).contains(&found));
        }
    }

    #[test]
    fn health_is_a_score_and_its_parts_explain_it((facts, points) in facts(), today in day()) {
        let params = Params::default();
        let facts = KeyResultFacts { points: &points, ..facts };
        let found = health::key_result(&facts, &facts.window(today), &params);
        prop_assert!(found.score <= 100);
        prop_assert!((0.0..=100.0).contains(&found.exact));
        let parts = [Some(found.gap), Some(found.recency), found.velocity];
        for part in parts.into_iter().flatten() {
            prop_assert!((0.0..=100.0).contains(&part.score));
        }
        let sum: f64 = parts.into_iter().flatten().map(health::Part::points).sum();
        prop_assert!((sum - found.uncapped).abs() < 1e-9);
        match found.cap {
            Some(cap) => prop_assert!(found.score == cap.limit(&params) && found.exact < sum),
            None => prop_assert_eq!(found.exact, found.uncapped),
        }
        if let Some(speed) = found.speed {
            prop_assert!(speed.per_day.is_finite());
        }
    }

    #[test]
    fn more_progress_never_costs_health((facts, _) in facts(), more in number(), today in day()) {
        // Without a history, in which a sudden step may be an outlier.
        let other = KeyResultFacts { current_value: more, ..facts };
        let (worse, better) = if other.progress() >= facts.progress() {
            (facts, other)
        } else {
            (other, facts)
        };
        let of = |facts: &KeyResultFacts| {
            health::key_result(facts, &facts.window(today), &Params::default()).score
        };
        prop_assert!(of(&better) >= of(&worse));
    }

    #[test]
    fn a_computed_status_is_never_better_than_pace_or_report(
        (facts, _) in facts(),
        today in day(),
    ) {
        let params = Params::default();
        let window = facts.window(today);
        let found = computed(&facts, &window, &params);
        if found != Status::NotStarted && facts.progress() < 1.0 {
            let expected = window.expected(facts.metric_type, &params);
            prop_assert!(found >= pace_status(expected, facts.progress(), &params));
            prop_assert!(found >= facts.status);
        }
    }

    #[test]
    fn a_blocker_never_looks_better_than_the_pace(expected in 0.0..=1.0, progress in 0.0..=1.0) {
        let pace = pace_status(expected, progress, &Params::default());
        let stored = on_check_in(CheckInStatus::Blocked, pace);
        prop_assert!(stored >= pace && stored >= Status::AtRisk);
    }

    #[test]
    fn an_okr_is_at_risk_as_soon_as_one_key_result_is(
        score in 0..=100_u8,
        parts in prop::collection::vec((number(), stored_status(), any::<bool>()), 0..6),
    ) {
        let standings = parts
            .iter()
            .map(|&(weight, status, blocked)| Standing { weight, status, blocked });
        let found = status::objective(score, standings.clone(), &Params::default());
        let all_new = standings.clone().all(|part| part.status == Status::NotStarted);
        prop_assert_eq!(found == Status::NotStarted, all_new);
        let troubled = standings.clone().any(|part| part.status >= Status::AtRisk);
        prop_assert!(!troubled || found >= Status::AtRisk);
        prop_assert!(score >= 50 || all_new || found == Status::OffTrack);
    }

    #[test]
    fn the_health_of_an_okr_lies_between_its_key_results(
        parts in prop::collection::vec((0.01..1e3, 0..=100_u8), 1..6),
    ) {
        let found = health::objective(parts.iter().copied()).score;
        let scores = || parts.iter().map(|(_, score)| *score);
        prop_assert!(scores().min() <= Some(found) && Some(found) <= scores().max());
    }

    #[test]
    fn a_kpi_always_has_a_status(
        lower in any::<bool>(),
        current in prop::option::of(number()),
        target in prop::option::of(number()),
        (updated, created, today) in (prop::option::of(day()), day(), day()),
    ) {
        let facts = KpiFacts {
            direction: if lower { Direction::Lower } else { Direction::Higher },
            frequency: UpdateFrequency::Weekly,
            current_value: current,
            target_value: target,
            last_updated_on: updated,
            created_on: created,
        };
        let found = kpi_status::standing(&facts, today, &Params::default());
        prop_assert!(found.attainment.is_none_or(|a| (0.0..=1.0).contains(&a)));
        prop_assert_eq!(found.status == Status::NotStarted, current.is_none());
        if found.overdue && found.attainment.is_some() {
            prop_assert!(found.status >= Status::AtRisk);
        }
    }
}
