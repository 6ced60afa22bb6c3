//! What risks must come to, case by case.

use chrono::NaiveDate;

use super::super::facts::samples::{at, checked_in, on};
use super::*;

fn of(facts: &KeyResultFacts, today: NaiveDate) -> Option<Risk> {
    with_owner(facts, today, true)
}

fn with_owner(facts: &KeyResultFacts, today: NaiveDate, has_owner: bool) -> Option<Risk> {
    let (window, params) = (facts.window(today), Params::default());
    let projection = projection(facts, &window, &params);
    key_result(facts, &window, &params, projection, has_owner)
}

/// To two decimals.
fn hundredths(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}

#[test]
fn a_projection_goes_on_at_the_present_speed() {
    let in_twelve_weeks = KeyResultFacts {
        cycle_end: on(6, 23),
        ..checked_in(18.0, 5, 5)
    };
    // name, facts, today, progress at the end, what is missing
    let cases = [
        (
            "30 % after 55 of 91 days",
            checked_in(30.0, 5, 25),
            on(5, 25),
            0.50,
            0.50,
        ),
        (
            "18 % in week 5 of 12",
            in_twelve_weeks,
            on(5, 5),
            0.43,
            0.57,
        ),
        (
            "50 % after 19 of 91 days",
            checked_in(50.0, 4, 19),
            on(4, 19),
            1.0,
            0.0,
        ),
        (
            "70 % at the end",
            checked_in(70.0, 6, 29),
            on(7, 20),
            0.70,
            0.30,
        ),
    ];
    for (name, facts, today, end, miss) in cases {
        let found = projection(&facts, &facts.window(today), &Params::default()).unwrap();
        assert_eq!(hundredths(found.progress_at_end), end, "{name}");
        assert_eq!(hundredths(found.miss), miss, "{name}");
    }
}

#[test]
fn what_is_missing_decides_how_bad_it_is() {
    let cases = [
        (1.0 - 0.95, None),
        (1.0 - 0.8, Some(Severity::High)),
        (1.0 - 0.6, Some(Severity::High)),
        (0.0, None),
        (0.05, None),
        (0.051, Some(Severity::Medium)),
        (0.199, Some(Severity::Medium)),
        (0.2, Some(Severity::High)),
        (0.4, Some(Severity::High)),
        (0.401, Some(Severity::Critical)),
        (1.0, Some(Severity::Critical)),
    ];
    for (miss, severity) in cases {
        assert_eq!(by_miss(miss), severity, "{miss}");
    }
}

#[test]
fn on_the_last_day_what_is_missing_is_what_is_missing() {
    let seen = |percent| of(&checked_in(percent, 6, 30), on(6, 30)).map(|risk| risk.severity);
    // Its pace speaks beside its projection; what the projection says is asked for by itself.
    let miss = |percent| by_miss(of_day(&checked_in(percent, 6, 30), on(6, 30)).miss);
    assert_eq!(miss(95.0), None);
    assert_eq!(miss(80.0), Some(Severity::High));
    assert_eq!(miss(60.0), Some(Severity::High));
    assert_eq!(seen(95.0), None);
    assert_eq!(seen(80.0), Some(Severity::High));
}

#[test]
fn what_is_reached_is_listed_only_for_what_was_last_said() {
    let said = |status, blocked| {
        let facts = KeyResultFacts {
            status,
            blocked,
            ..checked_in(100.0, 5, 14)
        };
        of(&facts, on(5, 16)).map(|risk| (risk.severity, risk.reasons, risk.projection))
    };
    let low = |reason| Some((Severity::Low, vec![reason], None));
    assert_eq!(said(Status::AtRisk, true), low(Reason::Blocked));
    assert_eq!(said(Status::AtRisk, false), low(Reason::AtRisk));
    assert_eq!(said(Status::OffTrack, false), low(Reason::OffTrack));
    assert_eq!(said(Status::OnTrack, false), None);
    assert_eq!(said(Status::NotStarted, false), None);
}

#[test]
fn a_yes_or_no_key_result_that_is_not_due_shows_no_projection() {
    let blocked = KeyResultFacts {
        metric_type: MetricType::Boolean,
        target_value: 1.0,
        status: Status::AtRisk,
        blocked: true,
        ..checked_in(0.0, 5, 14)
    };
    let found = of(&blocked, on(5, 16)).unwrap();
    assert_eq!(found.severity, Severity::High);
    assert_eq!(found.projection, None);
}

#[test]
fn confidence_grows_with_check_ins_and_falls_with_scatter() {
    for (check_ins, percent) in [(0, 0), (1, 22), (2, 39), (4, 63), (8, 86), (12, 95)] {
        assert_eq!(confidence(check_ins, 1.0), percent, "{check_ins}");
    }
    assert_eq!(confidence(4, 0.5), 32);
    let line = [(-14.0, 0.1), (-7.0, 0.2), (0.0, 0.3)];
    assert_eq!(fit(&line, 0.1 / 7.0), 1.0);
    let scattered = [(-21.0, 0.9), (-14.0, 0.1), (-7.0, 0.9), (0.0, 0.1)];
    assert_eq!(fit(&scattered, 0.0), LEAST_FIT);
}

#[test]
fn what_was_reported_and_what_is_missing_speak_together() {
    use Reason::{AtRisk, Blocked, NoOwner, OffTrack, Projection, Stalled};
    let blocked = KeyResultFacts {
        blocked: true,
        status: Status::AtRisk,
        ..checked_in(50.0, 4, 19)
    };
    let off_track = KeyResultFacts {
        status: Status::OffTrack,
        ..checked_in(90.0, 5, 16)
    };
    let at_risk = KeyResultFacts {
        status: Status::AtRisk,
        ..checked_in(90.0, 5, 16)
    };
    // name, facts, today, severity and reasons
    type Case<'a> = (
        &'a str,
        KeyResultFacts<'a>,
        NaiveDate,
        Option<(Severity, Vec<Reason>)>,
    );
    let cases: [Case; 9] = [
        ("well", checked_in(50.0, 4, 19), on(4, 19), None),
        ("done", checked_in(100.0, 4, 16), on(5, 16), None),
        ("not begun", at(0.0), on(3, 20), None),
        ("untouched in the first week", at(0.0), on(4, 7), None),
        (
            "untouched on day 8",
            at(0.0),
            on(4, 8),
            Some((Severity::Critical, vec![Projection])),
        ),
        (
            "blocked",
            blocked,
            on(4, 19),
            Some((Severity::High, vec![Blocked, AtRisk])),
        ),
        (
            "said to be off track",
            off_track,
            on(5, 16),
            Some((Severity::High, vec![OffTrack])),
        ),
        (
            "said to be at risk",
            at_risk,
            on(5, 16),
            Some((Severity::Medium, vec![AtRisk])),
        ),
        (
            "silent for 15 days",
            checked_in(50.0, 4, 4),
            on(4, 19),
            Some((Severity::Medium, vec![Stalled, AtRisk])),
        ),
    ];
    for (name, facts, today, expected) in cases {
        let found = of(&facts, today).map(|risk| (risk.severity, risk.reasons));
        assert_eq!(found, expected, "{name}");
    }
    let fine = checked_in(50.0, 4, 19);
    let unowned = with_owner(&fine, on(4, 19), false).unwrap();
    assert_eq!(
        (unowned.severity, unowned.reasons),
        (Severity::Low, vec![NoOwner])
    );
}

#[test]
fn what_moves_in_steps_is_projected_with_half_the_confidence() {
    let even = [
        (on(4, 26), 10.0),
        (on(5, 3), 20.0),
        (on(5, 10), 30.0),
        (on(5, 16), 40.0),
    ];
    let stepped = [
        (on(4, 26), 10.0),
        (on(5, 3), 10.0),
        (on(5, 10), 10.0),
        (on(5, 16), 40.0),
    ];
    let of = |points| {
        let facts = KeyResultFacts {
            points,
            ..checked_in(40.0, 5, 16)
        };
        let found = projection(&facts, &facts.window(on(5, 16)), &Params::default()).unwrap();
        (found.is_linear, found.confidence)
    };
    assert!(of(&even).0);
    assert!(!of(&stepped).0);
    assert!(of(&stepped).1 <= 32, "{:?}", of(&stepped));
    let halves = [(on(5, 3), 10.0), (on(5, 10), 10.0), (on(5, 16), 10.0)];
    let (of_three, half_of_it) = (confidence(3, 1.0), of(&halves).1);
    assert_eq!((of_three, half_of_it), (53, 27), "a half rounds up");
    let yes_or_no = KeyResultFacts {
        metric_type: MetricType::Boolean,
        target_value: 1.0,
        ..checked_in(0.0, 5, 14)
    };
    let early = projection(&yes_or_no, &yes_or_no.window(on(5, 16)), &Params::default());
    assert_eq!(early, None, "nothing is expected yet");
    let late = of_day(&yes_or_no, on(6, 20));
    assert_eq!(hundredths(late.miss), 0.56);
}

fn of_day(facts: &KeyResultFacts, today: NaiveDate) -> Projection {
    projection(facts, &facts.window(today), &Params::default()).unwrap()
}

#[test]
fn an_okr_is_as_bad_as_what_its_key_results_will_miss() {
    use Reason::{AtRisk, NoKeyResults, NoOwner, OffTrack, Projection};
    let half = [(1.0, 1.0), (1.0, 0.0)];
    type Case<'a> = (
        Status,
        &'a [(f64, f64)],
        bool,
        Option<(Severity, Vec<Reason>)>,
    );
    let cases: [Case; 5] = [
        (Status::OnTrack, &[(1.0, 1.0)], true, None),
        (
            Status::OnTrack,
            &half,
            true,
            Some((Severity::Critical, vec![Projection])),
        ),
        (
            Status::OffTrack,
            &[(1.0, 1.0)],
            true,
            Some((Severity::High, vec![OffTrack])),
        ),
        (
            Status::AtRisk,
            &[(1.0, 0.9)],
            true,
            Some((Severity::Medium, vec![Projection, AtRisk])),
        ),
        (
            Status::NotStarted,
            &[],
            false,
            Some((Severity::Low, vec![NoKeyResults, NoOwner])),
        ),
    ];
    for (standing, ends, has_owner, expected) in cases {
        let found = objective(standing, ends, has_owner).map(|risk| (risk.severity, risk.reasons));
        assert_eq!(found, expected, "{standing:?} {ends:?}");
    }
}
