//! Ways in: set-up, password, links.

use okrs_tests::{PASSWORD, SETUP_TOKEN, server, workspace};
use serde_json::{Value, json};

/// A page of ours that nobody is signed in on.
fn send(method: &str, path: &str, body: &Value) -> okrs_tests::Response {
    let request = server().anonymous().request(method, path);
    request
        .header("sec-fetch-site", "same-origin")
        .json(body)
        .send()
}

fn set_up_with(changes: &Value) -> okrs_tests::Response {
    let mut body = json!({
        "token": SETUP_TOKEN, "workspace": "Northwind", "timezone": "Europe/Berlin",
        "name": "Nora North", "email": "nora@northwind.test", "password": "a new beginning",
    });
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    send("POST", "/api/app/set-up", &body)
}

#[test]
fn the_set_up_token_makes_a_workspace_and_signs_its_first_admin_in() {
    let answer = set_up_with(&json!({ "email": "first@northwind.test" }));
    let me = answer.expect(201);
    assert_eq!(me["role"], "admin");
    assert_eq!(me["workspace"]["name"], "Northwind");
    assert_eq!(me["workspace"]["timezone"], "Europe/Berlin");
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["__Host-", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let nora = server().anonymous().signed_in(&answer.session());
    assert_eq!(nora.read("/api/app/me"), me);
    // Its data is its own from the first moment.
    assert_eq!(nora.read("/okrs"), json!([]));
}

#[test]
fn set_up_refuses_what_would_not_work() {
    for (change, field) in [
        (json!({ "token": "guessed" }), "token"),
        (json!({ "token": "" }), "token"),
        (json!({ "workspace": " " }), "workspace"),
        (json!({ "timezone": "Middle/Earth" }), "timezone"),
        (json!({ "name": "" }), "name"),
        (json!({ "email": "nora" }), "email"),
        (json!({ "password": "short" }), "password"),
        (json!({ "password": 12 }), "password"),
        (
            json!({ "password": "Password2026!" }),
            "password is one of those that are guessed first",
        ),
        (
            json!({ "name": "\u{3164}\u{200b}" }),
            "name must not be blank",
        ),
        (
            json!({ "name": "\u{202e}aroN" }),
            "name must have no invisible",
        ),
        (
            json!({ "workspace": "North\u{200b}wind" }),
            "workspace must have no invisible",
        ),
        (json!({ "email": "nora\u{200b}@northwind.test" }), "email"),
    ] {
        let refusal = set_up_with(&change).refusal(400);
        assert!(refusal.starts_with(field), "{change}: {refusal}");
    }
}

fn sign_in(email: &str, password: &str) -> okrs_tests::Response {
    let body = json!({ "email": email, "password": password });
    send("POST", "/api/app/sessions", &body)
}

#[test]
fn an_address_in_any_case_and_its_password_sign_in() {
    let acme = workspace();
    let answer = sign_in(&format!("ALICE@{} ", acme.domain), PASSWORD);
    let me = answer.expect(200)["me"].clone();
    assert_eq!(me["id"], acme.alice.as_str());
    assert_eq!(me["team_ids"], json!([]));
    let alice = acme.api.signed_in(&answer.session());
    assert_eq!(alice.read("/api/app/me")["id"], acme.alice.as_str());
}

#[test]
fn an_address_is_one_whatever_its_case_in_any_script() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let invite = |email: &str| {
        let body = json!({ "email": email, "name": "Jürgen" });
        alice.post("/api/app/members", &body)
    };
    let capitals = format!("JÜRGEN@{}", acme.domain);
    let small = format!("jürgen@{}", acme.domain);
    let member = invite(&capitals).expect(201)["member"]["id"].clone();
    let refusal = invite(&small).refusal(409);
    assert!(refusal.starts_with("email"), "{refusal}");
    let csv = json!({ "csv": format!("name,email\nJürgen,{small}\n"), "dry_run": true });
    let found = alice.post("/api/app/members/import", &csv).expect(200);
    assert_eq!(found["lines"][0]["outcome"], "exists", "{found}");
    let rename = json!({ "email": format!("ИВАН@{}", acme.domain) });
    let path = format!("/api/app/members/{}", member.as_str().unwrap());
    alice.patch(&path, &rename).expect(200);
    let body = json!({ "email": format!("иван@{}", acme.domain), "name": "Another" });
    alice.post("/api/app/members", &body).refusal(409);
}

#[test]
fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let acme = workspace();
    let wrong = sign_in(&format!("alice@{}", acme.domain), "wrong password");
    let unknown = sign_in(&format!("nobody@{}", acme.domain), PASSWORD);
    wrong.refusal(401);
    assert_eq!(wrong.text(), unknown.text());
    assert_eq!(wrong.header("set-cookie"), None);
}

#[test]
fn the_eleventh_wrong_password_has_to_wait_and_the_right_one_too() {
    let acme = workspace();
    let email = format!("bob@{}", acme.domain);
    for _ in 0..10 {
        sign_in(&email, "wrong password").refusal(401);
    }
    for password in ["wrong password", PASSWORD] {
        let answer = sign_in(&email, password);
        answer.refusal(429);
        let wait = answer.json()["retry_after_seconds"].as_u64().unwrap();
        assert!((1..=900).contains(&wait), "{wait}");
    }
    // Nobody else has to.
    sign_in(&format!("alice@{}", acme.domain), PASSWORD).expect(200);
}

#[test]
fn someone_in_two_workspaces_chooses_one() {
    let again = json!({ "email": "twice@northwind.test" });
    let first = set_up_with(&again).expect(201)["workspace"]["id"].clone();
    let second = set_up_with(&again).expect(201)["workspace"]["id"].clone();
    let answer = sign_in("twice@northwind.test", "a new beginning");
    let body = answer.expect(200);
    assert_eq!(body["me"], Value::Null);
    assert_eq!(answer.header("set-cookie"), None);
    let offered: Vec<&Value> = body["choose_from"]
        .as_array()
        .unwrap()
        .iter()
        .map(|choice| &choice["id"])
        .collect();
    assert!(offered.contains(&&first) && offered.contains(&&second));
    let body = json!({
        "email": "twice@northwind.test", "password": "a new beginning", "workspace_id": second,
    });
    let me = send("POST", "/api/app/sessions", &body).expect(200)["me"].clone();
    assert_eq!(me["workspace"]["id"], second);
}

#[test]
fn links_that_were_never_made_are_unknown() {
    let token = okrs_shared::session::assemble("Nobody00", &[7; 32]);
    for token in [&*token, "x", "Pool0001.abc"] {
        let mut body = json!({ "token": token });
        send("POST", "/api/app/password-links", &body).refusal(404);
        body["password"] = "a new beginning".into();
        send("POST", "/api/app/password-links/use", &body).refusal(404);
    }
}

#[test]
fn nobody_is_signed_in_by_another_site() {
    let acme = workspace();
    let body = json!({ "email": format!("alice@{}", acme.domain), "password": PASSWORD });
    let post = || acme.api.without_key().request("POST", "/api/app/sessions");
    post().json(&body).send().refusal(403);
    for site in ["cross-site", "same-site", "none"] {
        let request = post().header("sec-fetch-site", site);
        request.json(&body).send().refusal(403);
    }
    let form = post()
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "text/plain");
    form.body(body.to_string()).send().refusal(415);
}
