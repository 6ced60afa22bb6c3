//! `npm run backup` and `npm run restore`.

use std::fs;

use okrs_tests::{Api, Server, now, seeded};
use serde_json::Value;

/// Every list of version 1.
fn answers(api: &Api) -> Vec<Value> {
    let lists = [
        "/okrs",
        "/cycles",
        "/kpis",
        "/initiatives",
        "/review-cycles",
    ];
    lists.into_iter().map(|list| api.read(list)).collect()
}

#[test]
fn a_backup_is_loaded_in_the_place_of_another_database_and_answers_as_before() {
    let (acme, sql) = seeded("Backup01", now());
    let mut lost = Server::start(&sql);
    let before = answers(&lost.api(&acme.keys.bulk));
    assert!(before.iter().all(|list| list.to_string().len() > 20));
    lost.kill_9();
    let file = std::env::temp_dir().join(format!("okrs-backup-{}.sql", std::process::id()));
    let path = file.to_str().unwrap();
    lost.call_script("backup", &["--output", path]);

    let (other, sql) = seeded("Backup02", now());
    let mut server = Server::start(&sql);
    answers(&server.api(&other.keys.bulk));
    server.kill_9();
    server.call_script("restore", &[path, "--yes"]);
    fs::remove_file(file).unwrap();
    server.restart();
    assert_eq!(answers(&server.api(&acme.keys.bulk)), before);
    let created = server
        .api(&acme.keys.bulk)
        .post("/kpis", &serde_json::json!({ "name": "Sign-ups" }));
    created.expect(201);
}
