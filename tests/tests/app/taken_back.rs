//! `DELETE /api/app/check-ins/{id}`

use okrs_tests::{Api, Response, Workspace, workspace};
use serde_json::{Value, json};

use crate::corrections::{self, values};
use crate::ids::{find, id};

fn check_in(api: &Api, key_result: &str, body: &Value) -> String {
    let path = format!("/key-results/{key_result}/checkins");
    id(&api.post(&path, body).expect(201))
}

fn take_back(api: &Api, check_in: &str) -> Response {
    api.delete(&format!("/api/app/check-ins/{check_in}"))
}

/// All that tells of the seeded OKR, to who checks in and to who only looks.
fn seen(acme: &Workspace) -> Vec<Value> {
    let [alice, carol] =
        [&acme.sessions.alice, &acme.sessions.carol].map(|session| acme.api.signed_in(session));
    let okr = format!("/api/app/okrs/{}", acme.okr);
    let (activity, comments) = (format!("{okr}/activity"), format!("{okr}/comments"));
    vec![
        acme.api.read("/okrs"),
        alice.read("/api/app/okrs"),
        alice.read(&okr),
        alice.read(&activity),
        alice.read(&comments),
        alice.read("/api/app/home"),
        alice.read("/api/app/notifications"),
        carol.read("/api/app/home"),
        // The weeks with a check-in show in the compliance.
        tool(acme, "get_team_performance"),
    ]
}

fn tool(acme: &Workspace, name: &str) -> Value {
    let call = json!({
        "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": name, "arguments": {} },
    });
    let answer = acme.api.post("/api/public/mcp", &call).expect(200);
    answer["result"]["structuredContent"].clone()
}

#[test]
fn after_it_was_taken_back_a_check_in_has_never_been_there() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    // A value that takes all its digits.
    let edit = json!({ "current_value": 0.1 + 0.2 });
    let path = format!("/key-results/{}", acme.key_results.number);
    alice.put(&path, &edit).expect(200);
    let before = seen(&acme);
    let never_checked_in = &acme.key_results.boolean;
    for key_result in [&acme.key_results.number, never_checked_in] {
        let body = json!({
            "value": 1, "status": "blocked", "blocker_note": "Legal", "comment": "Up",
        });
        let check_in = check_in(&alice, key_result.as_str(), &body);
        let then = seen(&acme);
        assert!(
            then.iter()
                .zip(&before)
                .filter(|(one, other)| one != other)
                .count()
                >= 5
        );
        take_back(&alice, &check_in).expect(204);
        assert_eq!(seen(&acme), before);
        take_back(&alice, &check_in).refusal(404);
    }
}

#[test]
fn the_value_that_fell_out_of_the_last_six_is_among_them_again() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let key_result = acme.key_results.number.as_str();
    let all: Vec<String> = (1..=7)
        .map(|value| check_in(&alice, key_result, &json!({ "value": value })))
        .collect();
    assert_eq!(
        values(&corrections::key_result(&alice)),
        [2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
    );
    take_back(&alice, &all[6]).expect(204);
    let seen = corrections::key_result(&alice);
    assert_eq!(values(&seen), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(seen["current_value"], 6);
    // The one before it is the newest by now.
    take_back(&alice, &all[5]).expect(204);
    assert_eq!(
        values(&corrections::key_result(&alice)),
        [40.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    );
}

#[test]
fn the_audit_log_keeps_what_a_check_in_said_that_was_taken_back() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let body = json!({ "value": 44.5, "status": "at_risk", "comment": "Up" });
    let check_in = check_in(&alice, acme.key_results.number.as_str(), &body);
    take_back(&alice, &check_in).expect(204);
    let log = alice.read("/api/app/audit-log");
    let entry = find(&log["entries"], "action", "check_in.take_back");
    assert_eq!(entry["subject_id"], check_in);
    let before = &entry["before"];
    assert_eq!(
        (&before["value"], &before["status"], &before["comment"]),
        (&json!(44.5), &json!("at_risk"), &json!("Up"))
    );
}

#[test]
fn what_the_history_has_gone_on_from_is_not_taken_back() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let key_result = acme.key_results.number.as_str();
    let older = check_in(&alice, key_result, &json!({ "value": 50 }));
    let newer = check_in(&alice, key_result, &json!({ "value": 60 }));
    let refusal = take_back(&alice, &older).refusal(409);
    assert!(refusal.contains("on its day"), "{refusal}");
    // What the newer one would give back is no longer what the older one says.
    let path = format!("/api/app/check-ins/{older}");
    alice.patch(&path, &json!({ "value": 55 })).expect(204);
    take_back(&alice, &newer).refusal(409);
    let path = format!("/key-results/{key_result}");
    alice
        .put(&path, &json!({ "current_value": 70 }))
        .expect(200);
    take_back(&alice, &newer).refusal(409);
    let seen = corrections::key_result(&alice);
    assert_eq!(seen["current_value"], 70);
    assert_eq!(values(&seen), [40.0, 55.0, 60.0]);
}

#[test]
fn a_check_in_that_was_corrected_is_taken_back_all_the_same() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let before = seen(&acme);
    let body = json!({ "value": 400, "status": "off_track" });
    let check_in = check_in(&alice, acme.key_results.number.as_str(), &body);
    let path = format!("/api/app/check-ins/{check_in}");
    alice.patch(&path, &json!({ "value": 41 })).expect(204);
    take_back(&alice, &check_in).expect(204);
    assert_eq!(seen(&acme), before);
}

#[test]
fn the_day_after_nothing_is_taken_back() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let live_in = |timezone: &str| {
        let patch = json!({ "timezone": timezone });
        alice.patch("/api/app/workspace", &patch).expect(200);
    };
    // A day apart at any time.
    live_in("Pacific/Pago_Pago");
    let body = json!({ "value": 44 });
    let check_in = check_in(&alice, acme.key_results.number.as_str(), &body);
    live_in("Pacific/Kiritimati");
    take_back(&alice, &check_in).refusal(409);
    live_in("Pacific/Pago_Pago");
    take_back(&alice, &check_in).expect(204);
}

#[test]
fn nobody_takes_back_what_another_reported() {
    let acme = workspace();
    let [alice, carol, dave] = [
        &acme.sessions.alice,
        &acme.sessions.carol,
        &acme.sessions.dave,
    ]
    .map(|session| acme.api.signed_in(session));
    let (secret, hidden) = crate::okr_list::team_okr(&acme);
    let by_dave = check_in(&dave, &hidden, &json!({ "value": 5 }));
    take_back(&alice, &by_dave).refusal(403);
    take_back(&carol, &by_dave).refusal(404);
    take_back(&carol, "nothing").refusal(404);
    let foreign = acme.api.signed_in(&workspace().sessions.alice);
    take_back(&foreign, &by_dave).refusal(404);
    let current = || {
        let detail = dave.read(&format!("/api/app/okrs/{secret}"));
        detail["okr"]["key_results"][0]["current_value"].clone()
    };
    assert_eq!(current(), 5);
    take_back(&dave, &by_dave).expect(204);
    assert_eq!(current(), 0);
}
