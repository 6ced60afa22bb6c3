//! `GET /api/app/home`

use okrs_tests::{Api, workspace};
use serde_json::{Value, json};

use crate::ids::{find, id, ids};
use crate::okr_list::team_okr;

fn titles(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|own| own["key_result"]["title"].as_str().unwrap())
        .collect()
}

#[test]
fn key_results_are_due_until_they_are_checked_in() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let boolean = acme.key_results.boolean.as_str();
    let home = alice.read("/api/app/home");
    assert!(titles(&home["due"]).contains(&"Tour is live"));
    let due = home["due"].as_array().unwrap();
    let own = due
        .iter()
        .find(|own| own["key_result"]["id"] == boolean)
        .unwrap();
    assert_eq!(own["okr"], "Improve onboarding conversion");
    assert_eq!(own["okr_id"], acme.okr.as_str());
    assert_eq!(own["cycle"], "Active quarter");
    assert_eq!(own["last_comment"], Value::Null);

    let body = json!({ "value": "yes", "comment": "It is live" });
    alice
        .post(&format!("/key-results/{boolean}/checkins"), &body)
        .expect(201);
    let home = alice.read("/api/app/home");
    assert!(!titles(&home["due"]).contains(&"Tour is live"));
    let done = home["done"].as_array().unwrap();
    let own = done
        .iter()
        .find(|own| own["key_result"]["id"] == boolean)
        .unwrap();
    assert_eq!(own["last_comment"], "It is live");
    assert_eq!(own["key_result"]["current_value"], 1);
}

#[test]
fn a_check_in_of_today_can_be_corrected_by_who_made_it_until_something_newer_is_there() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let boolean = acme.key_results.boolean.as_str();
    let own_check_in = || {
        let home = alice.read("/api/app/home");
        let rows = [&home["due"], &home["done"]].map(|rows| rows.as_array().unwrap().clone());
        let mut rows = rows.concat().into_iter();
        let row = rows.find(|row| row["key_result"]["id"] == boolean);
        row.unwrap()["own_check_in"].clone()
    };
    assert_eq!(own_check_in(), Value::Null);
    let body = json!({ "value": "no", "status": "blocked", "blocker_note": "The studio is shut" });
    let check_in = alice
        .post(&format!("/key-results/{boolean}/checkins"), &body)
        .expect(201);
    let expected = json!({ "id": id(&check_in), "blocker_note": "The studio is shut" });
    assert_eq!(own_check_in(), expected);

    let patch = json!({ "value": "yes", "status": "on_track" });
    let path = format!("/api/app/check-ins/{}", id(&check_in));
    alice.patch(&path, &patch).expect(204);
    assert_eq!(own_check_in()["id"], id(&check_in));
    // A value that was set by hand is not what was checked in.
    let edit = json!({ "current_value": 0 });
    alice
        .put(&format!("/key-results/{boolean}"), &edit)
        .expect(200);
    assert_eq!(own_check_in(), Value::Null);
}

#[test]
fn key_results_without_an_owner_are_for_the_owner_of_the_okr() {
    let acme = workspace();
    team_okr(&acme);
    let home = |session: &str| acme.api.signed_in(session).read("/api/app/home");
    assert_eq!(titles(&home(&acme.sessions.dave)["due"]), ["Secret count"]);
    assert_eq!(home(&acme.sessions.carol)["due"], json!([]));
    assert!(!titles(&home(&acme.sessions.alice)["due"]).contains(&"Secret count"));
}

#[test]
fn only_ones_own_is_at_home() {
    let acme = workspace();
    let home = |session: &str| acme.api.signed_in(session).read("/api/app/home");
    let bob = home(&acme.sessions.bob);
    assert_eq!(ids(&bob["initiatives"]), [acme.initiative.as_str()]);
    assert_eq!(home(&acme.sessions.carol)["initiatives"], json!([]));
    let alice = home(&acme.sessions.alice);
    assert_eq!(ids(&alice["reviews"]), [acme.draft_review.as_str()]);
    let review = find(&alice["reviews"], "reviewee", "Carol Świątek");
    assert_eq!(review["review_cycle"], "Mid-Year Review");
    assert_eq!(review["type"], "manager");
    assert_eq!(bob["reviews"], json!([]));
}

#[test]
fn what_is_done_or_archived_or_in_another_cycle_is_not_at_home() {
    let acme = workspace();
    let (alice, bob) = (
        acme.api.signed_in(&acme.sessions.alice),
        acme.api.signed_in(&acme.sessions.bob),
    );
    let path = format!("/initiatives/{}", acme.initiative);
    bob.put(&path, &json!({ "status": "done" })).expect(200);
    assert_eq!(bob.read("/api/app/home")["initiatives"], json!([]));
    let body = json!({ "cycle_id": acme.cycles.upcoming.as_str() });
    alice.put(&format!("/okrs/{}", acme.okr), &body).expect(200);
    let home = alice.read("/api/app/home");
    assert_eq!((&home["due"], &home["done"]), (&json!([]), &json!([])));
}

#[test]
fn home_costs_one_round_trip_and_none_while_nothing_has_changed() {
    let acme = workspace();
    let [alice, carol] =
        [&acme.sessions.alice, &acme.sessions.carol].map(|session| acme.api.signed_in(session));
    let first = alice.get("/api/app/home");
    assert_eq!(first.cost().d1_calls, 1);
    let etag = first.header("etag").unwrap();
    let again = alice.get("/api/app/home");
    assert_eq!((again.cost().d1_calls, again.json()), (0, first.json()));
    let ask = |api: &Api| {
        let request = api.request("GET", "/api/app/home");
        request.header("if-none-match", etag).send()
    };
    ask(&alice).expect(304);
    // It is hers: nobody else has it, not even in the same browser.
    let carols = ask(&carol);
    assert_eq!(carols.expect(200)["due"], json!([]));
    let number = acme.key_results.number.as_str();
    let path = format!("/key-results/{number}/checkins");
    alice.post(&path, &json!({ "value": 1 })).expect(201);
    let changed = ask(&alice);
    assert_eq!(changed.cost().d1_calls, 1);
    assert_ne!(changed.expect(200), first.json());
}

/// Titles of what others changed, with what they did.
fn changes(home: &Value) -> Vec<(&str, &str)> {
    let changes = home["changes"].as_array().unwrap().iter();
    changes
        .map(|change| {
            let text = |field: &str| change[field].as_str().unwrap();
            (text("action"), text("title"))
        })
        .collect()
}

#[test]
fn what_others_did_is_told_with_its_latest_value_and_ones_own_is_not() {
    let acme = workspace();
    let api = |session: &str| acme.api.signed_in(session);
    let number = acme.key_results.number.as_str();
    for value in [41, 43] {
        let body = json!({ "value": value, "status": "on_track" });
        let path = format!("/key-results/{number}/checkins");
        api(&acme.sessions.alice).post(&path, &body).expect(201);
    }
    let path = format!("/api/app/okrs/{}/comments", acme.okr);
    let comment = json!({ "text": "Well done" });
    api(&acme.sessions.bob).post(&path, &comment).expect(201);

    let home = api(&acme.sessions.carol).read("/api/app/home");
    let told = changes(&home);
    let okr = "Improve onboarding conversion";
    assert_eq!(told[0], ("comment.create", okr));
    assert_eq!(told[1].0, "key_result.check_in");
    assert_eq!(told.len(), 2, "{told:?}");
    let check_in = &home["changes"][1];
    assert_eq!(check_in["value"], 43);
    assert_eq!(check_in["metric_type"], "number");
    assert_eq!(check_in["member"], "Alice Nguyen");
    assert_eq!(check_in["by_api_key"], false);
    assert_eq!(check_in["okr_id"], acme.okr.as_str());
    let alice = api(&acme.sessions.alice).read("/api/app/home");
    assert_eq!(changes(&alice), [("comment.create", okr)]);
}

#[test]
fn what_a_program_recorded_of_a_kpi_is_told() {
    let acme = workspace();
    let path = format!("/kpis/{}/updates", acme.kpi);
    acme.api.post(&path, &json!({ "value": 4000 })).expect(200);
    let home = acme
        .api
        .signed_in(&acme.sessions.carol)
        .read("/api/app/home");
    assert_eq!(
        changes(&home),
        [("kpi.update_value", "Weekly Active Users")]
    );
    let update = &home["changes"][0];
    assert_eq!(update["kpi_id"], acme.kpi.as_str());
    assert_eq!(update["okr_id"], Value::Null);
    assert_eq!(update["value"], 4000);
    assert_eq!(update["by_api_key"], true);
}

#[test]
fn changes_of_an_okr_that_one_does_not_see_are_not_told() {
    let acme = workspace();
    let (okr, _) = team_okr(&acme);
    let told = |session: &str| {
        let home = acme.api.signed_in(session).read("/api/app/home");
        let changes = home["changes"].as_array().unwrap().clone();
        changes
            .iter()
            .any(|change| change["okr_id"] == okr.as_str())
    };
    assert!(told(&acme.sessions.alice));
    assert!(told(&acme.sessions.bob));
    assert!(!told(&acme.sessions.carol));

    let path = format!("/okrs/{okr}");
    let dave = acme.api.signed_in(&acme.sessions.dave);
    dave.delete(&path).expect(204);
    assert!(!told(&acme.sessions.alice));
}
