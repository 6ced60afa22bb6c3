//! Signing in by OpenID Connect, at a provider that is none of ours.

use serde_json::json;

use crate::browser::{Browser, Page};
use crate::deployment::{Deployment, SESSION, shared};
use crate::links::link;

/// How the name of a cookie begins that is kept while somebody is at the provider.
const PENDING: &str = "__Host-sign-in-";
const APP: &str = "/okrs?cycle=now";

/// Leaves for the provider, and says the address there.
pub fn leave(acme: &Deployment, browser: &mut Browser) -> String {
    let url = acme.url("/oidc/start?return_to=%2Fokrs%3Fcycle%3Dnow");
    let page = browser.get(&url);
    assert_eq!(page.status, 302, "{page:?}");
    page.location().unwrap()
}

/// Signs in as this login, and says what the callback answered.
pub fn sign_in(acme: &Deployment, browser: &mut Browser, login: &str) -> Page {
    let location = leave(acme, browser);
    let answer = browser.pass_provider(&location, login);
    browser.get(&answer)
}

/// Where a page of the app leads, without the server's own address.
pub fn path(acme: &Deployment, page: &Page) -> String {
    assert_eq!(page.status, 302, "{page:?}");
    let location = page.location().unwrap();
    let path = location.strip_prefix(&acme.server.address());
    path.unwrap_or_else(|| panic!("leads away: {page:?}"))
        .to_owned()
}

/// The problem that the sign-in page is to tell, after a callback that signed nobody in.
pub fn problem(acme: &Deployment, browser: &mut Browser, page: &Page) -> String {
    assert_eq!(page.set_cookies(SESSION), [""; 0], "{page:?}");
    assert_eq!(acme.me(browser), None);
    let path = path(acme, page);
    let problem = path.strip_prefix("/sign-in?problem=");
    problem
        .unwrap_or_else(|| panic!("no problem: {page:?}"))
        .to_owned()
}

#[test]
fn a_member_signs_in_by_the_provider_and_gets_where_they_wanted() {
    let acme = shared();
    acme.provider.account(
        "bob",
        &json!({ "email": "BOB@Acme.test", "email_verified": true }),
    );
    let mut browser = Browser::default();
    let page = sign_in(acme, &mut browser, "bob");
    assert_eq!(path(acme, &page), APP);
    let [cookie] = page.set_cookies(SESSION)[..] else {
        panic!("not one session: {page:?}");
    };
    for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert_eq!(
        browser.cookie_names(&acme.server.address(), PENDING),
        [""; 0]
    );
    let me = acme.me(&mut browser).unwrap();
    assert_eq!(
        (&me["email"], &me["name"]),
        (&json!("bob@acme.test"), &json!("Bob"))
    );
    assert_eq!(me["has_password"], false);
}

#[test]
fn the_browser_leaves_with_a_challenge_and_keeps_the_secrets_in_a_cookie_for_ten_minutes() {
    let acme = shared();
    let mut browser = Browser::default();
    let page = browser.get(&acme.url("/oidc/start"));
    let location = page.location().unwrap();
    assert!(
        location.starts_with(&format!("{}/auth?", acme.provider.issuer())),
        "{location}"
    );
    for part in [
        "response_type=code",
        "scope=openid+email+profile",
        "code_challenge_method=S256",
        "code_challenge=",
        "state=",
        "nonce=",
    ] {
        assert!(location.contains(part), "{part} in {location}");
    }
    let [cookie] = page.set_cookies(PENDING)[..] else {
        panic!("not one cookie: {page:?}");
    };
    for attribute in [
        "HttpOnly",
        "Secure",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=600",
    ] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let value = pending(&browser, &acme.server.address());
    let verifier = value.split('.').nth(2).unwrap();
    assert!(!location.contains(verifier), "the verifier stays here");
}

#[test]
fn someone_of_an_allowed_domain_becomes_a_member_once() {
    let acme = shared();
    let claims = json!({ "email": "newcomer@Acme.Test", "name": "New Comer" });
    acme.provider.account("newcomer", &claims);
    let mut browser = Browser::default();
    assert_eq!(path(acme, &sign_in(acme, &mut browser, "newcomer")), APP);
    let first = acme.me(&mut browser).unwrap();
    assert_eq!(
        (&first["name"], &first["role"]),
        (&json!("New Comer"), &json!("member"))
    );
    let mut other = Browser::default();
    sign_in(acme, &mut other, "newcomer");
    assert_eq!(acme.me(&mut other).unwrap()["id"], first["id"]);
}

#[test]
fn someone_of_another_domain_becomes_nobody() {
    let acme = shared();
    for (login, email) in [
        ("stranger", "stranger@elsewhere.test"),
        ("lookalike", "bob@acme.test.elsewhere.test"),
        ("subdomain", "bob@sub.acme.test"),
    ] {
        acme.provider.account(login, &json!({ "email": email }));
        let mut browser = Browser::default();
        let page = sign_in(acme, &mut browser, login);
        assert_eq!(problem(acme, &mut browser, &page), "no_account", "{email}");
    }
}

#[test]
fn a_member_of_any_domain_may_come_in() {
    let acme = shared();
    acme.provider
        .account("carol", &json!({ "email": "carol@elsewhere.test" }));
    let mut browser = Browser::default();
    sign_in(acme, &mut browser, "carol");
    assert_eq!(acme.me(&mut browser).unwrap()["name"], "Carol");
}

#[test]
fn a_member_is_known_by_the_provider_even_under_a_new_address() {
    let acme = shared();
    acme.provider
        .account("eve", &json!({ "email": "eve@acme.test", "name": "Eve" }));
    let mut browser = Browser::default();
    sign_in(acme, &mut browser, "eve");
    let before = acme.me(&mut browser).unwrap();
    acme.provider.account(
        "eve",
        &json!({ "email": "eve@married.test", "name": "Eve M." }),
    );
    let mut browser = Browser::default();
    sign_in(acme, &mut browser, "eve");
    let after = acme.me(&mut browser).unwrap();
    assert_eq!(after["id"], before["id"]);
    assert_eq!(after["email"], "eve@married.test");
    assert_eq!(after["name"], "Eve M.");
}

#[test]
fn an_address_that_is_not_verified_or_missing_and_a_disabled_member_are_refused() {
    let acme = shared();
    for (login, claims, expected) in [
        (
            "unverified",
            json!({ "email": "bob@acme.test", "email_verified": false }),
            "email_not_verified",
        ),
        (
            "unsaid",
            json!({ "email": "bob@acme.test", "email_verified": null }),
            "email_not_verified",
        ),
        (
            "number",
            json!({ "email": "new@acme.test", "email_verified": 0 }),
            "email_not_verified",
        ),
        ("nameless", json!({ "name": "Bob" }), "email_missing"),
        (
            "gone",
            json!({ "email": "gone@acme.test", "email_verified": true }),
            "disabled",
        ),
    ] {
        acme.provider.account(login, &claims);
        let mut browser = Browser::default();
        let page = sign_in(acme, &mut browser, login);
        assert_eq!(problem(acme, &mut browser, &page), expected, "{login}");
    }
}

#[test]
fn another_account_with_the_address_of_a_member_is_not_let_in_as_that_member() {
    let acme = shared();
    let claims = json!({ "email": "ivan@acme.test" });
    acme.provider.account("ivan", &claims);
    let mut browser = Browser::default();
    sign_in(acme, &mut browser, "ivan");
    let ivan = acme.me(&mut browser).unwrap();
    acme.provider.account("not-ivan", &claims);
    let mut other = Browser::default();
    let page = sign_in(acme, &mut other, "not-ivan");
    assert_eq!(problem(acme, &mut other, &page), "other_account");
    assert!(acme.me(&mut other).is_none());
    // Whoever is known needs no address that is verified.
    let claims = json!({ "email": "ivan@acme.test", "email_verified": false });
    acme.provider.account("ivan", &claims);
    let mut again = Browser::default();
    sign_in(acme, &mut again, "ivan");
    assert_eq!(acme.me(&mut again).unwrap()["id"], ivan["id"]);
}

#[test]
fn the_provider_gives_roles_at_every_sign_in_and_the_highest_wins() {
    let acme = shared();
    let role = |groups| {
        let claims = json!({ "email": "dave@acme.test", "groups": groups });
        acme.provider.account("dave", &claims);
        let mut browser = Browser::default();
        sign_in(acme, &mut browser, "dave");
        acme.me(&mut browser).unwrap()["role"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(role(json!(null)), "manager", "nothing is said: as it was");
    assert_eq!(role(json!(["unknown"])), "member", "no role of ours");
    assert_eq!(role(json!(["owners"])), "admin");
    assert_eq!(role(json!([])), "member", "out of every group");
    assert_eq!(role(json!("staff")), "member");
    assert_eq!(role(json!(["staff", "owners", "leads"])), "admin");
    assert_eq!(role(json!(["leads"])), "manager");
    assert_eq!(role(json!(null)), "manager");
}

#[test]
fn someone_new_joins_in_the_role_that_the_provider_gives() {
    let acme = shared();
    acme.provider.account(
        "lead",
        &json!({ "email": "lead@acme.example", "groups": ["leads"] }),
    );
    let mut browser = Browser::default();
    sign_in(acme, &mut browser, "lead");
    assert_eq!(acme.me(&mut browser).unwrap()["role"], "manager");
}

#[test]
fn the_last_admin_with_a_password_stays_one_whatever_the_provider_says() {
    let acme = shared();
    let mut root = Browser::default();
    acme.sign_in_with_password(&mut root, "root@acme.test");
    acme.provider
        .account("root", &json!({ "email": "root@acme.test" }));
    link(acme, &mut root, "root");
    for (login, expected) in [("root", "admin"), ("alice", "member"), ("root", "admin")] {
        let email = format!("{login}@acme.test");
        acme.provider
            .account(login, &json!({ "email": email, "groups": ["staff"] }));
        let mut browser = Browser::default();
        sign_in(acme, &mut browser, login);
        assert_eq!(acme.me(&mut browser).unwrap()["role"], expected, "{login}");
    }
    // And is told so, once.
    let page = root.get(&acme.url("/notifications"));
    let inbox: serde_json::Value = serde_json::from_str(&page.body).unwrap();
    assert_eq!(inbox["unread"], 1, "{inbox}");
    assert_eq!(inbox["notifications"][0]["kind"], "role_kept");
}

#[test]
fn a_role_that_was_taken_holds_for_the_sessions_that_there_were() {
    let acme = shared();
    let claims = |groups| json!({ "email": "frank@acme.test", "groups": [groups] });
    acme.provider.account("frank", &claims("leads"));
    let mut earlier = Browser::default();
    sign_in(acme, &mut earlier, "frank");
    assert_eq!(acme.me(&mut earlier).unwrap()["role"], "manager");
    acme.provider.account("frank", &claims("staff"));
    sign_in(acme, &mut Browser::default(), "frank");
    assert_eq!(acme.me(&mut earlier).unwrap()["role"], "member");
}

#[test]
fn an_answer_to_another_question_signs_nobody_in() {
    let acme = shared();
    acme.provider
        .account("grace", &json!({ "email": "grace@acme.test" }));
    let origin = acme.server.address();
    // Another sign-in that is under way, for parts to swap in.
    let mut other = Browser::default();
    leave(acme, &mut other);
    let other: Vec<String> = cookie_parts(&other, &origin);
    // What is done to the browser and to the answer's address, which then is the result.
    type Tamper<'a> = &'a dyn Fn(&mut Browser, &str) -> String;
    let cases: [(&str, Tamper<'_>, &str); 11] = [
        (
            "another state in the answer",
            &|_, answer| with_parameter(answer, "state", &other[0]),
            "expired",
        ),
        (
            "no state in the answer",
            &|_, answer| without_parameter(answer, "state"),
            "expired",
        ),
        (
            "another state in the cookie",
            &|browser, answer| swap(browser, &origin, 0, &other, answer),
            "expired",
        ),
        // What was changed is not looked at, and the provider hears nothing of it.
        (
            "another nonce in the cookie",
            &|browser, answer| swap(browser, &origin, 1, &other, answer),
            "expired",
        ),
        (
            "another verifier in the cookie",
            &|browser, answer| swap(browser, &origin, 2, &other, answer),
            "expired",
        ),
        (
            "another end of the cookie's time",
            &|browser, answer| swap(browser, &origin, 5, &vec!["9".repeat(14); 6], answer),
            "expired",
        ),
        (
            "the cookie of another sign-in",
            &|browser, answer| {
                browser.set_cookie(&origin, &pending_name(browser, &origin), &other.join("."));
                answer.to_owned()
            },
            "expired",
        ),
        (
            "another issuer",
            &|_, answer| with_parameter(answer, "iss", "https://evil.example"),
            "token_refused",
        ),
        (
            "no issuer",
            &|_, answer| without_parameter(answer, "iss"),
            "token_refused",
        ),
        (
            "another code",
            &|_, answer| with_parameter(answer, "code", "made-up"),
            "provider_unavailable",
        ),
        (
            "no cookie",
            &|browser, answer| {
                browser.set_cookie(&origin, &pending_name(browser, &origin), "");
                answer.to_owned()
            },
            "expired",
        ),
    ];
    for (name, tamper, expected) in cases {
        let mut browser = Browser::default();
        let location = leave(acme, &mut browser);
        let answer = browser.pass_provider(&location, "grace");
        let tampered = tamper(&mut browser, &answer);
        let page = browser.get(&tampered);
        assert_eq!(problem(acme, &mut browser, &page), expected, "{name}");
        // The cookie is used up: what was right before is wrong now. An answer to no sign-in uses none up.
        let page = browser.get(&answer);
        if name.ends_with("state in the answer") {
            assert_eq!(path(acme, &page), APP, "{name}, again");
        } else {
            let again = problem(acme, &mut browser, &page);
            assert_eq!(again, "expired", "{name}, again");
        }
    }
}

#[test]
fn two_tabs_sign_in_and_neither_expires_the_other() {
    let acme = shared();
    acme.provider
        .account("judy", &json!({ "email": "judy@acme.test" }));
    let mut browser = Browser::default();
    let first = leave(acme, &mut browser);
    let second = leave(acme, &mut browser);
    for location in [first, second] {
        let answer = browser.pass_provider(&location, "judy");
        assert_eq!(path(acme, &browser.get(&answer)), APP);
    }
    // An answer that somebody made up takes nothing from a sign-in that is under way.
    let location = leave(acme, &mut browser);
    let answer = browser.pass_provider(&location, "judy");
    browser.get(&acme.url("/oidc/callback?code=x&state=made-up"));
    assert_eq!(path(acme, &browser.get(&answer)), APP);
}

#[test]
fn only_whoever_was_sent_to_the_provider_makes_us_ask_it_anything_and_not_for_long() {
    let acme = shared();
    let origin = acme.server.address();
    let state = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let callback = |state: &str| {
        acme.url(&format!(
            "/oidc/callback?code=x&iss={}&state={state}",
            acme.provider.issuer()
        ))
    };
    let made_up = [state, state, state, "L29rcnM"].join(".");
    for cookie in [made_up.clone(), format!("{made_up}.99999999999999.{state}")] {
        let mut browser = Browser::default();
        let name = format!("{PENDING}{}", &state[..16]);
        browser.set_cookie(&origin, "__Host-sign-in", &cookie);
        browser.set_cookie(&origin, &name, &cookie);
        let page = browser.get_from("198.51.100.1", &callback(state));
        assert_eq!(problem(acme, &mut browser, &page), "expired", "{cookie}");
    }
    // A cookie of ours is good for a few questions.
    let mut browser = Browser::default();
    leave(acme, &mut browser);
    let ours = browser.clone();
    let state = cookie_parts(&ours, &origin).swap_remove(0);
    for _ in 0..60 {
        let page = ours.clone().get_from("198.51.100.1", &callback(&state));
        let location = page.location().unwrap();
        assert!(
            location.ends_with("problem=provider_unavailable"),
            "{page:?}"
        );
    }
    let page = ours.clone().get_from("198.51.100.1", &callback(&state));
    assert_eq!(path(acme, &page), "/sign-in?problem=too_many_attempts");
    let page = ours.clone().get_from("198.51.100.2", &callback(&state));
    assert_eq!(path(acme, &page), "/sign-in?problem=provider_unavailable");
}

#[test]
fn somebody_elses_answer_signs_nobody_in() {
    let acme = shared();
    acme.provider
        .account("mallory", &json!({ "email": "mallory@acme.test" }));
    let mut mallory = Browser::default();
    let location = leave(acme, &mut mallory);
    let answer = mallory.pass_provider(&location, "mallory");
    // Mallory has a victim open it: with no sign-in under way, and with one.
    let mut victim = Browser::default();
    let page = victim.get(&answer);
    assert_eq!(problem(acme, &mut victim, &page), "expired");
    leave(acme, &mut victim);
    let page = victim.get(&answer);
    assert_eq!(problem(acme, &mut victim, &page), "expired");
}

#[test]
fn an_answer_serves_once() {
    let acme = shared();
    acme.provider
        .account("heidi", &json!({ "email": "heidi@acme.test" }));
    let mut browser = Browser::default();
    let location = leave(acme, &mut browser);
    let before = browser.clone();
    let answer = browser.pass_provider(&location, "heidi");
    assert_eq!(path(acme, &browser.get(&answer)), APP);
    // Even with the cookie that was deleted: the provider takes no code twice.
    let mut again = before;
    let page = again.get(&answer);
    assert_eq!(problem(acme, &mut again, &page), "provider_unavailable");
}

#[test]
fn whoever_cancels_at_the_provider_is_not_signed_in() {
    let acme = shared();
    let mut browser = Browser::default();
    let location = leave(acme, &mut browser);
    let form = browser.get(&location).location().unwrap();
    browser.get(&form);
    let abort = browser.get(&format!("{form}/abort")).location().unwrap();
    let answer = browser.get(&abort).location().unwrap();
    let page = browser.get(&answer);
    assert_eq!(problem(acme, &mut browser, &page), "cancelled");
}

#[test]
fn a_sign_in_ends_on_this_server_only() {
    let acme = shared();
    for bad in [
        "https://evil.example",
        "//evil.example",
        "/%5Cevil.example",
        "%2F%09%2Fevil.example",
        "okrs",
        "",
        "/%C3%BC",
    ] {
        let page = Browser::default().get(&acme.url(&format!("/oidc/start?return_to={bad}")));
        assert_eq!(page.status, 400, "{page:?}");
        assert!(
            page.body.contains("\"message\":\"return_to must be"),
            "{page:?}"
        );
        assert!(page.set_cookies(PENDING).is_empty());
    }
    let twice = Browser::default().get(&acme.url("/oidc/start?return_to=/a&return_to=/b"));
    assert_eq!(twice.status, 400, "{twice:?}");
}

#[test]
fn the_sign_in_page_learns_that_there_is_a_provider() {
    let acme = shared();
    let page = Browser::default().get(&acme.url("/sign-in-options"));
    let options: serde_json::Value = serde_json::from_str(&page.body).unwrap();
    assert_eq!(options["provider"], "Acme ID");
    assert_eq!(options["access"], true);
}

/// The name of the cookie of the only sign-in that is under way.
fn pending_name(browser: &Browser, origin: &str) -> String {
    let mut names = browser.cookie_names(origin, PENDING);
    assert_eq!(names.len(), 1, "{names:?}");
    names.remove(0)
}

fn pending<'a>(browser: &'a Browser, origin: &str) -> &'a str {
    browser
        .cookie(origin, &pending_name(browser, origin))
        .unwrap()
}

fn cookie_parts(browser: &Browser, origin: &str) -> Vec<String> {
    let parts = pending(browser, origin).split('.');
    parts.map(str::to_owned).collect()
}

/// Puts one part of another sign-in's cookie into the browser's.
fn swap(
    browser: &mut Browser,
    origin: &str,
    part: usize,
    other: &[String],
    answer: &str,
) -> String {
    let mut parts = cookie_parts(browser, origin);
    parts[part].clone_from(&other[part]);
    let name = pending_name(browser, origin);
    browser.set_cookie(origin, &name, &parts.join("."));
    answer.to_owned()
}

fn with_parameter(url: &str, name: &str, value: &str) -> String {
    format!("{}&{name}={value}", without_parameter(url, name))
}

fn without_parameter(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').unwrap();
    let begin = format!("{name}=");
    let rest: Vec<&str> = query
        .split('&')
        .filter(|part| !part.starts_with(&begin))
        .collect();
    format!("{address}?{}", rest.join("&"))
}
