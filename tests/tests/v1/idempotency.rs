//! `Idempotency-Key`: a repeated request does nothing and gets the first answer.

use std::thread;

use okrs_tests::{Api, Response, Seeded, workspace};
use serde_json::{Value, json};

fn post(api: &Api, path: &str, key: &str, body: &Value) -> Response {
    api.request("POST", path)
        .header("idempotency-key", key)
        .json(body)
        .send()
}

/// Every POST with a body it accepts and the status it answers with.
fn posts(acme: &Seeded) -> Vec<(String, Value, u16)> {
    let okr = json!({ "title": "T", "type": "org", "cycle_id": acme.cycles.active.as_str() });
    let key_result =
        json!({ "title": "T", "metric_type": "number", "start_value": 0.1, "target_value": 1 });
    let check_in = json!({ "value": 0.30000000000000004, "comment": "c" });
    let initiative = json!({ "title": "T", "kr_id": acme.key_results.number.as_str() });
    vec![
        ("/okrs".to_owned(), okr, 201),
        (format!("/okrs/{}/key-results", acme.okr), key_result, 201),
        (
            format!("/key-results/{}/checkins", acme.key_results.number),
            check_in.clone(),
            201,
        ),
        (
            format!("/okrs/{}/checkins", acme.key_results.number),
            check_in.clone(),
            200,
        ),
        (
            "/kpis".to_owned(),
            json!({ "name": "N", "current_value": 1.5 }),
            201,
        ),
        (format!("/kpis/{}/updates", acme.kpi), check_in, 200),
        ("/initiatives".to_owned(), initiative, 201),
    ]
}

#[test]
fn a_repeat_gets_the_first_answer_byte_for_byte_and_does_nothing() {
    let acme = workspace();
    for (path, body, status) in posts(&acme) {
        let first = post(&acme.bulk(), &path, &path, &body);
        first.expect(status);
        let revision = acme.bulk().get("/okrs").header("etag").map(str::to_owned);
        let repeat = post(&acme.bulk(), &path, &path, &body);
        assert_eq!(
            (repeat.status, repeat.text()),
            (status, first.text()),
            "{path}"
        );
        assert_eq!(repeat.cost().rows_written, 0, "{path}");
        assert_eq!(
            acme.bulk().get("/okrs").header("etag").map(str::to_owned),
            revision,
            "{path}"
        );
    }
}

#[test]
fn a_repeat_gets_the_first_answer_even_when_the_thing_is_gone() {
    let acme = workspace();
    let check_ins = format!("/key-results/{}/checkins", acme.key_results.number);
    let bodies = [
        json!({ "value": 1 }),
        json!({ "value": 2, "status": "blocked", "blocker_note": "Waiting" }),
    ];
    let ask = || {
        ["a", "b"]
            .iter()
            .zip(&bodies)
            .map(|(key, body)| post(&acme.bulk(), &check_ins, key, body))
            .collect::<Vec<_>>()
    };
    let first = ask();
    acme.bulk()
        .delete(&format!("/okrs/{}", acme.okr))
        .expect(204);
    for (first, repeat) in first.iter().zip(ask()) {
        assert_eq!((repeat.status, repeat.text()), (201, first.text()));
    }
    post(&acme.bulk(), &check_ins, "c", &bodies[1]).refusal(404);
}

#[test]
fn another_request_under_the_same_key_is_refused() {
    let acme = workspace();
    post(&acme.bulk(), "/kpis", "k", &json!({ "name": "A" })).expect(201);
    post(&acme.bulk(), "/kpis", "k", &json!({ "name": "B" })).refusal(422);
    post(&acme.bulk(), "/initiatives", "k", &json!({ "title": "A" })).refusal(422);
    let names: Vec<_> = acme
        .bulk()
        .read("/kpis")
        .as_array()
        .unwrap()
        .iter()
        .map(|kpi| kpi["name"].clone())
        .collect();
    assert!(!names.contains(&json!("B")), "{names:?}");
}

#[test]
fn a_refused_request_can_be_mended_under_the_same_key() {
    let acme = workspace();
    post(
        &acme.bulk(),
        "/kpis",
        "k",
        &json!({ "name": "A", "owner_id": "nobody" }),
    )
    .refusal(400);
    post(&acme.bulk(), "/kpis", "k", &json!({ "name": "A" })).expect(201);
}

#[test]
fn each_api_key_has_idempotency_keys_of_its_own() {
    let acme = workspace();
    let first = post(&acme.bulk(), "/kpis", "k", &json!({ "name": "A" })).expect(201);
    let second = post(&acme.api, "/kpis", "k", &json!({ "name": "A" })).expect(201);
    assert_ne!(first["id"], second["id"]);
}

#[test]
fn a_key_that_is_empty_too_long_or_not_printable_is_refused() {
    let acme = workspace();
    for key in ["", &"k".repeat(256), "two words", "tab\there"] {
        let message = post(&acme.bulk(), "/kpis", key, &json!({ "name": "A" })).refusal(400);
        assert!(message.contains("Idempotency-Key"), "{message}");
    }
    post(
        &acme.bulk(),
        "/kpis",
        &"k".repeat(255),
        &json!({ "name": "A" }),
    )
    .expect(201);
}

#[test]
fn whoever_may_not_do_it_learns_that_before_what_is_wrong_with_the_key() {
    let acme = workspace();
    for (path, body, _) in posts(&acme) {
        post(&acme.api.with(&acme.keys.none), &path, "two words", &body).refusal(403);
        let message = post(&acme.bulk(), &path, "two words", &body).refusal(400);
        assert!(message.starts_with("Idempotency-Key"), "{message}");
    }
}

#[test]
fn only_a_post_looks_at_the_header() {
    let acme = workspace();
    let path = format!("/okrs/{}", acme.okr);
    let request = |method| {
        let request = acme.bulk().request(method, &path);
        request.header("idempotency-key", "two words")
    };
    request("PUT")
        .json(&json!({ "title": "Renamed" }))
        .send()
        .expect(200);
    request("DELETE").send().expect(204);
}

#[test]
fn five_duplicates_at_once_make_one_row() {
    let acme = workspace();
    let before = acme.bulk().read("/kpis").as_array().unwrap().len();
    let body = json!({ "name": "Once" });
    for round in 0..40 {
        let key = format!("round-{round}");
        let answers: Vec<(u16, Vec<u8>)> = thread::scope(|scope| {
            let threads: Vec<_> = (0..5)
                .map(|_| scope.spawn(|| post(&acme.bulk(), "/kpis", &key, &body)))
                .collect();
            let answers = threads.into_iter().map(|thread| thread.join().unwrap());
            answers.map(|answer| (answer.status, answer.body)).collect()
        });
        assert!(
            answers.iter().all(|answer| *answer == answers[0]),
            "{answers:?}"
        );
        assert_eq!(answers[0].0, 201);
    }
    assert_eq!(
        acme.bulk().read("/kpis").as_array().unwrap().len(),
        before + 40
    );
}
