//! The workspace's settings, and that figures follow them.

use okrs_tests::{today_in, workspace};
use serde_json::{Value, json};

const PATH: &str = "/api/app/workspace";

#[test]
fn everybody_reads_the_settings_and_only_an_admin_changes_them() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let before = alice.read(PATH);
    assert_eq!(before["timezone"], "UTC");
    assert_eq!(before["week_start"], "monday");
    assert_eq!(before["check_in_weekday"], 5);
    assert_eq!(before["rule_params"]["stalled_after_days"], 14.0);
    for cookie in [&acme.sessions.bob, &acme.sessions.carol] {
        let member = acme.api.signed_in(cookie);
        assert_eq!(member.read(PATH), before);
        member.patch(PATH, &json!({ "name": "Mine" })).refusal(403);
        // Nobody learns what would be wrong with a body that they may not send.
        member.patch(PATH, &json!({ "name": "" })).refusal(403);
    }
    assert_eq!(alice.read(PATH), before);

    let body = json!({
        "name": " Acme Ltd ", "timezone": "Pacific/Kiritimati", "week_start": "sunday", "check_in_weekday": 1,
    });
    let after = alice.patch(PATH, &body).expect(200);
    assert_eq!(after["name"], "Acme Ltd");
    assert_eq!(after["timezone"], "Pacific/Kiritimati");
    assert_eq!(after["week_start"], "sunday");
    assert_eq!(after["check_in_weekday"], 1);
    assert_eq!(after["rule_params"], before["rule_params"]);
    assert_eq!(alice.read(PATH), after);
    assert_eq!(alice.read("/api/app/me")["workspace"], after);
}

#[test]
fn the_day_is_the_new_time_zones_from_the_next_request_on() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    for (zone, ahead) in [("Pacific/Kiritimati", 14), ("Pacific/Pago_Pago", -11)] {
        let before = today_in(ahead);
        let answer = alice.patch(PATH, &json!({ "timezone": zone })).expect(200);
        let me = alice.read("/api/app/me");
        if before == today_in(ahead) {
            assert_eq!(answer["today"], before.to_string());
            assert_eq!(me["workspace"]["today"], before.to_string());
        }
    }
}

#[test]
fn settings_that_make_no_sense_are_refused_and_change_nothing() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let before = alice.read(PATH);
    for (body, field) in [
        (json!({}), "body has no updatable field"),
        (json!({ "name": " " }), "name"),
        (json!({ "name": null }), "name"),
        (json!({ "name": "x".repeat(501) }), "name"),
        (json!({ "timezone": "Middle/Earth" }), "timezone"),
        (json!({ "timezone": "" }), "timezone"),
        (json!({ "timezone": 1 }), "timezone"),
        (json!({ "week_start": "friday" }), "week_start"),
        (json!({ "check_in_weekday": 0 }), "check_in_weekday"),
        (json!({ "check_in_weekday": 8 }), "check_in_weekday"),
        (json!({ "check_in_weekday": "friday" }), "check_in_weekday"),
        (json!({ "rule_params": [] }), "rule_params"),
        (json!({ "rule_params": { "stalled": 3 } }), "rule_params"),
        (
            json!({ "name": "Good", "rule_params": { "gap_span": 0 } }),
            "rule_params.gap_span",
        ),
        (
            json!({ "rule_params": { "velocity_points": 2.5 } }),
            "rule_params",
        ),
        (
            json!({ "rule_params": { "gap_weight": 0.9 } }),
            "rule_params.gap_weight",
        ),
    ] {
        let refusal = alice.patch(PATH, &body).refusal(400);
        assert!(refusal.starts_with(field), "{body}: {refusal}");
    }
    assert_eq!(alice.read(PATH), before);
}

#[test]
fn new_rule_params_change_the_figures_of_okrs_and_kpis_at_once() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let kpi = || acme.api.read("/kpis")[0]["status"].clone();
    let okr = || acme.api.read("/okrs")[0].clone();
    // 3,721 of 4,500.
    assert_eq!(kpi(), "on_track");
    let before = okr();
    let set = |params: Value| {
        let answer = alice.patch(PATH, &json!({ "rule_params": params }));
        answer.expect(200)["rule_params"].clone()
    };
    let stored = set(json!({ "kpi_on_track": 0.95, "on_track_health": 100, "at_risk_health": 99 }));
    assert_eq!(stored["kpi_on_track"], 0.95);
    assert_eq!(stored["kpi_at_risk"], 0.6);
    assert_eq!(kpi(), "at_risk");
    let harder = okr();
    assert_eq!(harder["health_score"], before["health_score"]);
    assert_eq!(harder["status"], "off_track");
    // One constant at a time: the others stay changed.
    let stored = set(json!({ "at_risk_health": 0, "off_track_share": 1 }));
    assert_eq!(stored["kpi_on_track"], 0.95);
    assert_eq!(okr()["status"], "at_risk");
    // Null brings a default back.
    set(json!({
        "kpi_on_track": null, "on_track_health": null, "at_risk_health": null, "off_track_share": null,
    }));
    assert_eq!(kpi(), "on_track");
    assert_eq!(okr(), before);
}

#[test]
fn a_blocked_check_in_is_judged_by_the_workspaces_params() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let path = format!("/key-results/{}/checkins", acme.key_results.number);
    let blocked = || {
        let body = json!({ "value": 40, "status": "blocked", "blocker_note": "No access" });
        acme.api.post(&path, &body).expect(201);
        acme.api.read("/okrs")[0]["key_results"][0]["status"].clone()
    };
    // Half of the time has passed: ten points behind.
    let strict = json!({ "rule_params": { "on_track_gap": 0, "at_risk_gap": 0 } });
    alice.patch(PATH, &strict).expect(200);
    assert_eq!(blocked(), "off_track");
    let lenient = json!({ "rule_params": { "on_track_gap": 1, "at_risk_gap": 1 } });
    alice.patch(PATH, &lenient).expect(200);
    assert_eq!(blocked(), "at_risk");
}
