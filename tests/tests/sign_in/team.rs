//! What Cloudflare Access is to the Worker: someone who publishes keys and signs tokens with them.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use okrs_tests::repository;
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
};
use serde_json::{Value, json};

/// What stands before the point of a P-256 key.
const EC_SPKI: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// What stands before the two numbers of an RSA key of 2,048 bits.
const RSA_SPKI: [u8; 24] = [
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
    0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00,
];

/// Publishes keys at an address of this machine until the test process ends.
pub struct Team {
    address: String,
    published: Arc<Mutex<Vec<Value>>>,
    fetches: Arc<AtomicUsize>,
}

impl Team {
    /// A team that publishes these keys.
    pub fn start(keys: &[&Key]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let team = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            published: Arc::default(),
            fetches: Arc::default(),
        };
        team.publish(keys);
        let (published, fetches) = (team.published.clone(), team.fetches.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(&stream).lines();
                let asked = lines.next().and_then(Result::ok).unwrap_or_default();
                lines
                    .take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty()))
                    .for_each(drop);
                let (status, body) = if asked.starts_with("GET /cdn-cgi/access/certs ") {
                    fetches.fetch_add(1, Ordering::Relaxed);
                    (
                        "200 OK",
                        json!({ "keys": *published.lock().unwrap() }).to_string(),
                    )
                } else {
                    ("404 Not Found", String::new())
                };
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
            }
        });
        team
    }

    /// Publishes these keys and no others from now on.
    pub fn publish(&self, keys: &[&Key]) {
        *self.published.lock().unwrap() = keys.iter().map(|key| key.public()).collect();
    }

    /// The team's domain, which is also the issuer.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// How often its keys were asked for.
    pub fn fetches(&self) -> usize {
        self.fetches.load(Ordering::Relaxed)
    }
}

/// A key with a name.
pub struct Key {
    pub id: String,
    pair: Pair,
}

enum Pair {
    Ec(Box<EcdsaKeyPair>),
    Rsa(Box<RsaKeyPair>),
}

impl Key {
    /// A new key for ES256.
    pub fn ec(id: &str) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap();
        Self {
            id: id.to_owned(),
            pair: Pair::Ec(Box::new(pair)),
        }
    }

    /// A new key for RS256.
    pub fn rsa(id: &str) -> Self {
        // ring signs with RSA keys but does not make them.
        let script = "const { privateKey } = require('node:crypto').generateKeyPairSync('rsa', { modulusLength: 2048 }); \
                      process.stdout.write(privateKey.export({ type: 'pkcs8', format: 'der' }))";
        let node = repository().join("node_modules/.bin/node");
        let output = Command::new(node).args(["-e", script]).output().unwrap();
        let pair = RsaKeyPair::from_pkcs8(&output.stdout).unwrap();
        Self {
            id: id.to_owned(),
            pair: Pair::Rsa(Box::new(pair)),
        }
    }

    /// The algorithm that it signs with.
    pub fn algorithm(&self) -> &'static str {
        match self.pair {
            Pair::Ec(_) => "ES256",
            Pair::Rsa(_) => "RS256",
        }
    }

    /// As it is published.
    pub fn public(&self) -> Value {
        let encode = |bytes: &[u8]| BASE64URL.encode(bytes);
        let mut key = match &self.pair {
            Pair::Ec(pair) => {
                // 0x04, x, y
                let point = pair.public_key().as_ref();
                json!({ "kty": "EC", "crv": "P-256", "x": encode(&point[1..33]), "y": encode(&point[33..]) })
            }
            Pair::Rsa(pair) => {
                let public: PublicKeyComponents<Vec<u8>> = pair.public_key().into();
                json!({ "kty": "RSA", "n": encode(&public.n), "e": encode(&public.e) })
            }
        };
        key["kid"] = json!(self.id);
        key["alg"] = json!(self.algorithm());
        key["use"] = json!("sig");
        key
    }

    /// Its public half as other programs keep it: SubjectPublicKeyInfo in DER.
    pub fn spki(&self) -> Vec<u8> {
        let (prefix, key): (&[u8], &[u8]) = match &self.pair {
            Pair::Ec(pair) => (&EC_SPKI, pair.public_key().as_ref()),
            Pair::Rsa(pair) => (&RSA_SPKI, pair.public_key().as_ref()),
        };
        [prefix, key].concat()
    }

    /// A token of these claims with the header that belongs to this key.
    pub fn token(&self, claims: &Value) -> String {
        self.token_with(
            &json!({ "alg": self.algorithm(), "kid": self.id, "typ": "JWT" }),
            claims,
        )
    }

    /// A token of these claims with any header.
    pub fn token_with(&self, header: &Value, claims: &Value) -> String {
        let signed = unsigned(header, claims);
        let signature = self.sign(signed.as_bytes());
        format!("{signed}.{}", BASE64URL.encode(signature))
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Ec(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .unwrap();
                signature
            }
        }
    }
}

/// Header and claims as they stand in a token.
pub fn unsigned(header: &Value, claims: &Value) -> String {
    let encode = |value: &Value| BASE64URL.encode(value.to_string());
    format!("{}.{}", encode(header), encode(claims))
}
