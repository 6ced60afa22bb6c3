//! Whoever guesses is slowed down, and nobody else.

use std::thread;

use okrs_tests::{PASSWORD, Response, SETUP_TOKEN, Server, Workspace, server, workspace};
use serde_json::{Value, json};

const DEVICE: &str = "__Host-device";

/// A page of ours that nobody is signed in on, at this network address.
fn post(address: &str, path: &str, cookies: &str, body: &Value) -> Response {
    let request = server().anonymous().request("POST", path);
    let request = request
        .header("sec-fetch-site", "same-origin")
        .header("cf-connecting-ip", address)
        .header("cookie", cookies);
    request.json(body).send()
}

/// Somebody who signs in, or tries to, at an address.
struct Somebody<'a> {
    address: &'a str,
    email: String,
    /// What their browser sends by itself.
    cookies: String,
}

impl<'a> Somebody<'a> {
    fn at(address: &'a str, name: &str, acme: &Workspace) -> Self {
        Self {
            address,
            email: format!("{name}@{}", acme.domain),
            cookies: String::new(),
        }
    }

    /// On the device that was told apart by this answer to a sign-in.
    fn on_device_of(self, answer: &Response) -> Self {
        let cookies = answer.headers.get_all("set-cookie").iter();
        let mut cookies = cookies.map(|cookie| cookie.to_str().unwrap());
        let device = cookies.find(|cookie| cookie.starts_with(DEVICE)).unwrap();
        for part in ["HttpOnly", "Secure", "SameSite=Lax", "Max-Age=34560000"] {
            assert!(device.contains(part), "{device}");
        }
        let cookies = device.split(';').next().unwrap().to_owned();
        Self { cookies, ..self }
    }

    fn tries(&self, password: &str) -> Response {
        let body = json!({ "email": self.email, "password": password });
        post(self.address, "/api/app/sessions", &self.cookies, &body)
    }

    fn guesses_ten_times(&self) {
        for _ in 0..10 {
            self.tries("wrong password").refusal(401);
        }
        has_to_wait(&self.tries("wrong password"));
    }
}

#[track_caller]
fn has_to_wait(answer: &Response) {
    answer.refusal(429);
    let wait = answer.json()["retry_after_seconds"].as_u64().unwrap();
    assert!((1..=900).contains(&wait), "{wait}");
}

#[test]
fn whoever_guesses_an_account_keeps_out_their_own_network_only() {
    let acme = workspace();
    let stranger = Somebody::at("198.51.100.1", "bob", &acme);
    stranger.guesses_ten_times();
    has_to_wait(&stranger.tries(PASSWORD));
    Somebody::at("198.51.100.2", "bob", &acme)
        .tries(PASSWORD)
        .expect(200);
    // An IPv6 client has a whole network of addresses.
    Somebody::at("2001:db8:1:2::1", "bob", &acme).guesses_ten_times();
    has_to_wait(&Somebody::at("2001:db8:1:2:3::4", "bob", &acme).tries(PASSWORD));
}

#[test]
fn a_device_that_has_signed_in_before_is_not_kept_out_by_its_neighbours() {
    let acme = workspace();
    let address = "198.51.100.3";
    let first = Somebody::at(address, "alice", &acme).tries(PASSWORD);
    first.expect(200);
    let known = || Somebody::at(address, "alice", &acme).on_device_of(&first);
    Somebody::at(address, "alice", &acme).guesses_ten_times();
    has_to_wait(&Somebody::at(address, "alice", &acme).tries(PASSWORD));
    let again = known().tries(PASSWORD);
    again.expect(200);
    let cookies = again.headers.get_all("set-cookie").iter().count();
    assert_eq!(cookies, 1, "the device is known already");

    // It is a device of that account only, and nobody can make one up.
    let carol = Somebody::at(address, "carol", &acme);
    carol.guesses_ten_times();
    has_to_wait(&carol.on_device_of(&first).tries(PASSWORD));
    let mut forged = known();
    forged.cookies = forged.cookies.replacen('=', "=0", 1);
    has_to_wait(&forged.tries(PASSWORD));

    // Whoever got hold of it has ten guesses, too.
    known().guesses_ten_times();
    has_to_wait(&known().tries(PASSWORD));
}

#[test]
fn a_network_that_has_used_up_its_tries_uses_up_nobody_elses() {
    let acme = workspace();
    let set_up = |address: &str, token: &str, nth: usize| {
        let body = json!({
            "token": token, "workspace": "Northwind", "name": "Nora North",
            "email": format!("nora{nth}@{}", acme.domain), "password": "a new beginning",
        });
        post(address, "/api/app/set-up", "", &body)
    };
    for nth in 0..300 {
        set_up("198.51.100.4", "guessed", nth).refusal(400);
    }
    has_to_wait(&set_up("198.51.100.4", SETUP_TOKEN, 0));
    for _ in 0..20 {
        has_to_wait(&Somebody::at("198.51.100.4", "dave", &acme).tries("wrong password"));
    }
    // Neither the token nor the account is locked.
    set_up("198.51.100.5", SETUP_TOKEN, 0).expect(201);
    Somebody::at("198.51.100.5", "dave", &acme)
        .tries(PASSWORD)
        .expect(200);
}

#[test]
fn what_an_account_refuses_is_given_back_to_the_network() {
    let acme = workspace();
    let address = "198.51.100.6";
    let stranger = Somebody::at(address, "bob", &acme);
    stranger.guesses_ten_times();
    for _ in 0..300 {
        has_to_wait(&stranger.tries("wrong password"));
    }
    Somebody::at(address, "alice", &acme)
        .tries(PASSWORD)
        .expect(200);
}

#[test]
fn made_up_cookies_of_one_network_turn_nobody_else_away() {
    let acme = workspace();
    let tag = okrs_shared::session::tag(&acme.sessions.alice).unwrap();
    let show = |address: &str, cookie: &str| {
        let request = acme.api.signed_in(cookie).request("GET", "/api/app/me");
        request.header("cf-connecting-ip", address).send().status
    };
    let made_up = |nth: u8| okrs_shared::session::assemble(tag, &[nth; 32]);
    let statuses: Vec<u16> = thread::scope(|scope| {
        let threads = (0..4u8).map(|thread| {
            let (show, made_up) = (&show, &made_up);
            scope.spawn(move || -> Vec<u16> {
                let mine = (0..50).map(|nth| made_up(50 * thread + nth));
                mine.map(|cookie| show("198.51.100.7", &cookie)).collect()
            })
        });
        let threads: Vec<_> = threads.collect();
        // Meanwhile people come whom the object has not seen yet.
        for session in [
            &acme.sessions.alice,
            &acme.sessions.bob,
            &acme.sessions.carol,
        ] {
            assert_eq!(show("198.51.100.8", session), 200);
        }
        let statuses = threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap());
        statuses.collect()
    });
    let looked_up = statuses.iter().filter(|status| **status == 401).count();
    // Sixty in a minute; they may fall into two.
    assert!((1..=120).contains(&looked_up), "{looked_up}");
    let turned_away = statuses.iter().filter(|status| **status == 429).count();
    assert_eq!(looked_up + turned_away, 200);
    assert_eq!(show("198.51.100.8", &acme.sessions.dave), 200);
}

#[test]
fn somebody_who_signs_in_does_not_make_the_workspace_forget_who_is_there() {
    let acme = workspace();
    let tag = okrs_shared::session::tag(&acme.sessions.alice).unwrap();
    let show = |cookie: &str| {
        let request = acme.api.signed_in(cookie).request("GET", "/api/app/me");
        request
            .header("cf-connecting-ip", "198.51.100.9")
            .send()
            .status
    };
    assert_eq!(show(&acme.sessions.carol), 200);
    // Whoever is not known any more is a stranger here, and this network has shown too many.
    let made_up = |nth: u8| okrs_shared::session::assemble(tag, &[nth; 32]);
    thread::scope(|scope| {
        for thread in 0..4u8 {
            let (show, made_up) = (&show, &made_up);
            scope.spawn(move || {
                for nth in 0..30 {
                    show(&made_up(30 * thread + nth));
                }
            });
        }
    });
    assert_eq!(show(&acme.sessions.carol), 200);
    Somebody::at("198.51.100.10", "alice", &acme)
        .tries(PASSWORD)
        .expect(200);
    assert_eq!(show(&acme.sessions.carol), 200);
}

#[test]
fn strangers_cost_no_storage() {
    let server = Server::start_with("", &[("SETUP_TOKEN", SETUP_TOKEN)]);
    let nobody = server.anonymous();
    let options = || nobody.get("/api/app/sign-in-options");
    assert_eq!(options().expect(200)["needs_set_up"], true);
    let throttles = || {
        let files = server.files().into_iter();
        let throttles = files.filter(|file| {
            let path = file.to_string_lossy();
            path.contains("Throttle") && path.ends_with(".sqlite")
        });
        throttles.count()
    };
    let before = throttles();
    for nth in 0..20 {
        let token = okrs_shared::session::assemble("Nobody00", &[nth; 32]);
        nobody
            .signed_out()
            .post("/api/app/password-links", &json!({ "token": token }))
            .refusal(404);
    }
    assert!(
        throttles() <= before + 1,
        "one for the network, none for links"
    );

    let body = json!({
        "token": SETUP_TOKEN, "workspace": "Northwind", "name": "Nora North",
        "email": "nora@northwind.test", "password": "a new beginning",
    });
    nobody
        .signed_out()
        .post("/api/app/set-up", &body)
        .expect(201);
    while options().expect(200)["needs_set_up"] == true {
        thread::yield_now();
    }
    assert_eq!(options().cost().d1_calls, 0);
}
