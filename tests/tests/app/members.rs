//! What admins do with people: invite, change, disable, hand over.

use okrs_tests::{Api, PASSWORD, Response, SETUP_TOKEN, Server, Workspace, workspace};
use serde_json::{Value, json};

/// Somebody's entry in the directory.
#[track_caller]
fn entry(api: &Api, id: &Value) -> Value {
    let directory = api.read("/api/app/directory");
    let members = directory["members"].as_array().unwrap();
    let found = members.iter().find(|member| member["id"] == *id);
    found
        .unwrap_or_else(|| panic!("{id} in {directory}"))
        .clone()
}

/// The token of a link, after a look at the link itself: no address that is asked for has it.
#[track_caller]
fn behind(acme: &Workspace, link: &Value, page: &str) -> String {
    let url = link["url"].as_str().unwrap();
    let base = acme.api.base();
    let origin = base.strip_suffix("/api/v1").unwrap();
    let token = url.strip_prefix(&format!("{origin}/{page}#"));
    token.unwrap_or_else(|| panic!("{link}")).to_owned()
}

/// Asks what a link is for, as its page does.
fn look(acme: &Workspace, token: &str) -> Response {
    post(acme, "/api/app/password-links", &json!({ "token": token }))
}

/// Uses a link as its page does.
fn use_link(acme: &Workspace, token: &str, password: &str) -> Response {
    let body = json!({ "token": token, "password": password });
    post(acme, "/api/app/password-links/use", &body)
}

/// What a page of ours sends that nobody is signed in on.
fn post(acme: &Workspace, path: &str, body: &Value) -> Response {
    let request = acme.api.without_key().request("POST", path);
    let request = request.header("sec-fetch-site", "same-origin");
    request.json(body).send()
}

fn sign_in(acme: &Workspace, name: &str, password: &str) -> Response {
    let request = acme.api.without_key().request("POST", "/api/app/sessions");
    let body = json!({ "email": format!("{name}@{}", acme.domain), "password": password });
    request
        .header("sec-fetch-site", "same-origin")
        .json(&body)
        .send()
}

#[test]
fn everybody_reads_the_directory() {
    let acme = workspace();
    let carol = acme.api.signed_in(&acme.sessions.carol);
    let answer = carol.get("/api/app/directory");
    assert_eq!(answer.cost().d1_calls, 1);
    let directory = answer.expect(200);
    let names: Vec<&Value> = directory["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| &member["name"])
        .collect();
    assert_eq!(
        names,
        ["Alice Nguyen", "Bob O'Hara", "Carol Świątek", "Dave Okafor"]
    );
    let bob = &directory["members"][1];
    assert_eq!(bob["email"], format!("bob@{}", acme.domain));
    assert_eq!(bob["role"], "manager");
    assert_eq!(bob["department_id"], acme.department.as_str());
    assert_eq!(bob["team_ids"], json!([acme.team.as_str()]));
    assert_eq!(bob["disabled_at"], Value::Null);
    assert_eq!(bob["invitation_expires_at"], Value::Null);
    assert!(bob["joined_at"].is_string());
    assert_eq!(directory["departments"][0]["name"], "Product");
    let team = &directory["teams"][0];
    assert_eq!(team["manager_id"], acme.bob.as_str());
    assert_eq!(team["department_id"], acme.department.as_str());
    assert_eq!(team["member_ids"].as_array().unwrap().len(), 2);
}

#[test]
fn somebody_invited_comes_in_by_the_link_once() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let email = format!("erin@{}", acme.domain);
    let body = json!({
        "email": email, "name": " Erin Park ", "role": "manager",
        "department_id": acme.department.as_str(), "team_ids": [acme.team.as_str(), acme.team.as_str()],
    });
    let invited = alice.post("/api/app/members", &body).expect(201);
    let erin = &invited["member"];
    assert_eq!(erin["name"], "Erin Park");
    assert_eq!(erin["role"], "manager");
    assert_eq!(erin["team_ids"], json!([acme.team.as_str()]));
    assert_eq!(erin["joined_at"], Value::Null);
    assert_eq!(erin["invitation_expires_at"], invited["link"]["expires_at"]);
    assert_eq!(entry(&alice, &erin["id"]), *erin);

    let token = behind(&acme, &invited["link"], "invitation");
    let link = look(&acme, &token).expect(200);
    assert_eq!(link["purpose"], "invitation");
    assert_eq!(link["email"], email);
    assert_eq!(link["name"], "Erin Park");
    let joined = use_link(&acme, &token, "a new beginning");
    assert_eq!(joined.expect(200)["id"], erin["id"]);
    let session = acme.api.signed_in(&joined.session());
    assert_eq!(session.read("/api/app/me")["email"], email);
    let after = entry(&alice, &erin["id"]);
    assert!(after["joined_at"].is_string());
    assert_eq!(after["invitation_expires_at"], Value::Null);
    // Whoever looks after people sees who has been here, and nobody else does.
    assert_eq!(erin["last_seen_on"], Value::Null);
    assert!(after["last_seen_on"].is_string(), "{after}");
    let carol = acme.api.signed_in(&acme.sessions.carol);
    assert_eq!(entry(&carol, &erin["id"])["last_seen_on"], Value::Null);

    // A link is good for once.
    use_link(&acme, &token, "another beginning").refusal(410);
    look(&acme, &token).refusal(410);
    sign_in(&acme, "erin", "a new beginning").expect(200);
    // And there is nothing to renew.
    let renew = format!(
        "/api/app/members/{}/invitation",
        erin["id"].as_str().unwrap()
    );
    alice.post(&renew, &json!({})).refusal(409);
}

#[test]
fn a_renewed_invitation_replaces_the_old_one() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let body = json!({ "email": format!("erin@{}", acme.domain), "name": "Erin" });
    let invited = alice.post("/api/app/members", &body).expect(201);
    assert_eq!(invited["member"]["role"], "member");
    let first = behind(&acme, &invited["link"], "invitation");
    let id = invited["member"]["id"].as_str().unwrap();
    alice
        .post(&format!("/api/app/members/{id}/reset-link"), &json!({}))
        .refusal(409);
    let renewed = alice
        .post(&format!("/api/app/members/{id}/invitation"), &json!({}))
        .expect(201);
    let second = behind(&acme, &renewed, "invitation");
    use_link(&acme, &first, "a new beginning").refusal(410);
    use_link(&acme, &second, "a new beginning").expect(200);
}

#[test]
fn a_reset_link_sets_a_new_password_and_ends_what_was_open() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let dave = acme.api.signed_in(&acme.sessions.dave);
    let path = format!("/api/app/members/{}/reset-link", acme.dave);
    let link = alice.post(&path, &json!({})).expect(201);
    // The old password is good until the link is used.
    dave.read("/api/app/me");
    let token = behind(&acme, &link, "reset");
    use_link(&acme, &token, "short").refusal(400);
    use_link(&acme, &token, "a new beginning").expect(200);
    dave.get("/api/app/me").refusal(401);
    sign_in(&acme, "dave", PASSWORD).refusal(401);
    sign_in(&acme, "dave", "a new beginning").expect(200);
}

#[test]
fn a_link_that_was_sent_to_another_address_or_for_less_is_spent() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let email = |name: &str| json!({ "email": format!("{name}@{}", acme.domain) });
    for (change, status) in [
        (email("erin.park"), 410),
        (json!({ "role": "manager" }), 410),
        (json!({ "role": "admin", "name": "Erin P." }), 410),
        (json!({ "name": "Erin P." }), 200),
        (json!({ "role": "member" }), 200),
        (email("ERIN"), 200),
    ] {
        let mut new = email("erin");
        new["name"] = "Erin".into();
        let invited = alice.post("/api/app/members", &new).expect(201);
        let token = behind(&acme, &invited["link"], "invitation");
        let path = format!(
            "/api/app/members/{}",
            invited["member"]["id"].as_str().unwrap()
        );
        let after = alice.patch(&path, &change).expect(200);
        let is_open = after["invitation_expires_at"].is_string();
        assert_eq!(is_open, status == 200, "{change}");
        assert_eq!(look(&acme, &token).status, status, "{change}");
        // Makes room for the next one.
        let id = invited["member"]["id"].as_str().unwrap();
        alice
            .patch(&path, &email(&format!("former-{id}")))
            .expect(200);
    }
    // The same holds for a reset link.
    let carol = format!("/api/app/members/{}", acme.carol);
    let link = alice.post(&format!("{carol}/reset-link"), &json!({}));
    let token = behind(&acme, &link.expect(201), "reset");
    alice.patch(&carol, &email("carol.s")).expect(200);
    use_link(&acme, &token, "a new beginning").refusal(410);
}

#[test]
fn links_and_passwords_are_not_in_the_answers_that_others_see() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let body = json!({ "email": format!("erin@{}", acme.domain), "name": "Erin" });
    let answer = alice.post("/api/app/members", &body);
    let url = answer.expect(201)["link"]["url"]
        .as_str()
        .unwrap()
        .to_owned();
    let token = url.rsplit('#').next().unwrap();
    for path in ["/api/app/directory", "/api/app/me", "/api/app/audit-log"] {
        assert!(!alice.get(path).text().contains(token), "{path}");
    }
    let log = alice.read("/api/app/audit-log");
    assert_eq!(log["entries"][0]["action"], "member.invite");
    assert_eq!(log["entries"][0]["after"]["name"], "Erin");
    // A repeat of the request reveals nothing either.
    let request = alice.request("POST", "/api/app/members");
    let repeat = request.header("idempotency-key", "again").json(&body);
    let refusal = repeat.send().refusal(409);
    assert!(refusal.starts_with("email"), "{refusal}");
}

#[test]
fn an_invitation_that_makes_no_sense_is_refused_and_invites_nobody() {
    let acme = workspace();
    let other = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let before = alice.read("/api/app/directory");
    let taken = format!("CAROL@{}", acme.domain);
    for (change, status, field) in [
        (json!({ "email": "erin" }), 400, "email"),
        (json!({ "email": null }), 400, "email"),
        (json!({ "email": format!(" {taken}") }), 400, "email"),
        (json!({ "email": taken }), 409, "email"),
        (json!({ "name": " " }), 400, "name"),
        (json!({ "name": "x".repeat(501) }), 400, "name"),
        (json!({ "role": "owner" }), 400, "role"),
        (json!({ "department_id": "nowhere" }), 400, "department_id"),
        (
            json!({ "department_id": other.department.as_str() }),
            400,
            "department_id",
        ),
        (
            json!({ "team_ids": [other.team.as_str()] }),
            400,
            "team_ids",
        ),
        (
            json!({ "team_ids": [acme.team.as_str(), "nowhere"] }),
            400,
            "team_ids",
        ),
        (json!({ "team_ids": "all" }), 400, "team_ids"),
        (json!({ "team_ids": vec!["x"; 101] }), 400, "team_ids"),
    ] {
        let mut body = json!({ "email": format!("erin@{}", acme.domain), "name": "Erin" });
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let refusal = alice.post("/api/app/members", &body).refusal(status);
        assert!(refusal.starts_with(field), "{change}: {refusal}");
    }
    assert_eq!(alice.read("/api/app/directory"), before);
}

#[test]
fn only_admins_manage_members() {
    let acme = workspace();
    let path = |rest: &str| format!("/api/app/members/{}{rest}", acme.dave);
    for cookie in [
        &acme.sessions.bob,
        &acme.sessions.carol,
        &acme.sessions.dave,
    ] {
        let api = acme.api.signed_in(cookie);
        api.post("/api/app/members", &json!({})).refusal(403);
        api.patch(&path(""), &json!({ "role": "admin" }))
            .refusal(403);
        for rest in ["/invitation", "/reset-link", "/disable", "/enable"] {
            api.post(&path(rest), &json!({})).refusal(403);
        }
        let body = json!({ "to_member_id": acme.bob.as_str() });
        api.post(&path("/hand-over"), &body).refusal(403);
        assert_eq!(entry(&api, &json!(acme.dave.as_str()))["role"], "member");
    }
}

#[test]
fn an_admin_changes_a_member_and_the_change_counts_at_once() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let carol = acme.api.signed_in(&acme.sessions.carol);
    let path = format!("/api/app/members/{}", acme.carol);
    let body = json!({
        "name": " Carol S. ", "email": format!("carol.s@{}", acme.domain), "role": "admin",
        "department_id": null, "team_ids": [acme.team.as_str()],
    });
    let after = alice.patch(&path, &body).expect(200);
    assert_eq!(after["name"], "Carol S.");
    assert_eq!(after["role"], "admin");
    assert_eq!(after["department_id"], Value::Null);
    assert_eq!(after["team_ids"], json!([acme.team.as_str()]));
    assert_eq!(entry(&alice, &after["id"]), after);
    let me = carol.read("/api/app/me");
    assert_eq!(me["role"], "admin");
    assert_eq!(me["email"], body["email"]);
    // Carol is an admin from her next request on, and none from the one after she stops being one.
    carol
        .patch(
            &format!("/api/app/members/{}", acme.dave),
            &json!({ "name": "Dave" }),
        )
        .expect(200);
    alice.patch(&path, &json!({ "role": "member" })).expect(200);
    carol.patch(&path, &json!({ "role": "admin" })).refusal(403);
    let after = alice.patch(&path, &json!({ "team_ids": [] })).expect(200);
    assert_eq!(after["team_ids"], json!([]));
    assert_eq!(after["name"], "Carol S.");
}

#[test]
fn a_change_of_a_member_that_makes_no_sense_is_refused() {
    let acme = workspace();
    let other = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let before = alice.read("/api/app/directory");
    let path = format!("/api/app/members/{}", acme.carol);
    for (body, status, field) in [
        (json!({}), 400, "body has no updatable field"),
        (json!({ "name": "" }), 400, "name"),
        (json!({ "name": null }), 400, "name"),
        (json!({ "email": "carol" }), 400, "email"),
        (
            json!({ "name": "C", "email": format!("Bob@{}", acme.domain) }),
            409,
            "email",
        ),
        (json!({ "role": "owner" }), 400, "role"),
        (json!({ "role": null }), 400, "role"),
        (
            json!({ "department_id": other.department.as_str() }),
            400,
            "department_id",
        ),
        (
            json!({ "team_ids": [other.team.as_str()] }),
            400,
            "team_ids",
        ),
        (json!({ "team_ids": null }), 400, "team_ids"),
    ] {
        let refusal = alice.patch(&path, &body).refusal(status);
        assert!(refusal.starts_with(field), "{body}: {refusal}");
    }
    for id in [other.carol.as_str(), "nobody"] {
        let path = format!("/api/app/members/{id}");
        let body = json!({ "name": "X", "department_id": "nowhere" });
        alice.patch(&path, &body).refusal(404);
        for rest in ["invitation", "reset-link", "disable", "enable"] {
            alice
                .post(&format!("{path}/{rest}"), &json!({}))
                .refusal(404);
        }
        let body = json!({ "to_member_id": acme.bob.as_str() });
        alice.post(&format!("{path}/hand-over"), &body).refusal(404);
    }
    assert_eq!(alice.read("/api/app/directory"), before);
    // One's own address in another case is not taken.
    let own = json!({ "email": format!("CAROL@{}", acme.domain) });
    alice.patch(&path, &own).expect(200);
}

#[test]
fn the_last_admin_stays_one() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let own = format!("/api/app/members/{}", acme.alice);
    let refused = || {
        for role in ["manager", "member"] {
            let refusal = alice.patch(&own, &json!({ "role": role })).refusal(409);
            assert!(refusal.starts_with("role"), "{refusal}");
        }
        alice
            .post(&format!("{own}/disable"), &json!({}))
            .refusal(409);
        assert_eq!(alice.read("/api/app/me")["role"], "admin");
    };
    refused();
    // Neither somebody who has not joined yet nor somebody disabled can take over.
    let body = json!({
        "email": format!("erin@{}", acme.domain), "name": "Erin", "role": "admin",
    });
    alice.post("/api/app/members", &body).expect(201);
    let bob = format!("/api/app/members/{}", acme.bob);
    alice.patch(&bob, &json!({ "role": "admin" })).expect(200);
    alice
        .post(&format!("{bob}/disable"), &json!({}))
        .expect(200);
    refused();

    alice.post(&format!("{bob}/enable"), &json!({})).expect(200);
    assert_eq!(
        alice.patch(&own, &json!({ "role": "manager" })).expect(200)["role"],
        "manager"
    );
    // What she gave away she can't take back.
    alice.patch(&own, &json!({ "role": "admin" })).refusal(403);
    assert_eq!(alice.read("/api/app/me")["role"], "manager");
}

#[test]
fn of_two_admins_who_demote_each_other_at_once_one_stays() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let bob = acme.api.signed_in(&acme.sessions.bob);
    let path = |id: &str| format!("/api/app/members/{id}");
    alice
        .patch(&path(acme.bob.as_str()), &json!({ "role": "admin" }))
        .expect(200);
    let demote = json!({ "role": "member" });
    let statuses = std::thread::scope(|scope| {
        let first = scope.spawn(|| alice.patch(&path(acme.bob.as_str()), &demote).status);
        let second = scope.spawn(|| bob.patch(&path(acme.alice.as_str()), &demote).status);
        [first.join().unwrap(), second.join().unwrap()]
    });
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        1,
        "{statuses:?}"
    );
    let directory = acme
        .api
        .signed_in(&acme.sessions.carol)
        .read("/api/app/directory");
    let admins = directory["members"].as_array().unwrap().iter();
    assert_eq!(admins.filter(|member| member["role"] == "admin").count(), 1);
}

#[test]
fn a_disabled_member_is_out_at_once_and_still_names_what_they_own() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let dave = acme.api.signed_in(&acme.sessions.dave);
    let path = format!("/api/app/members/{}", acme.dave);
    let owner = json!({ "owner_id": acme.dave.as_str() });
    acme.api
        .put(&format!("/okrs/{}", acme.okr), &owner)
        .expect(200);
    let reset = alice
        .post(&format!("{path}/reset-link"), &json!({}))
        .expect(201);
    let reset = behind(&acme, &reset, "reset");

    let after = alice
        .post(&format!("{path}/disable"), &json!({}))
        .expect(200);
    assert!(after["disabled_at"].is_string());
    dave.get("/api/app/me").refusal(401);
    dave.get("/okrs").refusal(401);
    sign_in(&acme, "dave", PASSWORD).refusal(401);
    use_link(&acme, &reset, "a new beginning").refusal(410);
    alice
        .post(&format!("{path}/reset-link"), &json!({}))
        .refusal(409);
    assert_eq!(acme.api.read("/okrs")[0]["owner"], "Dave Okafor");
    assert_eq!(after["team_ids"], json!([acme.team.as_str()]));
    // Once more changes nothing.
    assert_eq!(
        alice
            .post(&format!("{path}/disable"), &json!({}))
            .expect(200),
        after
    );

    let enabled = alice
        .post(&format!("{path}/enable"), &json!({}))
        .expect(200);
    assert_eq!(enabled["disabled_at"], Value::Null);
    // The sessions that ended stay ended.
    dave.get("/api/app/me").refusal(401);
    sign_in(&acme, "dave", PASSWORD).expect(200);
}

#[test]
fn somebody_who_becomes_a_member_manages_nothing_any_more() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let path = format!("/api/app/members/{}", acme.bob);
    let manager = || alice.read("/api/app/directory")["teams"][0]["manager_id"].clone();
    assert_eq!(manager(), acme.bob.as_str());
    alice.patch(&path, &json!({ "role": "admin" })).expect(200);
    assert_eq!(manager(), acme.bob.as_str());
    alice.patch(&path, &json!({ "role": "member" })).expect(200);
    assert_eq!(manager(), Value::Null);
}

#[test]
fn all_that_somebody_owns_is_handed_over_in_one_go() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let kpi = json!({ "name": "Churn", "owner_id": acme.alice.as_str() });
    acme.api.post("/kpis", &kpi).expect(201);
    let path = format!("/api/app/members/{}/hand-over", acme.alice);
    let unread =
        |cookie| acme.api.signed_in(cookie).read("/api/app/me")["unread_notifications"].clone();
    assert_eq!(unread(&acme.sessions.dave), 0);
    let body = json!({ "to_member_id": acme.dave.as_str() });
    let counts = alice.post(&path, &body).expect(200);
    assert_eq!(
        counts,
        json!({ "okrs": 1, "key_results": 4, "kpis": 1, "initiatives": 0 })
    );
    assert_eq!(unread(&acme.sessions.dave), 1);
    let dave = acme.api.signed_in(&acme.sessions.dave);
    let notification = dave.read("/api/app/notifications")["notifications"][0].clone();
    assert_eq!(notification["kind"], "handed_over");
    assert_eq!(notification["subject_id"], acme.alice.as_str());
    assert_eq!(notification["text"], "Alice Nguyen");
    let okr = acme.api.read("/okrs")[0].clone();
    assert_eq!(okr["owner"], "Dave Okafor");
    for key_result in okr["key_results"].as_array().unwrap() {
        assert_eq!(key_result["owner_id"], acme.dave.as_str());
    }
    let counts = alice.post(&path, &body).expect(200);
    assert_eq!(counts["key_results"], 0);
    let path = format!("/api/app/members/{}/hand-over", acme.bob);
    assert_eq!(alice.post(&path, &body).expect(200)["initiatives"], 1);
}

#[test]
fn nothing_is_handed_to_somebody_who_is_not_there() {
    let acme = workspace();
    let other = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let carol = format!("/api/app/members/{}/disable", acme.carol);
    alice.post(&carol, &json!({})).expect(200);
    let path = format!("/api/app/members/{}/hand-over", acme.alice);
    for to in [
        json!(acme.alice.as_str()),
        json!(acme.carol.as_str()),
        json!(other.dave.as_str()),
        json!("nobody"),
        json!(null),
    ] {
        let refusal = alice
            .post(&path, &json!({ "to_member_id": to }))
            .refusal(400);
        assert!(refusal.starts_with("to_member_id"), "{to}: {refusal}");
    }
    assert_eq!(acme.api.read("/okrs")[0]["owner"], "Alice Nguyen");
}

#[test]
fn links_begin_with_the_address_that_the_deployment_says() {
    let vars = [
        ("SETUP_TOKEN", SETUP_TOKEN),
        ("PUBLIC_URL", "https://okrs.example/"),
    ];
    let server = Server::start_with("", &vars);
    let body = json!({
        "token": SETUP_TOKEN, "workspace": "Northwind", "name": "Nora North",
        "email": "nora@northwind.test", "password": "a new beginning",
    });
    let nobody = server.anonymous().signed_out();
    let nora = nobody.post("/api/app/set-up", &body).session();
    let nora = nobody.signed_in(&nora);
    let body = json!({ "email": "otto@northwind.test", "name": "Otto", "role": "member" });
    let invited = nora.post("/api/app/members", &body).expect(201);
    let link = invited.to_string();
    assert!(link.contains("\"https://okrs.example/"), "{link}");
    assert!(!link.contains(&server.address()), "{link}");
}
