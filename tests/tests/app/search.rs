//! `GET /api/app/search`

use okrs_tests::{Api, workspace};
use serde_json::{Value, json};

use crate::ids::ids;
use crate::okr_list::team_okr;

fn search(api: &Api, q: &str) -> Value {
    let encoded: String = q.bytes().map(|byte| format!("%{byte:02x}")).collect();
    api.read(&format!("/api/app/search?q={encoded}"))
}

#[test]
fn each_kind_is_found_by_a_part_of_its_words() {
    let acme = workspace();
    let carol = acme.api.signed_in(&acme.sessions.carol);
    for (q, kind, id) in [
        ("boarding conv", "okr", acme.okr.as_str()),
        ("COST PER", "key_result", acme.key_results.currency.as_str()),
        ("weekly active", "kpi", acme.kpi.as_str()),
        ("redesign", "initiative", acme.initiative.as_str()),
        // In the description.
        (
            "new onboarding flow",
            "initiative",
            acme.initiative.as_str(),
        ),
        ("o'hara", "member", acme.bob.as_str()),
        (" swiatek ", "member", acme.carol.as_str()),
        ("ŚWIĄTEK", "member", acme.carol.as_str()),
        ("s\u{301}wia\u{328}tek", "member", acme.carol.as_str()),
    ] {
        let found = search(&carol, q);
        assert_eq!(ids(&found), [id], "{q}");
        assert_eq!(found[0]["kind"], kind);
    }
    let found = search(&carol, "Cost per");
    assert_eq!(found[0]["title"], "Cost per sign-up");
    assert_eq!(found[0]["okr_id"], acme.okr.as_str());
    assert_eq!(search(&carol, "%"), {
        let found = search(&carol, "50%");
        assert_eq!(found.as_array().unwrap().len(), 1);
        found
    });
    assert_eq!(search(&carol, "no such words"), json!([]));
}

#[test]
fn letters_without_parts_are_found_by_their_plain_ones() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let body = json!({ "name": "Łódź, Ærø and Straße" });
    acme.api.post("/kpis", &body).expect(201);
    for q in ["lodz", "aero", "STRASSE", "straße", "łódź"] {
        assert_eq!(search(&alice, q).as_array().unwrap().len(), 1, "{q}");
    }
}

#[test]
fn a_description_is_searched_as_far_as_its_first_two_thousand_characters() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let description = format!("{}needle{}haystack", "ä".repeat(1_990), "ö".repeat(10));
    let body = json!({ "name": "Long", "description": description });
    acme.api.post("/kpis", &body).expect(201);
    assert_eq!(search(&alice, "needle").as_array().unwrap().len(), 1);
    assert_eq!(search(&alice, "haystack"), json!([]));
}

#[test]
fn what_is_hidden_or_deleted_is_not_found() {
    let acme = workspace();
    let (secret, key_result) = team_okr(&acme);
    let (carol, dave) = (
        acme.api.signed_in(&acme.sessions.carol),
        acme.api.signed_in(&acme.sessions.dave),
    );
    let body = json!({ "title": "Secret work", "okr_id": secret });
    dave.post("/initiatives", &body).expect(201);
    assert_eq!(search(&carol, "secret"), json!([]));
    assert_eq!(search(&carol, "nobody else's"), json!([]));
    let found = ids(&search(&dave, "secret"));
    assert_eq!(found.len(), 3);
    assert!(found.contains(&secret) && found.contains(&key_result));
    assert_eq!(ids(&search(&dave, "nobody else's")), [secret.as_str()]);
    let foreign = acme.api.signed_in(&workspace().sessions.alice);
    assert_eq!(search(&foreign, "secret"), json!([]));
    dave.delete(&format!("/okrs/{secret}")).expect(204);
    // The initiative is no longer linked to anything.
    assert_eq!(search(&dave, "secret count"), json!([]));
    assert_eq!(search(&carol, "secret work"), json!([]));
}

#[test]
fn a_query_has_one_to_two_hundred_characters() {
    let acme = workspace();
    let carol = acme.api.signed_in(&acme.sessions.carol);
    for path in [
        "/api/app/search".to_owned(),
        "/api/app/search?q=".to_owned(),
        "/api/app/search?q=%20".to_owned(),
        format!("/api/app/search?q={}", "x".repeat(201)),
    ] {
        let refusal = carol.get(&path).refusal(400);
        assert!(refusal.contains('q'), "{refusal}");
    }
    search(&carol, &"ś".repeat(200));
}
