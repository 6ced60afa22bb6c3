//! `/api-keys`: made, shown once, rolled, revoked.

use okrs_tests::{Api, Workspace, now, workspace};
use serde_json::{Value, json};

const KEYS: &str = "/api/app/api-keys";

fn alice(acme: &Workspace) -> Api {
    acme.api.signed_in(&acme.sessions.alice)
}

/// Makes a key and returns it with its row.
fn made(admin: &Api, body: &Value) -> (String, Value) {
    let made = admin.post(KEYS, body).expect(201);
    let key = made["key"].as_str().unwrap().to_owned();
    (key, made["api_key"].clone())
}

fn bot() -> Value {
    json!({ "name": "Chat bot", "scopes": ["okrs:read"] })
}

fn path(row: &Value) -> String {
    format!("{KEYS}/{}", row["id"].as_str().unwrap())
}

fn roll(admin: &Api, row: &Value, body: &Value) -> okrs_tests::Response {
    admin.post(&format!("{}/roll", path(row)), body)
}

fn row(admin: &Api, id: &Value) -> Value {
    let list = admin.read(KEYS);
    let rows = list.as_array().unwrap();
    rows.iter().find(|row| row["id"] == *id).unwrap().clone()
}

/// Days until a timestamp, rounded.
fn days_until(at: &Value) -> i64 {
    let at: chrono::DateTime<chrono::Utc> = at.as_str().unwrap().parse().unwrap();
    ((at - now()).num_minutes() + 1) / (24 * 60)
}

#[test]
fn a_new_key_is_shown_once_and_works_at_once() {
    let acme = workspace();
    let alice = alice(&acme);
    let body = json!({ "name": " Chat bot ", "scopes": ["okrs:write", "okrs:read", "okrs:read"] });
    let (key, made) = made(&alice, &body);
    assert_eq!(made["name"], "Chat bot");
    // The alias is accepted, the canonical spelling printed, in the contract's order.
    assert_eq!(made["scopes"], json!(["okrs:read", "write:okrs"]));
    assert_eq!(made["prefix"], key[..8]);
    assert_eq!(made["last_four"], key[key.len() - 4..]);
    assert_eq!(made["created_by"], acme.alice.as_str());
    assert_eq!(made["created_by_name"], "Alice Nguyen");
    assert_eq!(made["requests_per_minute"], 60);
    assert_eq!(days_until(&made["expires_at"]), 365);
    assert_eq!(row(&alice, &made["id"]), made);

    let program = acme.api.with(&key);
    program.get("/kpis").refusal(403);
    let used = loop {
        program.read("/okrs");
        let row = row(&alice, &made["id"]);
        // Unless a new minute has begun in between.
        if row["used_this_minute"] != 0 {
            break row;
        }
    };
    assert!(used["used_this_minute"].as_u64() <= Some(60));
    assert!(used["last_used_at"].is_string());
    for text in [
        alice.get(KEYS).text().to_owned(),
        alice.get("/api/app/audit-log?limit=200").text().to_owned(),
        alice.get("/api/app/audit-log.csv").text().to_owned(),
    ] {
        assert!(text.contains("Chat bot"), "{text}");
        assert!(!text.contains(&key), "{text}");
        assert!(!text.contains(&okrs_shared::api_key::hash(&key)), "{text}");
    }
}

#[test]
fn a_key_can_be_made_to_last_forever() {
    let acme = workspace();
    let forever = json!({ "name": "Bot", "scopes": ["kpis:read"], "expires_in_days": null });
    let (_, made) = made(&alice(&acme), &forever);
    assert_eq!(made["expires_at"], Value::Null);
}

#[test]
fn a_repeat_makes_another_key_because_no_answer_with_a_key_is_kept() {
    let acme = workspace();
    let alice = alice(&acme);
    let ask = || {
        let request = alice.request("POST", KEYS).header("idempotency-key", "one");
        request.json(&bot()).send().expect(201)["key"].clone()
    };
    assert_ne!(ask(), ask());
}

#[test]
fn a_revoked_key_is_refused_and_stays_listed() {
    let acme = workspace();
    let alice = alice(&acme);
    let (key, made) = made(&alice, &bot());
    acme.api.with(&key).read("/okrs");
    alice.delete(&path(&made)).expect(204);
    acme.api.with(&key).get("/okrs").refusal(401);
    assert!(row(&alice, &made["id"])["revoked_at"].is_string());
    alice.delete(&path(&made)).refusal(409);
    roll(&alice, &made, &json!({})).refusal(409);
}

#[test]
fn a_rolled_key_gives_way_to_one_that_may_do_the_same_for_as_long() {
    let acme = workspace();
    let alice = alice(&acme);
    let body = json!({ "name": "Bot", "scopes": ["okrs:read"], "expires_in_days": 30 });
    let (old_key, old) = made(&alice, &body);
    let answer = roll(&alice, &old, &json!({})).expect(201);
    let (new_key, new) = (answer["key"].as_str().unwrap(), &answer["api_key"]);
    for field in ["name", "scopes", "requests_per_minute"] {
        assert_eq!(new[field], old[field], "{field}");
    }
    assert_eq!(new["replaces_id"], old["id"]);
    assert_eq!(days_until(&new["expires_at"]), 30);
    acme.api.with(new_key).read("/okrs");
    acme.api.with(&old_key).read("/okrs");
    let old = row(&alice, &old["id"]);
    assert_eq!(days_until(&old["expires_at"]), 1);
    roll(&alice, &old, &json!({})).refusal(409);
}

#[test]
fn an_overlap_of_nothing_ends_the_old_key_at_once() {
    let acme = workspace();
    let alice = alice(&acme);
    let (key, made) = made(&alice, &bot());
    roll(&alice, &made, &json!({ "overlap_hours": 0 })).expect(201);
    acme.api.with(&key).get("/okrs").refusal(401);
    roll(&alice, &made, &json!({})).refusal(409);
}

#[test]
fn an_overlap_never_makes_a_key_last_longer() {
    let acme = workspace();
    let alice = alice(&acme);
    let body = json!({ "name": "Bot", "scopes": ["okrs:read"], "expires_in_days": 1 });
    let (_, made) = made(&alice, &body);
    let answer = roll(&alice, &made, &json!({ "overlap_hours": 720 })).expect(201);
    assert_eq!(answer["api_key"]["replaces_id"], made["id"]);
    let old = row(&alice, &made["id"]);
    assert_eq!(old["expires_at"], made["expires_at"]);
}

#[test]
fn a_key_that_cannot_be_made_says_why() {
    let acme = workspace();
    let alice = alice(&acme);
    for (change, field) in [
        (json!({ "name": " " }), "name"),
        (json!({ "name": "x".repeat(501) }), "name"),
        (json!({ "scopes": [] }), "scopes"),
        (json!({ "scopes": ["everything"] }), "scopes"),
        (json!({ "scopes": "okrs:read" }), "scopes"),
        (json!({ "expires_in_days": 0 }), "expires_in_days"),
        (json!({ "expires_in_days": 3651 }), "expires_in_days"),
        (json!({ "expires_in_days": "9" }), "expires_in_days"),
    ] {
        let mut body = bot();
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let refusal = alice.post(KEYS, &body).refusal(400);
        assert!(refusal.starts_with(field), "{change}: {refusal}");
    }
    let (_, made) = made(&alice, &bot());
    for wrong in [json!(721), json!(-1), json!("1")] {
        let refusal = roll(&alice, &made, &json!({ "overlap_hours": wrong })).refusal(400);
        assert!(refusal.starts_with("overlap_hours"), "{wrong}: {refusal}");
    }
}

#[test]
fn only_admins_see_and_make_keys() {
    let acme = workspace();
    for session in [&acme.sessions.bob, &acme.sessions.dave] {
        let member = acme.api.signed_in(session);
        member.get(KEYS).refusal(403);
        // 403 comes before 400.
        member.post(KEYS, &json!({ "name": "" })).refusal(403);
        member.delete(&format!("{KEYS}/x")).refusal(403);
    }
    // Keys never make keys, whatever they may do.
    acme.api.get(KEYS).refusal(403);
    acme.api.post(KEYS, &bot()).refusal(403);
}

#[test]
fn keys_of_another_workspace_do_not_exist() {
    let (acme, other) = (workspace(), workspace());
    let (_, theirs) = made(&alice(&other), &bot());
    let alice = alice(&acme);
    alice.delete(&path(&theirs)).refusal(404);
    roll(&alice, &theirs, &json!({})).refusal(404);
    let list = alice.read(KEYS);
    assert!(!list.to_string().contains(theirs["id"].as_str().unwrap()));
}
