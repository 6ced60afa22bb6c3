//! Check-ins of key results.

use okrs_tests::{Workspace, workspace};
use serde_json::{Value, json};

use crate::shapes::{CHECK_IN, assert_shape, key_result};

fn path(id: impl std::fmt::Display) -> String {
    format!("/key-results/{id}/checkins")
}

#[test]
fn a_check_in_is_answered_in_full_and_shows_at_once() {
    let acme = workspace();
    let body = json!({"value": 70, "comment": "New flow shipped", "status": "on_track"});
    let response = acme.api.post(&path(&acme.key_results.number), &body);
    let check_in = response.expect(201);
    assert_shape(&check_in, CHECK_IN);
    assert_eq!(check_in["okr_id"], acme.okr.as_str());
    assert_eq!(check_in["key_result_id"], acme.key_results.number.as_str());
    assert_eq!(check_in["comment"], "New flow shipped");
    assert_eq!(check_in["blocker_note"], Value::Null);
    assert!(response.text().contains(r#""value":70,"#), "{response:?}");
    assert_eq!(response.header("deprecation"), None);
    let listed = key_result(&acme.api, acme.key_results.number.as_str());
    assert_eq!(listed["current_value"], 70);
    assert_eq!(listed["progress"], json!(0.7));
    assert_eq!(listed["status"], "on_track");
}

#[test]
fn the_old_address_does_the_same_and_says_that_it_is_old() {
    let acme = workspace();
    let id = &acme.key_results.number;
    let body = json!({"value": 82, "comment": "From the pipeline", "status": "at_risk"});
    let response = acme.api.post(&format!("/okrs/{id}/checkins"), &body);
    let check_in = response.expect(200);
    assert_shape(&check_in, CHECK_IN);
    assert_eq!(check_in["okr_id"], acme.okr.as_str());
    assert_eq!(check_in["key_result_id"], id.as_str());
    assert!(response.header("deprecation").is_some(), "{response:?}");
    let link = response.header("link").unwrap();
    assert_eq!(
        link,
        format!("</api/v1/key-results/{id}/checkins>; rel=\"successor-version\"")
    );
    let listed = key_result(&acme.api, id.as_str());
    assert_eq!(
        (&listed["current_value"], &listed["status"]),
        (&json!(82), &json!("at_risk"))
    );
}

#[test]
fn the_old_address_tells_whoever_sends_an_okr_id_what_it_wants() {
    let acme = workspace();
    let before = acme.api.read("/okrs");
    let message = acme
        .api
        .post(
            &format!("/okrs/{}/checkins", acme.okr),
            &json!({"value": 1}),
        )
        .refusal(404);
    let message = message.to_lowercase();
    assert!(
        message.contains("key result") && message.contains("okr"),
        "{message}"
    );
    assert_eq!(acme.api.read("/okrs"), before);
}

#[test]
fn the_status_is_on_track_unless_said_otherwise() {
    let acme = workspace();
    let id = acme.key_results.number.as_str();
    for (said, stored) in [
        (json!("off_track"), "off_track"),
        (Value::Null, "on_track"),
        (json!("at_risk"), "at_risk"),
        (json!("on_track"), "on_track"),
    ] {
        let check_in = acme
            .api
            .post(&path(id), &json!({"value": 10, "status": said}))
            .expect(201);
        assert_eq!(check_in["status"], stored);
        assert_eq!(key_result(&acme.api, id)["status"], stored);
    }
    acme.api
        .post(&path(id), &json!({"value": 10, "status": "at_risk"}))
        .expect(201);
    // Left out, not carried forward.
    let check_in = acme.api.post(&path(id), &json!({"value": 10})).expect(201);
    assert_eq!(check_in["status"], "on_track");
    assert_eq!(key_result(&acme.api, id)["status"], "on_track");
}

#[test]
fn a_blocker_needs_a_note_and_is_at_risk_at_least() {
    let acme = workspace();
    let id = acme.key_results.number.as_str();
    let before = acme.api.read("/okrs");
    for note in [Value::Null, json!(""), json!(" \n\t")] {
        let body = json!({"value": 90, "status": "blocked", "blocker_note": note});
        let message = acme.api.post(&path(id), &body).refusal(400);
        assert!(message.contains("blocker_note"), "{message}");
    }
    let message = acme
        .api
        .post(&path(id), &json!({"value": 90, "status": "blocked"}))
        .refusal(400);
    assert!(message.contains("blocker_note"), "{message}");
    assert_eq!(acme.api.read("/okrs"), before);

    // About half of the cycle is over: 90 of 100 is ahead of the pace, 1 of 100 far behind it.
    for (value, stored) in [(90, "at_risk"), (1, "off_track")] {
        let body =
            json!({"value": value, "status": "blocked", "blocker_note": "  Waiting for legal "});
        let check_in = acme.api.post(&path(id), &body).expect(201);
        assert_eq!(check_in["status"], "blocked");
        assert_eq!(check_in["blocker_note"], "Waiting for legal");
        assert_eq!(key_result(&acme.api, id)["status"], stored);
    }
    acme.api.post(&path(id), &json!({"value": 91})).expect(201);
    assert_eq!(key_result(&acme.api, id)["status"], "on_track");
}

#[test]
fn a_note_without_a_blocker_is_dropped() {
    let acme = workspace();
    for status in ["on_track", "at_risk", "off_track"] {
        let body = json!({"value": 5, "status": status, "blocker_note": "Waiting"});
        let check_in = acme
            .api
            .post(&path(&acme.key_results.number), &body)
            .expect(201);
        assert_eq!(check_in["blocker_note"], Value::Null);
    }
}

#[test]
fn a_boolean_key_result_takes_yes_and_no_in_any_form() {
    let acme = workspace();
    let id = acme.key_results.boolean.as_str();
    for (said, stored) in [
        (json!("yes"), "1"),
        (json!("no"), "0"),
        (json!("Yes"), "1"),
        (json!("NO"), "0"),
        (json!(" Yes "), "1"),
        (json!("true"), "1"),
        (json!("0"), "0"),
        (json!(true), "1"),
        (json!(false), "0"),
        (json!(1), "1"),
        (json!(0), "0"),
        (json!(1.0), "1"),
    ] {
        let check_in = acme
            .api
            .post(&path(id), &json!({ "value": said }))
            .expect(201);
        assert_eq!(check_in["value"].to_string(), stored, "{said}");
        let listed = key_result(&acme.api, id);
        assert_eq!(listed["current_value"].to_string(), stored, "{said}");
        assert_eq!(listed["progress"].to_string(), stored, "{said}");
    }
}

#[test]
fn a_boolean_key_result_takes_nothing_in_between() {
    let acme = workspace();
    let values = [
        json!(0.5),
        json!(2),
        json!(-1),
        json!("2"),
        json!("maybe"),
        json!(""),
    ];
    refuses(&acme, acme.key_results.boolean.as_str(), &values);
}

#[test]
fn other_key_results_take_numbers_only() {
    let acme = workspace();
    let values = [
        json!("70"),
        json!("yes"),
        json!("no"),
        json!(true),
        json!(false),
        Value::Null,
        json!([70]),
        json!({"value": 70}),
        json!(""),
    ];
    refuses(&acme, acme.key_results.number.as_str(), &values);
    refuses(
        &acme,
        acme.key_results.percentage.as_str(),
        &[json!("yes"), json!(true)],
    );
    refuses(
        &acme,
        acme.key_results.currency.as_str(),
        &[json!("no"), json!("70")],
    );
    let message = acme
        .api
        .post(&path(&acme.key_results.number), &json!({}))
        .refusal(400);
    assert!(message.contains("value"), "{message}");
}

fn refuses(acme: &Workspace, id: &str, values: &[Value]) {
    let before = acme.bulk().read("/okrs");
    for value in values {
        for path in [path(id), format!("/okrs/{id}/checkins")] {
            let message = acme
                .bulk()
                .post(&path, &json!({ "value": value }))
                .refusal(400);
            assert!(message.contains("value"), "{value}: {message}");
        }
    }
    assert_eq!(acme.bulk().read("/okrs"), before);
}

#[test]
fn a_value_may_be_anything_a_number_can_be() {
    let acme = workspace();
    let id = acme.key_results.number.as_str();
    // Beyond the target, below the start, backwards, and with a fraction.
    for (sent, printed) in [
        ("150", "150"),
        ("-20", "-20"),
        ("0.1", "0.1"),
        ("41.50", "41.5"),
        ("1e3", "1000"),
        ("-0.0", "0"),
        ("9007199254740991", "9007199254740991"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("5e-324", "5e-324"),
    ] {
        let response = acme
            .api
            .request("POST", &path(id))
            .body(format!(r#"{{"value": {sent}}}"#))
            .send();
        response.expect(201);
        let value = format!(r#""value":{printed},"#);
        assert!(response.text().contains(&value), "{sent}: {response:?}");
        let list = acme.api.get("/okrs");
        let current = format!(r#""current_value":{printed},"#);
        assert!(list.text().contains(&current), "{sent}: {}", list.text());
    }
}

#[test]
fn a_cycle_that_ended_or_is_to_come_can_still_be_checked_in() {
    let acme = workspace();
    for cycle in [&acme.cycles.ended, &acme.cycles.upcoming] {
        let okr = format!("/okrs/{}", acme.okr);
        acme.api
            .put(&okr, &json!({"cycle_id": cycle.as_str()}))
            .expect(200);
        for body in [
            json!({"value": 50}),
            json!({"value": 51, "status": "blocked", "blocker_note": "Frozen"}),
        ] {
            acme.api
                .post(&path(&acme.key_results.number), &body)
                .expect(201);
        }
    }
}

#[test]
fn an_unknown_key_result_is_not_found() {
    let acme = workspace();
    for id in [
        "01900000-0000-7000-8000-000000000000",
        "x",
        acme.okr.as_str(),
        acme.kpi.as_str(),
    ] {
        let message = acme.api.post(&path(id), &json!({"value": 1})).refusal(404);
        assert!(message.contains("Key result"), "{message}");
        let blocked = json!({"value": 1, "status": "blocked", "blocker_note": "Lost"});
        acme.api.post(&path(id), &blocked).refusal(404);
    }
}
