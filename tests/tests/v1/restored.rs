//! A backup of the database is put back: what objects and clients remember is of a time that never was.

use std::thread;
use std::time::{Duration, Instant};

use okrs_tests::{Api, Response, Server, seeded};
use serde_json::json;

/// It takes a minute at most, and a busy machine is slow.
const SOON: Duration = Duration::from_secs(75);

fn rename(api: &Api, okr: &str, title: &str) -> Response {
    api.put(&format!("/okrs/{okr}"), &json!({ "title": title }))
}

fn list(api: &Api, etag: &str) -> Response {
    let request = api.request("GET", "/okrs");
    request.header("if-none-match", etag).send()
}

fn etag(answer: &Response) -> String {
    answer.header("etag").unwrap().to_owned()
}

#[test]
fn after_a_backup_is_put_back_lists_keys_and_sessions_are_those_of_the_backup() {
    let (acme, sql) = seeded("Restored", okrs_tests::now());
    let mut server = Server::start(&sql);
    let bulk = server.api(&acme.keys.bulk);
    let okr = acme.okr.as_str();
    rename(&bulk, okr, "Before").expect(200);
    let before = bulk.get("/okrs");
    server.kill_9();
    let backup = server.database();
    server.restart();

    let alice = server.anonymous().signed_in(&acme.sessions.alice);
    let key = json!({ "name": "Of no time", "scopes": ["okrs:read"] });
    let made = alice.post("/api/app/api-keys", &key).expect(201);
    let made = server.api(made["key"].as_str().unwrap());
    let keys = alice.read("/api/app/api-keys");
    let keys = keys.as_array().unwrap();
    let revoked = server.api(&acme.keys.all);
    let last_four = &acme.keys.all[acme.keys.all.len() - 4..];
    let revoked_id = keys
        .iter()
        .find(|key| key["last_four"] == last_four)
        .unwrap();
    let path = format!("/api/app/api-keys/{}", revoked_id["id"].as_str().unwrap());
    alice.delete(&path).expect(204);
    let bob = server.anonymous().signed_in(&acme.sessions.bob);
    bob.delete("/api/app/sessions/current").expect(204);
    rename(&bulk, okr, "Never").expect(200);
    rename(&bulk, okr, "Never was").expect(200);
    let never = bulk.get("/okrs");
    assert!(never.text().contains("Never was"));
    made.get("/okrs").expect(200);
    server.kill_9();
    server.put_back(&backup);
    server.restart();

    let ends = Instant::now() + SOON;
    while list(&bulk, &etag(&never)).status == 304 {
        assert!(
            Instant::now() < ends,
            "a row that no longer exists has not changed"
        );
        thread::sleep(Duration::from_millis(200));
    }
    let after = bulk.get("/okrs");
    assert_eq!(after.body, before.body);
    made.get("/okrs").refusal(401);
    revoked.get("/okrs").expect(200);
    bob.get("/api/app/me").expect(200);
    // As many changes as before, and yet no ETag means another body than it did.
    let mut seen = vec![etag(&before), etag(&never)];
    for title in ["After", "After that", "And again"] {
        rename(&bulk, okr, title).expect(200);
        let now = bulk.get("/okrs");
        assert!(now.text().contains(title), "{}", now.text());
        assert!(!seen.contains(&etag(&now)));
        seen.push(etag(&now));
    }
}

#[test]
fn what_is_changed_after_a_backup_is_put_back_is_seen_at_once() {
    let (acme, sql) = seeded("Restore2", okrs_tests::now());
    let mut server = Server::start(&sql);
    let bulk = server.api(&acme.keys.bulk);
    let okr = acme.okr.as_str();
    rename(&bulk, okr, "Before").expect(200);
    server.kill_9();
    let backup = server.database();
    server.restart();
    for nth in 0..5 {
        rename(&bulk, okr, &format!("Never {nth}")).expect(200);
    }
    let never = etag(&bulk.get("/okrs"));
    server.kill_9();
    server.put_back(&backup);
    server.restart();
    rename(&bulk, okr, "After").expect(200);
    let seen = list(&bulk, &never);
    assert_eq!(seen.status, 200);
    assert!(seen.text().contains("After"), "{}", seen.text());
}
