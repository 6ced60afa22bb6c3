//! Reads: the hosted service's own words, with their age.

use std::thread;
use std::time::Duration;

use okrs_tests::{Fault, LISTS};
use serde_json::json;

use crate::acme::{Alone, PER_MINUTE, acme, called};
use crate::waiting::{age, eventually, unavailable};

/// How old a copy gets while somebody looks, in seconds.
const FRESH: u32 = 30;

#[test]
fn every_answer_is_that_of_the_hosted_service_byte_for_byte() {
    let acme = acme();
    let summary = format!("/reviews/{}/summary", acme.shared_review);
    let others = ["/initiatives?status=in_progress", &summary];
    for path in LISTS.iter().chain(&others) {
        let theirs = acme.service.get(path);
        for _ in 0..2 {
            let ours = acme.key.get(path);
            assert_eq!(ours.expect(200), theirs.expect(200), "{path}");
            assert_eq!(ours.text(), theirs.text(), "{path}");
        }
    }
}

#[test]
fn an_answer_says_how_old_it_is_and_for_how_long_it_is_good() {
    let acme = acme();
    let first = acme.key.get("/kpis");
    let said = first.header("cache-status").unwrap_or_default();
    assert!(
        said.starts_with("okrs-edge; fwd=miss; stored; ttl="),
        "{said}"
    );
    for path in LISTS {
        acme.key.get(path).expect(200);
        let answer = acme.key.get(path);
        let left = FRESH - age(&answer);
        assert_eq!(
            answer.header("cache-status"),
            Some(&*format!("okrs-edge; hit; ttl={left}"))
        );
        let etag = answer.header("etag").unwrap();
        let again = acme.key.request("GET", path);
        let again = again.header("if-none-match", etag).send();
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), Some(etag));
        age(&again);
    }
}

#[test]
fn many_who_ask_at_once_are_one_request_and_none_while_the_copy_is_fresh() {
    let acme = acme();
    thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| acme.key.get("/okrs").expect(200));
        }
    });
    for _ in 0..20 {
        acme.key.get("/okrs").expect(200);
    }
    let seen = acme.line.seen();
    let asked = seen.iter().filter(|seen| seen.path == "/api/v1/okrs");
    assert_eq!(asked.count(), 1, "{seen:?}");
}

#[test]
fn what_changes_at_the_hosted_service_shows_within_thirty_seconds() {
    let acme = acme();
    acme.copy();
    let okr = format!("/okrs/{}", acme.okr);
    let renamed = json!({ "title": "Renamed elsewhere" });
    acme.service.put(&okr, &renamed).expect(200);
    // A second or two for the one request that finds out.
    let within = Duration::from_secs(u64::from(FRESH) + 5);
    eventually("the new title", within, || {
        let answer = acme.key.get("/okrs");
        assert!(age(&answer) <= FRESH + 2, "{answer:?}");
        answer.text().contains("Renamed elsewhere").then_some(())
    });
    eventually("its copy in the app", Duration::from_secs(10), || {
        let list = acme.alice().read("/api/app/okrs");
        (called(&list["okrs"], "Renamed elsewhere") == 1).then_some(())
    });
}

#[test]
fn fields_and_words_that_nobody_knows_yet_are_passed_on_as_they_are() {
    let acme = acme();
    acme.line.set(Fault::Newer);
    for path in LISTS {
        let ours = acme.key.get(path);
        ours.expect(200);
        assert!(ours.text().contains("field_of_tomorrow"), "{ours:?}");
        assert!(ours.text().contains("status_of_tomorrow"), "{ours:?}");
        let seen = acme.line.seen();
        let theirs = seen
            .iter()
            .rfind(|seen| seen.path == format!("/api/v1{path}"));
        assert_eq!(ours.body, theirs.unwrap().answer, "{path}");
    }
    // Nor does the app break over them.
    for path in ["okrs", "kpis", "home", "cycles", "search?q=on"] {
        acme.alice().read(&format!("/api/app/{path}"));
    }
    let list = acme.alice().read("/api/app/okrs");
    assert_eq!(called(&list["okrs"], "Improve onboarding conversion"), 1);
}

#[test]
fn without_a_copy_and_a_service_one_is_told_when_to_ask_again() {
    let acme = acme();
    acme.line.set(Fault::Cut);
    let answer = acme.key.request("GET", "/okrs").try_send().unwrap();
    assert_eq!(unavailable(&answer), "upstream_unavailable");
    let wait: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{answer:?}");
    acme.line.set(Fault::None);
    eventually("the first copy", Duration::from_secs(90), || {
        let answer = acme.key.request("GET", "/okrs").try_send().unwrap();
        (answer.status == 200).then_some(())
    });
}

#[test]
fn a_kill_loses_no_copy() {
    let mut alone = Alone::start("Kept0001", PER_MINUTE);
    alone.acme.copy();
    let before = LISTS.map(|path| alone.acme.key.get(path).body);
    alone.acme.line.set(Fault::Cut);
    for _ in 0..2 {
        alone.deployment().restart();
        for (path, before) in LISTS.iter().zip(&before) {
            let after = alone.acme.key.get(path);
            assert_eq!((after.status, &after.body), (200, before), "{path}");
            age(&after);
        }
    }
    let list = alone.acme.alice().read("/api/app/okrs");
    assert_eq!(called(&list["okrs"], "Improve onboarding conversion"), 1);
}

#[test]
fn an_id_that_no_service_gives_never_reaches_it() {
    let acme = acme();
    let long = "x".repeat(65);
    let before = acme.line.count();
    for id in [
        "a%2fb",
        "%2e%2e%2fokrs",
        "a%3fb",
        "a%23b",
        "a%5cb",
        "a%20b",
        "%00",
        &long,
    ] {
        acme.key.get(&format!("/initiatives/{id}")).refusal(404);
        acme.key.get(&format!("/reviews/{id}/summary")).refusal(404);
        let okr = format!("/okrs/{id}");
        let title = json!({ "title": "Taken over" });
        acme.key.put(&okr, &title).refusal(404);
        acme.key.delete(&okr).refusal(404);
        let check_ins = format!("/key-results/{id}/checkins");
        acme.key
            .post(&check_ins, &json!({ "value": 1 }))
            .refusal(404);
    }
    let seen = acme.line.seen();
    assert!(
        seen[before..]
            .iter()
            .all(|seen| !seen.path.contains('%') && !seen.path.contains(&long)),
        "{seen:?}"
    );
    assert!(acme.line.writes().is_empty(), "{seen:?}");
}

#[test]
fn what_a_fresh_list_does_not_have_costs_the_service_nothing() {
    let acme = acme();
    let theirs = acme.service.get("/initiatives/nobodys").refusal(404);
    acme.copy();
    let before = acme.line.count();
    for nth in 0..20 {
        let ours = acme.key.get(&format!("/initiatives/nobodys{nth}"));
        assert_eq!(ours.refusal(404), theirs);
    }
    let seen = acme.line.seen();
    let asked = seen[before..]
        .iter()
        .filter(|seen| seen.path.contains("nobodys"));
    assert_eq!(asked.count(), 0, "{seen:?}");
}
