//! Authority that ends while a body is on its way: whoever sends a request's headers in time and its body
//! too late has no effect.

use okrs_tests::{HeldWrite, Workspace, moved_is_as_if_moved_before, none_takes_effect, workspace};
use serde_json::json;

use crate::operations::{Operation, operations_of_members};
use crate::things::Things;

/// What changes something and could be asked by somebody signed in.
fn writes() -> Vec<Operation> {
    operations_of_members()
        // The end of a session is no harm, whoever asks for it.
        .filter(|operation| operation.is_unsafe() && operation.id != "signOut")
        .collect()
}

/// A write of the app's API, to a thing that it can be about.
fn of_app(things: &Things, operation: &Operation) -> HeldWrite {
    let id = things.any_id(operation);
    HeldWrite {
        name: operation.id.clone(),
        // Everybody comments on what they see.
        is_for_all: operation.access == "signed_in" || operation.id == "createComment",
        method: operation.method.clone(),
        path: format!("/api/app{}", operation.path.replace("{id}", &id)),
        body: things.body(operation),
    }
}

/// Such writes, each to a thing of its own.
fn of_workspace(acme: &Workspace, operations: &[Operation]) -> Vec<HeldWrite> {
    let things = Things::of(acme);
    let writes = operations.iter();
    writes.map(|operation| of_app(&things, operation)).collect()
}

#[test]
fn no_write_takes_effect_whose_sender_lost_the_right_while_the_body_was_on_its_way() {
    let mut operations = writes();
    // What one person may ask in a minute is less than all there is.
    let rest = operations.split_off(operations.len() / 2);
    for operations in [operations, rest] {
        let acme = workspace();
        none_takes_effect(&acme, &of_workspace(&acme, &operations));
    }
}

#[test]
fn whoever_is_moved_out_of_a_team_while_a_body_is_on_its_way_can_do_no_more_than_afterwards() {
    let mut operations = writes();
    // What one person may ask in a minute is less than all there is.
    let rest = operations.split_off(operations.len() / 2);
    for operations in [operations, rest] {
        let (acme, other) = (workspace(), workspace());
        let (held, after) = (
            of_workspace(&acme, &operations),
            of_workspace(&other, &operations),
        );
        moved_is_as_if_moved_before((&acme, &held), (&other, &after));
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
    assert_eq!(held.finish(), 403);
    let okrs = acme.api.read("/okrs");
    let titles = okrs.as_array().unwrap().iter().map(|okr| &okr["title"]);
    assert_eq!(titles.filter(|title| *title == "By its manager").count(), 1);
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
