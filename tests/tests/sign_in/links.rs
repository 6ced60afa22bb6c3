//! Who links an account at the provider with which member, and who unlinks them.

use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::browser::{Browser, Page};
use crate::deployment::Deployment;
use crate::oidc::{path, problem, sign_in};
use crate::provider;

/// A deployment for these tests, which have more admins than others could do with.
fn shared() -> &'static Deployment {
    static SHARED: OnceLock<Deployment> = OnceLock::new();
    SHARED.get_or_init(|| Deployment::start(&[("OIDC_CLIENT_SECRET", provider::SECRET)]))
}

/// Where a browser that is signed in goes to be linked.
fn leave_to_link(acme: &Deployment, browser: &mut Browser) -> String {
    let page = browser.post_json(&acme.url("/me/identity"), "{}", &[]);
    assert_eq!(page.status, 200, "{page:?}");
    let answer: Value = serde_json::from_str(&page.body).unwrap();
    answer["location"].as_str().unwrap().to_owned()
}

/// Links with this login, and says what the callback answered.
pub fn link(acme: &Deployment, browser: &mut Browser, login: &str) -> Page {
    let location = leave_to_link(acme, browser);
    let answer = browser.pass_provider(&location, login);
    browser.get(&answer)
}

/// An admin with a password of their own, and what the provider says about them.
fn admin(acme: &Deployment, name: &str) -> (Browser, Value) {
    let mut root = Browser::default();
    acme.sign_in_with_password(&mut root, "root@acme.test");
    let claims = json!({ "email": format!("{name}@acme.test"), "name": name });
    acme.provider.account(name, &claims);
    let new = json!({ "email": claims["email"], "name": name, "role": "admin" });
    let invited = root.post_json(&acme.url("/members"), &new.to_string(), &[]);
    let invited: Value = serde_json::from_str(&invited.body).unwrap();
    let url = invited["link"]["url"].as_str().unwrap();
    let token = url.rsplit('#').next().unwrap();
    let body = json!({ "token": token, "password": "a new beginning" }).to_string();
    let mut browser = Browser::default();
    let page = browser.post_json(&acme.url("/password-links/use"), &body, &[]);
    assert_eq!(page.status, 200, "{page:?}");
    (browser, claims)
}

/// The members' list, as Root sees it.
fn member(acme: &Deployment, email: &Value) -> Value {
    let mut root = Browser::default();
    acme.sign_in_with_password(&mut root, "root@acme.test");
    let directory = root.get(&acme.url("/directory"));
    let directory: Value = serde_json::from_str(&directory.body).unwrap();
    let mut members = directory["members"].as_array().unwrap().iter();
    members
        .find(|member| member["email"] == *email)
        .unwrap()
        .clone()
}

#[test]
fn an_admin_is_never_found_by_an_address_and_links_from_a_session_with_a_password() {
    let acme = shared();
    let (mut olga, claims) = admin(acme, "olga");
    let mut stranger = Browser::default();
    let page = sign_in(acme, &mut stranger, "olga");
    assert_eq!(problem(acme, &mut stranger, &page), "link_first");
    assert_eq!(acme.me(&mut olga).unwrap()["is_linked"], false);

    let page = link(acme, &mut olga, "olga");
    assert_eq!(path(acme, &page), "/settings");
    assert_eq!(acme.me(&mut olga).unwrap()["is_linked"], true);
    let mut browser = Browser::default();
    sign_in(acme, &mut browser, "olga");
    let me = acme.me(&mut browser).unwrap();
    assert_eq!(
        (&me["email"], &me["role"]),
        (&claims["email"], &json!("admin"))
    );
    assert!(member(acme, &claims["email"])["linked_at"].is_string());
}

#[test]
fn a_session_that_began_at_the_provider_links_nothing() {
    let acme = shared();
    for login in ["petra", "petra-too"] {
        acme.provider
            .account(login, &json!({ "email": format!("{login}@acme.test") }));
    }
    let mut petra = Browser::default();
    sign_in(acme, &mut petra, "petra");
    let page = link(acme, &mut petra, "petra-too");
    assert_eq!(path(acme, &page), "/settings?problem=link_first");
    sign_in(acme, &mut Browser::default(), "petra-too");
    assert!(acme.me(&mut petra).is_some());
}

#[test]
fn an_account_belongs_to_one_member_and_a_member_has_one_account() {
    let acme = shared();
    let (mut quinn, _) = admin(acme, "quinn");
    let (mut rosa, _) = admin(acme, "rosa");
    link(acme, &mut quinn, "quinn");
    let page = link(acme, &mut rosa, "quinn");
    assert_eq!(path(acme, &page), "/settings?problem=other_account");
    // In a browser in which the provider knows nobody yet.
    let mut elsewhere = Browser::default();
    let body = json!({ "email": "quinn@acme.test", "password": "a new beginning" });
    elsewhere.post_json(&acme.url("/sessions"), &body.to_string(), &[]);
    let page = link(acme, &mut elsewhere, "rosa");
    assert_eq!(path(acme, &page), "/settings?problem=other_account");
    assert_eq!(acme.me(&mut rosa).unwrap()["is_linked"], false);
}

#[test]
fn nobody_is_made_to_link_by_somebody_else() {
    let acme = shared();
    let (mut sven, _) = admin(acme, "sven");
    let claims = json!({ "email": "trudy@elsewhere.test" });
    acme.provider.account("trudy", &claims);
    // Another site's page has no effect, and no address alone begins a link.
    let page = sven.post_cross_site(&acme.url("/me/identity"), "{}", &[]);
    assert_eq!(page.status, 403, "{page:?}");
    // Trudy's answer, of her own link or sign-in, opened in Sven's browser.
    let (mut trudy, _) = admin(acme, "trudys-own");
    let location = leave_to_link(acme, &mut trudy);
    let answer = trudy.pass_provider(&location, "trudy");
    let page = sven.get(&answer);
    assert_eq!(path(acme, &page), "/sign-in?problem=expired");
    // Not even while a link of his own is under way.
    leave_to_link(acme, &mut sven);
    let page = sven.get(&answer);
    assert_eq!(path(acme, &page), "/sign-in?problem=expired");
    assert_eq!(acme.me(&mut sven).unwrap()["is_linked"], false);
}

#[test]
fn a_link_ends_with_the_session_that_began_it() {
    let acme = shared();
    let (mut ursula, _) = admin(acme, "ursula");
    let location = leave_to_link(acme, &mut ursula);
    let answer = ursula.pass_provider(&location, "ursula");
    ursula.delete(&acme.url("/sessions/current"));
    let page = ursula.get(&answer);
    assert_eq!(path(acme, &page), "/settings?problem=expired");
    // Nor does it go on in another member's.
    let (mut vera, _) = admin(acme, "vera");
    let location = leave_to_link(acme, &mut vera);
    let answer = vera.pass_provider(&location, "vera");
    acme.sign_in_with_password(&mut vera, "root@acme.test");
    let page = vera.get(&answer);
    assert_eq!(path(acme, &page), "/settings?problem=expired");
}

#[test]
fn an_admin_unlinks_a_member_whom_another_account_then_is() {
    let acme = shared();
    let claims = json!({ "email": "wanda@acme.test", "name": "Wanda" });
    acme.provider.account("wanda", &claims);
    acme.provider.account("wanda-two", &claims);
    let mut wanda = Browser::default();
    sign_in(acme, &mut wanda, "wanda");
    let id = acme.me(&mut wanda).unwrap()["id"].clone();
    let unlink = acme.url(&format!("/members/{}/identities", id.as_str().unwrap()));
    assert_eq!(wanda.delete(&unlink).status, 403);

    let mut root = Browser::default();
    acme.sign_in_with_password(&mut root, "root@acme.test");
    assert_eq!(root.delete(&unlink).status, 204);
    assert_eq!(acme.me(&mut wanda), None, "her session began there");
    assert_eq!(member(acme, &claims["email"])["linked_at"], Value::Null);
    let log = root.get(&acme.url(&format!(
        "/audit-log?action=member.unlink&subject_id={}",
        id.as_str().unwrap()
    )));
    let log: Value = serde_json::from_str(&log.body).unwrap();
    assert_eq!(log["entries"][0]["before"][0]["subject"], "wanda", "{log}");

    let mut two = Browser::default();
    sign_in(acme, &mut two, "wanda-two");
    assert_eq!(acme.me(&mut two).unwrap()["id"], id);
    let mut one = Browser::default();
    let page = sign_in(acme, &mut one, "wanda");
    assert_eq!(problem(acme, &mut one, &page), "other_account");
}

#[test]
fn an_address_that_is_somebody_elses_or_not_proved_is_not_followed() {
    let acme = shared();
    let me_with = |claims: Value| {
        acme.provider.account("yara", &claims);
        let mut browser = Browser::default();
        sign_in(acme, &mut browser, "yara");
        let me = acme.me(&mut browser).unwrap();
        (me["name"].clone(), me["email"].clone())
    };
    let yara = (json!("Yara"), json!("yara@acme.test"));
    let claims = |email: &str| json!({ "email": email, "name": "Yara" });
    assert_eq!(me_with(claims("yara@acme.test")), yara);
    assert_eq!(me_with(claims("BOB@acme.test")), yara, "Bob's");
    let unproved = json!({ "email": "y@acme.test", "email_verified": false, "name": "Yara Y." });
    assert_eq!(
        me_with(unproved),
        (json!("Yara Y."), json!("yara@acme.test"))
    );
    assert_eq!(
        me_with(claims("YARA@acme.test")),
        yara,
        "another case is no other address"
    );
    let nameless = json!({ "email": "y@acme.test" });
    assert_eq!(me_with(nameless), (json!("Yara"), json!("y@acme.test")));
    let mut root = Browser::default();
    acme.sign_in_with_password(&mut root, "root@acme.test");
    let log = root.get(&acme.url("/audit-log?action=member.follow_provider&limit=1"));
    let log: Value = serde_json::from_str(&log.body).unwrap();
    let entry = &log["entries"][0];
    assert_eq!(entry["after"]["email"], "y@acme.test", "{log}");
    assert_eq!(entry["before"]["email"], "yara@acme.test", "{log}");
}
