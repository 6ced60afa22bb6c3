//! Answers that were lost: the write is done once or not at all, and whoever asked learns which.

use std::thread;

use okrs_tests::{Fault, PASSWORD, Response};
use serde_json::{Value, json};

use crate::acme::{Acme, acme, called, new_okr};
use crate::waiting::{SETTLES, accepted, eventually, location, settled, unavailable};

const OVER: [&str; 2] = ["done", "failed"];

/// Every kind of write that makes something or changes it for all to see.
fn writes(acme: &Acme) -> Vec<(&'static str, String, Value)> {
    let (okr, number) = (&acme.okr, &acme.key_results.number);
    let key_result = json!({
        "title": "Made once", "metric_type": "number", "start_value": 0, "target_value": 10,
    });
    vec![
        ("POST", acme.check_ins(), json!({ "value": 45 })),
        (
            "POST",
            format!("/okrs/{number}/checkins"),
            json!({ "value": 46 }),
        ),
        ("POST", "/okrs".to_owned(), new_okr(acme, "Made once")),
        ("POST", format!("/okrs/{okr}/key-results"), key_result),
        (
            "POST",
            "/kpis".to_owned(),
            json!({ "name": "Made once", "current_value": 1 }),
        ),
        (
            "POST",
            format!("/kpis/{}/updates", acme.kpi),
            json!({ "value": 4000 }),
        ),
        (
            "POST",
            "/initiatives".to_owned(),
            json!({ "title": "Made once" }),
        ),
        (
            "PUT",
            format!("/initiatives/{}", acme.initiative),
            json!({ "status": "done" }),
        ),
        (
            "PUT",
            format!("/key-results/{number}"),
            json!({ "title": "Renamed" }),
        ),
        ("PUT", format!("/okrs/{okr}"), json!({ "title": "Renamed" })),
        (
            "DELETE",
            format!("/key-results/{}", acme.key_results.boolean),
            Value::Null,
        ),
        (
            "DELETE",
            format!("/initiatives/{}", acme.initiative),
            Value::Null,
        ),
        ("DELETE", format!("/okrs/{okr}"), Value::Null),
    ]
}

fn send(acme: &Acme, write: &(&str, String, Value), prefer: &str) -> Response {
    let (method, path, body) = write;
    let request = acme.key.request(method, path).header("prefer", prefer);
    match body {
        Value::Null => request.try_send().unwrap(),
        body => request.json(body).try_send().unwrap(),
    }
}

/// Asserts that the hosted service did it once. Changes and deletes may be repeated: it is as if
/// they had been done once.
#[track_caller]
fn was_done_once(acme: &Acme, write: &(&str, String, Value)) {
    let times = times_done(acme, write);
    assert!(times == 1 || write.0 != "POST", "{write:?}: {times} times");
    assert!(times > 0, "{write:?}");
}

/// How often the hosted service did it.
fn times_done(acme: &Acme, write: &(&str, String, Value)) -> usize {
    let sent = acme.line.writes();
    let done = sent.iter().filter(|sent| {
        let took_effect = sent.status.is_some_and(|status| status < 300);
        sent.method == write.0 && sent.path == format!("/api/v1{}", write.1) && took_effect
    });
    done.count()
}

/// Sends every write while this goes wrong, and asserts that each is done once in the end.
#[track_caller]
fn every_write_is_done_once(acme: &Acme, fault: Fault) {
    for write in writes(acme) {
        acme.line.set_for_writes(fault);
        let answer = send(acme, &write, "respond-async");
        accepted(&answer);
        acme.line.set(Fault::None);
        let over = settled(&acme.key, &location(&answer), &OVER);
        assert_eq!(over["state"], "done", "{write:?}: {over}");
        was_done_once(acme, &write);
    }
}

#[test]
fn what_the_hosted_service_did_is_its_authors_though_they_have_signed_out_meanwhile() {
    let acme = acme();
    acme.copy();
    let alice = acme.alice();
    let body = json!({ "email": format!("alice@{}", acme.domain), "password": PASSWORD });
    let page = acme.key.signed_out();
    let leaving = page.post("/api/app/sessions", &body).session();
    let leaving = acme.key.signed_in(&leaving);
    acme.line.set_for_writes(Fault::LostAnswer);
    let request = leaving.request("POST", "/okrs");
    let request = request.header("prefer", "respond-async");
    let answer = request.json(&new_okr(&acme, "Before leaving")).send();
    accepted(&answer);
    leaving.delete("/api/app/sessions/current").expect(204);
    acme.line.set(Fault::None);
    // Whoever looks meanwhile reads what the service has: that is not yet taken into the copy.
    settled(&alice, &location(&answer), &["in_doubt"]);
    let titles = acme.key.read("/okrs");
    assert_eq!(called(&titles, "Before leaving"), 1, "{titles}");
    let over = settled(&alice, &location(&answer), &OVER);
    assert_eq!(over["state"], "done", "{over}");
    let page = alice.read("/api/app/audit-log?action=okr.create");
    let entry = &page["entries"][0];
    assert_eq!(entry["subject_title"], "Before leaving", "{page}");
    assert_eq!(entry["member_id"], acme.alice.as_str(), "{page}");
}

#[test]
fn a_lost_answer_never_makes_it_done_twice() {
    let acme = acme();
    acme.copy();
    every_write_is_done_once(&acme, Fault::LostAnswer);
    assert_eq!(called(&acme.service.read("/okrs"), "Made once"), 1);
    assert_eq!(called(&acme.service.read("/kpis"), "Made once"), 1);
    assert_eq!(called(&acme.service.read("/initiatives"), "Made once"), 1);
}

#[test]
fn a_request_that_never_arrived_is_sent_again_until_it_is_done_once() {
    let acme = acme();
    acme.copy();
    every_write_is_done_once(&acme, Fault::Cut);
}

#[test]
fn what_something_before_the_service_answers_does_not_pass_for_done() {
    // Each waits for its own workspace's budget.
    thread::scope(|scope| {
        for fault in [Fault::OtherShape, Fault::Page, Fault::Status(404)] {
            scope.spawn(move || {
                let acme = acme();
                acme.copy();
                every_write_is_done_once(&acme, fault);
            });
        }
    });
}

#[test]
fn a_plain_client_is_told_what_is_known_and_where_the_rest_will_be() {
    for fault in [Fault::LostAnswer, Fault::Cut, Fault::Truncated, Fault::Page] {
        let acme = acme();
        acme.copy();
        let write = ("POST", acme.check_ins(), json!({ "value": 45 }));
        acme.line.set_for_writes(fault);
        let answer = send(&acme, &write, "");
        assert_eq!(unavailable(&answer), "in_doubt", "{fault:?}");
        acme.line.set(Fault::None);
        let over = settled(&acme.key, &location(&answer), &OVER);
        let times = usize::from(over["state"] == "done");
        assert_eq!(times_done(&acme, &write), times, "{fault:?}: {over}");
        let reported = acme.reported(acme.key_results.number.as_str());
        assert_eq!(reported.len(), times, "{fault:?}: {over}");
    }
}

#[test]
fn what_the_hosted_service_certainly_did_not_do_can_be_asked_again() {
    for status in [500, 503] {
        let acme = acme();
        acme.copy();
        let write = ("POST", acme.check_ins(), json!({ "value": 45 }));
        acme.line.set_for_writes(Fault::Status(status));
        let answer = send(&acme, &write, "");
        let code = unavailable(&answer);
        acme.line.set(Fault::None);
        // A 500 may have come after it was done.
        if code == "in_doubt" {
            settled(&acme.key, &location(&answer), &OVER);
        } else {
            assert_eq!(code, "upstream_unavailable");
            assert!(answer.header("retry-after").is_some(), "{answer:?}");
            assert_eq!(times_done(&acme, &write), 0);
        }
        assert!(times_done(&acme, &write) <= 1);
    }
}

#[test]
fn a_repeat_gets_the_first_outcome() {
    let acme = acme();
    acme.copy();
    let post = |value: i64| {
        let request = acme.key.request("POST", &acme.check_ins());
        let request = request.header("idempotency-key", "k");
        request.json(&json!({ "value": value })).try_send().unwrap()
    };
    acme.line.set_for_writes(Fault::LostAnswer);
    let lost = post(45);
    assert_eq!(unavailable(&lost), "in_doubt");
    acme.line.set(Fault::None);
    let first = eventually("the outcome", SETTLES, || {
        let answer = post(45);
        (answer.status == 201).then_some(answer)
    });
    let again = post(45);
    assert_eq!((again.status, &again.body), (201, &first.body));
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(first.expect(201)["value"], 45);
    post(46).refusal(422);
    assert_eq!(acme.reported(acme.key_results.number.as_str()), [45]);
}

#[test]
fn what_cannot_be_known_is_shown_and_sent_again_only_if_somebody_says_so() {
    let acme = acme();
    let location = acme.undecidable(Fault::Cut);
    let alice = acme.alice();
    let shown = alice.read("/api/app/pending-writes");
    assert_eq!(shown[0]["member_id"], acme.alice.as_str(), "{shown}");
    assert_eq!(shown[0]["state"], "undecided", "{shown}");
    let decision = format!("{location}/decision");
    alice
        .post(&decision, &json!({ "decision": "perhaps" }))
        .refusal(400);
    alice.post(&decision, &json!({ "decision": "send" }));
    let over = settled(&alice, &location, &OVER);
    assert_eq!(over["state"], "done", "{over}");
    let reported = acme.reported(acme.key_results.number.as_str());
    assert_eq!(reported, [50, 50]);
    let budget = alice.read("/api/app/budget");
    assert_eq!(budget["undecided_writes"], 0, "{budget}");
}

#[test]
fn what_took_effect_after_all_is_dropped_by_whom_it_belongs_to() {
    let acme = acme();
    let location = acme.undecidable(Fault::LostAnswer);
    let carol = acme.key.signed_in(&acme.sessions.carol);
    let drop = json!({ "decision": "drop" });
    let decision = format!("{location}/decision");
    // Neither hers nor is she an admin.
    assert_eq!(carol.read("/api/app/pending-writes"), json!([]));
    carol.get(&location).refusal(404);
    carol.post(&decision, &drop).refusal(404);
    let alice = acme.alice();
    alice.post(&decision, &drop);
    let over = settled(&alice, &location, &OVER);
    assert_eq!(over["state"], "failed", "{over}");
    let reported = acme.reported(acme.key_results.number.as_str());
    assert_eq!(reported, [50, 50]);
    alice.post(&decision, &drop).refusal(409);
}

#[test]
fn whoever_stands_behind_a_write_in_doubt_waits_for_what_became_of_it_or_hears_of_it() {
    let acme = acme();
    acme.copy();
    let lost = ("POST", acme.check_ins(), json!({ "value": 45 }));
    let next = |value: i64| {
        acme.key
            .request("POST", &acme.check_ins())
            .json(&json!({ "value": value }))
            .try_send()
            .unwrap()
    };
    acme.line.set_for_writes(Fault::LostAnswer);
    assert_eq!(unavailable(&send(&acme, &lost, "")), "in_doubt");
    acme.line.set(Fault::None);
    next(46).expect(201);
    assert_eq!(acme.reported(acme.key_results.number.as_str()), [45, 46]);

    acme.line.set(Fault::LostAnswer);
    assert_eq!(unavailable(&send(&acme, &lost, "")), "in_doubt");
    let behind = next(47);
    assert_eq!(unavailable(&behind), "upstream_unavailable");
    let message = behind.json()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("earlier change"), "{message}");
    assert!(behind.header("retry-after").is_some(), "{behind:?}");
    acme.line.set(Fault::None);
    assert!(
        !acme
            .reported(acme.key_results.number.as_str())
            .contains(&47)
    );
}

#[test]
fn what_is_not_passed_on_to_the_service_waits_and_is_not_in_doubt() {
    let acme = acme();
    acme.copy();
    acme.line.set_for_writes(Fault::Status(404));
    let write = ("POST", acme.check_ins(), json!({ "value": 45 }));
    assert_eq!(
        unavailable(&send(&acme, &write, "")),
        "upstream_unavailable"
    );
    let answer = send(&acme, &write, "respond-async");
    assert_eq!(accepted(&answer)["state"], "waiting");
    acme.line.set(Fault::None);
    let over = settled(&acme.key, &location(&answer), &OVER);
    assert_eq!(over["state"], "done", "{over}");
    was_done_once(&acme, &write);
}
