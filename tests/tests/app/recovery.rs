//! Coming back into a workspace that no admin gets into, and what the secrets of the deployment are good for.

use okrs_tests::{PASSWORD, RECOVERY_TOKEN, Response, SETUP_TOKEN, Workspace, workspace};
use serde_json::{Value, json};

/// What a page of ours sends that nobody is signed in on.
fn send(acme: &Workspace, path: &str, body: &Value) -> Response {
    send_from(acme, "192.0.2.30", path, body)
}

fn send_from(acme: &Workspace, address: &str, path: &str, body: &Value) -> Response {
    let request = acme.api.without_key().request("POST", path);
    let request = request
        .header("sec-fetch-site", "same-origin")
        .header("cf-connecting-ip", address);
    request.json(body).send()
}

fn recovery(acme: &Workspace, name: &str) -> Value {
    let tag = okrs_shared::session::tag(&acme.sessions.alice).unwrap();
    json!({
        "token": RECOVERY_TOKEN, "workspace": tag, "email": format!("{name}@{}", acme.domain),
    })
}

#[test]
fn whoever_knows_the_recovery_token_makes_a_link_for_an_admin_and_all_admins_are_told() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let bob = acme.api.signed_in(&acme.sessions.bob);
    let path = format!("/api/app/members/{}", acme.bob);
    alice.patch(&path, &json!({ "role": "admin" })).expect(200);

    let link = send(&acme, "/api/app/recoveries", &recovery(&acme, "ALICE")).expect(201);
    for admin in [&alice, &bob] {
        let inbox = admin.read("/api/app/notifications");
        let told = &inbox["notifications"][0];
        assert_eq!(told["kind"], "workspace_recovered");
        assert_eq!(told["text"], "Alice Nguyen");
        assert_eq!(told["by"], Value::Null);
    }
    let carol = acme.api.signed_in(&acme.sessions.carol);
    assert_eq!(carol.read("/api/app/me")["unread_notifications"], 0);
    let log = alice.read("/api/app/audit-log");
    let entry = &log["entries"][0];
    assert_eq!(entry["action"], "workspace.recovered");
    assert_eq!(entry["after"]["address"], "192.0.2.30");
    assert_eq!(
        (&entry["member_id"], &entry["api_key_id"]),
        (&Value::Null, &Value::Null)
    );

    let token = link["url"]
        .as_str()
        .unwrap()
        .split_once("/reset#")
        .unwrap()
        .1;
    let body = json!({ "token": token, "password": "a new beginning" });
    let used = send(&acme, "/api/app/password-links/use", &body);
    assert_eq!(used.expect(200)["id"], acme.alice.as_str());
    let again = acme.api.signed_in(&used.session());
    assert_eq!(again.read("/api/app/me")["role"], "admin");
    alice.get("/api/app/me").refusal(401);
}

#[test]
fn nobody_recovers_by_another_secret_or_for_somebody_who_is_no_admin() {
    let (acme, other) = (workspace(), workspace());
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let path = format!("/api/app/members/{}", acme.bob);
    alice.patch(&path, &json!({ "role": "admin" })).expect(200);
    alice
        .post(&format!("{path}/disable"), &json!({}))
        .expect(200);
    let before = alice.read("/api/app/audit-log")["entries"][0]["id"].clone();
    let elsewhere = okrs_shared::session::tag(&other.sessions.alice).unwrap();
    for (change, field) in [
        (json!({ "token": "" }), "token"),
        (json!({ "token": SETUP_TOKEN }), "token"),
        (json!({ "token": RECOVERY_TOKEN.to_uppercase() }), "token"),
        (
            json!({ "email": format!("carol@{}", acme.domain) }),
            "email",
        ),
        (json!({ "email": format!("bob@{}", acme.domain) }), "email"),
        (json!({ "email": "alice" }), "email"),
        (json!({ "workspace": elsewhere }), "email"),
        (json!({ "workspace": "" }), "email"),
        (json!({ "workspace": null }), "workspace"),
    ] {
        let mut body = recovery(&acme, "alice");
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let refusal = send(&acme, "/api/app/recoveries", &body).refusal(400);
        assert!(refusal.starts_with(field), "{change}: {refusal}");
    }
    assert_eq!(alice.read("/api/app/audit-log")["entries"][0]["id"], before);
}

#[test]
fn guessing_the_recovery_token_is_slowed_down_where_the_guesses_come_from() {
    let acme = workspace();
    let mut guess = recovery(&acme, "alice");
    guess["token"] = "guessed".into();
    let status = |address| send_from(&acme, address, "/api/app/recoveries", &guess).status;
    let mut guesses = (0..1000).map(|_| status("198.51.100.30"));
    assert_eq!(guesses.find(|status| *status != 400), Some(429));
    assert_eq!(status("198.51.101.30"), 400, "others are not kept out");
}

#[test]
fn the_set_up_token_opens_nothing_that_exists() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let before = [alice.read("/api/app/me"), alice.read("/api/app/directory")];
    let body = json!({
        "token": SETUP_TOKEN, "workspace": before[0]["workspace"]["name"], "name": "Alice Nguyen",
        "email": before[0]["email"], "password": "a new beginning",
    });
    let made = send(&acme, "/api/app/set-up", &body);
    assert_ne!(
        made.expect(201)["workspace"]["id"],
        before[0]["workspace"]["id"]
    );
    let newcomer = acme.api.signed_in(&made.session());
    assert_eq!(newcomer.read("/okrs"), json!([]));
    let members = newcomer.read("/api/app/directory")["members"].clone();
    assert_eq!(members.as_array().unwrap().len(), 1);
    assert_eq!(
        [alice.read("/api/app/me"), alice.read("/api/app/directory")],
        before
    );
    // Her password here is what it was.
    let sign_in = |password: &str| {
        let workspace_id = &before[0]["workspace"]["id"];
        let body = json!({
            "email": before[0]["email"], "password": password, "workspace_id": workspace_id,
        });
        send(&acme, "/api/app/sessions", &body)
    };
    sign_in("a new beginning").refusal(401);
    sign_in(PASSWORD).expect(200);
}
