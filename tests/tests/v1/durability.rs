//! What was acknowledged stays, whenever the process is killed.

use std::env;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use okrs_tests::{Api, Request, Server, seeded};
use serde_json::{Value, json};

/// How often the server is killed, unless `OKRS_EDGE_KILLS` says it.
const KILLS: usize = 3;
/// Writers beside those that check in: each makes one initiative after the other.
const PLANNERS: usize = 13;
/// Acknowledged writes of a round before the kill.
const ACKNOWLEDGED: usize = 40;

#[test]
fn a_made_up_key_leaves_nothing_in_storage() {
    let (acme, sql) = seeded("FakeTest", okrs_tests::now());
    let server = Server::start(&sql);
    server.api(&acme.keys.all).get("/cycles").expect(200);
    let before = server.objects_with_tables();
    assert!(before > 0);
    for nth in 0..5 {
        let made_up = okrs_shared::api_key::assemble(&format!("Fake{nth:04}"), &[9; 22]);
        server.api(&made_up).get("/cycles").refusal(401);
    }
    assert_eq!(server.objects_with_tables(), before);
}

#[test]
fn a_kill_loses_nothing_acknowledged_doubles_nothing_and_refills_no_budget() {
    let (acme, sql) = seeded("KillTest", okrs_tests::now());
    let mut server = Server::start(&sql);
    let api = server.api(&acme.keys.bulk);
    let key_results = [
        &acme.key_results.number,
        &acme.key_results.percentage,
        &acme.key_results.currency,
    ];
    // The last acknowledged value of each key result, and the one that was under way at the kill.
    let progress = Mutex::new([(0, 0); 3]);
    // How many initiatives of each writer were acknowledged, and asked for.
    let planned = Mutex::new([(0, 0); PLANNERS]);
    let planned_before = server.count_rows("initiatives");
    let kills = env::var("OKRS_EDGE_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let minute = okrs_tests::now().timestamp() / 60;
    let limited = server.api(&acme.keys.all);
    let accepted = (0..50)
        .filter(|_| limited.get("/cycles").status == 200)
        .count();

    for _ in 0..kills {
        let killed = AtomicBool::new(false);
        let acknowledged = Mutex::new(0_usize);
        thread::scope(|scope| {
            for (nth, key_result) in key_results.iter().enumerate() {
                let (api, progress, killed, acknowledged) =
                    (&api, &progress, &killed, &acknowledged);
                scope.spawn(move || {
                    while !killed.load(Ordering::Relaxed) {
                        let value = progress.lock().unwrap()[nth].0 + 1;
                        progress.lock().unwrap()[nth].1 = value;
                        // The connection breaks when the server dies: no answer, no acknowledgement.
                        let answer = check_in(api, key_result.as_str(), value).try_send();
                        if answer.is_ok_and(|answer| answer.status == 201) {
                            progress.lock().unwrap()[nth].0 = value;
                            *acknowledged.lock().unwrap() += 1;
                        }
                    }
                });
            }
            for writer in 0..PLANNERS {
                let (api, planned, killed, acknowledged) = (&api, &planned, &killed, &acknowledged);
                scope.spawn(move || {
                    while !killed.load(Ordering::Relaxed) {
                        let nth = planned.lock().unwrap()[writer].0 + 1;
                        planned.lock().unwrap()[writer].1 = nth;
                        let answer = plan(api, writer, nth).try_send();
                        if answer.is_ok_and(|answer| answer.status == 201) {
                            planned.lock().unwrap()[writer].0 = nth;
                            *acknowledged.lock().unwrap() += 1;
                        }
                    }
                });
            }
            while *acknowledged.lock().unwrap() < ACKNOWLEDGED {
                thread::yield_now();
            }
            server.kill_9();
            killed.store(true, Ordering::Relaxed);
        });
        server.restart();
        let okrs = api.read("/okrs");
        for (nth, key_result) in key_results.iter().enumerate() {
            let (acknowledged, under_way) = progress.lock().unwrap()[nth];
            let current = current_value(&okrs, key_result.as_str());
            assert!(
                current == acknowledged || current == under_way,
                "{key_result} is at {current}, acknowledged {acknowledged}, under way {under_way}"
            );
            // The client repeats what it got no answer to: it is done once, be it now or before.
            check_in(&api, key_result.as_str(), under_way)
                .send()
                .expect(201);
            progress.lock().unwrap()[nth].0 = under_way;
            assert_eq!(
                current_value(&api.read("/okrs"), key_result.as_str()),
                under_way
            );
        }
        for writer in 0..PLANNERS {
            let (acknowledged, under_way) = planned.lock().unwrap()[writer];
            // One that had not begun yet has nothing to repeat.
            if under_way > acknowledged {
                plan(&api, writer, under_way).send().expect(201);
                planned.lock().unwrap()[writer].0 = under_way;
            }
        }
    }
    let acknowledged: u64 = planned.lock().unwrap().iter().map(|(done, _)| done).sum();
    assert_eq!(
        server.count_rows("initiatives"),
        planned_before + acknowledged
    );

    let more = (0..60)
        .filter(|_| limited.get("/cycles").status == 200)
        .count();
    if okrs_tests::now().timestamp() / 60 == minute {
        assert_eq!(accepted + more, 60);
    }
}

/// A check-in of this value, under an idempotency key made of it.
fn check_in(api: &Api, key_result: &str, value: i32) -> Request {
    api.request("POST", &format!("/key-results/{key_result}/checkins"))
        .header("idempotency-key", &format!("{key_result}-{value}"))
        .json(&json!({ "value": value }))
}

/// An initiative of this writer, under an idempotency key made of its number.
fn plan(api: &Api, writer: usize, nth: u64) -> Request {
    let title = format!("Step {nth} of {writer}");
    api.request("POST", "/initiatives")
        .header("idempotency-key", &format!("plan-{writer}-{nth}"))
        .json(&json!({ "title": title }))
}

fn current_value(okrs: &Value, key_result: &str) -> i32 {
    let mut all = okrs
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|okr| okr["key_results"].as_array().unwrap());
    let found = all.find(|listed| listed["id"] == key_result).unwrap();
    i32::try_from(found["current_value"].as_i64().unwrap()).unwrap()
}
