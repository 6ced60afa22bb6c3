//! `/api/app/notifications`

use okrs_tests::{Api, workspace};
use serde_json::{Value, json};

use crate::ids::id;
use crate::okr_list::team_okr;

fn inbox(api: &Api) -> Value {
    api.read("/api/app/notifications")
}

fn kinds(inbox: &Value) -> Vec<&str> {
    let list = inbox["notifications"].as_array().unwrap().iter();
    list.map(|item| item["kind"].as_str().unwrap()).collect()
}

#[test]
fn those_mentioned_and_the_owner_hear_of_a_comment() {
    let acme = workspace();
    let [alice, bob, carol] = [
        &acme.sessions.alice,
        &acme.sessions.bob,
        &acme.sessions.carol,
    ]
    .map(|session| acme.api.signed_in(session));
    let path = format!("/api/app/okrs/{}/comments", acme.okr);
    let text = format!(
        "@[Bob]({}) and @[me]({}) and @[nobody](nothing)",
        acme.bob, acme.carol
    );
    carol.post(&path, &json!({ "text": text })).expect(201);

    assert_eq!(kinds(&inbox(&alice)), ["comment"]);
    assert_eq!(kinds(&inbox(&carol)), Vec::<&str>::new());
    let bobs = inbox(&bob);
    assert_eq!(bobs["unread"], 1);
    let mention = &bobs["notifications"][0];
    assert_eq!(mention["kind"], "mention");
    assert_eq!(mention["subject_id"], acme.okr.as_str());
    assert_eq!(mention["text"], "Improve onboarding conversion");
    assert_eq!(mention["by"], "Carol Świątek");
    assert_eq!(mention["read_at"], Value::Null);
    assert_eq!(bob.read("/api/app/me")["unread_notifications"], 1);
    // An owner who is mentioned hears of it once, and nobody of their own words.
    let text = format!("@[Alice]({})", acme.alice);
    bob.post(&path, &json!({ "text": text })).expect(201);
    assert_eq!(kinds(&inbox(&alice)), ["mention", "comment"]);
    alice.post(&path, &json!({ "text": "Thanks" })).expect(201);
    assert_eq!(inbox(&alice)["unread"], 2);
}

#[test]
fn nobody_hears_of_an_okr_that_they_do_not_see() {
    let acme = workspace();
    let [alice, bob, carol, dave] = [
        &acme.sessions.alice,
        &acme.sessions.bob,
        &acme.sessions.carol,
        &acme.sessions.dave,
    ]
    .map(|session| acme.api.signed_in(session));
    let (secret, _) = team_okr(&acme);
    let other = workspace();
    let text = format!(
        "@[Carol]({}) @[Bob]({}) @[Alice]({}) @[Stranger]({})",
        acme.carol, acme.bob, acme.alice, other.carol
    );
    let path = format!("/api/app/okrs/{secret}/comments");
    dave.post(&path, &json!({ "text": text })).expect(201);
    assert_eq!(inbox(&carol)["notifications"], json!([]));
    assert_eq!(kinds(&inbox(&bob)), ["mention"]);
    assert_eq!(kinds(&inbox(&alice)), ["mention"]);
    let stranger = acme.api.signed_in(&other.sessions.carol);
    assert_eq!(inbox(&stranger)["notifications"], json!([]));
}

#[test]
fn what_somebody_does_not_see_any_more_is_not_in_their_inbox() {
    let acme = workspace();
    let [alice, bob, carol] = [
        &acme.sessions.alice,
        &acme.sessions.bob,
        &acme.sessions.carol,
    ]
    .map(|session| acme.api.signed_in(session));
    let shown = |api: &Api| {
        let inbox = inbox(api);
        let listed = inbox["notifications"].as_array().unwrap().len();
        let unread = api.read("/api/app/me")["unread_notifications"].clone();
        assert_eq!(
            (&inbox["unread"], &unread),
            (&json!(listed), &json!(listed))
        );
        listed
    };
    let text = format!("@[Carol]({})", acme.carol);
    let path = format!("/api/app/okrs/{}/comments", acme.okr);
    bob.post(&path, &json!({ "text": text })).expect(201);
    assert_eq!(shown(&carol), 1);
    let okr = format!("/okrs/{}", acme.okr);
    for (visibility, listed) in [("team", 0), ("organisation", 1)] {
        let change = json!({ "visibility": visibility });
        alice.put(&okr, &change).expect(200);
        assert_eq!(shown(&carol), listed, "{visibility}");
    }
    alice.delete(&okr).expect(204);
    assert_eq!(shown(&carol), 0, "deleted");

    let review = format!("/api/app/reviews/{}", acme.submitted_review);
    for (what, listed) in [("share", 1), ("unshare", 0)] {
        alice
            .post(&format!("{review}/{what}"), &json!({}))
            .expect(200);
        assert_eq!(shown(&bob), listed, "{what}");
    }
}

#[test]
fn changing_a_comment_tells_only_those_who_are_new_in_it() {
    let acme = workspace();
    let [bob, carol, dave] = [
        &acme.sessions.bob,
        &acme.sessions.carol,
        &acme.sessions.dave,
    ]
    .map(|session| acme.api.signed_in(session));
    let text = format!("@[Bob]({})", acme.bob);
    let path = format!("/api/app/okrs/{}/comments", acme.okr);
    let comment = id(&carol.post(&path, &json!({ "text": text })).expect(201));
    let text = format!("@[Bob]({}) @[Dave]({})", acme.bob, acme.dave);
    let path = format!("/api/app/comments/{comment}");
    carol.patch(&path, &json!({ "text": text })).expect(200);
    assert_eq!(inbox(&bob)["unread"], 1);
    assert_eq!(inbox(&dave)["unread"], 1);
}

#[test]
fn notifications_are_read_one_by_one_or_all_at_once() {
    let acme = workspace();
    let (alice, carol) = (
        acme.api.signed_in(&acme.sessions.alice),
        acme.api.signed_in(&acme.sessions.carol),
    );
    let path = format!("/api/app/okrs/{}/comments", acme.okr);
    for text in ["One", "Two", "Three"] {
        carol.post(&path, &json!({ "text": text })).expect(201);
    }
    let first = id(&inbox(&alice)["notifications"][2]);
    let read = |api: &Api, body: &Value| api.post("/api/app/notifications/read", body);
    // Somebody else's notifications are not theirs to read.
    read(&carol, &json!({ "ids": [first] })).expect(204);
    assert_eq!(inbox(&alice)["unread"], 3);
    read(&alice, &json!({ "ids": [first, "nothing"] })).expect(204);
    let seen = inbox(&alice);
    assert_eq!(seen["unread"], 2);
    assert_ne!(seen["notifications"][2]["read_at"], Value::Null);
    read(&alice, &json!({})).expect(204);
    assert_eq!(inbox(&alice)["unread"], 0);
    assert_eq!(inbox(&alice)["notifications"].as_array().unwrap().len(), 3);

    for body in [
        json!({ "ids": "all" }),
        json!({ "ids": [3] }),
        json!({ "ids": vec!["x"; 501] }),
    ] {
        let refusal = read(&alice, &body).refusal(400);
        assert!(refusal.starts_with("ids"), "{refusal}");
    }
}

#[test]
fn check_ins_that_are_due_are_counted() {
    let acme = workspace();
    team_okr(&acme);
    let dave = acme.api.signed_in(&acme.sessions.dave);
    assert_eq!(inbox(&dave)["check_ins_due"], 1);
    let due = dave.read("/api/app/home")["due"].clone();
    let key_result = id(&due[0]["key_result"]);
    dave.post(
        &format!("/key-results/{key_result}/checkins"),
        &json!({ "value": 5 }),
    )
    .expect(201);
    assert_eq!(inbox(&dave)["check_ins_due"], 0);
    let carol = acme.api.signed_in(&acme.sessions.carol);
    assert_eq!(inbox(&carol)["check_ins_due"], 0);
}
