//! Passwords beside a provider: for everybody, for admins, for nobody.

use okrs_tests::Server;
use serde_json::{Value, json};

use crate::browser::{Browser, Page};
use crate::deployment::{Deployment, PASSWORD, SESSION, old_session, people, shared};
use crate::oidc::{path, sign_in};
use crate::provider;

fn json(page: &Page) -> Value {
    serde_json::from_str(&page.body).unwrap_or_else(|_| panic!("{page:?}"))
}

/// Makes an invitation, and gives its token.
fn invite(acme: &Deployment, admin: &mut Browser, email: &str, role: &str) -> String {
    let body = json!({ "email": email, "name": "Somebody", "role": role });
    let page = admin.post_json(&acme.url("/members"), &body.to_string(), &[]);
    let url = json(&page)["link"]["url"].as_str().unwrap().to_owned();
    url.rsplit('#').next().unwrap().to_owned()
}

fn use_link(acme: &Deployment, token: &str) -> Page {
    let body = json!({ "token": token, "password": "a new beginning" });
    let url = acme.url("/password-links/use");
    Browser::default().post_json(&url, &body.to_string(), &[])
}

fn set_password(acme: &Deployment, browser: &mut Browser, current: &str) -> Page {
    let body = json!({ "current_password": current, "new_password": "a new beginning" });
    browser.put_json(&acme.url("/me/password"), &body.to_string())
}

#[test]
fn where_passwords_are_for_admins_all_others_sign_in_by_the_provider() {
    let acme = Deployment::start(&[
        ("OIDC_CLIENT_SECRET", provider::SECRET),
        ("PASSWORDS", "admins"),
    ]);
    let options = json(&Browser::default().get(&acme.url("/sign-in-options")));
    assert_eq!(options["passwords"], "admins");
    let mut root = Browser::default();
    let page = acme.sign_in_with_password(&mut root, "root@acme.test");
    assert_eq!(page.status, 200, "{page:?}");
    let page = acme.sign_in_with_password(&mut Browser::default(), "pia@acme.test");
    assert_eq!(page.status, 409, "{page:?}");
    assert!(page.set_cookies(SESSION).is_empty());

    acme.provider
        .account("pia", &json!({ "email": "pia@acme.test" }));
    let mut pia = Browser::default();
    sign_in(&acme, &mut pia, "pia");
    assert_eq!(acme.me(&mut pia).unwrap()["name"], "Pia");
    assert_eq!(set_password(&acme, &mut pia, PASSWORD).status, 409);

    // A link is a way in for admins; to others it says where theirs is.
    for (email, role, status) in [
        ("new-admin@acme.test", "admin", 200),
        ("new-member@acme.test", "member", 409),
    ] {
        let token = invite(&acme, &mut root, email, role);
        let body = json!({ "token": token }).to_string();
        let page = Browser::default().post_json(&acme.url("/password-links"), &body, &[]);
        assert_eq!(json(&page)["sets_password"], status == 200, "{email}");
        assert_eq!(use_link(&acme, &token).status, status, "{email}");
    }
}

#[test]
fn where_passwords_are_off_the_sessions_that_they_began_go_on_until_they_end() {
    let mut acme = Deployment::start(&[("OIDC_CLIENT_SECRET", provider::SECRET)]);
    let mut root = Browser::default();
    acme.sign_in_with_password(&mut root, "root@acme.test");
    acme.server.set_var("PASSWORDS", "off");
    acme.server.restart();
    assert_eq!(acme.me(&mut root).unwrap()["name"], "Root");
    let options = json(&root.get(&acme.url("/sign-in-options")));
    assert_eq!(options["passwords"], "off");
    for email in ["root@acme.test", "pia@acme.test"] {
        let page = acme.sign_in_with_password(&mut Browser::default(), email);
        assert_eq!(page.status, 409, "{page:?}");
    }
    assert_eq!(set_password(&acme, &mut root, PASSWORD).status, 409);
}

#[test]
fn passwords_cannot_be_switched_off_where_there_is_no_other_way_in() {
    let mut server = Server::start_with(&people("nowhere"), &[("PASSWORDS", "off")]);
    for value in ["off", "Off", "maybe"] {
        server.set_var("PASSWORDS", value);
        server.restart();
        let url = |path: &str| format!("{}/api/app{path}", server.address());
        let body = json!({ "email": "root@acme.test", "password": PASSWORD }).to_string();
        let page = Browser::default().post_json(&url("/sessions"), &body, &[]);
        assert_eq!(page.status, 401, "{value}: {page:?}");
        let message = json(&page)["message"].as_str().unwrap().to_owned();
        assert!(message.contains("not set up correctly"), "{message}");
        let options = json(&Browser::default().get(&url("/sign-in-options")));
        assert_eq!(options["passwords"], "on", "the form says what is wrong");
    }
}

#[test]
fn a_session_of_the_provider_lasts_a_day_or_as_long_as_the_deployment_says() {
    let lasts = |acme: &Deployment| {
        acme.provider
            .account("zoe", &json!({ "email": "zoe@acme.test" }));
        let mut browser = Browser::default();
        let page = sign_in(acme, &mut browser, "zoe");
        let cookie = page.set_cookies(SESSION).concat();
        let sessions = json(&browser.get(&acme.url("/sessions")));
        let at = |name: &str| {
            let text = sessions[0][name].as_str().unwrap();
            text.parse::<chrono::DateTime<chrono::Utc>>().unwrap()
        };
        ((at("expires_at") - at("created_at")).num_hours(), cookie)
    };
    let (hours, cookie) = lasts(shared());
    assert_eq!(hours, 24);
    assert!(cookie.contains("Max-Age=86400"), "{cookie}");

    let mut acme = Deployment::start(&[
        ("OIDC_CLIENT_SECRET", provider::SECRET),
        ("PROVIDER_SESSION_HOURS", "8"),
    ]);
    assert_eq!(lasts(&acme).0, 8);
    acme.server.set_var("PROVIDER_SESSION_HOURS", "0");
    acme.server.restart();
    let page = sign_in(&acme, &mut Browser::default(), "zoe");
    assert_eq!(path(&acme, &page), "/sign-in?problem=misconfigured");
}

#[test]
fn a_first_password_is_set_only_soon_after_a_sign_in() {
    let acme = shared();
    let mut carol = Browser::default();
    carol.set_cookie(&acme.server.address(), SESSION, &old_session());
    assert_eq!(acme.me(&mut carol).unwrap()["has_password"], false);
    let page = set_password(acme, &mut carol, "");
    assert_eq!(page.status, 409, "{page:?}");
    assert!(page.body.contains("sign in again"), "{page:?}");
    assert_eq!(acme.me(&mut carol).unwrap()["has_password"], false);

    acme.provider
        .account("xaver", &json!({ "email": "xaver@acme.test" }));
    let mut xaver = Browser::default();
    sign_in(acme, &mut xaver, "xaver");
    let page = set_password(acme, &mut xaver, "");
    assert_eq!(page.status, 204, "{page:?}");
    assert_eq!(acme.me(&mut xaver).unwrap()["has_password"], true);
}
