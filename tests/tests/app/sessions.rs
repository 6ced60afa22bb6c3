//! What a session is good for, and when it ends.

use okrs_tests::{Api, PASSWORD, Workspace, workspace};
use serde_json::json;

/// Somebody in a browser that has had no session.
fn sign_in_elsewhere(acme: &Workspace, name: &str) -> Api {
    let body = json!({ "email": format!("{name}@{}", acme.domain), "password": PASSWORD });
    let answer = acme.api.signed_out().post("/api/app/sessions", &body);
    acme.api.signed_in(&answer.session())
}

#[test]
fn a_browser_has_one_session_whoever_signs_in_in_it() {
    let (acme, other) = (workspace(), workspace());
    let elsewhere = sign_in_elsewhere(&acme, "alice");
    let alice = acme.api.signed_in(&acme.sessions.alice);
    alice.read("/api/app/me");
    let sign_in = |api: &Api, name: &str, domain: &str| {
        let body = json!({ "email": format!("{name}@{domain}"), "password": PASSWORD });
        let answer = api.post("/api/app/sessions", &body);
        acme.api.signed_in(&answer.session())
    };
    let again = sign_in(&alice, "alice", &acme.domain);
    alice.get("/api/app/me").refusal(401);
    again.read("/api/app/me");
    // Somebody of another workspace.
    let stranger = sign_in(&again, "carol", &other.domain);
    again.get("/api/app/me").refusal(401);
    stranger.read("/api/app/me");
    // A wrong password ends nothing, and other browsers keep theirs.
    let body = json!({ "email": format!("bob@{}", acme.domain), "password": "wrong password" });
    stranger.post("/api/app/sessions", &body).refusal(401);
    stranger.read("/api/app/me");
    let ends = elsewhere.read("/api/app/audit-log?action=session.end");
    assert_eq!(ends["entries"].as_array().unwrap().len(), 2, "{ends}");
    assert_eq!(ends["entries"][0]["member_id"], acme.alice.as_str());
}

#[test]
fn a_session_lists_the_sessions_of_its_member_and_ends_them() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let second = sign_in_elsewhere(&acme, "alice");

    let sessions = second.read("/api/app/sessions");
    let sessions = sessions.as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let current = |session: &&serde_json::Value| session["is_current"] == true;
    assert_eq!(sessions.iter().filter(current).count(), 1);
    let other = sessions.iter().find(|session| !current(session)).unwrap();
    let path = format!("/api/app/sessions/{}", other["id"].as_str().unwrap());
    second.delete(&path).expect(204);
    alice.get("/api/app/me").refusal(401);
    second.delete(&path).refusal(404);
    second.read("/api/app/me");
}

#[test]
fn nobody_ends_a_session_of_somebody_else() {
    let acme = workspace();
    let (alice, carol) = (
        acme.api.signed_in(&acme.sessions.alice),
        acme.api.signed_in(&acme.sessions.carol),
    );
    let sessions = alice.read("/api/app/sessions");
    let path = format!("/api/app/sessions/{}", sessions[0]["id"].as_str().unwrap());
    carol.delete(&path).refusal(404);
    alice.read("/api/app/me");
}

#[test]
fn signing_out_ends_the_session_and_takes_the_cookie_back() {
    let acme = workspace();
    let carol = acme.api.signed_in(&acme.sessions.carol);
    let answer = carol.delete("/api/app/sessions/current");
    answer.expect(204);
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.contains("Max-Age=0"), "{cookie}");
    assert_eq!(answer.header("clear-site-data"), Some("\"cache\""));
    carol.get("/api/app/me").refusal(401);
    carol.get("/okrs").refusal(401);
}

#[test]
fn a_new_password_ends_all_other_sessions() {
    let acme = workspace();
    let dave = acme.api.signed_in(&acme.sessions.dave);
    let body = json!({ "email": format!("dave@{}", acme.domain), "password": PASSWORD });
    let other = sign_in_elsewhere(&acme, "dave");
    let change = |current: &str, new: &str| {
        let body = json!({ "current_password": current, "new_password": new });
        dave.put("/api/app/me/password", &body)
    };
    let refusal = change("wrong password", "a new beginning").refusal(400);
    assert!(refusal.starts_with("current_password"), "{refusal}");
    let refusal = change(PASSWORD, "short").refusal(400);
    assert!(refusal.starts_with("new_password"), "{refusal}");
    other.read("/api/app/me");

    change(PASSWORD, "a new beginning").expect(204);
    other.get("/api/app/me").refusal(401);
    dave.read("/api/app/me");
    dave.post("/api/app/sessions", &body).refusal(401);
    let body = json!({ "email": format!("dave@{}", acme.domain), "password": "a new beginning" });
    dave.post("/api/app/sessions", &body).expect(200);
}

#[test]
fn people_change_their_own_name() {
    let acme = workspace();
    let carol = acme.api.signed_in(&acme.sessions.carol);
    let me = carol.patch("/api/app/me", &json!({ "name": " Carol S. " }));
    assert_eq!(me.expect(200)["name"], "Carol S.");
    let refusal = carol
        .patch("/api/app/me", &json!({ "name": " " }))
        .refusal(400);
    assert!(refusal.starts_with("name"), "{refusal}");
}

#[test]
fn made_up_cookies_and_keys_are_not_sessions() {
    let acme = workspace();
    let tag = okrs_shared::session::tag(&acme.sessions.alice).unwrap();
    let made_up = okrs_shared::session::assemble(tag, &[7; 32]);
    for cookie in [&*made_up, "", "x", &acme.keys.all] {
        acme.api.signed_in(cookie).get("/api/app/me").refusal(401);
        let answer = acme.api.signed_in(cookie).get("/okrs");
        answer.refusal(401);
        let is_well_formed = cookie == made_up;
        assert_eq!(answer.cost().object_calls, u32::from(is_well_formed));
        assert_eq!(answer.cost().d1_calls, 0);
    }
    acme.api.get("/api/app/me").refusal(403);
    acme.api.without_key().get("/api/app/me").refusal(401);
}

#[test]
fn someone_signed_in_uses_the_public_api_without_a_key() {
    let acme = workspace();
    let dave = acme.api.signed_in(&acme.sessions.dave);
    assert_eq!(dave.read("/okrs")[0]["id"], acme.okr.as_str());
    let cost = |answer: &okrs_tests::Response| {
        let cost = answer.cost();
        (cost.d1_calls, cost.object_calls)
    };
    // Like with a key: one call admits, one batch reads, and none where nothing has changed.
    assert_eq!(cost(&dave.get("/api/app/home")), (1, 1));
    let answer = dave.get("/okrs");
    let etag = answer.header("etag").unwrap();
    let request = dave.request("GET", "/okrs").header("if-none-match", etag);
    let unchanged = request.send();
    unchanged.expect(304);
    assert_eq!(cost(&unchanged), (0, 1));
    // The same validator does not serve another person in the same browser.
    let carol = acme.api.signed_in(&acme.sessions.carol);
    let request = carol.request("GET", "/okrs").header("if-none-match", etag);
    request.send().expect(200);
}

#[test]
fn a_request_of_another_site_has_no_effect() {
    let acme = workspace();
    let cookie = format!("{}={}", okrs_shared::session::COOKIE, acme.sessions.alice);
    let path = format!("/okrs/{}", acme.okr);
    let asked = || {
        let request = acme.api.without_key().request("PUT", &path);
        request.header("cookie", &cookie)
    };
    let body = json!({ "title": "Taken over" });
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.test"),
        ("origin", "null"),
        ("referer", "https://evil.test/"),
    ] {
        let request = asked().header(name, value).json(&body);
        request.send().refusal(403);
    }
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ] {
        let request = asked()
            .header("sec-fetch-site", "same-origin")
            .header("content-type", kind);
        request.body(body.to_string()).send().refusal(415);
    }
    let alice = acme.api.signed_in(&acme.sessions.alice);
    assert_ne!(alice.read("/okrs")[0]["title"], "Taken over");
    let own = acme.api.base();
    let origin = own.strip_suffix("/api/v1").unwrap();
    asked()
        .header("origin", origin)
        .json(&body)
        .send()
        .expect(200);
}
