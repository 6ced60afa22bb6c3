//! What passwords cost, and how they are kept.

use std::thread;

use okrs_tests::{PASSWORD, Server, now, seeded, workspace};
use serde_json::json;

#[test]
fn a_hash_of_an_earlier_version_is_continued_when_its_password_is_given() {
    let (acme, sql) = seeded("Renewed1", now());
    let mut server = Server::start(&sql);
    let sign_in = |server: &Server, name: &str, password: &str| {
        let body = json!({ "email": format!("{name}@{}", acme.domain), "password": password });
        let page = server.anonymous().signed_out();
        page.post("/api/app/sessions", &body).status
    };
    assert_eq!(sign_in(&server, "alice", PASSWORD), 200);
    assert_eq!(sign_in(&server, "bob", "wrong password"), 401);
    server.kill_9();
    let kept = |rounds: u32| {
        let kind = format!("pbkdf2-sha256${rounds}$");
        server.count_rows(&format!("members WHERE password_hash GLOB '{kind}*'"))
    };
    assert_eq!((kept(600_000), kept(100_000)), (1, 3));
    server.restart();
    assert_eq!(sign_in(&server, "alice", PASSWORD), 200);
    assert_eq!(sign_in(&server, "alice", "wrong password"), 401);
}

#[test]
fn of_many_who_give_a_password_at_once_a_few_are_looked_at_and_the_others_come_again() {
    let acme = workspace();
    let body = json!({ "email": format!("alice@{}", acme.domain), "password": PASSWORD });
    let page = acme.api.signed_out();
    let answers: Vec<_> = thread::scope(|scope| {
        let threads = (0..12).map(|_| scope.spawn(|| page.post("/api/app/sessions", &body)));
        let threads: Vec<_> = threads.collect();
        let answers = threads.into_iter().map(|thread| thread.join().unwrap());
        answers.collect()
    });
    let (let_in, turned_away): (Vec<_>, Vec<_>) =
        answers.iter().partition(|answer| answer.status == 200);
    assert!(let_in.len() >= 3, "{answers:?}");
    assert!(!turned_away.is_empty(), "nobody had to wait");
    for answer in turned_away {
        answer.refusal(429);
        assert_eq!(answer.json()["retry_after_seconds"], 1, "{answer:?}");
    }
}
