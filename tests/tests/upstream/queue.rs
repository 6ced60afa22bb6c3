//! More writes than the hosted service takes in a minute.

use std::time::Duration;

use chrono::TimeDelta;
use okrs_tests::{Api, Fault, Response, SCOPES, now};
use serde_json::{Value, json};

use crate::acme::{Acme, Alone, acme};
use crate::waiting::{SETTLES, accepted, eventually, location, settled};

/// So that it is soon used up.
const PER_MINUTE: u32 = 15;
const QUEUED: i64 = 8;

fn check_in(acme: &Acme, value: i64, respond_async: bool) -> Response {
    let request = acme.key.request("POST", &acme.check_ins());
    let request = match respond_async {
        true => request.header("prefer", "respond-async"),
        false => request,
    };
    request.json(&json!({ "value": value })).send()
}

#[test]
fn a_plain_client_is_told_to_wait_and_whoever_can_wait_is_served_in_order() {
    let alone = Alone::start("Queue001", PER_MINUTE);
    let acme = &alone.acme;
    acme.copy();
    // Well into a minute, with time enough before the next begins.
    eventually("a good moment", Duration::from_secs(61), || {
        (5..20).contains(&(now().timestamp() % 60)).then_some(())
    });
    let mut expected = Vec::new();
    let refused = (1..=i64::from(PER_MINUTE)).find_map(|value| {
        let answer = check_in(acme, value, false);
        if answer.status == 201 {
            expected.push(value);
            return None;
        }
        Some(answer)
    });
    let refused = refused.expect("nothing stopped it");
    refused.refusal(429);
    let wait = refused.json()["retry_after_seconds"].as_u64().unwrap();
    assert!((1..=60).contains(&wait), "{refused:?}");
    assert_eq!(refused.header("retry-after"), Some(&*wait.to_string()));

    let queued: Vec<Response> = (101..=100 + QUEUED)
        .map(|value| check_in(acme, value, true))
        .collect();
    // Whoever has not asked to wait does not overtake those who do.
    check_in(acme, 999, false).refusal(429);
    let budget = acme.alice().read("/api/app/budget");
    people_read_what_waits(acme);
    let writes: Vec<Value> = queued.iter().map(accepted).collect();
    assert_eq!(writes[0]["method"], "POST");
    assert_eq!(writes[0]["path"], *acme.check_ins());
    assert_eq!(writes[0]["state"], "waiting");
    let body: Value = serde_json::from_str(writes[0]["body"].as_str().unwrap()).unwrap();
    assert_eq!(body, json!({ "value": 101 }));
    assert!(budget["waiting_writes"].as_u64().unwrap() > 0, "{budget}");
    assert!(budget["left"].as_u64().unwrap() <= 2, "{budget}");

    for answer in &queued {
        let done = settled(&acme.key, &location(answer), &["done", "failed"]);
        assert_eq!(
            (&done["state"], &done["status"]),
            (&json!("done"), &json!(201))
        );
        let answer: Value = serde_json::from_str(done["answer"].as_str().unwrap()).unwrap();
        assert_eq!(answer["key_result_id"], acme.key_results.number.as_str());
    }
    expected.extend(101..=100 + QUEUED);
    assert_eq!(acme.reported(acme.key_results.number.as_str()), expected);
    eventually("the last value here", Duration::from_secs(70), || {
        let list = acme.key.get("/okrs");
        let last = format!("\"current_value\":{},", 100 + QUEUED);
        list.text().contains(&last).then_some(())
    });
    no_minute_is_overspent(acme);
}

/// Of a program's writes an admin hears as of everybody's, by the names of what they are about.
fn people_read_what_waits(acme: &Acme) {
    let listed = acme.alice().read("/api/app/pending-writes");
    let first = &listed[0];
    assert_eq!(first["path"], *acme.check_ins(), "{listed}");
    assert_eq!(first["title"], "Sign-ups per day", "{first}");
    assert_eq!(first["metric_type"], "number", "{first}");
    assert_eq!(first["unit"], Value::Null, "{first}");
    let one = format!("/api/app/pending-writes/{}", first["id"].as_str().unwrap());
    assert_eq!(acme.alice().read(&one)["title"], "Sign-ups per day");
    let carol = acme.key.signed_in(&acme.sessions.carol);
    assert_eq!(carol.read("/api/app/pending-writes"), json!([]));
}

/// As the hosted service counts: by its own minutes.
fn no_minute_is_overspent(acme: &Acme) {
    let seen = acme.line.seen();
    assert!(seen.iter().all(|seen| seen.status != Some(429)), "{seen:?}");
    for first in &seen {
        let minute = first.at.timestamp().div_euclid(60);
        let in_it = seen
            .iter()
            .filter(|seen| seen.at.timestamp().div_euclid(60) == minute);
        assert!(in_it.count() <= PER_MINUTE as usize, "{seen:?}");
        // Nor does it come all at once where two minutes meet.
        let soon = seen.iter().filter(|seen| {
            let after = seen.at - first.at;
            (TimeDelta::zero()..TimeDelta::seconds(2)).contains(&after)
        });
        assert!(soon.count() <= 2 * PER_MINUTE as usize, "{seen:?}");
    }
}

#[test]
fn whoever_finds_the_shared_reads_used_up_is_told_that_and_when_there_are_more() {
    let alone = Alone::start("Queue002", 6);
    let refused = (0..20).find_map(|nth| {
        let answer = alone
            .acme
            .key
            .get(&format!("/reviews/nobodys{nth}/summary"));
        (answer.status != 404).then_some(answer)
    });
    let refused = refused.expect("nothing stopped it");
    refused.refusal(429);
    let said = refused.json();
    let message = said["message"].as_str().unwrap();
    assert!(message.contains("used up"), "{said}");
    assert!(!message.contains("changed"), "it is a read: {said}");
    let wait = said["retry_after_seconds"].as_u64().unwrap();
    assert!((1..=60).contains(&wait), "{said}");
}

/// A write that waits, of somebody whose right to it ends before the service takes it.
fn held(acme: &Acme, author: &Api, write: (&str, &str, &Value), ends: impl FnOnce()) -> String {
    let (method, path, body) = write;
    acme.line.set_for_writes(Fault::TooMany(4));
    let request = author.request(method, path);
    let answer = request.header("prefer", "respond-async").json(body).send();
    assert_eq!(accepted(&answer)["state"], "waiting");
    assert_eq!(answer.header("preference-applied"), Some("respond-async"));
    ends();
    acme.line.set(Fault::None);
    let location = location(&answer);
    settled(&acme.alice(), &location, &["held"]);
    location
}

#[test]
fn what_waits_of_somebody_who_was_disabled_is_held_until_an_admin_lets_it_go_or_forgets_it() {
    let acme = acme();
    acme.copy();
    let alice = acme.alice();
    let member = format!("/api/app/members/{}", acme.carol);
    alice
        .patch(&member, &json!({ "role": "admin" }))
        .expect(200);
    let carol = acme.key.signed_in(&acme.sessions.carol);
    let value = json!({ "value": 62 });
    let first = held(&acme, &carol, ("POST", &acme.check_ins(), &value), || {
        // A second one, to something else, that waits behind nothing.
        let update = format!("/kpis/{}/updates", acme.kpi);
        let request = carol.request("POST", &update);
        let request = request.header("prefer", "respond-async");
        accepted(&request.json(&json!({ "value": 4_000 })).send());
        alice
            .post(&format!("{member}/disable"), &json!({}))
            .expect(200);
    });
    let waiting = alice.read("/api/app/pending-writes");
    let second = eventually("the second", SETTLES, || {
        let all = alice.read("/api/app/pending-writes");
        let mut all = all.as_array().unwrap().iter();
        let second = all.find(|write| write["path"].as_str().unwrap().starts_with("/kpis"));
        let second = second.unwrap_or_else(|| panic!("{waiting}"));
        let id = second["id"].as_str().unwrap();
        (second["state"] == "held").then(|| format!("/api/app/pending-writes/{id}"))
    });
    let number = acme.key_results.number.as_str();
    assert_eq!(acme.reported(number), [0_i64; 0]);
    let writes = acme.line.writes().len();
    // However often it looks, nothing of it is sent before somebody says so.
    carol.get("/api/app/pending-writes").refusal(401);
    for (location, decision, becomes) in [(&second, "drop", "failed"), (&first, "send", "done")] {
        assert_eq!(acme.line.writes().len(), writes, "{location} was sent");
        let decision = json!({ "decision": decision });
        alice.post(&format!("{location}/decision"), &decision);
        let over = settled(&alice, location, &["done", "failed"]);
        assert_eq!(over["state"], becomes, "{over}");
    }
    assert_eq!(acme.reported(number), [62]);
}

#[test]
fn what_waits_of_a_revoked_key_is_sent_only_if_an_admin_says_so() {
    let acme = acme();
    acme.copy();
    let alice = acme.alice();
    let decide = |location: &str, decision: &str| {
        let decision = json!({ "decision": decision });
        alice.post(&format!("{location}/decision"), &decision);
        settled(&alice, location, &["done", "failed"])
    };
    let new_key = json!({ "name": "Left behind", "scopes": SCOPES });
    let made = alice.post("/api/app/api-keys", &new_key).expect(201);
    let key = acme.key.with(made["key"].as_str().unwrap());
    let revoke = made["api_key"]["id"].as_str().unwrap();
    let revoke = format!("/api/app/api-keys/{revoke}");
    let check_in = ("POST", &*acme.check_ins(), &json!({ "value": 61 }));
    let of_key = held(&acme, &key, check_in, || {
        alice.delete(&revoke).expect(204);
    });
    let budget = alice.read("/api/app/budget");
    assert_eq!(budget["undecided_writes"], 1, "{budget}");
    let number = acme.key_results.number.as_str();
    assert_eq!(acme.reported(number), [0_i64; 0]);
    assert_eq!(decide(&of_key, "send")["state"], "done");
    assert_eq!(acme.reported(number), [61]);
}
