//! Authority that ends while a body is on its way.

use okrs_tests::{HeldWrite, none_takes_effect, workspace};
use serde_json::json;

use crate::operations::operations;

#[test]
fn no_write_takes_effect_whose_sender_lost_the_right_while_the_body_was_on_its_way() {
    let acme = workspace();
    let operations = operations(&acme);
    let writes = operations
        .iter()
        .filter(|operation| operation.method != "GET");
    let writes = writes.map(|operation| HeldWrite {
        name: format!("{} {}", operation.method, operation.path),
        // A member makes initiatives, and this one is of the demoted admin's team.
        is_for_all: operation.path.starts_with("/initiatives"),
        method: operation.method.clone(),
        path: operation.path.replace("{id}", operation.id_in(&acme)),
        body: operation.body.clone().unwrap_or_else(|| json!({})),
    });
    none_takes_effect(&acme, &writes.collect::<Vec<_>>());
}
