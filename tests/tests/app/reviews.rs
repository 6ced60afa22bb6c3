//! `/reviews`: written by one, read by few.

use okrs_tests::{Api, Response, Workspace, workspace};
use serde_json::{Value, json};

use crate::review_cycles::{Pair, alice, bob, draft, set_status};

const REVIEWS: &str = "/api/app/reviews";

fn carol(acme: &Workspace) -> Api {
    acme.api.signed_in(&acme.sessions.carol)
}

fn dave(acme: &Workspace) -> Api {
    acme.api.signed_in(&acme.sessions.dave)
}

/// The path of the only review of a new, active review cycle that asks for a text and a rating, and
/// the path of that cycle.
fn review(acme: &Workspace, pair: Pair) -> (String, String) {
    let cycle = draft(acme, &[pair]);
    set_status(acme, &cycle, "active");
    let shown = alice(acme).read(&cycle);
    let id = shown["reviews"][0]["id"].as_str().unwrap();
    (format!("{REVIEWS}/{id}"), cycle)
}

fn save(api: &Api, review: &str, answers: Value) -> Response {
    api.put(&format!("{review}/answers"), &json!({ "answers": answers }))
}

/// `submit`, `reopen`, `share` or `unshare`.
fn step(api: &Api, review: &str, step: &str) -> Response {
    api.post(&format!("{review}/{step}"), &json!({}))
}

fn summary(acme: &Workspace, review: &str) -> Response {
    let id = review.rsplit('/').next().unwrap();
    acme.api.get(&format!("/reviews/{id}/summary"))
}

#[test]
fn a_review_is_written_handed_in_shared_and_hidden_again() {
    let acme = workspace();
    let (alice, carol) = (alice(&acme), carol(&acme));
    let (review, _) = review(&acme, (&acme.carol, &acme.alice, "manager"));
    save(&alice, &review, json!(["Everything", null])).expect(204);
    let shown = alice.read(&review);
    assert_eq!(shown["answers"], json!(["Everything", null]));
    assert_eq!(shown["review"]["answer_count"], 1);
    assert_eq!(shown["review"]["question_count"], 2);
    let refusal = step(&alice, &review, "submit").refusal(400);
    assert!(refusal.starts_with("answers[1] is missing"), "{refusal}");
    step(&alice, &review, "share").refusal(409);

    save(&alice, &review, json!(["Everything", 4])).expect(204);
    let submitted = step(&alice, &review, "submit").expect(200);
    assert_eq!(submitted["status"], "submitted");
    assert!(submitted["submitted_at"].is_string());
    save(&alice, &review, json!(["Nothing", 1])).refusal(409);
    step(&alice, &review, "submit").refusal(409);
    step(&alice, &review, "unshare").refusal(409);
    summary(&acme, &review).refusal(404);
    carol.get(&review).refusal(404);

    let shared = step(&alice, &review, "share").expect(200);
    assert_eq!(shared["status"], "shared");
    step(&alice, &review, "share").refusal(409);
    step(&alice, &review, "reopen").refusal(409);
    let read = carol.read(&review);
    assert_eq!(read["answers"], json!(["Everything", 4]));
    assert_eq!(read["review"]["may"], json!([]));
    assert_eq!(carol.read(REVIEWS)["about_me"][0], read["review"]);
    let heard = carol.read("/api/app/notifications")["notifications"][0].clone();
    assert_eq!(heard["kind"], "review_shared");
    assert_eq!(heard["subject_id"], shared["id"]);
    let summary_of = summary(&acme, &review).expect(200);
    let answers = json!([
        { "question": "What went well?", "answer": "Everything" },
        { "question": "How well?", "answer": "4" },
    ]);
    assert_eq!(summary_of["answers"], answers);
    assert_eq!(summary_of["shared_at"], shared["shared_at"]);

    step(&alice, &review, "unshare").expect(200);
    summary(&acme, &review).refusal(404);
    carol.get(&review).refusal(404);
    assert_eq!(carol.read(REVIEWS)["about_me"], json!([]));
    assert_eq!(
        step(&alice, &review, "reopen").expect(200)["submitted_at"],
        Value::Null
    );
    save(&alice, &review, json!([null, 5])).expect(204);
    assert_eq!(alice.read(&review)["answers"], json!([null, 5]));
}

#[test]
fn answers_must_be_what_the_questions_ask_for() {
    let acme = workspace();
    let carol = carol(&acme);
    let (review, _) = review(&acme, (&acme.carol, &acme.carol, "self"));
    let long = "x".repeat(10_001);
    for (answers, field) in [
        (json!([]), "answers must have 2"),
        (json!(["Well", 4, null]), "answers must have 2"),
        (json!([4, 4]), "answers[0]"),
        (json!(["Well", "4"]), "answers[1]"),
        (json!(["Well", 0]), "answers[1]"),
        (json!(["Well", 6]), "answers[1]"),
        (json!(["Well", 2.5]), "answers[1]"),
        (json!([true, 4]), "answers[0]"),
        (json!([long, 4]), "answers[0]"),
        (json!("Well"), "answers"),
    ] {
        let refusal = save(&carol, &review, answers).refusal(400);
        assert!(refusal.starts_with(field), "{field}: {refusal}");
    }
    assert_eq!(carol.read(&review)["answers"], json!([null, null]));
    // A blank answer is none.
    save(&carol, &review, json!([" \n", 4])).expect(204);
    assert_eq!(carol.read(&review)["answers"], json!([null, 4]));
    let refusal = step(&carol, &review, "submit").refusal(400);
    assert!(refusal.starts_with("answers[0] is missing"), "{refusal}");
    save(&carol, &review, json!(["x".repeat(10_000), 4])).expect(204);
}

#[test]
fn only_the_reviewer_writes_and_only_who_may_see_it_is_told_no() {
    let acme = workspace();
    let (review, _) = review(&acme, (&acme.dave, &acme.carol, "peer"));
    let (alice, bob, carol, dave) = (alice(&acme), bob(&acme), carol(&acme), dave(&acme));
    let refused = |api: &Api, status: u16| {
        save(api, &review, json!([null, null])).refusal(status);
        // Whoever may not write learns nothing about the questions.
        save(api, &review, json!([])).refusal(status);
        api.put(&format!("{review}/note"), &json!({ "note": "Mine" }))
            .refusal(status);
        step(api, &review, "submit").refusal(status);
        step(api, &review, "reopen").refusal(status);
    };
    // While it is a draft, nobody else sees it.
    for api in [&alice, &bob, &dave] {
        api.get(&review).refusal(404);
        refused(api, 404);
        step(api, &review, "share").refusal(404);
        step(api, &review, "unshare").refusal(404);
    }
    save(&carol, &review, json!(["Much", 4])).expect(204);
    step(&carol, &review, "submit").expect(200);
    // Then an admin and whoever manages the reviewed person do.
    for api in [&alice, &bob] {
        assert_eq!(api.read(&review)["answers"], json!(["Much", 4]));
        assert_eq!(
            api.read(REVIEWS)["others"][0]["may"],
            json!(["share_review"])
        );
        refused(api, 403);
    }
    dave.get(&review).refusal(404);
    refused(&dave, 404);
    step(&dave, &review, "share").refusal(404);
    // And once it is shared, the reviewed person, who can't share it further or hide it.
    step(&bob, &review, "share").expect(200);
    assert_eq!(dave.read(&review)["answers"], json!(["Much", 4]));
    refused(&dave, 403);
    step(&dave, &review, "unshare").refusal(403);
    assert_eq!(
        step(&carol, &review, "unshare").expect(200)["status"],
        "submitted"
    );
}

#[test]
fn nobody_reads_what_is_written_about_them_before_it_is_shared() {
    let acme = workspace();
    // Bob leads a team that he is in himself.
    let (review, _) = review(&acme, (&acme.bob, &acme.dave, "peer"));
    save(&dave(&acme), &review, json!(["Little", 2])).expect(204);
    step(&dave(&acme), &review, "submit").expect(200);
    let bob = bob(&acme);
    bob.get(&review).refusal(404);
    step(&bob, &review, "share").refusal(404);
    assert!(
        !bob.get(REVIEWS)
            .text()
            .contains(review.rsplit('/').next().unwrap())
    );
    step(&dave(&acme), &review, "share").expect(200);
    bob.read(&review);
    step(&bob, &review, "unshare").refusal(403);
}

#[test]
fn the_list_tells_mine_from_those_about_me_and_others() {
    let acme = workspace();
    let ids = |api: &Api, which: &str| -> Vec<String> {
        let list = api.read(REVIEWS);
        let id = |review: &Value| review["id"].as_str().unwrap().to_owned();
        list[which].as_array().unwrap().iter().map(id).collect()
    };
    // Alice reviewed Bob (shared) and reviews Carol (a draft); Bob reviewed himself (submitted).
    let alice = alice(&acme);
    let mut mine = ids(&alice, "mine");
    mine.sort();
    let mut expected = [acme.shared_review.0.clone(), acme.draft_review.0.clone()];
    expected.sort();
    assert_eq!(mine, expected);
    assert_eq!(ids(&alice, "others"), [acme.submitted_review.as_str()]);
    let bob = bob(&acme);
    assert_eq!(ids(&bob, "mine"), [acme.submitted_review.as_str()]);
    assert_eq!(ids(&bob, "about_me"), [acme.shared_review.as_str()]);
    assert_eq!(ids(&bob, "others"), [""; 0]);
    for which in ["mine", "about_me", "others"] {
        assert_eq!(ids(&carol(&acme), which), [""; 0]);
    }
    let may = &bob.read(REVIEWS)["mine"][0]["may"];
    assert_eq!(*may, json!(["write_review", "share_review"]));
}

#[test]
fn a_private_note_is_the_reviewers_alone() {
    let acme = workspace();
    let (alice, bob, carol, dave) = (alice(&acme), bob(&acme), carol(&acme), dave(&acme));
    let (review, cycle) = review(&acme, (&acme.dave, &acme.carol, "peer"));
    let note = |text: Value| carol.put(&format!("{review}/note"), &json!({ "note": text }));
    note(json!("HUSH")).expect(204);
    assert_eq!(carol.read(&review)["private_note"], "HUSH");
    save(&carol, &review, json!(["Much", 4])).expect(204);
    step(&carol, &review, "submit").expect(200);
    step(&carol, &review, "share").expect(200);
    // Any time, also now.
    note(json!("HUSH again")).expect(204);
    for api in [&alice, &bob, &dave] {
        assert_eq!(api.read(&review)["private_note"], Value::Null);
    }
    let id = review.rsplit('/').next().unwrap();
    for (api, path) in [
        (&alice, "/api/app/audit-log?limit=200"),
        (&alice, "/api/app/reviews"),
        (&alice, &cycle),
        (&acme.api, &format!("/reviews/{id}/summary")),
        (&dave, "/api/app/reviews"),
        (&dave, "/api/app/notifications"),
        (&carol, "/api/app/reviews"),
    ] {
        let answer = api.get(path);
        answer.expect(200);
        assert!(!answer.text().contains("HUSH"), "{answer:?}");
    }
    let file = alice.get("/api/app/audit-log.csv");
    assert!(!file.text().contains("HUSH") && file.text().contains("review.note"));
    let refusal = note(json!("x".repeat(10_001))).refusal(400);
    assert!(refusal.starts_with("note"), "{refusal}");
    note(json!(5)).refusal(400);
    note(json!(null)).expect(204);
    assert_eq!(carol.read(&review)["private_note"], Value::Null);
}

#[test]
fn the_audit_log_knows_that_a_review_was_saved_and_none_of_its_words() {
    let acme = workspace();
    let (review, _) = review(&acme, (&acme.carol, &acme.carol, "self"));
    save(&carol(&acme), &review, json!(["UNHEARD", 4])).expect(204);
    let id = review.rsplit('/').next().unwrap();
    let log = alice(&acme).get(&format!("/api/app/audit-log?subject_id={id}"));
    let entry = &log.json()["entries"][0];
    assert_eq!(entry["action"], "review.save");
    assert_eq!(entry["subject_title"], "Autumn");
    assert_eq!(entry["after"], json!({ "answers": 2 }));
    assert!(!log.text().contains("UNHEARD"));
}

#[test]
fn a_closed_cycle_ends_the_writing_but_not_the_sharing() {
    let acme = workspace();
    let carol = carol(&acme);
    let (review, cycle) = review(&acme, (&acme.carol, &acme.carol, "self"));
    save(&carol, &review, json!(["Much", 4])).expect(204);
    set_status(&acme, &cycle, "closed");
    save(&carol, &review, json!(["More", 5])).refusal(409);
    step(&carol, &review, "submit").refusal(409);
    set_status(&acme, &cycle, "active");
    step(&carol, &review, "submit").expect(200);
    set_status(&acme, &cycle, "closed");
    step(&carol, &review, "reopen").refusal(409);
    step(&carol, &review, "share").expect(200);
    assert_eq!(carol.read(&review)["answers"], json!(["Much", 4]));
}

#[test]
fn reviews_of_another_workspace_and_of_keys_do_not_exist() {
    let (acme, other) = (workspace(), workspace());
    let alice = alice(&acme);
    for id in [
        other.shared_review.as_str(),
        other.draft_review.as_str(),
        "nothing",
    ] {
        let review = format!("{REVIEWS}/{id}");
        alice.get(&review).refusal(404);
        save(&alice, &review, json!([null, null])).refusal(404);
        alice
            .put(&format!("{review}/note"), &json!({ "note": "x" }))
            .refusal(404);
        for name in ["submit", "reopen", "share", "unshare"] {
            step(&alice, &review, name).refusal(404);
        }
    }
    let review = format!("{REVIEWS}/{}", acme.shared_review);
    acme.api.get(&review).refusal(403);
    acme.api.get(REVIEWS).refusal(403);
    step(&acme.api, &review, "unshare").refusal(403);
}
