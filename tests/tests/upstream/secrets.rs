//! The key of the hosted service stays on the server, and what clients send stays here.

use std::fs;

use okrs_tests::{Fault, LISTS, Response};
use serde_json::{Value, json};

use crate::acme::{Acme, Alone, PER_MINUTE, new_okr};

const COOKIE: &str = "made-up-cookie";
const AGENT: &str = "curious-client/7.1";

/// Everything a client may try, with what it got.
fn asked(acme: &Acme) -> Vec<Response> {
    let alice = acme.alice();
    let mut answers = Vec::new();
    let mut ask = |api: &okrs_tests::Api, method: &str, path: &str, body: Value| {
        let request = api
            .request(method, path)
            .header("user-agent", AGENT)
            .header("x-forwarded-for", "192.0.2.77")
            .header("x-client-secret", COOKIE)
            .header("prefer", "respond-async");
        let answer = match body {
            Value::Null => request.try_send(),
            body => request.json(&body).try_send(),
        };
        answers.push(answer.unwrap());
    };
    let reads = [
        "me",
        "workspace",
        "capabilities",
        "budget",
        "pending-writes",
    ];
    let more = [
        "okrs",
        "kpis",
        "home",
        "cycles",
        "api-keys",
        "audit-log",
        "about",
    ];
    for api in [&acme.key, &alice, &acme.key.without_key()] {
        for path in LISTS {
            ask(api, "GET", path, Value::Null);
        }
        for path in reads.iter().chain(&more) {
            ask(api, "GET", &format!("/api/app/{path}"), Value::Null);
        }
        ask(api, "POST", &acme.check_ins(), json!({ "value": 45 }));
        ask(api, "POST", &acme.check_ins(), json!({ "value": "no" }));
        ask(api, "POST", "/okrs", new_okr(acme, "Grow"));
        ask(api, "PUT", "/okrs/nothing", json!({ "title": "T" }));
        for tool in ["get_okrs", "get_kpis"] {
            let call =
                json!({ "method": "tools/call", "params": { "name": tool, "arguments": {} } });
            ask(api, "POST", "/api/public/mcp", call);
        }
    }
    answers
}

#[test]
fn the_key_of_the_hosted_service_is_nowhere_and_no_clients_secret_leaves() {
    let alone = Alone::start("Secret01", PER_MINUTE);
    let acme = &alone.acme;
    let secret = acme.keys.all.clone();
    let mut answers = asked(acme);
    for fault in [
        Fault::Cut,
        Fault::Status(500),
        Fault::Page,
        Fault::LostAnswer,
    ] {
        acme.line.set(fault);
        answers.extend(asked(acme));
    }
    acme.line.set(Fault::None);
    for answer in &answers {
        assert!(!has(&answer.body, &secret), "{answer:?}");
        for (name, value) in &answer.headers {
            assert!(!has(value.as_bytes(), &secret), "{name} of {answer:?}");
        }
    }

    let files = alone.servers.deployment.files();
    assert!(files.len() > 3, "{files:?}");
    for file in files {
        let bytes = fs::read(&file).unwrap_or_default();
        assert!(!has(&bytes, &secret), "{}", file.display());
    }

    let seen = alone.servers.line.seen();
    assert_eq!(seen.len(), acme.line.count(), "nobody else asks");
    assert!(!seen.is_empty());
    let theirs = [
        &*acme.keys.bulk,
        &acme.sessions.alice,
        COOKIE,
        AGENT,
        "192.0.2.77",
        "cookie",
    ];
    for request in &seen {
        let keys = request
            .headers
            .iter()
            .filter(|(name, _)| name == "authorization");
        let keys: Vec<_> = keys.map(|(_, value)| value.clone()).collect();
        assert_eq!(keys, [format!("Bearer {secret}")]);
        let text = format!("{request:?}");
        for secret in theirs {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

fn has(bytes: &[u8], secret: &str) -> bool {
    let secret = secret.as_bytes();
    bytes.windows(secret.len()).any(|window| window == secret)
}
