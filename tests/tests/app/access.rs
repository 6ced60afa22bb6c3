//! Who gets in at all, for every operation of the app's document.

use okrs_tests::workspace;

use crate::operations::{no_body, operations, operations_of_members};
use crate::things::Things;

const UNKNOWN: &str = "01900000-0000-7000-8000-000000000000";

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
    let before = things.snapshot();
    for operation in operations()
        .iter()
        .filter(|operation| operation.is_unsafe())
    {
        let asked = || {
            let request = operation.request(&acme.api.without_key(), &things.any_id(operation));
            request.header("cookie", &cookie)
        };
        let body = || things.body(operation).to_string();
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
    let before = (ours.snapshot(), theirs.snapshot());
    let alice = acme.api.signed_in(&acme.sessions.alice);
    for operation in operations_of_members().filter(|operation| operation.has_id()) {
        let body = ours.body(&operation);
        let foreign = operation.call(&alice, &theirs.any_id(&operation), &body);
        let unknown = operation.call(&alice, UNKNOWN, &body);
        foreign.refusal(404);
        assert_eq!(foreign.text(), unknown.text(), "{}", operation.id);
    }
    assert_eq!((ours.snapshot(), theirs.snapshot()), before);
}
