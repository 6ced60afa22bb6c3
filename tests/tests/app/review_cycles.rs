//! `/review-templates` and `/review-cycles`: what is asked, of whom, until when.

use okrs_shared::id::MemberId;
use okrs_tests::{Api, Workspace, workspace};
use serde_json::{Value, json};

pub const TEMPLATES: &str = "/api/app/review-templates";
pub const CYCLES: &str = "/api/app/review-cycles";

/// Who reviews whom, as what.
pub type Pair<'a> = (&'a MemberId, &'a MemberId, &'a str);

pub fn alice(acme: &Workspace) -> Api {
    acme.api.signed_in(&acme.sessions.alice)
}

pub fn bob(acme: &Workspace) -> Api {
    acme.api.signed_in(&acme.sessions.bob)
}

fn form() -> Value {
    json!({
        "name": "Half-year",
        "questions": [
            { "text": "What went well?", "kind": "text" },
            { "text": "How well?", "kind": "rating" },
        ],
    })
}

pub fn template(acme: &Workspace) -> Value {
    alice(acme).post(TEMPLATES, &form()).expect(201)
}

fn body(template: &Value, pairs: &[Pair]) -> Value {
    let participants: Vec<Value> = pairs
        .iter()
        .map(|(reviewee, reviewer, kind)| {
            json!({ "reviewee_id": reviewee.as_str(), "reviewer_id": reviewer.as_str(), "type": kind })
        })
        .collect();
    json!({ "name": "Autumn", "template_id": template["id"], "participants": participants })
}

/// Makes a review cycle as a draft and returns its path.
pub fn draft(acme: &Workspace, pairs: &[Pair]) -> String {
    let body = body(&template(acme), pairs);
    let cycle = alice(acme).post(CYCLES, &body).expect(201);
    format!("{CYCLES}/{}", cycle["id"].as_str().unwrap())
}

pub fn set_status(acme: &Workspace, cycle: &str, status: &str) {
    let body = json!({ "status": status });
    alice(acme).patch(cycle, &body).expect(200);
}

fn unread(api: &Api) -> Value {
    api.read("/api/app/me")["unread_notifications"].clone()
}

#[test]
fn a_template_is_made_changed_and_archived() {
    let acme = workspace();
    let alice = alice(&acme);
    let made = template(&acme);
    assert_eq!(made["questions"], form()["questions"]);
    assert_eq!(made["archived"], false);
    assert_eq!(alice.read(TEMPLATES), json!([made]));

    let path = format!("{TEMPLATES}/{}", made["id"].as_str().unwrap());
    let questions = json!([{ "text": "Why?", "kind": "text" }]);
    let patch = json!({ "name": " Yearly ", "questions": questions });
    let changed = alice.patch(&path, &patch).expect(200);
    assert_eq!(changed["name"], "Yearly");
    assert_eq!(changed["questions"], questions);
    let archived = alice.patch(&path, &json!({ "archived": true })).expect(200);
    assert_eq!(archived["archived"], true);
    assert_eq!(archived["name"], "Yearly");
    let body = body(&made, &[(&acme.bob, &acme.bob, "self")]);
    let refusal = alice.post(CYCLES, &body).refusal(400);
    assert!(refusal.starts_with("template_id"), "{refusal}");
    alice
        .patch(&path, &json!({ "archived": false }))
        .expect(200);
    alice.post(CYCLES, &body).expect(201);
}

#[test]
fn a_template_that_makes_no_sense_is_refused() {
    let acme = workspace();
    let alice = alice(&acme);
    let question = json!({ "text": "Why?", "kind": "text" });
    let many = vec![question.clone(); 31];
    for (change, field) in [
        (json!({ "name": " " }), "name"),
        (json!({ "name": null }), "name"),
        (json!({ "questions": [] }), "questions"),
        (json!({ "questions": many }), "questions"),
        (
            json!({ "questions": [question, { "text": " ", "kind": "text" }] }),
            "questions[1].text",
        ),
        (
            json!({ "questions": [{ "text": "Why?", "kind": "stars" }] }),
            "questions[0].kind",
        ),
        (json!({ "questions": [{ "text": "Why?" }] }), "questions[0]"),
    ] {
        let mut body = form();
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let refusal = alice.post(TEMPLATES, &body).refusal(400);
        assert!(refusal.starts_with(field), "{change}: {refusal}");
    }
    let made = template(&acme);
    assert!(
        alice
            .post(TEMPLATES, &form())
            .refusal(409)
            .starts_with("name")
    );
    let other = json!({ "name": "Other", "questions": form()["questions"] });
    let other = alice.post(TEMPLATES, &other).expect(201);
    let path = format!("{TEMPLATES}/{}", other["id"].as_str().unwrap());
    assert!(
        alice
            .patch(&path, &json!({ "name": made["name"] }))
            .refusal(409)
            .starts_with("name")
    );
    assert!(
        alice
            .patch(&path, &json!({ "questions": [] }))
            .refusal(400)
            .starts_with("questions")
    );
    alice
        .patch(&path, &json!({ "archived": "yes" }))
        .refusal(400);
    alice
        .patch(&format!("{TEMPLATES}/nothing"), &json!({}))
        .refusal(404);
}

#[test]
fn managers_choose_templates_and_only_admins_make_them() {
    let acme = workspace();
    let made = template(&acme);
    let path = format!("{TEMPLATES}/{}", made["id"].as_str().unwrap());
    let (bob, dave) = (bob(&acme), acme.api.signed_in(&acme.sessions.dave));
    assert_eq!(bob.read(TEMPLATES), json!([made]));
    bob.post(TEMPLATES, &form()).refusal(403);
    bob.patch(&path, &json!({ "archived": true })).refusal(403);
    for path in [
        TEMPLATES,
        CYCLES,
        &format!("{CYCLES}/{}", acme.review_cycle),
    ] {
        dave.get(path).refusal(403);
    }
    dave.post(CYCLES, &json!({})).refusal(403);
}

#[test]
fn reviewers_hear_of_a_cycle_when_it_becomes_active() {
    let acme = workspace();
    let dave = acme.api.signed_in(&acme.sessions.dave);
    let cycle = draft(
        &acme,
        &[
            (&acme.dave, &acme.dave, "self"),
            (&acme.bob, &acme.dave, "peer"),
        ],
    );
    let shown = alice(&acme).read(&cycle);
    assert_eq!(shown["cycle"]["status"], "draft");
    assert_eq!(shown["cycle"]["review_count"], 2);
    assert_eq!(shown["questions"], form()["questions"]);
    let review = shown["reviews"][0]["id"].as_str().unwrap();
    assert_eq!(dave.read("/api/app/reviews")["mine"], json!([]));
    dave.get(&format!("/api/app/reviews/{review}")).refusal(404);
    assert_eq!(unread(&dave), 0);

    set_status(&acme, &cycle, "active");
    assert_eq!(
        dave.read("/api/app/reviews")["mine"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(unread(&dave), 1);
    let heard = dave.read("/api/app/notifications")["notifications"][0].clone();
    assert_eq!(heard["kind"], "review_to_write");
    assert_eq!(heard["subject_id"], shown["cycle"]["id"]);
    assert_eq!(heard["text"], "Autumn");
    // Once is enough.
    set_status(&acme, &cycle, "active");
    assert_eq!(unread(&dave), 1);
}

#[test]
fn a_cycle_keeps_the_questions_it_was_made_with() {
    let acme = workspace();
    let cycle = draft(&acme, &[(&acme.dave, &acme.dave, "self")]);
    let made = alice(&acme).read(TEMPLATES)[0].clone();
    let path = format!("{TEMPLATES}/{}", made["id"].as_str().unwrap());
    let questions = json!([{ "text": "Why?", "kind": "text" }]);
    alice(&acme)
        .patch(&path, &json!({ "questions": questions }))
        .expect(200);
    assert_eq!(alice(&acme).read(&cycle)["questions"], form()["questions"]);
}

#[test]
fn a_cycle_that_makes_no_sense_is_refused() {
    let (acme, other) = (workspace(), workspace());
    let alice = alice(&acme);
    let made = template(&acme);
    let good = body(&made, &[(&acme.bob, &acme.bob, "self")]);
    let with = |pairs: &[Pair]| json!({ "participants": body(&made, pairs)["participants"] });
    let (bob, dave) = (&acme.bob, &acme.dave);
    for (change, field) in [
        (json!({ "name": "" }), "name"),
        (json!({ "due_date": "soon" }), "due_date"),
        (json!({ "due_date": "2031-1-1" }), "due_date"),
        (json!({ "template_id": "nothing" }), "template_id"),
        (
            json!({ "template_id": template(&other)["id"] }),
            "template_id",
        ),
        (with(&[]), "participants"),
        (with(&[(bob, dave, "self")]), "participants[0].reviewer_id"),
        (with(&[(bob, bob, "peer")]), "participants[0].reviewer_id"),
        (
            with(&[(bob, dave, "peer"), (bob, dave, "manager")]),
            "participants[1].reviewer_id",
        ),
        (with(&[(bob, dave, "boss")]), "participants[0].type"),
        (with(&[(&other.bob, dave, "peer")]), "participants"),
        (
            with(&[(bob, &MemberId::from("nobody"), "peer")]),
            "participants",
        ),
    ] {
        let mut body = good.clone();
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let refusal = alice.post(CYCLES, &body).refusal(400);
        assert!(refusal.starts_with(field), "{change}: {refusal}");
    }
    // Only the one that each workspace is seeded with.
    assert_eq!(alice.read(CYCLES).as_array().unwrap().len(), 1);
    let cycle = format!("{CYCLES}/{}", acme.review_cycle);
    for (patch, field) in [
        (json!({ "name": " " }), "name"),
        (json!({ "due_date": "soon" }), "due_date"),
        (json!({ "due_date": "+2031-01-01" }), "due_date"),
        (json!({ "status": "over" }), "status"),
        (json!({ "status": null }), "status"),
    ] {
        let refusal = alice.patch(&cycle, &patch).refusal(400);
        assert!(refusal.starts_with(field), "{patch}: {refusal}");
    }
    alice
        .patch(&format!("{CYCLES}/nothing"), &json!({}))
        .refusal(404);
    alice
        .get(&format!("{CYCLES}/{}", other.review_cycle))
        .refusal(404);
    alice
        .delete(&format!("{CYCLES}/{}", other.review_cycle))
        .refusal(404);
}

#[test]
fn a_cycle_is_renamed_and_its_due_date_set_and_cleared() {
    let acme = workspace();
    let alice = alice(&acme);
    let cycle = format!("{CYCLES}/{}", acme.review_cycle);
    let patch = json!({ "name": " Winter ", "due_date": "2027-01-31" });
    let changed = alice.patch(&cycle, &patch).expect(200);
    assert_eq!(changed["name"], "Winter");
    assert_eq!(changed["due_date"], "2027-01-31");
    assert_eq!(changed["status"], "active");
    let changed = alice
        .patch(&cycle, &json!({ "due_date": null }))
        .expect(200);
    assert_eq!(changed["due_date"], Value::Null);
    assert_eq!(changed["name"], "Winter");
    assert_eq!(acme.api.read("/review-cycles")[0]["name"], "Winter");
}

#[test]
fn a_cycle_whose_reviews_have_been_begun_is_no_draft_any_more() {
    let acme = workspace();
    let alice = alice(&acme);
    let begun = format!("{CYCLES}/{}", acme.review_cycle);
    let refusal = alice
        .patch(&begun, &json!({ "status": "draft" }))
        .refusal(409);
    assert!(refusal.starts_with("status"), "{refusal}");
    let untouched = draft(&acme, &[(&acme.dave, &acme.dave, "self")]);
    set_status(&acme, &untouched, "active");
    set_status(&acme, &untouched, "draft");
}

#[test]
fn managers_see_the_reviews_of_people_they_manage_and_those_they_write() {
    let acme = workspace();
    let cycle = draft(
        &acme,
        &[
            (&acme.dave, &acme.dave, "self"),
            (&acme.dave, &acme.alice, "peer"),
            (&acme.carol, &acme.bob, "peer"),
            (&acme.carol, &acme.alice, "manager"),
            (&acme.bob, &acme.alice, "manager"),
        ],
    );
    let pairs = |api: &Api| -> Vec<(String, String)> {
        let shown = api.read(&cycle);
        let name = |review: &Value, who: &str| review[who].as_str().unwrap().to_owned();
        let reviews = shown["reviews"].as_array().unwrap();
        reviews
            .iter()
            .map(|review| (name(review, "reviewee"), name(review, "reviewer")))
            .collect()
    };
    assert_eq!(pairs(&alice(&acme)).len(), 5);
    // Not what is written about himself, though he is in the team that he leads.
    let expected = [
        ("Carol Świątek", "Bob O'Hara"),
        ("Dave Okafor", "Alice Nguyen"),
        ("Dave Okafor", "Dave Okafor"),
    ];
    let seen = pairs(&bob(&acme));
    let seen: Vec<(&str, &str)> = seen.iter().map(|(a, b)| (&**a, &**b)).collect();
    assert_eq!(seen, expected);
    assert_eq!(bob(&acme).read(&cycle)["cycle"]["review_count"], 5);
}

#[test]
fn a_deleted_cycle_takes_its_reviews_with_it() {
    let acme = workspace();
    let cycle = format!("{CYCLES}/{}", acme.review_cycle);
    let review = format!("/api/app/reviews/{}", acme.shared_review);
    bob(&acme).read(&review);
    alice(&acme).delete(&cycle).expect(204);
    alice(&acme).get(&cycle).refusal(404);
    alice(&acme).delete(&cycle).refusal(404);
    bob(&acme).get(&review).refusal(404);
    acme.api
        .get(&format!("/reviews/{}/summary", acme.shared_review))
        .refusal(404);
    assert_eq!(acme.api.read("/review-cycles"), json!([]));
}
