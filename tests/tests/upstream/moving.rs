//! Moving out of the hosted service: everything that it lists comes along, whatever is killed on the
//! way, and the deployment goes on without it.

use std::process::Child;
use std::time::Duration;

use okrs_tests::{Fault, Moving, migrate, report};
use serde_json::{Value, json};

use crate::acme::{acme, new_okr};
use crate::waiting::{SETTLES, eventually};

const WITHIN: Duration = Duration::from_secs(60);

fn kill(mut command: Child) {
    command.kill().unwrap();
    command.wait().unwrap();
}

/// What was said of a key result, by its value: value and comment. Two of the same second have no order.
fn said(moving: &Moving) -> Vec<(i64, Value)> {
    let (key_result, okr) = &moving.key_result;
    let okr = moving.admin.read(&format!("/api/app/okrs/{okr}"));
    let check_ins = okr["check_ins"].as_array().unwrap().iter();
    let of_it = check_ins.filter(|check_in| check_in["key_result_id"] == **key_result);
    let mut said: Vec<_> = of_it
        .map(|check_in| {
            (
                check_in["value"].as_i64().unwrap(),
                check_in["comment"].clone(),
            )
        })
        .collect();
    said.sort_by_key(|(value, _)| -value);
    said
}

#[test]
fn a_workspace_moves_through_kills_and_is_whole_when_the_service_is_gone() {
    let mut moving = Moving::start(40, 5);
    // While lists are copied, and while all are on their way.
    for (fault, requests) in [(Fault::None, 2), (Fault::Slow(Duration::from_secs(5)), 1)] {
        moving.line.set(fault);
        let (before, command) = (moving.line.count(), moving.begin());
        eventually("requests to the service", WITHIN, || {
            (moving.line.count() >= before + requests).then_some(())
        });
        moving.servers.deployment.kill_9();
        kill(command);
        moving.line.set(Fault::None);
        // Nobody asks, and it goes on.
        let killed_at = moving.line.count();
        moving.servers.deployment.restart();
        eventually("the copy going on", WITHIN, || {
            (moving.line.count() > killed_at).then_some(())
        });
    }

    let (succeeded, report) = moving.finish();
    assert!(succeeded, "{report:#}");
    assert_eq!(report["complete"], true);
    let lists = report["lists"].as_array().unwrap();
    let counts = lists
        .iter()
        .map(|list| (&list["list"], &list["there"], &list["here"]));
    let counts = json!(counts.collect::<Vec<_>>());
    assert_eq!(
        counts,
        json!([
            ["/cycles", 2, 2],
            ["/okrs", 40, 40],
            ["/kpis", 30, 30],
            ["/initiatives", 40, 40],
            ["/review-cycles", 2, 2],
        ])
    );
    // Health depends on check-ins that the service does not list: said, not hidden.
    let figures = lists[1]["differences"].as_array().unwrap();
    assert!(!figures.is_empty());
    assert!(
        figures.iter().all(|one| one["is_computed"] == true),
        "{report:#}"
    );

    // History of both kinds: what somebody reported elsewhere, and what came through here.
    let (key_result, _) = moving.key_result.clone();
    let check_ins = format!("/key-results/{key_result}/checkins");
    moving
        .service
        .post(&check_ins, &json!({ "value": 901 }))
        .expect(201);
    eventually("the value reported elsewhere", WITHIN, || {
        (said(&moving).first()?.0 == 901).then_some(())
    });
    let reported = json!({ "value": 902, "comment": "On the way out" });
    moving.key().post(&check_ins, &reported).expect(201);
    let (succeeded, report) = moving.finish();
    assert!(succeeded, "{report:#}");
    let answers: Vec<_> = moving.line.seen().iter().map(|seen| seen.status).collect();
    assert!(!answers.contains(&Some(429)), "{answers:?}");

    moving.switch();
    for (list, there, here) in moving.lists() {
        assert_eq!(here, there, "{list}");
    }
    // Nothing of the service's figures is left: people see what is computed here, as everybody does now.
    let (public, people) = (
        moving.key().read("/okrs"),
        moving.admin.read("/api/app/okrs"),
    );
    for okr in people["okrs"].as_array().unwrap() {
        let mut all = public.as_array().unwrap().iter();
        let listed = all.find(|listed| listed["id"] == okr["id"]).unwrap();
        assert_eq!(okr["health"]["score"], listed["health_score"], "{okr}");
        assert_eq!(
            (&okr["status"], &okr["computed_here"]),
            (&listed["status"], &Value::Null)
        );
    }
    moving
        .key()
        .post(&check_ins, &json!({ "value": 903 }))
        .expect(201);
    let history = vec![
        (903, Value::Null),
        (902, json!("On the way out")),
        (901, Value::Null),
    ];
    assert_eq!(said(&moving), history);

    // Looking at the service once more changes nothing here.
    let asked = moving.line.count();
    let compared = moving.admin.read("/api/app/comparison");
    assert!(moving.line.count() > asked, "the service was read");
    let okrs = &compared.as_array().unwrap()[1];
    assert_eq!(okrs["list"], "/okrs");
    assert_eq!(okrs["differences"][0]["there"], "902", "{okrs:#}");
    assert_eq!(okrs["differences"][0]["here"], "903", "{okrs:#}");
    assert_eq!(said(&moving), history);
    assert_eq!(moving.line.writes().len(), 1, "nothing is sent any more");
}

#[test]
fn a_move_is_not_complete_while_nobody_knows_what_became_of_a_write() {
    let acme = acme();
    let location = acme.undecidable(Fault::Cut);
    let alice = acme.alice();

    let mut command = migrate(&alice, &format!("alice@{}", acme.domain));
    let (succeeded, undecided) = report(&command.output().unwrap());
    assert!(!succeeded, "{undecided:#}");
    assert_eq!(undecided["complete"], false);
    assert_eq!(undecided["undecided_writes"], 1);

    alice.post(
        &format!("{location}/decision"),
        &json!({ "decision": "drop" }),
    );
    let (succeeded, complete) = report(&command.output().unwrap());
    assert!(succeeded, "{complete:#}");
    assert_eq!(complete["complete"], true);
}

#[test]
fn every_list_that_is_read_is_compared_without_anybody_asking_for_it() {
    let acme = acme();
    acme.copy();
    let compared = eventually("five comparisons", SETTLES, || {
        let compared = acme.alice().read("/api/app/comparison");
        (compared.as_array().unwrap().len() == 5).then_some(compared)
    });
    // The lists are read again from time to time, whoever looks.
    eventually("a look that reads no list", SETTLES, || {
        let (asked, before) = (acme.line.count(), acme.alice().read("/api/app/comparison"));
        let again = acme.alice().read("/api/app/comparison");
        (again == before && acme.line.count() == asked).then_some(())
    });
    for list in compared.as_array().unwrap() {
        assert_eq!(list["there"], list["here"], "{list}");
        assert_eq!(list["same_order"], true, "{list}");
        assert!(list["compared_at"].is_string(), "{list}");
    }
}

#[test]
fn what_names_something_that_comes_later_is_whole_once_that_is_here() {
    let acme = acme();
    let id = |made: Value| made["id"].as_str().unwrap().to_owned();
    acme.key.get("/cycles").expect(200);
    // Made there after the cycles were read here, and read in the wrong order.
    let cycle =
        json!({ "name": "A new year", "start_date": "2031-01-01", "end_date": "2031-12-31" });
    let there = acme.service.signed_in(&acme.sessions.alice);
    let cycle = id(there.post("/api/app/cycles", &cycle).expect(201));
    let mut okr = new_okr(&acme, "In the new year");
    okr["cycle_id"] = json!(cycle);
    let okr = id(acme.service.post("/okrs", &okr).expect(201));
    acme.key.get("/okrs").expect(200);
    let key_result = json!({
        "title": "Counted", "metric_type": "number", "start_value": 0, "target_value": 10,
    });
    let key_results = format!("/okrs/{okr}/key-results");
    let key_result = id(acme.service.post(&key_results, &key_result).expect(201));
    let initiative = json!({ "title": "For the new year", "kr_id": key_result });
    let made = acme.service.post("/initiatives", &initiative).expect(201);
    let initiative = id(made.get("data").unwrap_or(&made).clone());
    acme.key.get("/initiatives").expect(200);
    eventually("the initiative with its key result", WITHIN, || {
        let copied = acme.alice().get(&format!("/initiatives/{initiative}"));
        let is_whole = copied.status == 200 && copied.json()["data"]["kr_id"] == *key_result;
        is_whole.then_some(())
    });
}
