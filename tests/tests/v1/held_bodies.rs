//! Authority that ends while a body is on its way.

use std::time::Duration;

use chrono::TimeDelta;
use okrs_tests::{
    HeldWrite, Seeded, Server, all_refused, eventually, finish, moved_is_as_if_moved_before,
    none_takes_effect, now, seeded, workspace,
};
use serde_json::json;

use crate::operations::operations;
use crate::shapes::snapshot;

/// Longer than the key of the last test lives.
const SOON: Duration = Duration::from_secs(40);

/// The writes that the document has, each to a thing of the workspace.
fn writes(acme: &Seeded) -> Vec<HeldWrite> {
    let operations = operations(acme);
    let writes = operations
        .iter()
        .filter(|operation| operation.method != "GET");
    let writes = writes.map(|operation| HeldWrite {
        name: format!("{} {}", operation.method, operation.path),
        // A member makes initiatives, and this one is of the demoted admin's team.
        is_for_all: operation.path.starts_with("/initiatives"),
        method: operation.method.clone(),
        path: operation.path.replace("{id}", operation.id_in(acme)),
        body: operation.body.clone().unwrap_or_else(|| json!({})),
    });
    writes.collect()
}

#[test]
fn no_write_takes_effect_whose_sender_lost_the_right_while_the_body_was_on_its_way() {
    let acme = workspace();
    none_takes_effect(&acme, &writes(&acme));
}

#[test]
fn whoever_is_moved_out_of_a_team_while_a_body_is_on_its_way_can_do_no_more_than_afterwards() {
    // What is deleted is there for no other write, and held ones end in any order: each has workspaces of its own.
    for at in 0..writes(&workspace()).len() {
        let (acme, other) = (workspace(), workspace());
        let (held, after) = (&writes(&acme)[at..=at], &writes(&other)[at..=at]);
        moved_is_as_if_moved_before((&acme, held), (&other, after));
    }
}

#[test]
fn no_write_takes_effect_whose_key_expired_while_the_body_was_on_its_way() {
    // The workspace's key that ends a day after the workspace was made ends soon.
    let made_at = now() - TimeDelta::days(1) + TimeDelta::seconds(30);
    let ends_at = made_at + TimeDelta::days(1);
    let (acme, sql) = seeded("Expiring", made_at);
    let server = Server::start(&sql);
    let program = server.api(&acme.keys.expiring);
    program.get("/cycles").expect(200);
    // A body that is held back for longer than ten seconds ends by itself.
    let last_seconds = ends_at - TimeDelta::seconds(5);
    eventually("the key's last seconds", SOON, || {
        (now() > last_seconds).then_some(())
    });
    let writes = writes(&acme);
    let held = writes.iter().map(|write| write.held_by(&program)).collect();
    eventually("the key's end", SOON, || (now() > ends_at).then_some(()));
    let before = snapshot(&server.api(&acme.keys.bulk));
    all_refused(&finish(held));
    assert_eq!(snapshot(&server.api(&acme.keys.bulk)), before);
}
