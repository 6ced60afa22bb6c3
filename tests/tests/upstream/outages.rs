//! Outages of every kind: whoever reads is answered from the copy, marked as what it is.

use std::thread;
use std::time::Duration;

use chrono::TimeDelta;
use okrs_tests::{Fault, LISTS, now};
use serde_json::{Value, json};

use crate::acme::{acme, called};
use crate::waiting::{SETTLES, age, eventually};

/// How old a copy gets while somebody looks, in seconds.
const FRESH: u32 = 30;

const OUTAGES: [Fault; 9] = [
    Fault::Cut,
    Fault::Slow(Duration::from_secs(20)),
    Fault::LostAnswer,
    Fault::Truncated,
    Fault::Status(500),
    Fault::Status(503),
    Fault::TooMany(5),
    Fault::OtherShape,
    Fault::Page,
];

#[test]
fn every_outage_leaves_every_read_answered_with_its_age() {
    // At once: each has to wait until the copies are old.
    thread::scope(|scope| {
        for outage in OUTAGES {
            scope.spawn(move || is_outlasted(outage));
        }
    });
}

fn is_outlasted(outage: Fault) {
    let acme = acme();
    acme.copy();
    let before = LISTS.map(|path| acme.key.get(path).body);
    acme.line.set(outage);
    let read = || -> Vec<u32> {
        let reads = LISTS.iter().zip(&before).map(|(path, before)| {
            let answer = acme.key.get(path);
            let (status, same) = (answer.status, answer.body == *before);
            assert!(status == 200 && same, "{outage:?}: {answer:?}");
            let age = age(&answer);
            let left = i64::from(FRESH) - i64::from(age);
            assert_eq!(
                answer.header("cache-status"),
                Some(&*format!("okrs-edge; hit; ttl={left}"))
            );
            age
        });
        reads.collect()
    };
    let what = format!("{outage:?}: old copies");
    eventually(&what, Duration::from_secs(90), || {
        read().iter().all(|age| *age > FRESH + 5).then_some(())
    });
    let budget = acme.alice().read("/api/app/budget");
    assert_eq!(budget["is_stale"], true, "{outage:?}: {budget}");
    assert!(budget["as_of"].is_string(), "{outage:?}: {budget}");
    let list = acme.alice().read("/api/app/okrs");
    assert_eq!(called(&list["okrs"], "Improve onboarding conversion"), 1);

    acme.line.set(Fault::None);
    let what = format!("{outage:?}: fresh copies");
    eventually(&what, SETTLES, || {
        read().iter().all(|age| *age <= FRESH).then_some(())
    });
    let budget = acme.alice().read("/api/app/budget");
    assert_eq!(budget["is_stale"], false, "{outage:?}: {budget}");
    assert_eq!(budget["paused_for_seconds"], Value::Null, "{outage:?}");
}

#[test]
fn nothing_is_sent_before_the_hosted_service_said_so() {
    const WAIT: u32 = 12;
    let acme = acme();
    acme.copy();
    acme.line.set(Fault::TooMany(WAIT));
    let check_in = || acme.key.post(&acme.check_ins(), &json!({ "value": 41 }));
    check_in().refusal(429);
    let refused_at = acme.line.seen().last().unwrap().at;
    let count = acme.line.count();
    let answer = check_in();
    answer.refusal(429);
    let wait: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    // It would say yes again, but it has said when to ask.
    acme.line.set(Fault::None);
    eventually("the end of the wait", Duration::from_secs(80), || {
        acme.key.get("/okrs").expect(200);
        (check_in().status == 201).then_some(())
    });
    let next = &acme.line.seen()[count];
    let waited = next.at - refused_at;
    // Their second may have been the end of ours.
    assert!(
        waited >= TimeDelta::seconds(i64::from(WAIT) - 1),
        "{waited} {next:?}"
    );
    assert!(next.at <= now());
    assert_eq!(acme.reported(acme.key_results.number.as_str()), [41]);
}
