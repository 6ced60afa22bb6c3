//! Sixty requests per key and UTC minute, exactly.

use okrs_tests::budget::{minute, sixty_are_accepted};
use okrs_tests::workspace;

#[test]
fn sixty_requests_are_accepted_in_a_minute_and_no_more() {
    let acme = workspace();
    sixty_are_accepted(|_| {
        let answer = acme.api.get("/cycles");
        if answer.status == 429 {
            answer.refusal(429);
            let wait = answer.json()["retry_after_seconds"].as_u64().unwrap();
            assert!((1..=60).contains(&wait), "{wait}");
            assert_eq!(answer.header("retry-after"), Some(&*wait.to_string()));
            assert_eq!(answer.cost().d1_calls, 0);
        }
        answer
    });
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
