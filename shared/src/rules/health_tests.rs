//! What health must come to, case by case.

use chrono::NaiveDate;

use super::super::facts::samples::{at, checked_in, on};
use super::*;
use crate::status::Status;

fn of(facts: &KeyResultFacts, today: NaiveDate) -> KeyResultHealth {
    key_result(facts, &facts.window(today), &Params::default())
}

fn reported(status: Status, percent: f64) -> KeyResultFacts<'static> {
    KeyResultFacts {
        status,
        ..checked_in(percent, 5, 16)
    }
}

fn yes_or_no(month: u32, day: u32) -> KeyResultFacts<'static> {
    KeyResultFacts {
        metric_type: MetricType::Boolean,
        target_value: 1.0,
        ..checked_in(0.0, month, day)
    }
}

/// To one decimal.
fn tenths(score: f64) -> f64 {
    (score * 10.0).round() / 10.0
}

#[test]
fn health_follows_from_gap_recency_and_velocity() {
    let late = KeyResultFacts {
        created_on: on(6, 1),
        ..at(0.0)
    };
    let blocked = KeyResultFacts {
        blocked: true,
        ..reported(Status::AtRisk, 55.0)
    };
    let declining = KeyResultFacts {
        points: &[
            (on(4, 1), 0.0),
            (on(4, 8), 20.0),
            (on(4, 15), 30.0),
            (on(4, 22), 35.0),
        ],
        ..checked_in(35.0, 4, 22)
    };
    let all = (100.0, 100.0, Some(100.0));
    let apr19 = on(4, 19);
    let may16 = on(5, 16);
    // name, facts, today, (gap, recency, velocity), cap, health
    let cases = [
        (
            "ahead, just checked in",
            checked_in(50.0, 4, 19),
            apr19,
            all,
            None,
            100,
        ),
        (
            "ahead, 7 days silent",
            checked_in(50.0, 4, 12),
            apr19,
            all,
            None,
            100,
        ),
        (
            "ahead, 14 days silent",
            checked_in(50.0, 4, 5),
            apr19,
            (100.0, 40.0, Some(100.0)),
            None,
            82,
        ),
        (
            "ahead, 15 days silent",
            checked_in(50.0, 4, 4),
            apr19,
            (100.0, 37.1, Some(100.0)),
            Some(Cap::Stalled),
            74,
        ),
        (
            "half of what is expected",
            checked_in(30.0, 5, 22),
            on(5, 25),
            (36.4, 100.0, Some(28.1)),
            None,
            53,
        ),
        (
            "on pace at half time",
            checked_in(51.0, 5, 14),
            may16,
            all,
            None,
            100,
        ),
        (
            "untouched on the first day",
            at(0.0),
            on(4, 1),
            all,
            None,
            100,
        ),
        (
            "untouched on the tenth day",
            at(0.0),
            on(4, 10),
            (85.0, 82.9, Some(0.0)),
            None,
            59,
        ),
        (
            "untouched at half time",
            at(0.0),
            may16,
            (0.0, 0.0, Some(0.0)),
            None,
            0,
        ),
        (
            "reached, then silent",
            checked_in(100.0, 4, 16),
            may16,
            all,
            None,
            100,
        ),
        (
            "seen after the end",
            checked_in(70.0, 6, 29),
            on(7, 20),
            (37.5, 100.0, Some(70.0)),
            None,
            66,
        ),
        (
            "ahead, reported off track",
            reported(Status::OffTrack, 90.0),
            may16,
            all,
            Some(Cap::OffTrack),
            49,
        ),
        (
            "on pace, reported at risk",
            reported(Status::AtRisk, 55.0),
            may16,
            all,
            Some(Cap::AtRisk),
            74,
        ),
        (
            "on pace, blocked",
            blocked,
            may16,
            all,
            Some(Cap::Blocked),
            74,
        ),
        (
            "reached, reported off track",
            reported(Status::OffTrack, 100.0),
            may16,
            all,
            Some(Cap::OffTrack),
            49,
        ),
        (
            "yes-or-no at half time",
            yes_or_no(5, 14),
            may16,
            (100.0, 100.0, None),
            None,
            100,
        ),
        (
            "yes-or-no near the end",
            yes_or_no(6, 18),
            on(6, 20),
            (0.0, 100.0, None),
            None,
            45,
        ),
        ("before the cycle", at(0.0), on(3, 20), all, None, 100),
        (
            "created late, fifth day",
            late,
            on(6, 5),
            (70.8, 100.0, Some(100.0)),
            None,
            88,
        ),
        (
            "smaller and smaller steps",
            declining,
            on(4, 22),
            (100.0, 100.0, Some(85.0)),
            None,
            96,
        ),
    ];
    for (name, facts, today, parts, cap, score) in cases {
        let health = of(&facts, today);
        let found = (
            tenths(health.gap.score),
            tenths(health.recency.score),
            health.velocity.map(|part| tenths(part.score)),
        );
        assert_eq!(found, parts, "{name}");
        assert_eq!(health.cap, cap, "{name}");
        assert_eq!(health.score, score, "{name}");
    }
}

#[test]
fn the_parts_add_up() {
    let health = of(&checked_in(50.0, 4, 5), on(4, 19));
    let points = [health.gap, health.recency, health.velocity.unwrap()].map(Part::points);
    assert_eq!(points, [40.0, 12.0, 30.0]);
    assert_eq!((health.uncapped, health.exact), (82.0, 82.0));
    assert_eq!(health.basis, Basis::Underway);
    assert_eq!(health.silent_days, 14);
    let speed = health.speed.unwrap();
    assert_eq!((speed.per_day, speed.declining), (0.5 / 19.0, false));
    assert_eq!(health.needed_per_day, Some(0.5 / 72.0));
}

#[test]
fn a_cap_is_named_only_when_it_lowers_the_sum() {
    let low = KeyResultFacts {
        status: Status::AtRisk,
        ..checked_in(0.0, 4, 1)
    };
    let health = of(&low, on(5, 16));
    assert!(health.stalled);
    assert_eq!((health.cap, health.score), (None, 0));

    let both = KeyResultFacts {
        status: Status::OffTrack,
        ..checked_in(50.0, 4, 4)
    };
    let health = of(&both, on(4, 19));
    assert!(health.stalled);
    assert_eq!((health.cap, health.score), (Some(Cap::OffTrack), 49));
}

#[test]
fn recency_falls_in_three_lines_stretched_by_the_rhythm() {
    // days silent, weeks between check-ins, score
    let cases = [
        (0, 1, 100.0),
        (7, 1, 100.0),
        (8, 1, 91.4),
        (14, 1, 40.0),
        (21, 1, 20.0),
        (28, 1, 0.0),
        (29, 1, 0.0),
        (14, 2, 100.0),
        (28, 2, 40.0),
        (28, 4, 100.0),
        (56, 4, 40.0),
        (14, 0, 40.0),
    ];
    let today = on(6, 5);
    for (silent_days, check_in_every_weeks, score) in cases {
        let facts = KeyResultFacts {
            check_in_every_weeks,
            last_check_in_on: today.checked_sub_days(chrono::Days::new(silent_days)),
            ..at(90.0)
        };
        let health = of(&facts, today);
        assert_eq!(
            tenths(health.recency.score),
            score,
            "{silent_days} days, every {check_in_every_weeks} weeks"
        );
    }
}

#[test]
fn time_stands_still_after_the_cycle() {
    let facts = checked_in(70.0, 6, 29);
    assert_eq!(of(&facts, on(7, 1)), of(&facts, on(12, 31)));
}

#[test]
fn a_key_result_entered_after_the_end_is_judged_at_the_end() {
    let entered = |facts| {
        let facts = KeyResultFacts {
            created_on: on(7, 5),
            ..facts
        };
        let health = of(&facts, on(7, 20));
        (health.basis, health.score)
    };
    assert_eq!(entered(checked_in(20.0, 7, 20)), (Basis::Underway, 36));
    assert_eq!(entered(at(20.0)), (Basis::Underway, 6));
    assert_eq!(entered(checked_in(100.0, 7, 20)), (Basis::Reached, 100));
}

#[test]
fn a_printed_sum_rounds_to_its_score() {
    let cases = [
        (82.0, 1, 82.0),
        (73.46, 1, 73.46),
        (73.4996, 2, 73.4996),
        (73.54, 1, 73.5),
        (52.978, 2, 52.98),
        (99.999, 1, 100.0),
    ];
    for (sum, decimals, expected) in cases {
        let printed = printed(sum, decimals);
        assert_eq!(printed, expected);
        assert_eq!(whole_score(printed), whole_score(sum), "{sum}");
    }
}

#[test]
fn an_okr_is_the_weighted_mean_of_its_key_results() {
    type Case = (&'static str, &'static [(f64, u8)], u8, bool);
    let cases: [Case; 6] = [
        ("no key results", &[], 0, true),
        ("no weight", &[(0.0, 80)], 0, true),
        ("one", &[(1.0, 82)], 82, false),
        ("a half goes up", &[(1.0, 82), (1.0, 83)], 83, false),
        ("a heavier one", &[(3.0, 100), (1.0, 0)], 75, false),
        ("weights of any size", &[(0.1, 74), (0.2, 74)], 74, false),
    ];
    for (name, key_results, score, needs_setup) in cases {
        let found = objective(key_results.iter().copied());
        assert_eq!(found, ObjectiveHealth { score, needs_setup }, "{name}");
    }
}
