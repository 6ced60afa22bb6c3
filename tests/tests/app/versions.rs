//! Every thing has a version, its ETag: whoever changes what somebody else has changed meanwhile is told so.

use std::collections::BTreeSet;
use std::thread;

use okrs_tests::{Api, Response, workspace};
use serde_json::{Value, json};

use crate::ids::{find, id};
use crate::operations::operations_of_members;
use crate::things::Things;

fn etag(answer: &Response) -> String {
    answer.header("etag").unwrap().to_owned()
}

fn seen(api: &Api, method: &str, path: &str, etag: &str, body: &Value) -> Response {
    let request = api.request(method, path).header("if-match", etag);
    match method {
        "DELETE" => request.send(),
        _ => request.json(body).send(),
    }
}

#[test]
fn of_two_changes_in_one_second_the_second_is_told_of_the_first() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let (page, path) = (
        format!("/api/app/okrs/{}", acme.okr),
        format!("/okrs/{}", acme.okr),
    );
    let both_saw = etag(&alice.get(&page));
    assert!(both_saw.starts_with('"'), "{both_saw}");
    let first = seen(&alice, "PUT", &path, &both_saw, &json!({ "title": "Hers" }));
    first.expect(200);
    let second = seen(&alice, "PUT", &path, &both_saw, &json!({ "title": "His" }));
    let body = second.expect(412);
    assert_eq!(body["error"], "changed_since");
    assert_eq!(body["present"]["title"], "Hers");
    // Both say what the thing is now.
    assert_eq!(etag(&second), etag(&first));
    assert_eq!(etag(&alice.get(&page)), etag(&first));
    let third = seen(
        &alice,
        "PUT",
        &path,
        &etag(&second),
        &json!({ "title": "His" }),
    );
    assert_eq!(third.expect(200)["title"], "His");
    // Whoever says nothing is not asked.
    alice
        .put(&path, &json!({ "title": "Anybody's" }))
        .expect(200);
    seen(&alice, "PUT", &path, "*", &json!({ "title": "Any" })).expect(200);
    let among_others = format!("\"other\", {}", etag(&alice.get(&page)));
    let among_others = seen(
        &alice,
        "PUT",
        &path,
        &among_others,
        &json!({ "title": "Any" }),
    );
    among_others.expect(200);
    seen(&alice, "DELETE", &path, &both_saw, &json!({})).expect(412);
    seen(
        &alice,
        "DELETE",
        &path,
        &etag(&alice.get(&page)),
        &json!({}),
    )
    .expect(204);
}

#[test]
fn every_operation_that_changes_a_thing_looks_at_the_version_that_one_names() {
    let acme = workspace();
    let things = Things::of(&acme);
    let alice = &things.people[0].api;
    let mut looked = BTreeSet::new();
    for operation in operations_of_members() {
        let changes = ["PUT", "PATCH", "DELETE"].contains(&&*operation.method);
        // A session that has ended, whoever saw it, has ended. Whom only the hosted service knows nobody here is.
        let others = [
            "signOut",
            "endSession",
            "linkHostedPerson",
            "unlinkHostedPerson",
        ];
        if !changes || others.contains(&&*operation.id) {
            continue;
        }
        let (thing, body) = (things.any_id(&operation), things.body(&operation));
        let request = operation
            .request(alice, &thing)
            .header("if-match", "\"an old one\"");
        let answer = match &*operation.method {
            "DELETE" => request.send(),
            _ => request.json(&body).send(),
        };
        assert_eq!(
            answer.expect(412)["error"],
            "changed_since",
            "{}",
            operation.id
        );
        let now = etag(&answer);
        let request = operation.request(alice, &thing).header("if-match", &now);
        let answer = match &*operation.method {
            "DELETE" => request.send(),
            _ => request.json(&body).send(),
        };
        assert!(answer.status < 300, "{}: {answer:?}", operation.id);
        assert_ne!(etag(&answer), now, "{}", operation.id);
        looked.insert(operation.id);
    }
    assert!(looked.len() > 15, "{looked:?}");
}

#[test]
fn what_one_page_shows_has_the_version_that_its_change_leaves() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let kpi = format!("/api/app/kpis/{}", acme.kpi);
    for (path, body) in [
        ("/api/app/me", json!({ "name": "Alice A." })),
        ("/api/app/workspace", json!({ "name": "Acme 2" })),
        (&*kpi, json!({ "name": "Another" })),
    ] {
        let before = etag(&alice.get(path));
        let changed = alice.patch(path, &body);
        assert!(changed.status < 300, "{path}");
        assert_ne!(etag(&changed), before, "{path}");
        assert_eq!(etag(&alice.get(path)), etag(&changed), "{path}");
    }
}

#[test]
fn a_change_of_many_things_is_the_last_change_of_each() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let kpi = format!("/api/app/kpis/{}", acme.kpi);
    alice
        .patch(&kpi, &json!({ "owner_id": acme.dave.as_str() }))
        .expect(204);
    let before = etag(&alice.get(&kpi));
    let path = format!("/api/app/members/{}/hand-over", acme.dave);
    alice
        .post(&path, &json!({ "to_member_id": acme.carol.as_str() }))
        .expect(200);
    assert_ne!(etag(&alice.get(&kpi)), before);
    seen(&alice, "PATCH", &kpi, &before, &json!({ "name": "Hers" })).expect(412);
}

#[test]
fn who_may_not_see_a_thing_is_not_told_that_it_has_changed() {
    let acme = workspace();
    let dave = acme.api.signed_in(&acme.sessions.dave);
    let path = "/api/app/okrs/01a20bb9-97b7-70cc-a6db-b6a751797e5f";
    seen(&dave, "PATCH", path, "\"old\"", &json!({ "weight": 2 })).refusal(404);
}

#[test]
fn a_key_that_asks_nothing_of_versions_hears_nothing_of_them() {
    let acme = workspace();
    let path = format!("/initiatives/{}", acme.initiative);
    let bulk = acme.bulk();
    assert_eq!(bulk.get(&path).header("etag"), None);
    assert_eq!(
        bulk.put(&path, &json!({ "title": "A" })).header("etag"),
        None
    );
    let refused = seen(&bulk, "PUT", &path, "\"old\"", &json!({ "title": "B" }));
    assert_eq!(refused.expect(412)["present"]["title"], "A");
    let changed = seen(
        &bulk,
        "PUT",
        &path,
        &etag(&refused),
        &json!({ "title": "B" }),
    );
    changed.expect(200);
    assert_ne!(etag(&changed), etag(&refused));
}

#[test]
fn of_check_ins_at_the_same_moment_the_newest_is_what_the_key_result_stands_at() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let path = format!("/key-results/{}/checkins", acme.key_results.number);
    for round in 0..6 {
        thread::scope(|scope| {
            for nth in 1..=5 {
                let (alice, path) = (&alice, &path);
                scope.spawn(move || {
                    let body = json!({ "value": round * 10 + nth });
                    alice.post(path, &body).expect(201);
                });
            }
        });
        let page = alice.read(&format!("/api/app/okrs/{}", acme.okr));
        let (key_result, history) = history(&page, acme.key_results.number.as_str());
        assert_eq!(history[0]["value"], key_result["current_value"]);
        let latest: Vec<_> = history[..6]
            .iter()
            .rev()
            .map(|entry| &entry["value"])
            .collect();
        let kept = key_result["recent_check_ins"].as_array().unwrap();
        let kept: Vec<_> = kept.iter().map(|point| &point["value"]).collect();
        assert_eq!(latest, kept, "round {round}");
        // A correction finds its own among the six.
        let second = id(history[1]);
        let path = format!("/api/app/check-ins/{second}");
        alice
            .patch(&path, &json!({ "value": 900 + round }))
            .expect(204);
        let page = alice.read(&format!("/api/app/okrs/{}", acme.okr));
        let (corrected, after) = self::history(&page, acme.key_results.number.as_str());
        assert_eq!(corrected["current_value"], key_result["current_value"]);
        let kept = corrected["recent_check_ins"].as_array().unwrap();
        assert_eq!(kept[4]["value"], 900 + round);
        assert_eq!(after[1]["value"], 900 + round);
    }
}

/// A key result of a page, and its history, the newest first.
fn history<'a>(page: &'a Value, key_result: &str) -> (&'a Value, Vec<&'a Value>) {
    let entries = page["check_ins"].as_array().unwrap().iter();
    let of_it = entries.filter(|entry| entry["key_result_id"] == key_result);
    (
        find(&page["okr"]["key_results"], "id", key_result),
        of_it.collect(),
    )
}
