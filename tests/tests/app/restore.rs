//! Undoing deletes.

use okrs_tests::workspace;
use serde_json::json;

use crate::ids::{find, ids};
use crate::okr_list::team_okr;

#[test]
fn an_okr_comes_back_with_its_key_results_and_initiatives() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let before = alice.read(&format!("/api/app/okrs/{}", acme.okr));
    alice.delete(&format!("/okrs/{}", acme.okr)).expect(204);
    let path = format!("/api/app/okrs/{}/restore", acme.okr);
    let deleted = alice.read("/api/app/okrs/deleted");
    assert_eq!(ids(&deleted), [acme.okr.as_str()]);
    assert_eq!(deleted[0]["kind"], "okr");
    assert_eq!(deleted[0]["title"], "Improve onboarding conversion");

    alice.post(&path, &json!({})).expect(204);
    assert_eq!(alice.read("/api/app/okrs/deleted"), json!([]));
    let after = alice.read(&format!("/api/app/okrs/{}", acme.okr));
    assert_eq!(after["okr"]["key_results"], before["okr"]["key_results"]);
    assert_eq!(after["check_ins"], before["check_ins"]);
    assert_eq!(ids(&after["initiatives"]), [acme.initiative.as_str()]);
    assert_eq!(
        alice.post(&path, &json!({})).refusal(404),
        "Deleted OKR not found"
    );
}

#[test]
fn a_key_result_comes_back_to_its_okr() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let key_result = acme.key_results.number.as_str();
    alice
        .delete(&format!("/key-results/{key_result}"))
        .expect(204);
    let deleted = alice.read("/api/app/okrs/deleted");
    let item = find(&deleted, "kind", "key_result");
    assert_eq!(item["id"], key_result);
    assert_eq!(item["okr_id"], acme.okr.as_str());
    assert_eq!(item["okr"], "Improve onboarding conversion");
    let path = format!("/api/app/key-results/{key_result}/restore");
    alice.post(&path, &json!({})).expect(204);
    let okr = alice.read(&format!("/api/app/okrs/{}", acme.okr));
    assert_eq!(ids(&okr["okr"]["key_results"])[0], key_result);
    assert_eq!(okr["check_ins"].as_array().unwrap().len(), 1);
    alice.post(&path, &json!({})).refusal(404);
}

#[test]
fn a_key_result_waits_for_its_okr() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let key_result = acme.key_results.number.as_str();
    alice.delete(&format!("/okrs/{}", acme.okr)).expect(204);
    let path = format!("/api/app/key-results/{key_result}/restore");
    alice.post(&path, &json!({})).refusal(409);
    assert_eq!(
        ids(&alice.read("/api/app/okrs/deleted")),
        [acme.okr.as_str()]
    );
}

#[test]
fn only_those_who_may_change_an_okr_restore_it() {
    let acme = workspace();
    let (secret, key_result) = team_okr(&acme);
    let as_session = |session: &str| acme.api.signed_in(session);
    let (bob, carol, dave) = (
        as_session(&acme.sessions.bob),
        as_session(&acme.sessions.carol),
        as_session(&acme.sessions.dave),
    );
    dave.delete(&format!("/key-results/{key_result}"))
        .expect(204);
    dave.delete(&format!("/okrs/{secret}")).expect(204);
    acme.api.delete(&format!("/okrs/{}", acme.okr)).expect(204);

    assert_eq!(carol.read("/api/app/okrs/deleted"), json!([]));
    assert_eq!(ids(&dave.read("/api/app/okrs/deleted")), [secret.as_str()]);
    assert_eq!(ids(&bob.read("/api/app/okrs/deleted")), [secret.as_str()]);
    let path = format!("/api/app/okrs/{secret}/restore");
    carol.post(&path, &json!({})).refusal(404);
    let company = format!("/api/app/okrs/{}/restore", acme.okr);
    carol.post(&company, &json!({})).refusal(403);
    let foreign = as_session(&workspace().sessions.alice);
    foreign.post(&company, &json!({})).refusal(404);
    bob.post(&path, &json!({})).expect(204);
}
