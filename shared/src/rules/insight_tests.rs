//! What the rules must point out, and what they must leave alone.

use super::super::facts::samples::{at, checked_in, on};
use super::super::params::Params;
use super::super::{health, status};
use super::*;
use crate::key_result::MetricType;

const TODAY: (u32, u32) = (5, 16);

fn key_result<'a>(id: &'a str, facts: KeyResultFacts<'a>) -> KeyResultScene<'a> {
    let (today, params) = (on(TODAY.0, TODAY.1), Params::default());
    let window = facts.window(today);
    let health = health::key_result(&facts, &window, &params);
    let pace = status::pace_status(health.expected, health.progress, &params);
    KeyResultScene {
        id,
        title: "Sign-ups",
        unit: None,
        owner_id: Some("alice"),
        is_watermelon: status::is_watermelon(facts.status, pace),
        facts,
        window,
        health,
    }
}

/// On pace, checked in today.
fn fine(id: &str) -> KeyResultScene<'_> {
    key_result(id, checked_in(60.0, 5, 16))
}

fn okr<'a>(id: &'a str, key_results: Vec<KeyResultScene<'a>>) -> OkrScene<'a> {
    OkrScene {
        id,
        parent_id: None,
        okr_type: OkrType::Org,
        team_id: None,
        status: Status::OnTrack,
        key_results,
    }
}

fn scene(okrs: Vec<OkrScene<'_>>) -> Scene<'_> {
    Scene {
        cycle_id: "q2",
        starts_on: on(4, 1),
        ends_on: on(6, 30),
        today: on(TODAY.0, TODAY.1),
        okrs,
        kpis: vec![],
    }
}

/// Rule, severity and subject of each insight.
fn found(scene: &Scene) -> Vec<(Rule, Severity, String)> {
    all(scene)
        .into_iter()
        .map(|insight| (insight.rule, insight.severity, insight.subject.1))
        .collect()
}

fn of_key_result(own: KeyResultScene) -> Vec<(Rule, Severity)> {
    let scene = scene(vec![okr("o", vec![own])]);
    found(&scene)
        .into_iter()
        .map(|(rule, severity, _)| (rule, severity))
        .collect()
}

#[test]
fn nothing_is_said_about_what_is_well() {
    assert_eq!(found(&scene(vec![okr("o", vec![fine("k")])])), []);
    assert_eq!(found(&scene(vec![])), []);
}

#[test]
fn each_rule_about_a_key_result_sees_what_it_is_for() {
    use Rule::{
        DecliningVelocity, KpiInDisguise, OldBlocker, Stalled, TaskInDisguise, Unowned, Watermelon,
    };
    use Severity::{High, Low, Medium};
    let blocked_on = |day| KeyResultFacts {
        blocked: true,
        status: Status::AtRisk,
        ..checked_in(60.0, 5, day)
    };
    let declining = KeyResultFacts {
        points: &[],
        ..checked_in(60.0, 5, 16)
    };
    let steps = [
        (on(4, 20), 0.0),
        (on(4, 28), 30.0),
        (on(5, 6), 50.0),
        (on(5, 16), 60.0),
    ];
    let slower = KeyResultFacts {
        points: &steps,
        ..declining
    };
    let same = KeyResultFacts {
        start_value: 60.0,
        target_value: 60.0,
        ..checked_in(60.0, 5, 16)
    };
    let launch = KeyResultFacts {
        metric_type: MetricType::Boolean,
        target_value: 1.0,
        ..checked_in(0.0, 5, 16)
    };
    type Case<'a> = (&'a str, KeyResultScene<'a>, Vec<(Rule, Severity)>);
    let cases: [Case; 9] = [
        (
            "silent for 15 days",
            key_result("k", checked_in(60.0, 5, 1)),
            vec![(Stalled, Medium)],
        ),
        (
            "green outside, red inside",
            key_result("k", checked_in(10.0, 5, 16)),
            vec![(Watermelon, High)],
        ),
        (
            "ever smaller steps",
            key_result("k", slower),
            vec![(DecliningVelocity, Medium)],
        ),
        ("blocked today", key_result("k", blocked_on(16)), vec![]),
        (
            "blocked yesterday",
            key_result("k", blocked_on(15)),
            vec![(OldBlocker, Medium)],
        ),
        (
            "blocked a week ago",
            key_result("k", blocked_on(9)),
            vec![(OldBlocker, High)],
        ),
        (
            "unowned",
            KeyResultScene {
                owner_id: None,
                ..fine("k")
            },
            vec![(Unowned, Low)],
        ),
        (
            "nothing to change",
            key_result("k", same),
            vec![(KpiInDisguise, Low), (Rule::Sandbagged, Low)],
        ),
        (
            "work",
            KeyResultScene {
                title: "Launch the tour",
                ..key_result("k", launch)
            },
            vec![(TaskInDisguise, Low)],
        ),
    ];
    for (name, own, expected) in cases {
        let mut insights = of_key_result(own);
        insights.sort_by_key(|(rule, _)| format!("{rule:?}"));
        assert_eq!(insights, expected, "{name}");
    }
}

#[test]
fn each_rule_about_an_okr_sees_what_it_is_for() {
    use Rule::{KeyResultCount, Orphan, RollUpMismatch, Sandbagged};
    use Severity::{High, Low, Medium};
    let of = |id: &str, rule, severity| (rule, severity, id.to_owned());
    assert_eq!(
        found(&scene(vec![okr("o", vec![])])),
        [of("o", KeyResultCount, Medium)]
    );
    let six = ["1", "2", "3", "4", "5", "6"].map(|id| KeyResultScene {
        owner_id: Some(id),
        ..fine(id)
    });
    assert_eq!(
        found(&scene(vec![okr("o", six.to_vec())])),
        [of("o", KeyResultCount, Low)]
    );
    let done = key_result("k", checked_in(100.0, 5, 16));
    assert_eq!(
        found(&scene(vec![okr("o", vec![done])])),
        [of("o", Sandbagged, Low)]
    );

    let child = |id, parent_id, status| OkrScene {
        parent_id,
        status,
        okr_type: OkrType::Team,
        ..okr(id, vec![fine(id)])
    };
    let alone = scene(vec![child("t", None, Status::OnTrack)]);
    assert_eq!(found(&alone), [], "there is nothing to align it to");
    let orphan = scene(vec![
        okr("o", vec![fine("k")]),
        child("t", None, Status::OnTrack),
    ]);
    assert_eq!(found(&orphan), [of("t", Orphan, Low)]);
    let mismatch = scene(vec![
        okr("o", vec![fine("k")]),
        child("t", Some("o"), Status::OffTrack),
    ]);
    assert_eq!(found(&mismatch), [of("o", RollUpMismatch, High)]);
    let mixed = scene(vec![
        okr("o", vec![fine("k")]),
        child("t", Some("o"), Status::OffTrack),
        child("u", Some("o"), Status::OnTrack),
    ]);
    assert_eq!(found(&mixed), []);
}

#[test]
fn each_rule_about_all_of_them_sees_what_it_is_for() {
    use Rule::{DoubleCount, Overloaded, TooManyOkrs};
    let named = |rule, id: &str| (rule, Severity::Low, id.to_owned());
    let ids = ["1", "2", "3", "4", "5", "6"];
    let owned = |id| KeyResultScene {
        owner_id: Some(id),
        ..fine(id)
    };
    let company = scene(ids.map(|id| okr(id, vec![owned(id)])).to_vec());
    assert_eq!(found(&company), [named(TooManyOkrs, "q2")]);
    let four = ids[..4].iter().map(|id| OkrScene {
        team_id: Some("t"),
        ..okr(id, vec![owned(id)])
    });
    assert_eq!(found(&scene(four.collect())), [named(TooManyOkrs, "t")]);
    let busy = scene(vec![
        okr("o", ids[..3].iter().map(|id| fine(id)).collect()),
        okr("p", ids[3..].iter().map(|id| fine(id)).collect()),
    ]);
    assert_eq!(found(&busy), [named(Overloaded, "alice")]);
    let counted = |id| KeyResultScene {
        unit: Some("users"),
        ..fine(id)
    };
    let twice = scene(vec![
        okr("o", vec![counted("k")]),
        OkrScene {
            parent_id: Some("o"),
            ..okr("p", vec![counted("l")])
        },
    ]);
    assert_eq!(found(&twice), [named(DoubleCount, "l")]);
}

#[test]
fn kpis_that_are_late_or_fall_are_pointed_out() {
    use Status::{AtRisk, OffTrack, OnTrack};
    let kpi = |status, overdue, stood_a_week_ago| KpiScene {
        id: "kpi",
        standing: KpiStanding {
            status,
            attainment: Some(0.5),
            overdue,
            needs_setup: false,
        },
        stood_a_week_ago,
        silent_days: 9,
    };
    let cases = [
        (kpi(OnTrack, false, Some(OnTrack)), vec![]),
        (kpi(OnTrack, false, Some(OffTrack)), vec![]),
        (
            kpi(AtRisk, true, None),
            vec![(Rule::KpiOverdue, Severity::Medium)],
        ),
        (
            kpi(AtRisk, false, Some(OnTrack)),
            vec![(Rule::KpiFell, Severity::Medium)],
        ),
        (
            kpi(OffTrack, false, Some(AtRisk)),
            vec![(Rule::KpiFell, Severity::High)],
        ),
    ];
    for (kpi, expected) in cases {
        let scene = Scene {
            kpis: vec![kpi],
            ..scene(vec![])
        };
        let insights: Vec<_> = found(&scene)
            .into_iter()
            .map(|(rule, severity, _)| (rule, severity))
            .collect();
        assert_eq!(insights, expected, "{kpi:?}");
    }
}

#[test]
fn a_fall_in_check_ins_is_seen_from_one_week_to_the_next() {
    // Seen from Saturday 16 May: the last whole week began on 4 May, the one before on 27 April.
    let (both, only_before) = (0b111, 0b101);
    let with = |id, check_in_weeks| {
        key_result(
            id,
            KeyResultFacts {
                check_in_weeks,
                ..checked_in(60.0, 5, 16)
            },
        )
    };
    let steady = scene(vec![okr("o", vec![with("1", both), with("2", both)])]);
    assert_eq!(found(&steady), []);
    let fell = scene(vec![okr(
        "o",
        vec![with("1", both), with("2", only_before)],
    )]);
    let insights = all(&fell);
    assert_eq!(insights.len(), 1);
    assert_eq!(insights[0].rule, Rule::ComplianceFell);
    assert_eq!(
        insights[0].numbers,
        [("last_week", 50.0), ("week_before", 100.0)]
    );
}

#[test]
fn the_worst_comes_first() {
    let scene = scene(vec![okr(
        "o",
        vec![
            KeyResultScene {
                owner_id: None,
                ..fine("1")
            },
            key_result("2", checked_in(60.0, 5, 1)),
            key_result("3", at(10.0)),
        ],
    )]);
    let severities: Vec<_> = all(&scene).iter().map(|insight| insight.severity).collect();
    let mut sorted = severities.clone();
    sorted.sort_by(|one, other| other.cmp(one));
    assert_eq!(severities, sorted);
}

#[test]
fn what_is_not_all_of_it_is_never_a_hundred_percent() {
    let shares = [0.0, 0.29, 0.994, 0.996, 1.0, 1.5];
    assert_eq!(shares.map(percent), [0.0, 29.0, 99.0, 99.0, 100.0, 150.0]);
}
