//! D1 fails in passing, before or after a batch took effect, and an object does not hear.

use std::sync::OnceLock;
use std::time::Duration;

use okrs_tests::{Api, Request, Response, Seeded, Server, eventually, seeded};
use serde_json::{Value, json};

/// All tries, with the look for what the one before left between each two.
const ALWAYS: &str = "1 before, 3 before, 5 before";

struct Failing {
    acme: Seeded,
    server: Server,
}

impl Failing {
    fn here() -> &'static Self {
        static HERE: OnceLock<Failing> = OnceLock::new();
        HERE.get_or_init(|| {
            let (acme, sql) = seeded("FailTest", okrs_tests::now());
            let server = Server::start_failing(&sql);
            Self { acme, server }
        })
    }

    fn bulk(&self) -> Api {
        self.server.api(&self.acme.keys.bulk)
    }

    fn alice(&self) -> Api {
        self.server.anonymous().signed_in(&self.acme.sessions.alice)
    }
}

fn failing(request: Request, batches: &str, body: &Value) -> Response {
    let request = request.header("x-fail-batch", batches).json(body);
    request.try_send().unwrap()
}

fn new_okr(title: &str, acme: &Seeded) -> Value {
    json!({ "title": title, "type": "company", "cycle_id": acme.cycles.active.as_str() })
}

fn okrs_called(api: &Api, title: &str) -> usize {
    let okrs = api.read("/okrs");
    let okrs = okrs.as_array().unwrap().iter();
    okrs.filter(|okr| okr["title"] == title).count()
}

#[test]
fn a_read_is_tried_three_times() {
    let bulk = Failing::here().bulk();
    let ask = |batches: &str| {
        // A filter, so that the answer is kept nowhere.
        let request = bulk.request("GET", "/initiatives?status=done");
        let request = request.header("x-fail-batch", batches);
        request.try_send().unwrap()
    };
    ask("1 before").expect(200);
    ask("1 after, 2 before").expect(200);
    let refusal = ask("1 before, 2 before, 3 before").expect(500);
    assert!(
        refusal["message"]
            .as_str()
            .unwrap()
            .contains("safe to retry")
    );
}

#[test]
fn a_write_whose_answer_was_lost_takes_effect_once() {
    let failing_here = Failing::here();
    let (bulk, acme) = (failing_here.bulk(), &failing_here.acme);
    for (nth, batches) in [
        "1 before",
        "1 before, 3 before",
        "1 after",
        "1 before, 3 after",
    ]
    .into_iter()
    .enumerate()
    {
        let title = format!("Once {nth}");
        let request = bulk.request("POST", "/okrs");
        let made = failing(request, batches, &new_okr(&title, acme)).expect(201);
        assert_eq!(made["title"], title);
        assert_eq!(okrs_called(&bulk, &title), 1, "{batches}");
    }
    let cycle = format!("/api/app/cycles/{}", acme.cycles.upcoming);
    let request = failing_here.alice().request("PATCH", &cycle);
    let changed = failing(request, "1 after", &json!({ "name": "Renamed" })).expect(200);
    assert_eq!(changed["name"], "Renamed");
}

#[test]
fn a_write_that_is_given_up_says_whether_it_is_safe_to_repeat() {
    let failing_here = Failing::here();
    let (bulk, acme) = (failing_here.bulk(), &failing_here.acme);
    let body = new_okr("Given up", acme);
    let refused = failing(bulk.request("POST", "/okrs"), ALWAYS, &body).expect(503);
    assert_eq!(refused["error"], "outcome_unknown");
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("may have taken effect"), "{message}");
    let with_key = || {
        bulk.request("POST", "/okrs")
            .header("idempotency-key", "given-up")
    };
    let refused = failing(with_key(), ALWAYS, &body).expect(500);
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("safe to retry"), "{message}");
    assert_eq!(okrs_called(&bulk, "Given up"), 0);
    let made = with_key().json(&body).send();
    assert_eq!(made.header("idempotent-replayed"), None);
    let again = with_key().json(&body).send();
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(made.expect(201), again.expect(201));
    assert_eq!(okrs_called(&bulk, "Given up"), 1);
}

#[test]
fn a_check_in_whose_answer_only_the_database_knows_is_answered_from_what_is_kept() {
    let failing_here = Failing::here();
    let (bulk, acme) = (failing_here.bulk(), &failing_here.acme);
    let path = format!("/key-results/{}/checkins", acme.key_results.number);
    let request = bulk
        .request("POST", &path)
        .header("idempotency-key", "kept");
    let kept = failing(request, "1 after", &json!({ "value": 7 }));
    assert_eq!(kept.header("idempotent-replayed"), None);
    assert_eq!(kept.expect(201)["okr_id"], acme.okr.as_str());
    // Without a key nothing is kept: it is done, and its sender is told to look.
    let request = bulk.request("POST", &path);
    let lost = failing(request, "1 after", &json!({ "value": 8 })).expect(503);
    assert_eq!(lost["error"], "outcome_unknown");
    let page = failing_here
        .alice()
        .read(&format!("/api/app/okrs/{}", acme.okr));
    let entries = page["check_ins"].as_array().unwrap().iter();
    let values = |value: i32| {
        entries
            .clone()
            .filter(|entry| entry["value"] == value)
            .count()
    };
    assert_eq!((values(7), values(8)), (1, 1));
}

#[test]
fn what_was_made_stands_though_the_object_did_not_hear_of_it_unless_somebody_lost_a_right() {
    let alice = Failing::here().alice();
    let deaf = |method: &str, path: &str| {
        let request = alice.request(method, path);
        request.header("x-fail-object", "/settle/")
    };
    let key = json!({ "name": "A key", "scopes": ["okrs:read"] });
    let made = deaf("POST", "/api/app/api-keys")
        .json(&key)
        .send()
        .expect(201);
    let path = format!(
        "/api/app/api-keys/{}",
        made["api_key"]["id"].as_str().unwrap()
    );
    let revoked = deaf("DELETE", &path).try_send().unwrap().expect(503);
    assert_eq!(revoked["error"], "outcome_unknown");
}

#[test]
fn what_broke_is_found_in_the_log_by_the_name_that_the_answer_has() {
    let failing_here = Failing::here();
    let (bulk, acme) = (failing_here.bulk(), &failing_here.acme);
    let named = |answer: &Response| answer.header("x-request-id").unwrap().to_owned();
    let lines = |name: &str, last: &str| {
        eventually("the lines of a request", Duration::from_secs(10), || {
            let lines = failing_here.server.log_of(name);
            let is_there = lines.iter().any(|line| line["message"] == last);
            is_there.then_some(lines)
        })
    };

    // As Cloudflare calls it.
    let ray = "8f2a1b3c4d5e6f70-FRA";
    let request = bulk.request("POST", "/okrs").header("cf-ray", ray);
    let refused = failing(request, ALWAYS, &new_okr("Given up and named", acme));
    assert_eq!(refused.status, 503);
    assert_eq!(named(&refused), ray);
    let message = refused.json()["message"].as_str().unwrap().to_owned();
    assert!(message.contains(ray), "{message}");
    let said = lines(ray, "answered");
    let of = |message: &str| {
        said.iter()
            .filter(|line| line["message"] == message)
            .count()
    };
    assert_eq!(
        (of("D1 failed"), of("a request failed")),
        (3, 1),
        "{said:?}"
    );
    let last = said
        .iter()
        .find(|line| line["message"] == "answered")
        .unwrap();
    assert_eq!(last["detail"], "POST /api/v1/okrs: 503");
    assert_eq!(last["level"], "error");
    let all = format!("{said:?}");
    assert!(
        !all.contains(&acme.keys.bulk) && !all.contains("Given up"),
        "{all}"
    );

    // What goes on after the answer belongs to it.
    let request = bulk
        .request("POST", "/kpis")
        .header("x-fail-object", "settle");
    let made = request.json(&json!({ "name": "Unheard" })).send();
    made.expect(201);
    lines(&named(&made), "failed after the answer");

    // No two have the same name, and what is no name gets into no log.
    let garbled = bulk
        .request("GET", "/okrs")
        .header("cf-ray", "{\"a\":1}")
        .send();
    let names = [
        garbled,
        bulk.get("/okrs"),
        bulk.get("/nowhere"),
        bulk.outside("GET", "/okrs/1").send(),
    ];
    let mut names = names.map(|answer| named(&answer)).to_vec();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 4, "{names:?}");
    assert!(names.iter().all(|name| name.len() == 36), "{names:?}");
}
