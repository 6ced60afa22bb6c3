//! Signing in by Cloudflare Access.

use serde_json::{Value, json};

use crate::browser::{Browser, Page};
use crate::deployment::{Deployment, SESSION, shared};
use crate::team::Key;

/// The message of a refusal that signed nobody in.
fn refusal(acme: &Deployment, browser: &mut Browser, page: &Page, status: u16) -> String {
    assert_eq!(page.status, status, "{page:?}");
    assert_eq!(page.set_cookies(SESSION), [""; 0], "{page:?}");
    assert_eq!(acme.me(browser), None);
    let body: Value = serde_json::from_str(&page.body).unwrap();
    body["message"].as_str().unwrap().to_owned()
}

#[test]
fn a_member_whom_access_let_through_signs_in_with_keys_of_either_kind() {
    let acme = shared();
    for key in &acme.keys {
        let mut browser = Browser::default();
        let token = key.token(&acme.access_claims("Carol@Elsewhere.test"));
        let page = acme.show(&mut browser, &token);
        assert_eq!(page.status, 200, "{page:?}");
        assert_eq!(page.set_cookies(SESSION).len(), 1);
        let answered: Value = serde_json::from_str(&page.body).unwrap();
        assert_eq!(answered["name"], "Carol");
        assert_eq!(acme.me(&mut browser).unwrap()["id"], answered["id"]);
    }
}

#[test]
fn someone_of_an_allowed_domain_becomes_a_member_and_of_another_nobody() {
    let acme = shared();
    let key = &acme.keys[1];
    let mut browser = Browser::default();
    acme.show(
        &mut browser,
        &key.token(&acme.access_claims("ivan@acme.test")),
    );
    let me = acme.me(&mut browser).unwrap();
    assert_eq!(
        (&me["name"], &me["role"]),
        (&json!("ivan"), &json!("member"))
    );

    let mut browser = Browser::default();
    let page = acme.show(
        &mut browser,
        &key.token(&acme.access_claims("ivan@acme.example")),
    );
    let message = refusal(acme, &mut browser, &page, 401);
    assert!(message.starts_with("You are not a member"), "{message}");
}

#[test]
fn a_disabled_member_and_a_program_without_an_address_are_refused() {
    let acme = shared();
    let key = &acme.keys[1];
    let mut browser = Browser::default();
    let page = acme.show(
        &mut browser,
        &key.token(&acme.access_claims("gone@acme.test")),
    );
    let message = refusal(acme, &mut browser, &page, 401);
    assert!(message.contains("switched off"), "{message}");

    // What Access gives to programs with a service token.
    let mut claims = acme.access_claims("");
    claims.as_object_mut().unwrap().remove("email");
    claims["common_name"] = json!("bot.access");
    let page = acme.show(&mut browser, &key.token(&claims));
    let message = refusal(acme, &mut browser, &page, 401);
    assert!(message.contains("names no e-mail address"), "{message}");
}

#[test]
fn without_a_token_or_from_another_site_nobody_is_signed_in() {
    let acme = shared();
    let mut browser = Browser::default();
    let url = acme.url("/access-sessions");
    let page = browser.post_json(&url, "{}", &[]);
    refusal(acme, &mut browser, &page, 401);
    let token = acme.keys[1].token(&acme.access_claims("bob@acme.test"));
    let page = browser.post_cross_site(&url, "{}", &[("cf-access-jwt-assertion", &token)]);
    refusal(acme, &mut browser, &page, 403);
}

#[test]
fn an_address_that_shows_too_many_wrong_tokens_has_to_wait_and_others_do_not() {
    let acme = shared();
    let mut browser = Browser::default();
    let stranger = Key::ec("ec-1").token(&acme.access_claims("bob@acme.test"));
    for _ in 0..300 {
        let page = acme.show_from("2001:db8:1:2::3", &mut browser, &stranger);
        refusal(acme, &mut browser, &page, 401);
    }
    // The same network, and a token that would do.
    let genuine = acme.keys[1].token(&acme.access_claims("bob@acme.test"));
    let page = acme.show_from("2001:db8:1:2:4::5", &mut browser, &genuine);
    let message = refusal(acme, &mut browser, &page, 429);
    assert!(message.starts_with("Too many attempts"), "{message}");
    // A success counts for nothing.
    for _ in 0..3 {
        let page = acme.show_from("2001:db8:1:3::3", &mut browser, &genuine);
        assert_eq!(page.status, 200, "{page:?}");
    }
}

#[test]
fn clocks_may_differ_by_a_minute() {
    let acme = shared();
    let now = okrs_tests::now().timestamp();
    let mut claims = acme.access_claims("bob@acme.test");
    claims["exp"] = json!(now - 40);
    claims["iat"] = json!(now + 40);
    claims["nbf"] = json!(now + 40);
    let page = acme.show(&mut Browser::default(), &acme.keys[1].token(&claims));
    assert_eq!(page.status, 200, "{page:?}");
}
