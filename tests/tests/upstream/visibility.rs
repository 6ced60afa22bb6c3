//! Who sees OKRs of which the hosted service does not say who may.

use okrs_tests::Api;
use serde_json::{Value, json};

use crate::acme::{Acme, acme, new_okr};

const TITLE: &str = "Zeppelin plan";

/// An OKR with a key result that was made at the hosted service, past this deployment.
fn unknown_okr(acme: &Acme) -> (String, String) {
    let id = |made: Value| made["id"].as_str().unwrap().to_owned();
    let okr = id(acme
        .service
        .post("/okrs", &new_okr(acme, TITLE))
        .expect(201));
    let key_result = json!({
        "title": "Zeppelin count", "metric_type": "number", "start_value": 0, "target_value": 10,
    });
    let path = format!("/okrs/{okr}/key-results");
    let key_result = id(acme.service.post(&path, &key_result).expect(201));
    acme.copy();
    (okr, key_result)
}

/// Every way to come across it.
fn ways(okr: &str) -> [String; 7] {
    [
        "/okrs".to_owned(),
        "/api/app/okrs".to_owned(),
        "/api/app/home".to_owned(),
        "/api/app/search?q=eppelin".to_owned(),
        "/api/app/notifications".to_owned(),
        "/api/app/okrs/deleted".to_owned(),
        format!("/api/app/okrs/{okr}"),
    ]
}

fn comes_across(api: &Api, okr: &str) -> Vec<String> {
    let mut found = Vec::from(ways(okr));
    found.retain(|way| {
        let answer = api.get(way);
        answer.text().contains("eppelin") || answer.text().contains(okr)
    });
    found
}

#[test]
fn an_okr_whose_visibility_is_unknown_is_for_admins_only() {
    let acme = acme();
    let (okr, key_result) = unknown_okr(&acme);
    let shown = acme.alice().read(&format!("/api/app/okrs/{okr}"));
    assert_eq!(shown["okr"]["title"], TITLE);
    assert_eq!(shown["okr"]["visibility_known"], false);
    let chosen = json!({ "visibility": "organisation" });
    let seen = comes_across(&acme.alice(), &okr);
    for way in ["/okrs", "/api/app/okrs", "/api/app/search?q=eppelin"] {
        assert!(seen.iter().any(|other| other == way), "{way}: {seen:?}");
    }
    let sessions = &acme.sessions;
    for session in [&sessions.bob, &sessions.carol, &sessions.dave] {
        let member = acme.key.signed_in(session);
        assert_eq!(comes_across(&member, &okr), Vec::<String>::new());
        let nothing = member.get("/api/app/okrs/nothing");
        for path in ["", "/activity", "/comments"] {
            let hidden = member.get(&format!("/api/app/okrs/{okr}{path}"));
            assert_eq!(hidden.refusal(404), nothing.refusal(404), "{path}");
        }
        let check_ins = format!("/key-results/{key_result}/checkins");
        member.post(&check_ins, &json!({ "value": 1 })).refusal(404);
        member
            .put(&format!("/okrs/{okr}"), &json!({ "title": "Mine" }))
            .refusal(404);
        member.delete(&format!("/okrs/{okr}")).refusal(404);
    }
    assert_eq!(acme.line.writes().len(), 0);
    // Somebody says what was assumed: now it is known.
    let alice = acme.alice();
    alice.put(&format!("/okrs/{okr}"), &chosen).expect(200);
    let shown = alice.read(&format!("/api/app/okrs/{okr}"));
    assert_eq!(shown["okr"]["visibility_known"], true);
    // A key reaches the whole workspace, as it does at the hosted service.
    assert!(acme.key.get("/okrs").text().contains(&okr));
}

#[test]
fn assistants_find_what_their_key_reaches() {
    let acme = acme();
    let (okr, _) = unknown_okr(&acme);
    let call = |api: &Api, tool: &str, arguments: Value| {
        let params = json!({ "name": tool, "arguments": arguments });
        let call = json!({ "method": "tools/call", "params": params });
        api.post("/api/public/mcp", &call)
    };
    let search = || json!({ "query": "eppelin" });
    let found = call(&acme.key, "search_okrs", search());
    assert!(found.text().contains(&okr), "{found:?}");
    let found = call(&acme.key, "get_okr", json!({ "okr_id": okr }));
    assert!(found.text().contains(TITLE), "{found:?}");
    let kpis_only = acme.key.with(acme.keys.only("kpis:read"));
    let found = call(&kpis_only, "search_okrs", search());
    assert!(!found.text().contains(&okr), "{found:?}");
    // A person's session is no way in for assistants.
    call(&acme.alice(), "search_okrs", search()).expect(401);
}

#[test]
fn an_admin_can_open_what_is_unknown_to_everyone() {
    let acme = acme();
    let (okr, _) = unknown_okr(&acme);
    let carol = acme.key.signed_in(&acme.sessions.carol);
    carol
        .patch(
            "/api/app/workspace",
            &json!({ "unknown_visibility": "everyone" }),
        )
        .refusal(403);
    let alice = acme.alice();
    let set = |to: &str| alice.patch("/api/app/workspace", &json!({ "unknown_visibility": to }));
    let message = set("nobody").refusal(400);
    assert!(message.starts_with("unknown_visibility"), "{message}");
    assert_eq!(
        set("everyone").expect(200)["unknown_visibility"],
        "everyone"
    );
    let shown = carol.read(&format!("/api/app/okrs/{okr}"));
    assert_eq!(shown["okr"]["title"], TITLE);
    assert!(carol.get("/okrs").text().contains(&okr));
    set("admins_only").expect(200);
    assert_eq!(comes_across(&carol, &okr), Vec::<String>::new());
}

#[test]
fn the_visibility_of_what_is_made_here_is_known() {
    let acme = acme();
    acme.copy();
    let dave = acme.key.signed_in(&acme.sessions.dave);
    let mut new = new_okr(&acme, TITLE);
    new["type"] = json!("team");
    new["owner_id"] = json!(acme.dave.as_str());
    new["team_id"] = json!(acme.team.as_str());
    for (visibility, carol_sees) in [("team", false), ("organisation", true)] {
        new["visibility"] = json!(visibility);
        let made = dave.post("/okrs", &new).expect(201);
        let path = format!("/api/app/okrs/{}", made["id"].as_str().unwrap());
        let status = |session: &str| acme.key.signed_in(session).get(&path).status;
        assert_eq!(status(&acme.sessions.bob), 200, "{visibility}");
        let carols = if carol_sees { 200 } else { 404 };
        assert_eq!(status(&acme.sessions.carol), carols, "{visibility}");
    }
}
