//! Whoever is shut out is shut out with the next request, though 16 clients ask without a pause: 1,008
//! requests that begin after the answer that shut them out.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use okrs_tests::{Api, PASSWORD, Response, workspace};
use serde_json::json;

const CLIENTS: usize = 16;
const KEYS: usize = 40;
const SESSIONS: usize = 23;
/// More than any client has to ask until it is shut out.
const PATIENCE: usize = 1_000;

/// Shuts `visitor` out while all clients ask as that visitor, each until a request of its own has
/// begun after the shutting out was answered.
fn shut_out(visitor: &Api, shut: impl FnOnce() -> Response) {
    visitor.read("/cycles");
    let is_shut = AtomicBool::new(false);
    let client = || {
        for _ in 0..PATIENCE {
            let must_fail = is_shut.load(Ordering::SeqCst);
            let answer = visitor.get("/cycles");
            if must_fail {
                answer.refusal(401);
                return;
            }
            assert!([200, 401, 429].contains(&answer.status), "{answer:?}");
        }
        panic!("nobody was ever shut out");
    };
    thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(client);
        }
        shut().expect(204);
        is_shut.store(true, Ordering::SeqCst);
    });
}

#[test]
fn a_revoked_key_is_refused_on_the_next_request() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    for _ in 0..KEYS {
        let body = json!({ "name": "Short-lived", "scopes": ["okrs:read"] });
        let made = alice.post("/api/app/api-keys", &body).expect(201);
        let path = format!(
            "/api/app/api-keys/{}",
            made["api_key"]["id"].as_str().unwrap()
        );
        let program = acme.api.with(made["key"].as_str().unwrap());
        shut_out(&program, || alice.delete(&path));
    }
}

#[test]
fn an_ended_session_is_refused_on_the_next_request() {
    let acme = workspace();
    let page = acme.api.signed_out();
    let body = json!({ "email": format!("carol@{}", acme.domain), "password": PASSWORD });
    for _ in 0..SESSIONS {
        let cookie = page.post("/api/app/sessions", &body).session();
        let visitor = acme.api.signed_in(&cookie);
        shut_out(&visitor, || visitor.delete("/api/app/sessions/current"));
    }
}
