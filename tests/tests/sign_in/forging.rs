//! Forged tokens: ten thousand of every kind, and none is believed.
//!
//! Access is where they are shown, because there a token alone signs in; OpenID tokens go through
//! the same verification.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64URL};
use ring::hmac;
use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::{HeaderValue, Request};

use crate::browser::Browser;
use crate::deployment::{AUDIENCE, Deployment, SESSION, shared};
use crate::team::{Key, unsigned};

/// Mutations of each kind.
const MUTATIONS: usize = 10_000;
/// Connections per kind.
const THREADS: usize = 4;

/// A member's address, so that only the token stands in the way.
const EMAIL: &str = "bob@acme.test";

/// Shows the tokens to the server, at least [`MUTATIONS`] of them, and asserts that it refuses each:
/// with 401, and without a session. A genuine token before and after shows that others are let in.
fn none_is_believed(tokens: impl Iterator<Item = Vec<u8>> + Send) {
    let acme = shared();
    genuine_ones_are_believed(acme);
    let (tokens, shown) = (Mutex::new(tokens), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let agent = agent();
                let next = || tokens.lock().unwrap().next();
                while let Some(token) = next() {
                    // Some flipped bits make what no header can carry.
                    let Ok(header) = HeaderValue::from_bytes(&token) else {
                        continue;
                    };
                    is_refused(acme, &agent, header);
                    shown.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert!(shown.into_inner() >= MUTATIONS);
    genuine_ones_are_believed(acme);
}

fn genuine_ones_are_believed(acme: &Deployment) {
    for key in &acme.keys {
        let token = key.token(&acme.access_claims(EMAIL));
        let page = acme.show(&mut Browser::default(), &token);
        assert_eq!(page.status, 200, "{page:?}");
    }
}

fn is_refused(acme: &Deployment, agent: &Agent, token: HeaderValue) {
    let request = Request::post(acme.url("/access-sessions"))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .header("cf-access-jwt-assertion", token.clone())
        .body("{}")
        .unwrap();
    let mut response = agent.run(request).unwrap();
    let is_refused = response.status() == 401 && !response.headers().contains_key("set-cookie");
    // Read to its end, so that the connection can be used again.
    let body = response.body_mut().read_to_string().unwrap();
    assert!(
        is_refused,
        "{token:?} got {response:?} {body} with {SESSION}"
    );
}

fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into()
}

/// Genuine tokens of both kinds, for the first and for others to be made of.
fn genuine(acme: &Deployment) -> [String; 2] {
    let claims = acme.access_claims(EMAIL);
    [acme.keys[0].token(&claims), acme.keys[1].token(&claims)]
}

/// Ten thousand tokens, each made from its number.
fn numbered(
    make: impl Fn(&'static Deployment, usize) -> String + Send,
) -> impl Iterator<Item = Vec<u8>> + Send {
    (0..MUTATIONS).map(move |nth| make(shared(), nth).into_bytes())
}

/// Tokens that are genuinely signed, by both keys in turn, but say something else. The elliptic
/// one signs most: it is forty times as quick.
fn signed(change: impl Fn(&mut Value, usize) + Send) -> impl Iterator<Item = Vec<u8>> + Send {
    numbered(move |acme, nth| {
        let mut claims = acme.access_claims(EMAIL);
        change(&mut claims, nth);
        acme.keys[usize::from(nth % 16 != 0)].token(&claims)
    })
}

#[test]
fn no_flipped_bit() {
    // Some make what no header can carry, so it takes the bits of three tokens.
    let [first, second] = genuine(shared());
    let [third, _] = genuine(shared());
    let flips = [first, second, third].into_iter().flat_map(|token| {
        (0..token.len() * 8).map(move |bit| {
            let mut token = token.clone().into_bytes();
            token[bit / 8] ^= 1 << (bit % 8);
            token
        })
    });
    none_is_believed(flips);
}

#[test]
fn nothing_cut_off_or_out() {
    let cuts = genuine(shared()).into_iter().flat_map(|token| {
        let length = token.len();
        let ends = (0..length).flat_map(move |at| [(at, length), (0, length - at)]);
        let middles =
            (0..length).flat_map(move |at| (1..=12).map(move |most| (at, (at + most).min(length))));
        ends.filter(|(from, to)| from < to)
            .chain(middles)
            .map(move |(from, to)| {
                let mut token = token.clone().into_bytes();
                token.drain(from..to);
                token
            })
    });
    none_is_believed(cuts);
}

#[test]
fn nothing_without_a_signature() {
    let none = [
        json!("none"),
        json!("None"),
        json!("NONE"),
        json!("nOnE"),
        json!(""),
        json!(null),
        json!(0),
    ];
    let signature = genuine(shared())[0].rsplit('.').next().unwrap().to_owned();
    none_is_believed(numbered(move |acme, nth| {
        let key = &acme.keys[nth % 2];
        let mut header = json!({ "alg": none[nth % none.len()], "kid": key.id, "typ": "JWT" });
        if nth % 5 == 0 {
            header.as_object_mut().unwrap().remove("kid");
        }
        let mut claims = acme.access_claims(EMAIL);
        claims["sub"] = json!(format!("forged-{nth}"));
        let end = [".", ".AA", "", &format!(".{signature}")][nth % 4].to_owned();
        unsigned(&header, &claims) + &end
    }));
}

#[test]
fn nothing_signed_with_what_is_public_as_a_secret() {
    let acme = shared();
    let secrets: Vec<Vec<u8>> = acme.keys.iter().flat_map(public_spellings).collect();
    none_is_believed(numbered(move |acme, nth| {
        let key = &acme.keys[nth % 2];
        // What it says it is: a shared secret, or the key's own algorithm.
        let alg = ["HS256", "hs256", "HS512", key.algorithm()][nth % 4];
        let mut claims = acme.access_claims(EMAIL);
        claims["sub"] = json!(format!("forged-{nth}"));
        let signed = unsigned(&json!({ "alg": alg, "kid": key.id, "typ": "JWT" }), &claims);
        let secret = hmac::Key::new(hmac::HMAC_SHA256, &secrets[(nth / 4) % secrets.len()]);
        let signature = BASE64URL.encode(hmac::sign(&secret, signed.as_bytes()));
        format!("{signed}.{signature}")
    }));
}

/// All that an attacker might take for the secret that a verifier mixes up with the public key.
fn public_spellings(key: &Key) -> Vec<Vec<u8>> {
    let public = key.public();
    let numbers = ["n", "e", "x", "y"]
        .iter()
        .filter_map(|name| public[*name].as_str());
    let raw = numbers
        .clone()
        .map(|number| BASE64URL.decode(number).unwrap());
    let text = numbers.map(|number| number.as_bytes().to_vec());
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        STANDARD.encode(key.spki())
    );
    let others = [
        key.spki(),
        pem.clone().into_bytes(),
        pem.trim_end().as_bytes().to_vec(),
        public.to_string().into_bytes(),
        json!({ "keys": [public] }).to_string().into_bytes(),
        key.id.clone().into_bytes(),
        vec![0],
    ];
    raw.chain(text).chain(others).collect()
}

#[test]
fn nothing_under_the_name_of_another_key() {
    let attacker = [Key::rsa("rsa-1"), Key::ec("ec-1")];
    let unpublished = Key::ec("ec-9");
    none_is_believed(numbered(move |acme, nth| {
        let mut claims = acme.access_claims(EMAIL);
        claims["sub"] = json!(format!("forged-{nth}"));
        let [rsa, ec] = &acme.keys;
        let header = |alg: &str, kid: Value| json!({ "alg": alg, "kid": kid, "typ": "JWT" });
        match nth % 10 {
            // The other published key's name, with either algorithm.
            0 => ec.token_with(&header("ES256", json!(rsa.id)), &claims),
            1 => ec.token_with(&header("RS256", json!(rsa.id)), &claims),
            2 if nth % 100 == 2 => rsa.token_with(&header("ES256", json!(ec.id)), &claims),
            // Keys of one's own under published names, also brought along in the header.
            3 if nth % 100 == 3 => attacker[0].token(&claims),
            4 => attacker[1].token(&claims),
            5 => {
                let own = &attacker[1];
                let mut header = header("ES256", json!(own.id));
                header["jwk"] = own.public();
                header["jku"] = json!("https://evil.example/keys");
                own.token_with(&header, &claims)
            }
            6 => unpublished.token(&claims),
            // The right key under names that nobody has published.
            7 => ec.token_with(&header("ES256", json!(format!("ec-1{nth}"))), &claims),
            8 => ec.token_with(
                &header(
                    "ES256",
                    [json!(null), json!(1), json!(""), json!(["ec-1"])][nth / 10 % 4].clone(),
                ),
                &claims,
            ),
            _ => ec.token_with(&json!({ "alg": "ES256", "x": nth }), &claims),
        }
    }));
    // Made-up names cost a look at the published keys once per minute, not ten thousand times.
    assert!(shared().team.fetches() < 10, "{}", shared().team.fetches());
}

#[test]
fn nothing_for_another_audience() {
    none_is_believed(signed(|claims, nth| {
        // No `z` is in the genuine one.
        let other = format!("{}z{nth:x}", &AUDIENCE[..AUDIENCE.len() - nth % 9]);
        match nth % 6 {
            0 => claims["aud"] = json!(other),
            1 => claims["aud"] = json!([other, AUDIENCE.to_uppercase()]),
            2 => claims["aud"] = json!([]),
            3 => {
                claims["aud"] = [
                    json!(null),
                    json!(true),
                    json!({ AUDIENCE: 1 }),
                    json!([[AUDIENCE]]),
                ][nth / 6 % 4]
                    .clone()
            }
            4 => claims["aud"] = json!(format!("{AUDIENCE} {other}")),
            _ => drop(claims.as_object_mut().unwrap().remove("aud")),
        }
        claims["nth"] = json!(nth);
    }));
}

#[test]
fn nothing_of_another_issuer() {
    none_is_believed(signed(|claims, nth| {
        let issuer = claims["iss"].as_str().unwrap().to_owned();
        match nth % 6 {
            0 => claims["iss"] = json!(format!("{issuer}/{nth}")),
            1 => claims["iss"] = json!(format!("https://team{nth}.cloudflareaccess.com")),
            2 => {
                claims["iss"] = json!(
                    [
                        format!("{issuer}/"),
                        issuer.to_uppercase(),
                        issuer.replace("http", "https"),
                        String::new()
                    ][nth / 6 % 4]
                )
            }
            3 => {
                claims["iss"] = [
                    json!(null),
                    json!(nth),
                    json!([issuer]),
                    json!({ "iss": issuer }),
                ][nth / 6 % 4]
                    .clone()
            }
            4 => claims["iss"] = json!(&issuer[..issuer.len() - 1 - nth % 5]),
            _ => drop(claims.as_object_mut().unwrap().remove("iss")),
        }
        claims["nth"] = json!(nth);
    }));
}

#[test]
fn nothing_that_has_expired() {
    none_is_believed(signed(|claims, nth| {
        let now = okrs_tests::now().timestamp();
        let ago = i64::try_from(nth).unwrap();
        match nth % 8 {
            0 => {
                claims["exp"] =
                    [json!(null), json!("never"), json!(-1), json!(0)][nth / 8 % 4].clone()
            }
            1 => drop(claims.as_object_mut().unwrap().remove("exp")),
            2 => claims["exp"] = json!(now - 62 - ago * 3600),
            _ => claims["exp"] = json!(now - 62 - ago),
        }
        claims["nth"] = json!(nth);
    }));
}

#[test]
fn nothing_that_is_not_valid_yet() {
    none_is_believed(signed(|claims, nth| {
        let now = okrs_tests::now().timestamp();
        // The server may be a little behind in its test, but not by minutes.
        let later = now + 180 + i64::try_from(nth).unwrap();
        match nth % 4 {
            0 => claims["nbf"] = json!(later),
            1 => claims["iat"] = json!(later),
            2 => {
                claims["iat"] =
                    [json!(null), json!("now"), json!(later * 1000)][nth / 4 % 3].clone()
            }
            _ => claims["nbf"] = json!(later * 1000),
        }
        claims["exp"] = json!(later + 3600);
        claims["nth"] = json!(nth);
    }));
}
