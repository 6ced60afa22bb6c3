//! Providers that are down, and come back.

use serde_json::{Value, json};

use crate::browser::{Browser, Page};
use crate::deployment::{Deployment, PASSWORD};
use crate::provider;
use crate::team::Key;

fn sign_in_with_password(acme: &Deployment, browser: &mut Browser) -> Page {
    let body = json!({ "email": "root@acme.test", "password": PASSWORD });
    browser.post_json(&acme.url("/sessions"), &body.to_string(), &[])
}

fn start(acme: &Deployment, browser: &mut Browser) -> String {
    browser.get(&acme.url("/oidc/start")).location().unwrap()
}

#[test]
fn a_provider_that_is_down_stops_nobody_with_a_password_and_serves_when_it_is_back() {
    let mut acme = Deployment::new(&[]);
    let problem = format!(
        "{}/sign-in?problem=provider_unavailable",
        acme.server.address()
    );
    let mut root = Browser::default();
    assert_eq!(start(&acme, &mut root), problem);
    assert_eq!(sign_in_with_password(&acme, &mut root).status, 200);
    assert_eq!(acme.me(&mut root).unwrap()["role"], "admin");

    // A public client this time, and a provider that puts all it knows into the ID token.
    acme.provider
        .configure(&provider::public_client(&acme.server.address()), true);
    acme.provider
        .account("bob", &json!({ "email": "bob@acme.test" }));
    acme.provider.start();
    let mut bob = Browser::default();
    let location = start(&acme, &mut bob);
    let answer = bob.pass_provider(&location, "bob");
    let page = bob.get(&answer);
    assert_eq!(
        page.location().unwrap(),
        format!("{}/", acme.server.address())
    );
    let session = acme.me(&mut bob).unwrap();
    assert_eq!(session["name"], "Bob");

    // It goes down while somebody is there.
    let mut late = Browser::default();
    let location = start(&acme, &mut late);
    let answer = late.pass_provider(&location, "bob");
    acme.provider.stop();
    assert_eq!(late.get(&answer).location().unwrap(), problem);
    assert_eq!(acme.me(&mut late), None);
    assert_eq!(
        acme.me(&mut bob).unwrap(),
        session,
        "sessions need no provider"
    );
    assert_eq!(
        sign_in_with_password(&acme, &mut Browser::default()).status,
        200
    );

    keys_may_change(&acme);
}

/// On the same server: starting one takes seconds.
fn keys_may_change(acme: &Deployment) {
    let [_, first] = &acme.keys;
    let (second, third) = (Key::ec("ec-2"), Key::ec("ec-3"));
    let shown = |key: &Key| {
        let token = key.token(&acme.access_claims("bob@acme.test"));
        acme.show(&mut Browser::default(), &token).status
    };
    assert_eq!((shown(first), acme.team.fetches()), (200, 1));
    assert_eq!((shown(first), acme.team.fetches()), (200, 1), "kept");
    // A new key is looked for at once.
    acme.team.publish(&[first, &second]);
    assert_eq!((shown(&second), acme.team.fetches()), (200, 2));
    // But not twice within a minute, however many keys are made up.
    acme.team.publish(&[&second, &third]);
    for _ in 0..20 {
        assert_eq!((shown(&third), acme.team.fetches()), (401, 2));
    }
    assert_eq!(
        (shown(&second), shown(first)),
        (200, 200),
        "the known ones are still good"
    );
}

#[test]
fn a_wrong_configuration_is_a_problem_to_tell_and_no_way_in() {
    let acme = Deployment::new(&[
        ("OIDC_ISSUER", "http://id.example"),
        ("ACCESS_TEAM_DOMAIN", ""),
    ]);
    let location = start(&acme, &mut Browser::default());
    assert_eq!(
        location,
        format!("{}/sign-in?problem=misconfigured", acme.server.address())
    );
    let token = acme.keys[0].token(&acme.access_claims("bob@acme.test"));
    let page = acme.show(&mut Browser::default(), &token);
    assert_eq!(page.status, 404, "there is no Access here: {page:?}");
    let options = Browser::default().get(&acme.url("/sign-in-options"));
    let options: Value = serde_json::from_str(&options.body).unwrap();
    assert_eq!(
        (&options["provider"], &options["access"]),
        (&Value::Null, &json!(false))
    );
    assert_eq!(
        sign_in_with_password(&acme, &mut Browser::default()).status,
        200
    );
}
