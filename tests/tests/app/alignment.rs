//! `PATCH /api/app/okrs/{id}` and `PATCH /api/app/key-results/{id}`

use okrs_tests::{Api, Workspace, workspace};
use serde_json::{Value, json};

use crate::ids::{find, id, ids};
use crate::okr_list::team_okr;

/// A company OKR of Alice's in the active cycle.
fn okr(acme: &Workspace, title: &str) -> String {
    let body = json!({
        "title": title, "type": "org", "cycle_id": acme.cycles.active.as_str(),
        "owner_id": acme.alice.as_str(),
    });
    id(&acme.bulk().post("/okrs", &body).expect(201))
}

fn align(api: &Api, okr: &str, body: &Value) -> okrs_tests::Response {
    api.patch(&format!("/api/app/okrs/{okr}"), body)
}

fn detail(api: &Api, okr: &str) -> Value {
    api.read(&format!("/api/app/okrs/{okr}"))
}

#[test]
fn an_okr_is_aligned_to_another_and_stands_alone_again() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let child = okr(&acme, "Below");
    let body = json!({ "parent_id": acme.okr.as_str(), "weight": 2.5 });
    align(&alice, &child, &body).expect(204);
    let seen = detail(&alice, &child);
    assert_eq!(seen["parent"]["title"], "Improve onboarding conversion");
    assert_eq!(seen["okr"]["parent_id"], acme.okr.as_str());
    assert_eq!(seen["okr"]["weight"], 2.5);
    assert_eq!(
        ids(&detail(&alice, acme.okr.as_str())["children"]),
        [child.as_str()]
    );
    align(&alice, &child, &json!({ "parent_id": null })).expect(204);
    assert_eq!(detail(&alice, &child)["parent"], Value::Null);
    assert_eq!(detail(&alice, acme.okr.as_str())["children"], json!([]));
}

#[test]
fn no_okr_is_above_itself() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let (top, middle, bottom) = (
        okr(&acme, "Top"),
        okr(&acme, "Middle"),
        okr(&acme, "Bottom"),
    );
    align(&alice, &middle, &json!({ "parent_id": top })).expect(204);
    align(&alice, &bottom, &json!({ "parent_id": middle })).expect(204);
    for below in [&top, &middle, &bottom] {
        let refusal = align(&alice, &top, &json!({ "parent_id": below })).refusal(400);
        assert!(refusal.starts_with("parent_id"), "{refusal}");
    }
    assert_eq!(detail(&alice, &top)["parent"], Value::Null);
}

#[test]
fn what_cannot_be_a_parent_or_a_weight_is_refused_by_name() {
    let acme = workspace();
    let (other, alice) = (workspace(), acme.api.signed_in(&acme.sessions.alice));
    let deleted = okr(&acme, "Gone");
    alice.delete(&format!("/okrs/{deleted}")).expect(204);
    let path = acme.okr.as_str();
    for (field, body) in [
        ("parent_id", json!({ "parent_id": "nothing" })),
        ("parent_id", json!({ "parent_id": 3 })),
        ("parent_id", json!({ "parent_id": deleted })),
        ("parent_id", json!({ "parent_id": other.okr.as_str() })),
        ("weight", json!({ "weight": -1 })),
        ("weight", json!({ "weight": "heavy" })),
        ("weight", json!({ "weight": null })),
        ("archived", json!({ "archived": null })),
        ("archived", json!({ "archived": "yes" })),
        ("body has no updatable field", json!({})),
    ] {
        let refusal = align(&alice, path, &body).refusal(400);
        assert!(refusal.starts_with(field), "{body}: {refusal}");
    }
}

#[test]
fn a_parent_that_one_does_not_see_is_not_named_and_not_accepted() {
    let acme = workspace();
    let (secret, _) = team_okr(&acme);
    let (alice, carol) = (
        acme.api.signed_in(&acme.sessions.alice),
        acme.api.signed_in(&acme.sessions.carol),
    );
    align(&alice, acme.okr.as_str(), &json!({ "parent_id": secret })).expect(204);
    assert_eq!(
        detail(&alice, acme.okr.as_str())["parent"]["title"],
        "Secret of the team"
    );
    let seen = detail(&carol, acme.okr.as_str());
    assert_eq!(seen["parent"], Value::Null);
    assert_eq!(seen["okr"]["parent_id"], Value::Null);
    let list = carol.read("/api/app/okrs");
    assert_eq!(list["okrs"][0]["parent_id"], Value::Null);

    let own = json!({
        "title": "Carol's", "type": "team", "cycle_id": acme.cycles.active.as_str(),
        "owner_id": acme.carol.as_str(),
    });
    let own = id(&carol.post("/okrs", &own).expect(201));
    let refusal = align(&carol, &own, &json!({ "parent_id": secret })).refusal(400);
    let unknown = align(&carol, &own, &json!({ "parent_id": "nothing" })).refusal(400);
    assert_eq!(refusal, unknown);
    // Nor does a child that is hidden show from above.
    align(&alice, &secret, &json!({ "parent_id": own })).expect(204);
    assert_eq!(detail(&carol, &own)["children"], json!([]));
    assert_eq!(ids(&detail(&alice, &own)["children"]), [secret]);
}

#[test]
fn an_archived_okr_is_out_of_the_lists_until_it_comes_back() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    align(&alice, acme.okr.as_str(), &json!({ "archived": true })).expect(204);
    assert_eq!(alice.read("/api/app/okrs")["okrs"], json!([]));
    assert_eq!(alice.read("/okrs"), json!([]));
    let list = alice.read("/api/app/okrs?include_archived=true");
    assert_eq!(list["okrs"][0]["archived"], true);
    assert_eq!(detail(&alice, acme.okr.as_str())["okr"]["archived"], true);
    align(&alice, acme.okr.as_str(), &json!({ "archived": false })).expect(204);
    assert_eq!(ids(&alice.read("/okrs")), [acme.okr.as_str()]);
}

#[test]
fn whoever_may_not_change_an_okr_may_not_align_it() {
    let acme = workspace();
    let (secret, key_result) = team_okr(&acme);
    let (carol, dave) = (
        acme.api.signed_in(&acme.sessions.carol),
        acme.api.signed_in(&acme.sessions.dave),
    );
    let body = json!({ "archived": true });
    align(&carol, acme.okr.as_str(), &body).refusal(403);
    align(&carol, &secret, &body).refusal(404);
    align(&dave, &secret, &json!({ "weight": 3 })).expect(204);
    let own = format!("/api/app/key-results/{}", acme.key_results.number);
    dave.patch(&own, &json!({ "weight": 3 })).refusal(403);
    let hidden = format!("/api/app/key-results/{key_result}");
    carol.patch(&hidden, &json!({ "weight": 3 })).refusal(404);
    dave.patch("/api/app/key-results/nothing", &json!({ "weight": 3 }))
        .refusal(404);
}

#[test]
fn weights_decide_about_progress() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let progress = || alice.read("/api/app/okrs")["okrs"][0]["progress"].clone();
    for key_result in [
        &acme.key_results.percentage,
        &acme.key_results.currency,
        &acme.key_results.boolean,
    ] {
        let path = format!("/api/app/key-results/{key_result}");
        alice.patch(&path, &json!({ "weight": 0 })).expect(204);
    }
    assert_eq!(progress(), 0.4);
    assert_eq!(alice.read("/okrs")[0]["progress"], 0.4);
}

#[test]
fn a_moved_target_stays_in_the_history_with_its_reason() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let key_result = &acme.key_results.number;
    let app = format!("/api/app/key-results/{key_result}");
    let body = json!({ "target_value": 80, "reason": "The market shrank" });
    alice.patch(&app, &body).expect(204);
    // The same target again is no change.
    alice
        .patch(&app, &json!({ "target_value": 80 }))
        .expect(204);
    let public = format!("/key-results/{key_result}");
    acme.api
        .put(&public, &json!({ "target_value": 90 }))
        .expect(200);
    acme.api
        .put(&public, &json!({ "title": "New name" }))
        .expect(200);

    let seen = detail(&alice, acme.okr.as_str());
    assert_eq!(seen["okr"]["key_results"][0]["target_value"], 90);
    let changes = seen["target_changes"].as_array().unwrap();
    assert_eq!(changes.len(), 2);
    assert_eq!(changes[0]["old_target"], 80);
    assert_eq!(changes[0]["new_target"], 90);
    assert_eq!(changes[0]["reason"], Value::Null);
    assert_eq!(changes[1]["old_target"], 100);
    assert_eq!(changes[1]["reason"], "The market shrank");
    assert_eq!(changes[1]["author"], "Alice Nguyen");
    assert_eq!(changes[1]["key_result_id"], key_result.as_str());
}

#[test]
fn a_key_result_moves_with_its_history_and_initiatives() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let target = okr(&acme, "The better place");
    let key_result = acme.key_results.number.as_str();
    let comment = json!({ "text": "About the number", "key_result_id": key_result });
    let comments = format!("/api/app/okrs/{}/comments", acme.okr);
    alice.post(&comments, &comment).expect(201);
    let path = format!("/api/app/key-results/{key_result}");
    alice.patch(&path, &json!({ "okr_id": target })).expect(204);

    let (from, to) = (detail(&alice, acme.okr.as_str()), detail(&alice, &target));
    assert_eq!(from["okr"]["key_results"].as_array().unwrap().len(), 3);
    assert_eq!(from["check_ins"], json!([]));
    assert_eq!(from["okr"]["comment_count"], 0);
    assert_eq!(from["initiatives"], json!([]));
    assert_eq!(ids(&to["okr"]["key_results"]), [key_result]);
    assert_eq!(to["check_ins"].as_array().unwrap().len(), 1);
    assert_eq!(to["okr"]["comment_count"], 1);
    assert_eq!(ids(&to["initiatives"]), [acme.initiative.as_str()]);
    let check_ins = format!("/key-results/{key_result}/checkins");
    let answer = alice.post(&check_ins, &json!({ "value": 41 })).expect(201);
    assert_eq!(answer["okr_id"], target);
}

#[test]
fn a_key_result_moves_only_between_okrs_that_one_may_change() {
    let acme = workspace();
    let (secret, key_result) = team_okr(&acme);
    let (alice, dave) = (
        acme.api.signed_in(&acme.sessions.alice),
        acme.api.signed_in(&acme.sessions.dave),
    );
    let path = format!("/api/app/key-results/{key_result}");
    dave.patch(&path, &json!({ "okr_id": acme.okr.as_str() }))
        .refusal(403);
    for unknown in ["nothing", workspace().okr.as_str()] {
        let refusal = dave
            .patch(&path, &json!({ "okr_id": unknown }))
            .refusal(400);
        assert!(refusal.starts_with("okr_id"), "{refusal}");
    }
    let seen = detail(&dave, &secret);
    assert_eq!(ids(&seen["okr"]["key_results"]), [key_result.as_str()]);
    alice
        .patch(&path, &json!({ "okr_id": acme.okr.as_str() }))
        .expect(204);
    let list = alice.read("/api/app/okrs");
    let company = find(&list["okrs"], "id", acme.okr.as_str());
    find(&company["key_results"], "title", "Secret count");
    assert!(ids(&detail(&alice, acme.okr.as_str())["okr"]["key_results"]).contains(&key_result));
}

#[test]
fn what_cannot_be_done_to_a_key_result_is_refused_by_name() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let path = format!("/api/app/key-results/{}", acme.key_results.number);
    for (field, body) in [
        ("weight", json!({ "weight": -0.1 })),
        ("weight", json!({ "weight": null })),
        ("target_value", json!({ "target_value": "high" })),
        (
            "target_value",
            json!({ "target_value": null, "reason": "x" }),
        ),
        ("reason", json!({ "reason": "Why not" })),
        (
            "reason",
            json!({ "target_value": 1, "reason": "x".repeat(50_001) }),
        ),
        ("okr_id", json!({ "okr_id": null })),
        ("body has no updatable field", json!({})),
    ] {
        let refusal = alice.patch(&path, &body).refusal(400);
        assert!(refusal.starts_with(field), "{body}: {refusal}");
    }
}
