//! `PATCH /api/app/check-ins/{id}`

use okrs_tests::{Api, Response, Workspace, workspace};
use serde_json::{Value, json};

use crate::ids::{find, id};

fn check_in(api: &Api, acme: &Workspace, body: &Value) -> String {
    let path = format!("/key-results/{}/checkins", acme.key_results.number);
    id(&api.post(&path, body).expect(201))
}

fn correct(api: &Api, check_in: &str, body: &Value) -> Response {
    api.patch(&format!("/api/app/check-ins/{check_in}"), body)
}

/// The first key result as the page of its OKR has it, and the list the same of it.
pub fn key_result(api: &Api) -> Value {
    let line = api.read("/api/app/okrs")["okrs"][0].clone();
    let okr = line["id"].as_str().unwrap();
    let own = api.read(&format!("/api/app/okrs/{okr}"))["okr"]["key_results"][0].clone();
    let line = &line["key_results"][0];
    let recent: Vec<_> = line["recent_values"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    let points = own["recent_check_ins"].as_array().unwrap().iter();
    assert_eq!(
        recent,
        points.map(|point| &point["value"]).collect::<Vec<_>>()
    );
    for field in ["current_value", "status"] {
        assert_eq!(line[field], own[field]);
    }
    assert_eq!(line["last_check_in_on"], own["last_check_in"]["on"]);
    assert_eq!(line["blocked"] == true, own["blocked"] == true);
    own
}

/// Its latest values, oldest first.
pub fn values(key_result: &Value) -> Vec<f64> {
    let points = key_result["recent_check_ins"].as_array().unwrap().iter();
    points
        .map(|point| point["value"].as_f64().unwrap())
        .collect()
}

#[test]
fn correcting_the_latest_check_in_corrects_the_key_result() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let latest = check_in(&alice, &acme, &json!({ "value": 400, "comment": "Up" }));
    let body =
        json!({ "value": 44.5, "status": "blocked", "blocker_note": "Legal", "comment": null });
    correct(&alice, &latest, &body).expect(204);
    let seen = key_result(&alice);
    assert_eq!(seen["current_value"], 44.5);
    assert_eq!(seen["blocked"], true);
    assert_eq!(seen["reported_status"], "at_risk");
    assert_eq!(seen["last_check_in"]["status"], "blocked");
    assert_eq!(values(&seen), [40.0, 44.5]);
    let detail = alice.read(&format!("/api/app/okrs/{}", acme.okr));
    let entry = find(&detail["check_ins"], "id", &latest);
    assert_eq!(entry["value"], 44.5);
    assert_eq!(entry["comment"], Value::Null);
    assert_eq!(entry["blocker_note"], "Legal");
    assert_ne!(entry["corrected_at"], Value::Null);

    correct(&alice, &latest, &json!({ "status": "on_track" })).expect(204);
    let seen = key_result(&alice);
    assert_eq!(
        (&seen["blocked"], &seen["reported_status"]),
        (&json!(false), &json!("on_track"))
    );
}

#[test]
fn correcting_an_earlier_check_in_leaves_the_present_alone() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let earlier = check_in(
        &alice,
        &acme,
        &json!({ "value": 50, "status": "off_track" }),
    );
    check_in(&alice, &acme, &json!({ "value": 60, "status": "at_risk" }));
    correct(
        &alice,
        &earlier,
        &json!({ "value": 55, "status": "on_track" }),
    )
    .expect(204);
    let seen = key_result(&alice);
    assert_eq!(values(&seen), [40.0, 55.0, 60.0]);
    assert_eq!(seen["current_value"], 60);
    assert_eq!(seen["reported_status"], "at_risk");
    assert_eq!(seen["last_check_in"]["status"], "at_risk");
}

#[test]
fn only_the_last_six_are_on_the_row() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let first = check_in(&alice, &acme, &json!({ "value": 1 }));
    for value in 2..=7 {
        check_in(&alice, &acme, &json!({ "value": value }));
    }
    correct(&alice, &first, &json!({ "value": 99 })).expect(204);
    assert_eq!(values(&key_result(&alice)), [2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
}

#[test]
fn a_later_edit_of_the_value_outlives_the_correction() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let latest = check_in(&alice, &acme, &json!({ "value": 50 }));
    let path = format!("/key-results/{}", acme.key_results.number);
    alice
        .put(&path, &json!({ "current_value": 70 }))
        .expect(200);
    correct(
        &alice,
        &latest,
        &json!({ "value": 55, "status": "at_risk" }),
    )
    .expect(204);
    let seen = key_result(&alice);
    assert_eq!(seen["current_value"], 70);
    assert_eq!(seen["reported_status"], "at_risk");
    assert_eq!(values(&seen), [40.0, 55.0]);
}

#[test]
fn a_correction_must_be_as_valid_as_a_new_check_in() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let latest = check_in(&alice, &acme, &json!({ "value": 50 }));
    for (field, body) in [
        ("value", json!({ "value": "yes" })),
        ("value", json!({ "value": "many" })),
        ("value", json!({ "value": null })),
        ("status", json!({ "status": "red" })),
        ("blocker_note", json!({ "status": "blocked" })),
        (
            "blocker_note",
            json!({ "status": "blocked", "blocker_note": " " }),
        ),
        ("comment", json!({ "comment": "x".repeat(50_001) })),
        (
            "blocker_note",
            json!({ "blocker_note": "x".repeat(50_001) }),
        ),
        ("body has no updatable field", json!({})),
    ] {
        let refusal = correct(&alice, &latest, &body).refusal(400);
        assert!(refusal.starts_with(field), "{body}: {refusal}");
    }
    assert_eq!(key_result(&alice)["current_value"], 50);
}

#[test]
fn nobody_corrects_what_another_reported() {
    let acme = workspace();
    let (alice, carol, dave) = (
        acme.api.signed_in(&acme.sessions.alice),
        acme.api.signed_in(&acme.sessions.carol),
        acme.api.signed_in(&acme.sessions.dave),
    );
    let (secret, hidden) = crate::okr_list::team_okr(&acme);
    let path = format!("/key-results/{hidden}/checkins");
    let by_dave = id(&dave.post(&path, &json!({ "value": 5 })).expect(201));
    let body = json!({ "value": 6 });
    correct(&alice, &by_dave, &body).refusal(403);
    correct(&carol, &by_dave, &body).refusal(404);
    correct(&carol, "nothing", &body).refusal(404);
    let foreign = acme.api.signed_in(&workspace().sessions.alice);
    correct(&foreign, &by_dave, &body).refusal(404);
    correct(&dave, &by_dave, &body).expect(204);
    let detail = dave.read(&format!("/api/app/okrs/{secret}"));
    assert_eq!(detail["okr"]["key_results"][0]["current_value"], 6);
}

#[test]
fn an_edit_is_no_check_in() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let path = format!("/key-results/{}", acme.key_results.number);
    alice
        .put(&path, &json!({ "current_value": 70 }))
        .expect(200);
    let detail = alice.read(&format!("/api/app/okrs/{}", acme.okr));
    let edit = id(find(&detail["check_ins"], "source", "edit"));
    correct(&alice, &edit, &json!({ "value": 71 })).refusal(404);
}
