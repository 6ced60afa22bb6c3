//! Authority that ends while a body is on its way: whoever sends a request's headers in time and its body
//! too late has no effect.

use std::thread;

use okrs_tests::{Api, Held, Workspace, workspace};
use serde_json::{Value, json};

use crate::operations::{Operation, operations};
use crate::things::Things;

/// What a request is answered with that has no effect: the sender is unknown, may not or may no longer, cannot
/// see it, or was too slow.
const REFUSED: [u16; 5] = [401, 403, 404, 408, 409];

/// What changes something and could be asked by somebody signed in.
fn writes() -> Vec<Operation> {
    let needs_a_sender =
        |operation: &Operation| operation.access != "anyone" && operation.is_unsafe();
    operations().into_iter().filter(needs_a_sender).collect()
}

/// An admin beside alice.
fn make_admin(acme: &Workspace, id: &str, cookie: &str) -> Api {
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let path = format!("/api/app/members/{id}");
    alice.patch(&path, &json!({ "role": "admin" })).expect(200);
    acme.api.signed_in(cookie)
}

/// What the audit log says that this member has done, refusals left out.
fn done_by(alice: &Api, member: &str) -> usize {
    let page = alice.read(&format!("/api/app/audit-log?member_id={member}&limit=200"));
    let entries = page["entries"].as_array().unwrap();
    let is_done = |entry: &&Value| entry["action"] != "access.denied";
    entries.iter().filter(is_done).count()
}

/// Every write, held back by this sender.
fn hold_all(requests: &[(Operation, String, Value)], sender: &Api) -> Vec<(String, Held)> {
    let hold = |(operation, id, body): &(Operation, String, Value)| {
        let request = operation.request(sender, id);
        (operation.id.clone(), request.hold(body))
    };
    requests.iter().map(hold).collect()
}

#[test]
fn no_write_takes_effect_whose_sender_lost_the_right_while_the_body_was_on_its_way() {
    let acme = workspace();
    let things = Things::of(&acme);
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let leaving = make_admin(&acme, acme.bob.as_str(), &acme.sessions.bob);
    let disabled = make_admin(&acme, acme.carol.as_str(), &acme.sessions.carol);
    let demoted = make_admin(&acme, acme.dave.as_str(), &acme.sessions.dave);
    let requests: Vec<(Operation, String, Value)> = writes()
        .into_iter()
        // The end of a session is no harm whoever asks for it.
        .filter(|operation| operation.id != "signOut")
        .map(|operation| {
            let (id, body) = (things.any_id(&operation), things.body(&operation));
            (operation, id, body)
        })
        .collect();
    let people = [
        (&leaving, &acme.bob),
        (&disabled, &acme.carol),
        (&demoted, &acme.dave),
    ];
    let held: Vec<_> = people
        .map(|(api, _)| hold_all(&requests, api))
        .into_iter()
        .flatten()
        .collect();

    leaving.delete("/api/app/sessions/current").expect(204);
    let member = |id: &str, rest: &str| format!("/api/app/members/{id}{rest}");
    alice
        .post(&member(acme.carol.as_str(), "/disable"), &json!({}))
        .expect(200);
    let body = json!({ "role": "member" });
    alice
        .patch(&member(acme.dave.as_str(), ""), &body)
        .expect(200);
    let before = people.map(|(_, id)| done_by(&alice, id.as_str()));

    let answers: Vec<(String, u16)> = thread::scope(|scope| {
        let finish = |(id, held): (String, Held)| scope.spawn(move || (id, held.finish()));
        let answers: Vec<_> = held.into_iter().map(finish).collect();
        answers
            .into_iter()
            .map(|answer| answer.join().unwrap())
            .collect()
    });
    // A member may do some of it, to what is theirs or to themselves.
    let after = people.map(|(_, id)| done_by(&alice, id.as_str()));
    assert_eq!(after, before, "{answers:?}");
    for (operation, status) in &answers {
        assert!(REFUSED.contains(status), "{operation}: {status}");
    }
}

#[test]
fn a_revoked_key_writes_nothing_that_it_began_before() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let body = json!({ "name": "Short-lived", "scopes": ["okrs:read", "okrs:write"] });
    let made = alice.post("/api/app/api-keys", &body).expect(201);
    let program = acme.api.with(made["key"].as_str().unwrap());
    let new =
        json!({ "title": "Too late", "type": "company", "cycle_id": acme.cycles.active.as_str() });
    let held = program.request("POST", "/okrs").hold(&new);
    let key = format!(
        "/api/app/api-keys/{}",
        made["api_key"]["id"].as_str().unwrap()
    );
    alice.delete(&key).expect(204);
    assert_eq!(held.finish(), 401);
    let okrs = acme.api.read("/okrs");
    let titles = okrs.as_array().unwrap().iter().map(|okr| &okr["title"]);
    assert!(titles.into_iter().all(|title| title != "Too late"));
}

#[test]
fn whoever_moves_out_of_a_team_no_longer_changes_what_is_the_teams() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let bob = acme.api.signed_in(&acme.sessions.bob);
    let okr = acme.bulk().post("/okrs", &json!({
        "title": "The team's", "type": "team", "cycle_id": acme.cycles.active.as_str(), "team_id": acme.team.as_str(),
    })).expect(201);
    let path = format!("/okrs/{}", okr["id"].as_str().unwrap());
    let rename = |title: &str| bob.request("PUT", &path).hold(&json!({ "title": title }));
    assert_eq!(rename("By its manager").finish(), 200);
    let held = rename("By nobody of the team");
    let team = format!("/api/app/teams/{}", acme.team);
    let body = json!({ "manager_id": null, "member_ids": [acme.dave.as_str()] });
    alice.patch(&team, &body).expect(200);
    assert!(REFUSED.contains(&held.finish()));
    assert_eq!(acme.api.read(&path)["title"], "By its manager");
}

#[test]
fn a_body_that_is_held_back_ends_and_keeps_nobody_from_hearing_that_nothing_has_changed() {
    let acme = workspace();
    let etag = acme.api.get("/okrs").header("etag").unwrap().to_owned();
    let held = acme
        .api
        .request("POST", "/kpis")
        .hold(&json!({ "name": "Never" }));
    let asked = acme
        .api
        .request("GET", "/okrs")
        .header("if-none-match", &etag)
        .send();
    assert_eq!(asked.status, 304);
    assert_eq!(asked.cost().d1_calls, 0);
    assert_eq!(held.status(), 408);
}
