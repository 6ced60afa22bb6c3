//! What `GET /api/app/home` says of a workspace that is being begun.

use chrono::Datelike as _;
use okrs_tests::{Api, SETUP_TOKEN, server, today};
use serde_json::{Value, json};

/// The only person of a workspace without anything in it.
fn new_admin() -> Api {
    let api = server().anonymous();
    let body = json!({
        "token": SETUP_TOKEN, "workspace": "Rowan", "timezone": "UTC",
        "name": "Robin Frost", "email": "robin@rowan.test", "password": "a new beginning",
    });
    let answer = api
        .request("POST", "/api/app/set-up")
        .header("sec-fetch-site", "same-origin")
        .json(&body)
        .send();
    answer.expect(201);
    api.signed_in(&answer.session())
}

#[test]
fn an_admin_sees_how_far_a_workspace_is_begun_until_it_is() {
    let robin = new_admin();
    let steps = || robin.read("/api/app/home")["first_steps"].clone();
    let told = |cycle, colleague, okr, check_in| {
        json!({
            "has_cycle": cycle, "has_colleague": colleague, "has_okr": okr, "has_check_in": check_in,
        })
    };
    assert_eq!(steps(), told(false, false, false, false));
    let year = today().year();
    let cycle = json!({
        "name": "This year", "start_date": format!("{year}-01-01"), "end_date": format!("{year}-12-31"),
    });
    let cycle = robin.post("/api/app/cycles", &cycle).expect(201);
    let okr = json!({ "title": "Grow with care", "type": "company", "cycle_id": cycle["id"] });
    let okr = robin.post("/okrs", &okr).expect(201);
    assert_eq!(steps(), told(true, false, true, false));
    let path = format!("/okrs/{}/key-results", okr["id"].as_str().unwrap());
    let body = json!({
        "title": "Signups", "metric_type": "number", "start_value": 0, "target_value": 100,
    });
    let key_result = robin.post(&path, &body).expect(201);
    let path = format!(
        "/key-results/{}/checkins",
        key_result["id"].as_str().unwrap()
    );
    robin.post(&path, &json!({ "value": 1 })).expect(201);
    assert_eq!(steps(), told(true, false, true, true));
    let sam = json!({ "email": "sam@example.test", "name": "Sam Alder" });
    robin.post("/api/app/members", &sam).expect(201);
    assert_eq!(steps(), Value::Null);
}

#[test]
fn the_first_steps_are_for_admins() {
    let robin = new_admin();
    assert!(robin.read("/api/app/home")["first_steps"].is_object());
    let sam = json!({ "email": "sam@example.test", "name": "Sam Alder", "role": "manager" });
    let invited = robin.post("/api/app/members", &sam).expect(201);
    let link = invited["link"]["url"].as_str().unwrap();
    let token = link.rsplit('#').next().unwrap();
    let body = json!({ "token": token, "password": "another-password" });
    let sam = robin.post("/api/app/password-links/use", &body);
    let sam = robin.signed_in(&sam.session());
    assert_eq!(sam.read("/api/app/home")["first_steps"], Value::Null);
}
