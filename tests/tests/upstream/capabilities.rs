//! What a deployment in front of the hosted service can do, and what it says it can't.

use okrs_tests::{Api, LISTS, Response};
use serde_json::{Value, json};

use crate::acme::{Acme, acme};

#[test]
fn it_says_what_it_can_do() {
    let acme = acme();
    let here = acme.alice().read("/api/app/capabilities");
    let there = acme.service.signed_in(&acme.sessions.alice);
    let there = there.read("/api/app/capabilities");
    assert_eq!(here["backend"], "upstream");
    assert_eq!(there["backend"], "d1");
    let (here, there) = (here.as_object().unwrap(), there.as_object().unwrap());
    assert_eq!(here.len(), 7);
    for (name, can) in here.iter().filter(|(name, _)| *name != "backend") {
        assert_eq!((can, &there[name]), (&json!(false), &json!(true)), "{name}");
    }
    acme.key
        .without_key()
        .get("/api/app/capabilities")
        .refusal(401);
}

#[track_caller]
fn is_not_available(answer: &Response) {
    assert_eq!(answer.expect(409)["error"], "not_available", "{answer:?}");
}

#[test]
fn what_the_hosted_service_cannot_do_is_refused_and_changes_nothing() {
    let acme = acme();
    acme.copy();
    let alice = acme.alice();
    let check_in = check_in_of(&acme, &alice);
    let before = LISTS.map(|path| acme.service.get(path).body);
    let writes = acme.line.writes().len();
    let cycle = json!({ "name": "Next", "start_date": "2031-01-01", "end_date": "2031-03-31" });
    let review_cycle = json!({ "name": "R", "participants": [], "questions": [] });
    let (active, kpi) = (&acme.cycles.active, &acme.kpi);
    for (method, path, body) in [
        ("POST", "/cycles".to_owned(), cycle.clone()),
        ("PATCH", format!("/cycles/{active}"), json!({ "name": "N" })),
        ("POST", format!("/cycles/{active}/clone"), cycle),
        ("POST", "/review-cycles".to_owned(), review_cycle),
        (
            "PATCH",
            format!("/check-ins/{check_in}"),
            json!({ "value": 1 }),
        ),
        ("DELETE", format!("/check-ins/{check_in}"), Value::Null),
        ("POST", format!("/okrs/{}/restore", acme.okr), Value::Null),
        ("PATCH", format!("/kpis/{kpi}"), json!({ "name": "N" })),
        (
            "PATCH",
            format!("/kpis/{kpi}"),
            json!({ "target_value": 1 }),
        ),
        ("DELETE", format!("/kpis/{kpi}"), Value::Null),
    ] {
        let request = alice.request(method, &format!("/api/app{path}"));
        let request = match method {
            "DELETE" => request,
            _ => request.json(&body),
        };
        is_not_available(&request.send());
    }
    assert_eq!(acme.line.writes().len(), writes);
    assert_eq!(LISTS.map(|path| acme.service.get(path).body), before);
}

/// A check-in of Alice's.
fn check_in_of(acme: &Acme, alice: &Api) -> String {
    let made = alice.post(&acme.check_ins(), &json!({ "value": 41 }));
    made.expect(201)["id"].as_str().unwrap().to_owned()
}

#[test]
fn the_budget_goes_down_with_what_is_sent_and_is_nobodys_business_outside() {
    let acme = acme();
    acme.copy();
    let first = acme.alice().read("/api/app/budget");
    assert_eq!(first["limit"], 60);
    assert_eq!(first["waiting_writes"], 0);
    assert_eq!(first["undecided_writes"], 0);
    assert_eq!(first["failed_writes"], 0);
    assert_eq!(first["paused_for_seconds"], Value::Null);
    assert_eq!(first["is_stale"], false);
    let resets = first["resets_in_seconds"].as_u64().unwrap();
    assert!((1..=60).contains(&resets), "{first}");
    acme.key
        .post(&acme.check_ins(), &json!({ "value": 41 }))
        .expect(201);
    let second = acme.alice().read("/api/app/budget");
    let left = |budget: &Value| budget["left"].as_u64().unwrap();
    // Unless a minute began in between.
    let began = second["resets_in_seconds"].as_u64().unwrap() > resets;
    assert!(began || left(&second) < left(&first), "{first} {second}");

    acme.key.without_key().get("/api/app/budget").refusal(401);
    let there = acme.service.signed_in(&acme.sessions.alice);
    there.get("/api/app/budget").refusal(404);
}
