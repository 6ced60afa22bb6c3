//! Forged tokens: ten thousand of every kind, and none is believed.
//!
//! Access is where they are shown, because there a token alone signs in; OpenID tokens go through
//! the same verification. The Worker runs without a database here: a token that is believed fails
//! for want of it, and only then.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64URL};
use ring::hmac;
use serde_json::{Value, json};

use crate::bare_worker::{BareWorker, Connection};
use crate::deployment::{AUDIENCE, access_claims};
use crate::team::{Key, Team, unsigned};

/// Mutations of each kind.
const MUTATIONS: usize = 10_000;
/// Connections per kind.
const THREADS: usize = 4;

/// A team, and a Worker that is behind its application: twice, as each keeps one core busy.
struct Target {
    workers: [BareWorker; 2],
    team: Team,
    keys: [Key; 2],
}

fn target() -> &'static Target {
    static TARGET: OnceLock<Target> = OnceLock::new();
    TARGET.get_or_init(|| {
        let keys = [Key::rsa("rsa-1"), Key::ec("ec-1")];
        let team = Team::start(&[&keys[0], &keys[1]]);
        let start = || {
            BareWorker::start(&[
                ("ACCESS_TEAM_DOMAIN", team.address()),
                ("ACCESS_AUD", AUDIENCE),
                ("ACCESS_WORKSPACE", "AcmeTag1"),
            ])
        };
        let workers = [start(), start()];
        Target {
            workers,
            team,
            keys,
        }
    })
}

impl Target {
    /// What a genuine token says, valid now.
    fn claims(&self) -> Value {
        access_claims(&self.team, "bob@acme.test")
    }
}

/// Shows the tokens to the Worker, at least [`MUTATIONS`] of them, and asserts that it believes none.
/// Genuine ones before and after are believed.
fn none_is_believed(tokens: impl Iterator<Item = Vec<u8>> + Send) {
    genuine_ones_are_believed();
    // Some flipped bits make what no header can carry.
    let tokens = tokens.filter(|token| token.iter().all(|byte| *byte >= b' ' && *byte != 0x7f));
    let (tokens, shown) = (Mutex::new(tokens), AtomicUsize::new(0));
    thread::scope(|scope| {
        let workers = target().workers.iter().cycle();
        for worker in workers.take(THREADS) {
            let (tokens, shown) = (&tokens, &shown);
            scope.spawn(move || {
                let mut connection = worker.connect();
                let next = || tokens.lock().unwrap().next();
                while let Some(token) = next() {
                    is_refused(&mut connection, &token);
                    shown.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    let shown = shown.into_inner();
    assert!(shown >= MUTATIONS, "only {shown}");
    genuine_ones_are_believed();
}

fn genuine_ones_are_believed() {
    for worker in &target().workers {
        for key in &target().keys {
            let token = key.token(&target().claims());
            let (status, answer) = worker.connect().show(token.as_bytes());
            assert_eq!(status, 503, "no database is there: {answer}");
        }
    }
}

fn is_refused(connection: &mut Connection, token: &[u8]) {
    let (status, answer) = connection.show(token);
    let is_refused = status == 401
        && answer.contains("sent something that can't be trusted")
        && !answer.to_lowercase().contains("set-cookie");
    assert!(
        is_refused,
        "{} got {answer}",
        String::from_utf8_lossy(token)
    );
}

/// Genuine tokens of both kinds, for the first and for others to be made of.
fn genuine() -> [String; 2] {
    let claims = target().claims();
    [
        target().keys[0].token(&claims),
        target().keys[1].token(&claims),
    ]
}

/// Ten thousand tokens, each made from its number.
fn numbered(
    make: impl Fn(&'static Target, usize) -> String + Send,
) -> impl Iterator<Item = Vec<u8>> + Send {
    (0..MUTATIONS).map(move |nth| make(target(), nth).into_bytes())
}

/// Tokens that are genuinely signed, by both keys in turn, but say something else. The elliptic
/// one signs most: it is forty times as quick.
fn signed(change: impl Fn(&mut Value, usize) + Send) -> impl Iterator<Item = Vec<u8>> + Send {
    numbered(move |target, nth| {
        let mut claims = target.claims();
        change(&mut claims, nth);
        target.keys[usize::from(nth % 16 != 0)].token(&claims)
    })
}

#[test]
fn no_flipped_bit() {
    // Some make what no header can carry, so it takes the bits of three tokens.
    let [first, second] = genuine();
    let [third, _] = genuine();
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
    let cuts = genuine().into_iter().flat_map(|token| {
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
    let signature = genuine()[0].rsplit('.').next().unwrap().to_owned();
    none_is_believed(numbered(move |target, nth| {
        let key = &target.keys[nth % 2];
        let mut header = json!({ "alg": none[nth % none.len()], "kid": key.id, "typ": "JWT" });
        if nth % 5 == 0 {
            header.as_object_mut().unwrap().remove("kid");
        }
        let mut claims = target.claims();
        claims["sub"] = json!(format!("forged-{nth}"));
        let end = [".", ".AA", "", &format!(".{signature}")][nth % 4].to_owned();
        unsigned(&header, &claims) + &end
    }));
}

#[test]
fn nothing_signed_with_what_is_public_as_a_secret() {
    let secrets: Vec<Vec<u8>> = target().keys.iter().flat_map(public_spellings).collect();
    none_is_believed(numbered(move |target, nth| {
        let key = &target.keys[nth % 2];
        // What it says it is: a shared secret, or the key's own algorithm.
        let alg = ["HS256", "hs256", "HS512", key.algorithm()][nth % 4];
        let mut claims = target.claims();
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
    none_is_believed(numbered(move |target, nth| {
        let mut claims = target.claims();
        claims["sub"] = json!(format!("forged-{nth}"));
        let [rsa, ec] = &target.keys;
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
    // Made-up names cost each Worker a look at the published keys once per minute, not ten thousand times.
    let fetches = target().team.fetches();
    assert!(fetches < 10 * target().workers.len(), "{fetches}");
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
