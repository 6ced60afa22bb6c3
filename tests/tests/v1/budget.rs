//! Sixty requests per key and UTC minute, exactly.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;

use okrs_tests::{now, workspace};

/// The UTC minute now.
fn minute() -> i64 {
    now().timestamp().div_euclid(60)
}

#[test]
fn sixty_requests_are_accepted_in_a_minute_and_no_more() {
    let acme = workspace();
    // 200 requests take a few seconds: they fall into one minute, or into two.
    let first_minute = minute();
    let accepted: Mutex<BTreeMap<u16, u32>> = Mutex::default();
    thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| {
                for _ in 0..10 {
                    let answer = acme.api.get("/cycles");
                    if answer.status == 429 {
                        answer.refusal(429);
                        let wait = answer.json()["retry_after_seconds"].as_u64().unwrap();
                        assert!((1..=60).contains(&wait), "{wait}");
                        assert_eq!(answer.header("retry-after"), Some(&*wait.to_string()));
                        assert_eq!(answer.cost().d1_calls, 0);
                    }
                    *accepted.lock().unwrap().entry(answer.status).or_default() += 1;
                }
            });
        }
    });
    let minutes = u32::try_from(minute() - first_minute + 1).unwrap();
    let answers = accepted.into_inner().unwrap();
    assert_eq!(answers.values().sum::<u32>(), 200);
    if minutes == 1 {
        assert_eq!(answers[&200], 60, "{answers:?}");
    } else {
        assert!((60..=60 * minutes).contains(&answers[&200]), "{answers:?}");
    }
    acme.api
        .with(acme.keys.only("okrs:read"))
        .get("/cycles")
        .expect(200);
}

#[test]
fn refused_requests_count_but_unknown_callers_do_not() {
    let acme = workspace();
    let started = minute();
    let key = acme.keys.only("kpis:read");
    for _ in 0..20 {
        acme.api.with(&acme.keys.revoked).get("/okrs").refusal(401);
    }
    for _ in 0..60 {
        acme.api.with(key).get("/okrs").refusal(403);
    }
    let next = acme.api.with(key).get("/okrs");
    if minute() == started {
        // 429 comes before 403.
        next.refusal(429);
    }
}
