//! `/api/app/okrs/{id}/comments` and `/api/app/comments/{id}`

use okrs_tests::{Api, Response, Workspace, workspace};
use serde_json::{Value, json};

use crate::ids::{id, ids};
use crate::okr_list::team_okr;

fn comment(api: &Api, okr: &str, body: &Value) -> Response {
    api.post(&format!("/api/app/okrs/{okr}/comments"), body)
}

fn comments(api: &Api, okr: &str) -> Value {
    api.read(&format!("/api/app/okrs/{okr}/comments"))
}

fn count(api: &Api, okr: &str) -> Value {
    api.read(&format!("/api/app/okrs/{okr}"))["okr"]["comment_count"].clone()
}

fn people(acme: &Workspace) -> [Api; 4] {
    let sessions = &acme.sessions;
    [
        &sessions.alice,
        &sessions.bob,
        &sessions.carol,
        &sessions.dave,
    ]
    .map(|session| acme.api.signed_in(session))
}

#[test]
fn everybody_who_sees_an_okr_talks_about_it() {
    let acme = workspace();
    let [alice, bob, carol, _] = people(&acme);
    let okr = acme.okr.as_str();
    let body = json!({ "text": "Well done", "key_result_id": acme.key_results.number.as_str() });
    let first = comment(&carol, okr, &body).expect(201);
    assert_eq!(first["author"], "Carol Świątek");
    assert_eq!(first["author_id"], acme.carol.as_str());
    assert_eq!(first["okr_id"], okr);
    assert_eq!(first["key_result_id"], acme.key_results.number.as_str());
    assert_eq!(first["may"], json!(["change_comment", "delete_comment"]));
    let second = comment(&bob, okr, &json!({ "text": "Indeed" })).expect(201);

    let list = comments(&carol, okr);
    assert_eq!(ids(&list), [id(&first), id(&second)]);
    assert_eq!(list[0], first);
    assert_eq!(list[1]["may"], json!([]));
    assert_eq!(comments(&alice, okr)[0]["may"], json!(["delete_comment"]));
    assert_eq!(count(&alice, okr), 2);
}

#[test]
fn comments_are_changed_by_their_authors_only() {
    let acme = workspace();
    let [alice, bob, carol, _] = people(&acme);
    let okr = acme.okr.as_str();
    let by_carol = id(&comment(&carol, okr, &json!({ "text": "Wel done" })).expect(201));
    let path = format!("/api/app/comments/{by_carol}");
    let body = json!({ "text": "Well done" });
    for other in [&alice, &bob] {
        other.patch(&path, &body).refusal(403);
    }
    let changed = carol.patch(&path, &body).expect(200);
    assert_eq!(changed["text"], "Well done");
    assert_ne!(changed["edited_at"], Value::Null);
    assert_eq!(comments(&bob, okr)[0], {
        let mut seen = changed.clone();
        seen["may"] = json!([]);
        seen
    });
}

#[test]
fn comments_are_deleted_by_their_authors_and_admins() {
    let acme = workspace();
    let [alice, bob, carol, _] = people(&acme);
    let okr = acme.okr.as_str();
    let mut paths = ["One", "Two"].map(|text| {
        let answer = comment(&carol, okr, &json!({ "text": text })).expect(201);
        format!("/api/app/comments/{}", id(&answer))
    });
    bob.delete(&paths[0]).refusal(403);
    alice.delete(&paths[0]).expect(204);
    carol.delete(&paths[1]).expect(204);
    assert_eq!(comments(&carol, okr), json!([]));
    assert_eq!(count(&alice, okr), 0);
    paths[1].push('x');
    for path in &paths {
        carol.delete(path).refusal(404);
        carol.patch(path, &json!({ "text": "x" })).refusal(404);
    }
}

#[test]
fn what_no_comment_can_be_is_refused_by_name() {
    let acme = workspace();
    let [alice, ..] = people(&acme);
    let (_, elsewhere) = team_okr(&acme);
    let crowd: String = (0..21).map(|n| format!("@[x]({n}) ")).collect();
    for (field, body) in [
        ("text is required", json!({})),
        ("text", json!({ "text": " " })),
        ("text", json!({ "text": 3 })),
        ("text", json!({ "text": "x".repeat(50_001) })),
        ("text", json!({ "text": crowd })),
        (
            "key_result_id",
            json!({ "text": "x", "key_result_id": "nothing" }),
        ),
        (
            "key_result_id",
            json!({ "text": "x", "key_result_id": elsewhere }),
        ),
    ] {
        let refusal = comment(&alice, acme.okr.as_str(), &body).refusal(400);
        assert!(refusal.starts_with(field), "{body}: {refusal}");
    }
    assert_eq!(comments(&alice, acme.okr.as_str()), json!([]));
}

#[test]
fn comments_on_a_hidden_okr_are_hidden_with_it() {
    let acme = workspace();
    let [alice, _, carol, dave] = people(&acme);
    let (secret, _) = team_okr(&acme);
    let by_dave = id(&comment(&dave, &secret, &json!({ "text": "Psst" })).expect(201));
    let path = format!("/api/app/okrs/{secret}/comments");
    let missing = carol.get("/api/app/okrs/nothing/comments").refusal(404);
    assert_eq!(carol.get(&path).refusal(404), missing);
    comment(&carol, &secret, &json!({ "text": "x" })).refusal(404);
    let path = format!("/api/app/comments/{by_dave}");
    carol.patch(&path, &json!({ "text": "x" })).refusal(404);
    carol.delete(&path).refusal(404);
    let foreign = acme.api.signed_in(&workspace().sessions.alice);
    foreign.delete(&path).refusal(404);
    assert_eq!(ids(&comments(&alice, &secret)), [by_dave]);
}

#[test]
fn a_repeated_request_comments_once() {
    let acme = workspace();
    let [_, _, carol, _] = people(&acme);
    let path = format!("/api/app/okrs/{}/comments", acme.okr);
    let send = || {
        let request = carol.request("POST", &path);
        let request = request.header("idempotency-key", "comment-1");
        request.json(&json!({ "text": "Once" })).send().expect(201)
    };
    assert_eq!(send(), send());
    assert_eq!(
        comments(&carol, acme.okr.as_str())
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn what_happened_to_an_okr_is_told_to_those_who_see_it() {
    let acme = workspace();
    let [alice, _, carol, dave] = people(&acme);
    let (secret, key_result) = team_okr(&acme);
    let path = format!("/api/app/okrs/{secret}/activity");
    let by_dave = id(&comment(&dave, &secret, &json!({ "text": "Taken back" })).expect(201));
    dave.delete(&format!("/api/app/comments/{by_dave}"))
        .expect(204);
    let check_ins = format!("/key-results/{key_result}/checkins");
    let check_in = id(&dave.post(&check_ins, &json!({ "value": 5 })).expect(201));
    dave.patch(
        &format!("/api/app/check-ins/{check_in}"),
        &json!({ "value": 6 }),
    )
    .expect(204);
    let body = json!({ "target_value": 20, "reason": "Too easy" });
    dave.patch(&format!("/api/app/key-results/{key_result}"), &body)
        .expect(204);
    alice
        .patch(
            &format!("/api/app/okrs/{secret}"),
            &json!({ "parent_id": acme.okr.as_str() }),
        )
        .expect(204);

    let activity = dave.read(&path);
    let actions: Vec<&str> = activity
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        actions,
        [
            "okr.align",
            "key_result.align",
            "check_in.correct",
            "key_result.check_in",
            "comment.delete",
            "comment.create",
            "key_result.create",
            "okr.create"
        ]
    );
    assert_eq!(activity[0]["member"], "Alice Nguyen");
    assert_eq!(activity[0]["by_api_key"], false);
    assert_eq!(activity[0]["changes"], json!([]));
    let target = &activity[1];
    assert_eq!(target["subject"], "key_result");
    assert_eq!(target["key_result"], "Secret count");
    assert_eq!(
        target["changes"],
        json!([
            { "field": "target_value", "before": 10.0, "after": 20 },
            { "field": "reason", "before": null, "after": "Too easy" },
        ])
    );
    assert_eq!(activity[2]["subject"], "check_in");
    assert_eq!(activity[2]["key_result_id"], key_result);
    assert!(!activity.to_string().contains("Taken back"));
    let missing = carol.get("/api/app/okrs/nothing/activity").refusal(404);
    assert_eq!(carol.get(&path).refusal(404), missing);
}
