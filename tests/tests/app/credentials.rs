//! What somebody holds ends with their rights, or goes to whoever took them.

use okrs_tests::{Api, Workspace, workspace};
use serde_json::{Value, json};

fn path(id: &str) -> String {
    format!("/api/app/members/{id}")
}

/// A workspace whose Bob has been an admin and has made keys, with two of them; a third has been revoked.
struct Acme {
    acme: Workspace,
    alice: Api,
    keys: Vec<String>,
}

fn acme() -> Acme {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let bob = acme.api.signed_in(&acme.sessions.bob);
    alice
        .patch(&path(acme.bob.as_str()), &json!({ "role": "admin" }))
        .expect(200);
    let made = ["Bot", "Sheet", "Gone"].map(|name| {
        let body = json!({ "name": name, "scopes": ["okrs:read"] });
        bob.post("/api/app/api-keys", &body).expect(201)
    });
    let gone = made[2]["api_key"]["id"].as_str().unwrap();
    bob.delete(&format!("/api/app/api-keys/{gone}")).expect(204);
    let keys = made[..2].iter().map(|made| text(&made["key"])).collect();
    Acme { acme, alice, keys }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// What the directory says of somebody's credentials.
fn held(api: &Api, id: &str) -> Value {
    let directory = api.read("/api/app/directory");
    let mut members = directory["members"].as_array().unwrap().iter();
    members.find(|member| member["id"] == id).unwrap()["credentials"].clone()
}

/// The actions of the latest entries of the audit log, the latest first.
fn latest(alice: &Api, count: usize) -> Vec<(String, Value)> {
    let log = alice.read("/api/app/audit-log");
    let entries = log["entries"].as_array().unwrap().iter().take(count);
    entries
        .map(|entry| (text(&entry["action"]), entry["subject_title"].clone()))
        .collect()
}

impl Acme {
    fn statuses(&self) -> Vec<u16> {
        let keys = self.keys.iter();
        keys.map(|key| self.acme.api.with(key).get("/okrs").status)
            .collect()
    }

    fn bob(&self) -> &str {
        self.acme.bob.as_str()
    }
}

#[test]
fn admins_see_in_the_directory_who_holds_how_many_keys() {
    let acme = acme();
    assert_eq!(held(&acme.alice, acme.bob()), json!({ "api_keys": 2 }));
    assert_eq!(
        held(&acme.alice, acme.acme.carol.as_str()),
        json!({ "api_keys": 0 })
    );
    let carol = acme.acme.api.signed_in(&acme.acme.sessions.carol);
    assert_eq!(held(&carol, acme.bob()), Value::Null);
}

#[test]
fn the_keys_of_somebody_disabled_are_revoked_with_them() {
    let acme = acme();
    assert_eq!(acme.statuses(), [200, 200]);
    let disable = format!("{}/disable", path(acme.bob()));
    let answer = acme.alice.post(&disable, &json!({})).expect(200);
    assert_eq!(answer["credentials"], json!({ "api_keys": 2 }));
    assert_eq!(acme.statuses(), [401, 401]);
    assert_eq!(held(&acme.alice, acme.bob()), json!({ "api_keys": 0 }));
    let mut logged = latest(&acme.alice, 3);
    logged.sort_by_key(|(_, title)| title.to_string());
    let expected = [
        ("member.disable", "Bob O'Hara"),
        ("api_key.revoke", "Bot"),
        ("api_key.revoke", "Sheet"),
    ];
    assert_eq!(
        logged,
        expected.map(|(action, title)| (action.to_owned(), json!(title)))
    );
    // Whoever comes back makes new ones.
    let enable = format!("{}/enable", path(acme.bob()));
    acme.alice.post(&enable, &json!({})).expect(200);
    assert_eq!(acme.statuses(), [401, 401]);
}

#[test]
fn the_keys_of_somebody_whose_role_falls_are_revoked_with_it() {
    let acme = acme();
    let bob = path(acme.bob());
    acme.alice
        .patch(&bob, &json!({ "name": "Bob", "role": "admin" }))
        .expect(200);
    assert_eq!(acme.statuses(), [200, 200], "he lost nothing");
    let answer = acme
        .alice
        .patch(&bob, &json!({ "role": "manager" }))
        .expect(200);
    assert_eq!(answer["credentials"], json!({ "api_keys": 2 }));
    assert_eq!(acme.statuses(), [401, 401]);
    let again = acme.alice.patch(&bob, &json!({ "role": "member" }));
    assert_eq!(again.expect(200)["credentials"], json!({ "api_keys": 0 }));
}

#[test]
fn keys_that_are_handed_over_go_on_and_are_those_of_the_admin_who_asked() {
    for is_disabled in [true, false] {
        let acme = acme();
        let bob = path(acme.bob());
        let before = held(&acme.alice, acme.acme.alice.as_str())["api_keys"].as_u64();
        let answer = match is_disabled {
            true => {
                let body = json!({ "credentials": "hand_over" });
                acme.alice.post(&format!("{bob}/disable"), &body)
            }
            false => {
                let body = json!({ "role": "member", "credentials": "hand_over" });
                acme.alice.patch(&bob, &body)
            }
        };
        assert_eq!(answer.expect(200)["credentials"], json!({ "api_keys": 2 }));
        assert_eq!(acme.statuses(), [200, 200]);
        let after = held(&acme.alice, acme.acme.alice.as_str())["api_keys"].as_u64();
        assert_eq!(after, before.map(|before| before + 2));
        assert_eq!(held(&acme.alice, acme.bob()), json!({ "api_keys": 0 }));
        let keys = acme.alice.read("/api/app/api-keys");
        let mut all = keys.as_array().unwrap().iter();
        let bot = all.find(|key| key["name"] == "Bot").unwrap();
        assert_eq!(bot["created_by_name"], "Alice Nguyen");
        let logged = latest(&acme.alice, 3);
        let handed_over = logged
            .iter()
            .filter(|(action, _)| action == "api_key.hand_over");
        assert_eq!(handed_over.count(), 2, "{logged:?}");
    }
}

#[test]
fn a_fate_of_keys_that_makes_no_sense_is_refused_and_changes_nothing() {
    let acme = acme();
    let bob = path(acme.bob());
    for body in [
        json!({ "role": "member", "credentials": "sell" }),
        json!({ "credentials": "revoke" }),
        json!({ "name": "Bob", "credentials": "hand_over" }),
    ] {
        let refusal = acme.alice.patch(&bob, &body).refusal(400);
        assert!(refusal.starts_with("credentials"), "{body}: {refusal}");
    }
    let own = path(acme.acme.alice.as_str());
    let body = json!({ "role": "member", "credentials": "hand_over" });
    let refusal = acme.alice.patch(&own, &body).refusal(400);
    assert!(refusal.starts_with("credentials"), "{refusal}");
    assert_eq!(acme.statuses(), [200, 200]);
    assert_eq!(acme.alice.read("/api/app/me")["role"], "admin");
}
