//! A deployment that went without its migrations.

use okrs_tests::{Api, SETUP_TOKEN, Server, now, seeded, workspace};
use serde_json::{Value, json};

fn refused(api: &Api, method: &str, path: &str, body: &Value) {
    let request = api.request(method, path);
    let response = match method {
        "GET" => request.try_send(),
        _ => request.json(body).try_send(),
    };
    let refusal = response.unwrap().expect(503);
    assert_eq!(refusal["error"], "database_not_migrated", "{method} {path}");
    let message = refusal["message"].as_str().unwrap();
    assert!(message.contains("nothing was changed"), "{message}");
}

#[test]
fn nobody_gets_in_before_the_database_is_migrated_and_everybody_afterwards() {
    let (acme, _) = seeded("Behind01", now());
    let mut server = Server::start_unmigrated();
    let stranger = server.anonymous();
    let page = stranger.signed_out();
    let health = stranger.request("GET", "/api/health").try_send();
    let health = health.unwrap().expect(503);
    assert_eq!(health["status"], "database_not_migrated");
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(health["commit"], "unknown");

    let set_up = json!({
        "token": SETUP_TOKEN, "workspace": "Acme", "timezone": "UTC",
        "name": "Ada", "email": "ada@acme.test", "password": "correct horse battery",
    });
    let sign_in = json!({ "email": "ada@acme.test", "password": "correct horse battery" });
    let nothing = json!({});
    refused(&page, "GET", "/api/app/sign-in-options", &nothing);
    refused(&page, "POST", "/api/app/set-up", &set_up);
    refused(&page, "POST", "/api/app/sessions", &sign_in);
    let key = stranger.with(&acme.keys.bulk);
    refused(&key, "GET", "/okrs", &nothing);
    refused(&key, "POST", "/kpis", &json!({ "name": "Sign-ups" }));
    let session = stranger.signed_in(&acme.sessions.alice);
    refused(&session, "GET", "/api/app/me", &nothing);
    let command = "npx wrangler d1 migrations apply DB --remote";
    assert!(!server.logged(command).is_empty());

    server.kill_9();
    server.migrate();
    server.restart();
    assert_eq!(stranger.get("/api/health").expect(200)["status"], "ok");
    key.get("/okrs").expect(401);
    page.request("POST", "/api/app/set-up")
        .json(&set_up)
        .send()
        .expect(201);
}

#[test]
fn an_admin_sees_how_the_database_is() {
    let acme = workspace();
    let health = acme
        .api
        .signed_in(&acme.sessions.alice)
        .get("/api/app/health")
        .expect(200);
    assert_eq!(health["status"], "ok");
    assert_eq!(health["migration_applied"], health["migration_needed"]);
    assert!(health["database_took_ms"].is_u64());
}
