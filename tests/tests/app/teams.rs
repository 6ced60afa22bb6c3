//! Departments and teams: made, renamed, archived, managed, filled.

use okrs_tests::workspace;
use serde_json::{Value, json};

#[test]
fn a_department_is_created_changed_and_archived() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let body = json!({ "name": " Sales ", "manager_id": acme.bob.as_str() });
    let sales = alice.post("/api/app/departments", &body).expect(201);
    assert_eq!(sales["name"], "Sales");
    assert_eq!(sales["manager_id"], acme.bob.as_str());
    assert_eq!(sales["archived_at"], Value::Null);
    let path = format!("/api/app/departments/{}", sales["id"].as_str().unwrap());
    let body = json!({ "name": "Revenue", "manager_id": null });
    let after = alice.patch(&path, &body).expect(200);
    assert_eq!(after["name"], "Revenue");
    assert_eq!(after["manager_id"], Value::Null);
    let archived = alice.patch(&path, &json!({ "archived": true })).expect(200);
    assert!(archived["archived_at"].is_string());
    let directory = alice.read("/api/app/directory");
    let departments = directory["departments"].as_array().unwrap();
    assert_eq!(departments[1], archived);

    // Its name is free for another, and then it can't come back under it.
    let body = json!({ "name": "revenue" });
    alice.post("/api/app/departments", &body).expect(201);
    let back = json!({ "archived": false });
    let refusal = alice.patch(&path, &back).refusal(409);
    assert!(refusal.starts_with("name"), "{refusal}");
    let back = json!({ "archived": false, "name": "Sales" });
    assert_eq!(
        alice.patch(&path, &back).expect(200)["archived_at"],
        Value::Null
    );
}

#[test]
fn a_team_is_created_filled_and_archived() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let body = json!({
        "name": "Growth", "department_id": acme.department.as_str(), "manager_id": acme.alice.as_str(),
        "member_ids": [acme.carol.as_str(), acme.carol.as_str()],
    });
    let growth = alice.post("/api/app/teams", &body).expect(201);
    assert_eq!(growth["member_ids"], json!([acme.carol.as_str()]));
    let carol = acme.api.signed_in(&acme.sessions.carol);
    assert_eq!(carol.read("/api/app/me")["team_ids"], json!([growth["id"]]));
    let path = format!("/api/app/teams/{}", growth["id"].as_str().unwrap());
    let body = json!({
        "name": "Growth 2", "department_id": null, "manager_id": acme.bob.as_str(),
        "member_ids": [acme.dave.as_str(), acme.dave.as_str()], "archived": true,
    });
    let after = alice.patch(&path, &body).expect(200);
    assert_eq!(after["name"], "Growth 2");
    assert_eq!(after["department_id"], Value::Null);
    assert_eq!(after["manager_id"], acme.bob.as_str());
    assert_eq!(after["member_ids"], json!([acme.dave.as_str()]));
    assert!(after["archived_at"].is_string());
    assert_eq!(carol.read("/api/app/me")["team_ids"], json!([]));
    let after = alice.patch(&path, &json!({ "member_ids": [] })).expect(200);
    assert_eq!(after["member_ids"], json!([]));
    assert_eq!(after["name"], "Growth 2");
}

#[test]
fn whoever_manages_a_team_renames_it_but_does_not_choose_its_people() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let bob = acme.api.signed_in(&acme.sessions.bob);
    let path = format!("/api/app/teams/{}", acme.team);
    let after = bob
        .patch(&path, &json!({ "name": "Activation" }))
        .expect(200);
    assert_eq!(after["name"], "Activation");
    for body in [
        json!({ "manager_id": acme.alice.as_str() }),
        // They would see and do more with what is hers.
        json!({ "name": "Activation", "member_ids": [acme.carol.as_str()] }),
        json!({ "department_id": null }),
        json!({ "name": "Mine", "archived": true }),
    ] {
        bob.patch(&path, &body).refusal(403);
    }
    // Not a team that somebody else manages, and not as a member of it.
    let other = alice
        .post(
            "/api/app/teams",
            &json!({ "name": "Growth", "member_ids": [acme.bob.as_str()] }),
        )
        .expect(201);
    let other = format!("/api/app/teams/{}", other["id"].as_str().unwrap());
    bob.patch(&other, &json!({ "name": "Mine" })).refusal(403);
    let carol = acme.api.signed_in(&acme.sessions.carol);
    carol.patch(&path, &json!({ "name": "Mine" })).refusal(403);
    // Whoever manages a department manages its teams.
    let department = format!("/api/app/departments/{}", acme.department);
    alice
        .patch(&department, &json!({ "manager_id": acme.bob.as_str() }))
        .expect(200);
    let body = json!({ "department_id": acme.department.as_str() });
    alice.patch(&other, &body).expect(200);
    bob.patch(&other, &json!({ "name": "Growth 2" }))
        .expect(200);
    for path in ["/api/app/departments", "/api/app/teams"] {
        bob.post(path, &json!({ "name": "Mine" })).refusal(403);
    }
    bob.patch(&department, &json!({ "name": "Mine" }))
        .refusal(403);
}

#[test]
fn a_new_manager_sees_and_does_more_from_the_next_request_on() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let bob = acme.api.signed_in(&acme.sessions.bob);
    let growth = alice
        .post("/api/app/teams", &json!({ "name": "Growth" }))
        .expect(201);
    let okr = json!({
        "title": "Grow", "type": "team", "cycle_id": acme.cycles.active.as_str(),
        "team_id": growth["id"], "visibility": "team",
    });
    acme.api.post("/okrs", &okr).expect(201);
    let seen = || bob.read("/okrs").as_array().unwrap().len();
    assert_eq!(seen(), 1);
    let path = format!("/api/app/teams/{}", growth["id"].as_str().unwrap());
    alice
        .patch(&path, &json!({ "manager_id": acme.bob.as_str() }))
        .expect(200);
    assert_eq!(seen(), 2);
    alice
        .patch(&path, &json!({ "manager_id": null }))
        .expect(200);
    assert_eq!(seen(), 1);
}

#[test]
fn departments_and_teams_that_make_no_sense_are_refused() {
    let acme = workspace();
    let other = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    alice
        .patch(
            &format!("/api/app/members/{}", acme.bob),
            &json!({ "role": "admin" }),
        )
        .expect(200);
    alice
        .post(
            &format!("/api/app/members/{}/disable", acme.bob),
            &json!({}),
        )
        .expect(200);
    let before = alice.read("/api/app/directory");
    let managers = [
        json!({ "manager_id": acme.carol.as_str() }),
        json!({ "manager_id": acme.bob.as_str() }),
        json!({ "manager_id": other.bob.as_str() }),
        json!({ "manager_id": 7 }),
    ];
    let names = [
        json!({ "name": "" }),
        json!({ "name": "x".repeat(501) }),
        json!({ "name": null }),
    ];
    for (kind, own, taken) in [
        ("departments", acme.department.as_str(), "PRODUCT"),
        ("teams", acme.team.as_str(), "onboarding"),
    ] {
        let (create, change) = (format!("/api/app/{kind}"), format!("/api/app/{kind}/{own}"));
        let refused = |body: &Value, field: &str| {
            let mut new = json!({ "name": "New" });
            for (name, value) in body.as_object().unwrap() {
                new[name] = value.clone();
            }
            for refusal in [
                alice.post(&create, &new).refusal(400),
                alice.patch(&change, body).refusal(400),
            ] {
                assert!(refusal.starts_with(field), "{kind} {body}: {refusal}");
            }
        };
        managers.iter().for_each(|body| refused(body, "manager_id"));
        names.iter().for_each(|body| refused(body, "name"));
        if kind == "teams" {
            refused(
                &json!({ "department_id": other.department.as_str() }),
                "department_id",
            );
            refused(
                &json!({ "member_ids": [other.carol.as_str()] }),
                "member_ids",
            );
            refused(&json!({ "member_ids": "all" }), "member_ids");
            refused(&json!({ "member_ids": vec!["x"; 1001] }), "member_ids");
        }
        alice.patch(&change, &json!({})).refusal(400);
        alice
            .patch(&change, &json!({ "archived": null }))
            .refusal(400);
        let refusal = alice.post(&create, &json!({ "name": taken })).refusal(409);
        assert!(refusal.starts_with("name"), "{refusal}");
        for id in ["nowhere", other.department.as_str(), other.team.as_str()] {
            let path = format!("/api/app/{kind}/{id}");
            alice.patch(&path, &json!({ "name": "Mine" })).refusal(404);
        }
        // Its own name in another case is not taken.
        alice.patch(&change, &json!({ "name": taken })).expect(200);
        let back = if kind == "teams" {
            "Onboarding"
        } else {
            "Product"
        };
        alice.patch(&change, &json!({ "name": back })).expect(200);
    }
    assert_eq!(alice.read("/api/app/directory"), before);
}

#[test]
fn a_repeat_under_the_same_key_creates_nothing_more() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    for path in ["/api/app/departments", "/api/app/teams"] {
        let create = || {
            let request = alice.request("POST", path).header("idempotency-key", path);
            request
                .json(&json!({ "name": "Growth" }))
                .send()
                .expect(201)
        };
        assert_eq!(create(), create());
    }
}
