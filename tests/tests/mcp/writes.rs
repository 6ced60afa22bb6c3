//! Tools that change something.

use okrs_tests::{Api, Workspace, workspace};
use serde_json::{Value, json};

use crate::asking::{done, refused};

fn key_result(acme: &Workspace, id: &str) -> Value {
    let okr = acme.bulk().read("/okrs")[0].clone();
    let key_results = okr["key_results"].as_array().unwrap();
    key_results
        .iter()
        .find(|own| own["id"] == id)
        .unwrap()
        .clone()
}

fn check_in(api: &Api, arguments: Value) -> Value {
    done(api, "create_checkin", arguments)
}

fn history(acme: &Workspace, id: &str) -> Vec<Value> {
    let listed = done(
        &acme.bulk(),
        "list_check_ins",
        json!({ "kr_id": id, "limit": 50 }),
    );
    listed["check_ins"].as_array().unwrap().clone()
}

#[test]
fn a_check_in_is_recorded_with_its_note() {
    let acme = workspace();
    let id = acme.key_results.number.as_str();
    let made = check_in(
        &acme.api,
        json!({ "kr_id": id, "value": 55, "note": "Shipped", "status": "at_risk" }),
    );
    assert_eq!(
        (&made["value"], &made["comment"]),
        (&json!(55), &json!("Shipped"))
    );
    assert_eq!(
        (&made["key_result_id"], &made["okr_id"]),
        (&json!(id), &json!(acme.okr.as_str()))
    );
    let seen = key_result(&acme, id);
    assert_eq!(
        (&seen["current_value"], &seen["status"]),
        (&json!(55), &json!("at_risk"))
    );
    assert_eq!(history(&acme, id)[0]["id"], made["id"]);
    let yes_or_no = acme.key_results.boolean.as_str();
    assert_eq!(
        check_in(&acme.api, json!({ "kr_id": yes_or_no, "value": "yes" }))["value"],
        1
    );
    assert_eq!(
        check_in(&acme.api, json!({ "kr_id": yes_or_no, "value": false }))["value"],
        0
    );
}

#[test]
fn a_status_that_is_not_given_is_carried_forward() {
    let acme = workspace();
    let id = acme.key_results.percentage.as_str();
    // Nothing has been said about it yet.
    assert_eq!(
        check_in(&acme.api, json!({ "kr_id": id, "value": 36 }))["status"],
        "on_track"
    );
    assert_eq!(key_result(&acme, id)["status"], "on_track");
    for (nth, status) in ["at_risk", "off_track", "on_track", "off_track"]
        .into_iter()
        .enumerate()
    {
        let note = format!("No. {nth}");
        check_in(
            &acme.bulk(),
            json!({ "kr_id": id, "value": 37, "status": status, "note": note }),
        );
        let next = check_in(
            &acme.bulk(),
            json!({ "kr_id": id, "value": 38, "note": note }),
        );
        assert_eq!(next["status"], status);
        assert_eq!(key_result(&acme, id)["status"], status);
    }
    let untouched = acme.key_results.currency.as_str();
    assert_eq!(key_result(&acme, untouched)["status"], "not_started");
    assert_eq!(
        check_in(&acme.api, json!({ "kr_id": untouched, "value": 8 }))["status"],
        "on_track"
    );
    assert_eq!(key_result(&acme, untouched)["status"], "on_track");
}

#[test]
fn a_blocker_is_carried_forward_with_its_note_until_something_else_is_said() {
    let acme = workspace();
    let id = acme.key_results.number.as_str();
    let blocked =
        json!({ "kr_id": id, "value": 50, "status": "blocked", "blocker_note": " Legal " });
    assert_eq!(check_in(&acme.api, blocked)["blocker_note"], "Legal");
    let next = check_in(&acme.api, json!({ "kr_id": id, "value": 51 }));
    assert_eq!(
        (&next["status"], &next["blocker_note"]),
        (&json!("blocked"), &json!("Legal"))
    );
    let okr = done(&acme.api, "get_okr", json!({ "okr_id": acme.okr.as_str() }));
    assert_eq!(okr["key_results"][0]["blocked"], true);
    assert_eq!(okr["key_results"][0]["blocker"], "Legal");
    let risks = done(&acme.bulk(), "get_risks", json!({}));
    let mut risks = risks["risks"].as_array().unwrap().iter();
    assert_eq!(
        risks.find(|risk| risk["id"] == id).unwrap()["blocker"],
        "Legal"
    );
    assert_eq!(key_result(&acme, id)["status"], "at_risk");
    let free = check_in(
        &acme.api,
        json!({ "kr_id": id, "value": 52, "status": "on_track" }),
    );
    assert_eq!(free["blocker_note"], Value::Null);
    let okr = done(&acme.api, "get_okr", json!({ "okr_id": acme.okr.as_str() }));
    assert_eq!(okr["key_results"][0]["blocked"], false);
    assert_eq!(okr["key_results"][0]["blocker"], Value::Null);
}

#[test]
fn a_repeat_within_a_minute_is_answered_from_the_first() {
    let acme = workspace();
    let id = acme.key_results.number.as_str();
    let before = history(&acme, id).len();
    let arguments = json!({ "kr_id": id, "value": 60, "note": "Again" });
    let first = check_in(&acme.bulk(), arguments.clone());
    for _ in 0..5 {
        assert_eq!(check_in(&acme.bulk(), arguments.clone()), first);
    }
    assert_eq!(history(&acme, id).len(), before + 1);
    let other = check_in(
        &acme.bulk(),
        json!({ "kr_id": id, "value": 60, "note": "Once more" }),
    );
    assert_ne!(other["id"], first["id"]);
    // Another key is another sender.
    let of_other = check_in(
        &acme.api.with(acme.keys.only("okr-checkins:write")),
        arguments.clone(),
    );
    assert_ne!(of_other["id"], first["id"]);
    assert_eq!(history(&acme, id).len(), before + 3);
}

#[test]
fn many_repeats_at_once_are_one_check_in() {
    let acme = workspace();
    let id = acme.key_results.number.as_str();
    let before = history(&acme, id).len();
    let ids: Vec<Value> = std::thread::scope(|scope| {
        let calls: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    check_in(&acme.bulk(), json!({ "kr_id": id, "value": 61 }))["id"].clone()
                })
            })
            .collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(history(&acme, id).len(), before + 1);
}

#[test]
fn a_refused_check_in_is_not_remembered() {
    let acme = workspace();
    let arguments = json!({ "kr_id": "nothing", "value": 1 });
    for _ in 0..2 {
        assert_eq!(
            refused(&acme.api, "create_checkin", arguments.clone()).0,
            "not_found"
        );
    }
}

#[test]
fn a_kpi_value_is_recorded_once_within_a_minute() {
    let acme = workspace();
    let arguments = json!({ "kpi_id": acme.kpi.as_str(), "value": 4000.5, "comment": "Measured" });
    let first = done(&acme.api, "update_kpi", arguments.clone());
    assert_eq!(
        (&first["previous_value"], &first["new_value"]),
        (&json!(3721), &json!(4000.5))
    );
    assert_eq!(done(&acme.api, "update_kpi", arguments), first);
    let kpi = &acme.api.read("/kpis")[0];
    assert_eq!(kpi["current"], json!(4000.5));
    let lower = done(
        &acme.api,
        "update_kpi",
        json!({ "kpi_id": acme.kpi.as_str(), "value": 3000 }),
    );
    assert_eq!(lower["previous_value"], json!(4000.5));
    let seen = &done(&acme.api, "get_kpis", json!({}))["kpis"][0];
    assert_eq!(
        (&seen["trend"], &seen["status"]),
        (&json!("worsening"), &json!("at_risk"))
    );
}

#[test]
fn a_write_is_seen_by_the_public_api_at_once() {
    let acme = workspace();
    let before = acme.bulk().get("/okrs");
    let id = acme.key_results.number.as_str();
    for value in 70..75 {
        check_in(&acme.bulk(), json!({ "kr_id": id, "value": value }));
        let etag = before.header("etag").unwrap();
        let now = acme
            .bulk()
            .request("GET", "/okrs")
            .header("if-none-match", etag)
            .send();
        assert_eq!(now.expect(200)[0]["key_results"][0]["current_value"], value);
    }
}
