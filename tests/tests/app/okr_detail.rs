//! `GET /api/app/okrs/{id}`

use okrs_tests::{Api, workspace};
use serde_json::{Value, json};

use crate::ids::ids;
use crate::okr_list::team_okr;

fn okr(api: &Api, id: &str) -> Value {
    api.read(&format!("/api/app/okrs/{id}"))
}

#[test]
fn an_okr_comes_with_its_history_and_initiatives() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let key_result = &acme.key_results.number;
    let body =
        json!({ "value": 45, "status": "blocked", "comment": "Waiting", "blocker_note": "Legal" });
    alice
        .post(&format!("/key-results/{key_result}/checkins"), &body)
        .expect(201);
    alice
        .put(
            &format!("/key-results/{key_result}"),
            &json!({ "current_value": 47 }),
        )
        .expect(200);

    let detail = okr(&alice, acme.okr.as_str());
    assert_eq!(detail["okr"]["id"], acme.okr.as_str());
    assert_eq!(detail["cycle"]["name"], "Active quarter");
    assert_eq!(detail["parent"], Value::Null);
    assert_eq!(detail["children"], json!([]));
    assert_eq!(ids(&detail["initiatives"]), [acme.initiative.as_str()]);
    let check_ins = detail["check_ins"].as_array().unwrap();
    assert_eq!(check_ins.len(), 3);
    let (edit, blocked, seeded) = (&check_ins[0], &check_ins[1], &check_ins[2]);
    assert_eq!(
        (&edit["source"], &edit["value"]),
        (&json!("edit"), &json!(47))
    );
    assert_eq!(edit["status"], Value::Null);
    assert_eq!(edit["may_correct"], false);
    assert_eq!(blocked["source"], "check_in");
    assert_eq!(blocked["author"], "Alice Nguyen");
    assert_eq!(blocked["author_id"], acme.alice.as_str());
    assert_eq!(blocked["comment"], "Waiting");
    assert_eq!(blocked["blocker_note"], "Legal");
    assert_eq!(blocked["may_correct"], true);
    assert_eq!(blocked["corrected_at"], Value::Null);
    assert_eq!(seeded["author"], Value::Null);
    assert_eq!(seeded["may_correct"], false);
    let bob = okr(&acme.api.signed_in(&acme.sessions.bob), acme.okr.as_str());
    assert_eq!(bob["check_ins"][1]["may_correct"], false);
}

#[test]
fn an_okr_that_one_does_not_see_looks_like_none() {
    let acme = workspace();
    let (secret, _) = team_okr(&acme);
    let (carol, dave) = (
        acme.api.signed_in(&acme.sessions.carol),
        acme.api.signed_in(&acme.sessions.dave),
    );
    assert_eq!(okr(&dave, &secret)["okr"]["id"], secret.as_str());
    let hidden = carol.get(&format!("/api/app/okrs/{secret}"));
    let missing = carol.get("/api/app/okrs/nothing");
    assert_eq!(hidden.refusal(404), missing.refusal(404));
    let other = workspace();
    let foreign = dave.get(&format!("/api/app/okrs/{}", other.okr));
    assert_eq!(foreign.refusal(404), missing.refusal(404));
}

#[test]
fn a_deleted_okr_is_not_shown() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    alice.delete(&format!("/okrs/{}", acme.okr)).expect(204);
    alice
        .get(&format!("/api/app/okrs/{}", acme.okr))
        .refusal(404);
}
