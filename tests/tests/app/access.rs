//! Who gets in at all, for every operation of the app's document.

use okrs_tests::workspace;
use serde_json::Value;

use crate::operations::{Operation, no_body, operations, operations_of_members};
use crate::things::Things;

/// An id that nothing has.
pub const UNKNOWN: &str = "01900000-0000-7000-8000-000000000000";

#[test]
fn nobody_gets_in_without_a_session() {
    let acme = workspace();
    let nobody = acme.api.without_key();
    for operation in operations_of_members() {
        let answer = operation.call(&nobody, UNKNOWN, &no_body());
        answer.refusal(401);
        let cost = answer.cost();
        assert_eq!((cost.d1_calls, cost.object_calls), (0, 0), "{answer:?}");
    }
}

#[test]
fn no_key_gets_in_whatever_its_scopes() {
    let acme = workspace();
    for operation in operations_of_members() {
        let answer = operation.call(&acme.bulk(), UNKNOWN, &no_body());
        assert_eq!(
            answer.refusal(403),
            "API keys can't do this; sign in",
            "{}",
            operation.id
        );
    }
}

#[test]
fn no_page_of_another_site_and_no_form_has_an_effect() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let cookie = format!("{}={}", okrs_shared::session::COOKIE, acme.sessions.alice);
    let things = Things::of(&acme);
    let requests: Vec<(Operation, String, Value)> = operations()
        .into_iter()
        .filter(Operation::is_unsafe)
        .map(|operation| {
            let (id, body) = (things.any_id(&operation), things.body(&operation));
            (operation, id, body)
        })
        .collect();
    let before = things.snapshot();
    for (operation, id, body) in &requests {
        let asked = || {
            let request = operation.request(&acme.api.without_key(), id);
            request.header("cookie", &cookie)
        };
        let body = || body.to_string();
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.test"),
            ("origin", "null"),
        ] {
            let request = asked()
                .header(name, value)
                .header("content-type", "application/json");
            request.body(body()).send().refusal(403);
        }
        // No word about where it comes from.
        let request = asked().header("content-type", "application/json");
        request.body(body()).send().refusal(403);
        for kind in ["text/plain", "application/x-www-form-urlencoded"] {
            let request = asked()
                .header("sec-fetch-site", "same-origin")
                .header("content-type", kind);
            request.body(body()).send().refusal(415);
        }
    }
    assert_eq!(things.snapshot(), before);
    alice.read("/api/app/me");
}

#[test]
fn things_of_another_workspace_look_like_things_that_do_not_exist() {
    let (acme, other) = (workspace(), workspace());
    let (ours, theirs) = (Things::of(&acme), Things::of(&other));
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let requests: Vec<(Operation, String, Value)> = operations_of_members()
        .filter(Operation::has_id)
        .map(|operation| {
            let (id, body) = (theirs.any_id(&operation), ours.body(&operation));
            (operation, id, body)
        })
        .collect();
    let before = (ours.snapshot(), theirs.snapshot());
    for (operation, id, body) in &requests {
        let foreign = operation.call(&alice, id, body);
        let unknown = operation.call(&alice, UNKNOWN, body);
        foreign.refusal(404);
        assert_eq!(foreign.text(), unknown.text(), "{}", operation.id);
    }
    assert_eq!((ours.snapshot(), theirs.snapshot()), before);
}

#[test]
fn an_id_that_is_no_text_is_refused_where_an_unknown_one_is() {
    let acme = workspace();
    let things = Things::of(&acme);
    let alice = acme.api.signed_in(&acme.sessions.alice);
    for operation in operations_of_members().filter(Operation::has_id) {
        let body = things.body(&operation);
        operation
            .call(&acme.api.without_key(), "%ff", &body)
            .refusal(401);
        operation.call(&acme.bulk(), "%ff", &body).refusal(403);
        let no_text = operation.call(&alice, "%ff", &body);
        let unknown = operation.call(&alice, UNKNOWN, &body);
        no_text.refusal(404);
        assert_eq!(no_text.text(), unknown.text(), "{}", operation.id);
    }
}

#[test]
fn every_answer_tells_browsers_to_be_careful_with_it() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    for answer in [
        alice.get("/api/app/me"),
        alice.get("/api/app/nowhere"),
        alice.without_key().get("/api/app/me"),
        alice.get("/okrs"),
        acme.api.get("/okrs"),
    ] {
        for (name, value) in [
            (
                "content-security-policy",
                "default-src 'none'; frame-ancestors 'none'",
            ),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{answer:?}");
        }
        let caching = answer.header("cache-control").unwrap();
        assert!(caching.starts_with("private, no-"), "{caching}");
    }
}
