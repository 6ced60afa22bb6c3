//! Cycles: made, moved, archived, and their OKRs cloned into the next.

use okrs_tests::{Workspace, today, workspace};
use serde_json::{Value, json};

const PATH: &str = "/api/app/cycles";

/// The key results of an OKR of `GET /okrs`, by title.
fn key_results(okr: &Value) -> Vec<(String, f64, f64, f64, String)> {
    let number = |value: &Value| value.as_f64().unwrap();
    let list = okr["key_results"].as_array().unwrap().iter();
    list.map(|key_result| {
        (
            key_result["title"].as_str().unwrap().to_owned(),
            number(&key_result["start_value"]),
            number(&key_result["current_value"]),
            number(&key_result["target_value"]),
            key_result["status"].as_str().unwrap().to_owned(),
        )
    })
    .collect()
}

fn clone_path(acme: &Workspace) -> String {
    format!("{PATH}/{}/clone", acme.cycles.active)
}

#[test]
fn a_cycle_is_created_changed_and_archived() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let body = json!({ "name": " Q9 ", "start_date": "2031-01-01", "end_date": "2031-03-31" });
    let cycle = alice.post(PATH, &body).expect(201);
    assert_eq!(cycle["name"], "Q9");
    assert_eq!(cycle["status"], "upcoming");
    assert_eq!(cycle["okr_count"], 0);
    let listed = alice.read(PATH);
    assert_eq!(listed.as_array().unwrap().len(), 4);
    assert_eq!(listed[0], cycle);
    let path = format!("{PATH}/{}", cycle["id"].as_str().unwrap());
    let after = alice
        .patch(&path, &json!({ "end_date": "2031-04-30" }))
        .expect(200);
    assert_eq!(after["end_date"], "2031-04-30");
    assert_eq!(after["name"], "Q9");
    let body = json!({
        "name": "Now", "start_date": today().to_string(), "end_date": today().to_string(), "archived": true,
    });
    let after = alice.patch(&path, &body).expect(200);
    assert_eq!(after["status"], "active");
    assert!(after["archived_at"].is_string());
    // Archived, it is out of the public list.
    let names = |list: Value| list.to_string();
    assert!(!names(acme.api.read("/cycles")).contains("\"Now\""));
    assert!(names(alice.read(PATH)).contains("\"Now\""));
    let after = alice
        .patch(&path, &json!({ "archived": false }))
        .expect(200);
    assert_eq!(after["archived_at"], Value::Null);
    assert!(names(acme.api.read("/cycles")).contains("\"Now\""));
}

#[test]
fn cycles_that_make_no_sense_are_refused_and_change_nothing() {
    let acme = workspace();
    let other = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let before = alice.read(PATH);
    let own = format!("{PATH}/{}", acme.cycles.upcoming);
    for (change, status, field) in [
        (json!({ "name": " " }), 400, "name"),
        (json!({ "name": null }), 400, "name"),
        (json!({ "name": "x".repeat(501) }), 400, "name"),
        (json!({ "name": "ACTIVE quarter" }), 409, "name"),
        (json!({ "start_date": "soon" }), 400, "start_date"),
        (json!({ "start_date": null }), 400, "start_date"),
        (json!({ "start_date": "1969-12-31" }), 400, "start_date"),
        (json!({ "end_date": "2031-02-30" }), 400, "end_date"),
        (json!({ "end_date": "+12345-01-01" }), 400, "end_date"),
        (json!({ "start_date": "2031-1-1" }), 400, "start_date"),
        (json!({ "end_date": "+2031-03-31" }), 400, "end_date"),
        (json!({ "end_date": " 2031-03-31" }), 400, "end_date"),
        (json!({ "end_date": "1999-01-01" }), 400, "end_date"),
        (json!({ "start_date": "2999-01-01" }), 400, "end_date"),
    ] {
        let mut new = json!({ "name": "Q9", "start_date": "2031-01-01", "end_date": "2031-03-31" });
        for (name, value) in change.as_object().unwrap() {
            new[name] = value.clone();
        }
        for refusal in [
            alice.post(PATH, &new).refusal(status),
            alice.patch(&own, &change).refusal(status),
        ] {
            assert!(refusal.starts_with(field), "{change}: {refusal}");
        }
    }
    alice.patch(&own, &json!({})).refusal(400);
    alice.patch(&own, &json!({ "archived": 1 })).refusal(400);
    for id in [other.cycles.active.as_str(), "never"] {
        let path = format!("{PATH}/{id}");
        alice.patch(&path, &json!({ "name": "Mine" })).refusal(404);
    }
    for cookie in [&acme.sessions.bob, &acme.sessions.carol] {
        let api = acme.api.signed_in(cookie);
        api.post(PATH, &json!({})).refusal(403);
        api.patch(&own, &json!({ "name": "Mine" })).refusal(403);
    }
    assert_eq!(alice.read(PATH), before);
    // Its own name in another case is not taken.
    alice
        .patch(&own, &json!({ "name": "UPCOMING quarter" }))
        .expect(200);
}

#[test]
fn a_cycle_counts_the_okrs_that_one_sees() {
    let acme = workspace();
    let hidden = json!({
        "title": "Hidden", "type": "team", "cycle_id": acme.cycles.active.as_str(),
        "team_id": acme.team.as_str(), "visibility": "team",
    });
    acme.api.post("/okrs", &hidden).expect(201);
    let count = |cookie| {
        let answer = acme.api.signed_in(cookie).get(PATH);
        assert_eq!(answer.cost().d1_calls, 1);
        let list = answer.expect(200);
        let cycle = list.as_array().unwrap().iter();
        let found = cycle
            .clone()
            .find(|cycle| cycle["name"] == "Active quarter");
        found.unwrap()["okr_count"].as_u64().unwrap()
    };
    assert_eq!(count(&acme.sessions.alice), 2);
    assert_eq!(count(&acme.sessions.dave), 2);
    assert_eq!(count(&acme.sessions.carol), 1);
}

#[test]
fn a_cycle_says_how_many_of_its_key_results_were_checked_in() {
    let acme = workspace();
    let counts = || {
        let list = acme.api.signed_in(&acme.sessions.alice).read(PATH);
        let mut cycles = list.as_array().unwrap().iter();
        let found = cycles.find(|cycle| cycle["name"] == "Active quarter");
        let found = found.unwrap().clone();
        ["okr_count", "key_result_count", "checked_in_count"]
            .map(|field| found[field].as_u64().unwrap())
    };
    let before = counts();
    assert_eq!(before[..2], [1, 4]);
    let path = format!("/key-results/{}/checkins", acme.key_results.boolean);
    let check_in = json!({ "value": "yes" });
    acme.api.post(&path, &check_in).expect(201);
    acme.api.post(&path, &check_in).expect(201);
    let after = counts();
    assert_eq!(after, [1, 4, before[2] + 1]);
}

#[test]
fn okrs_are_cloned_with_key_results_that_begin_where_they_have_got_to() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let body = json!({ "into_cycle_id": acme.cycles.upcoming.as_str() });
    let cloned = alice.post(&clone_path(&acme), &body).expect(201);
    assert_eq!(cloned["key_results"], 4);
    assert_eq!(cloned["okrs"].as_array().unwrap().len(), 1);
    assert_eq!(cloned["okrs"][0]["from_id"], acme.okr.as_str());
    let okrs = acme.api.read("/okrs");
    let okrs = okrs.as_array().unwrap();
    assert_eq!(okrs.len(), 2);
    let clone = okrs
        .iter()
        .find(|okr| okr["id"] == cloned["okrs"][0]["id"])
        .unwrap();
    let old = okrs
        .iter()
        .find(|okr| okr["id"] == acme.okr.as_str())
        .unwrap();
    for field in ["title", "type", "owner"] {
        assert_eq!(clone[field], old[field], "{field}");
    }
    assert_eq!(clone["cycle"], "Upcoming quarter");
    assert_eq!(clone["status"], "not_started");
    let expected: Vec<_> = key_results(old)
        .into_iter()
        .map(|(title, _, current, target, _)| {
            (title, current, current, target, "not_started".to_owned())
        })
        .collect();
    assert_eq!(key_results(clone), expected);
    // The old ones stay as they were.
    assert_eq!(old["key_results"][0]["current_value"], 40);
    assert_eq!(old["key_results"][0]["start_value"], 0);
    // The clone is a thing of its own.
    let id = clone["key_results"][0]["id"].as_str().unwrap();
    let check_in = json!({ "value": 50, "status": "on_track" });
    acme.api
        .post(&format!("/key-results/{id}/checkins"), &check_in)
        .expect(201);
    let list = alice.read(PATH);
    let upcoming = list.as_array().unwrap().iter();
    let upcoming = upcoming
        .clone()
        .find(|cycle| cycle["name"] == "Upcoming quarter");
    assert_eq!(upcoming.unwrap()["okr_count"], 1);
}

#[test]
fn only_chosen_okrs_are_cloned_and_only_what_one_sees() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let bob = acme.api.signed_in(&acme.sessions.bob);
    let create = |title: &str, visibility: &str| {
        let body = json!({
            "title": title, "type": "org", "cycle_id": acme.cycles.active.as_str(),
            "visibility": visibility, "owner_id": acme.carol.as_str(),
        });
        acme.api.post("/okrs", &body).expect(201)["id"].clone()
    };
    let (hidden, chosen) = (create("Hidden", "team"), create("Chosen", "organisation"));
    let into = acme.cycles.upcoming.as_str();
    let body = json!({ "into_cycle_id": into, "okr_ids": [chosen, chosen] });
    let cloned = bob.post(&clone_path(&acme), &body).expect(201);
    assert_eq!(cloned["okrs"].as_array().unwrap().len(), 1);
    assert_eq!(cloned["okrs"][0]["from_id"], chosen);
    // What one does not see is as unknown as what never was.
    for id in [hidden.clone(), json!("never")] {
        let body = json!({ "into_cycle_id": into, "okr_ids": [chosen, id] });
        let refusal = bob.post(&clone_path(&acme), &body).refusal(400);
        assert!(refusal.starts_with("okr_ids"), "{refusal}");
    }
    let all = json!({ "into_cycle_id": into });
    let cloned = bob.post(&clone_path(&acme), &all).expect(201);
    assert!(!cloned.to_string().contains(hidden.as_str().unwrap()));
    let cloned = alice.post(&clone_path(&acme), &all).expect(201);
    assert!(cloned.to_string().contains(hidden.as_str().unwrap()));
}

#[test]
fn clones_are_aligned_as_their_originals_were_and_archived_okrs_stay_behind() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let create = |title: &str, body: Value| {
        let okr = json!({
            "title": title, "type": "org", "cycle_id": acme.cycles.active.as_str(),
            "owner_id": acme.alice.as_str(),
        });
        let id = acme.api.post("/okrs", &okr).expect(201)["id"].clone();
        let path = format!("/api/app/okrs/{}", id.as_str().unwrap());
        alice.patch(&path, &body).expect(204);
        id
    };
    let child = create(
        "Child",
        json!({ "parent_id": acme.okr.as_str(), "weight": 2.5 }),
    );
    let archived = create("Archived", json!({ "archived": true }));
    let deleted = create("Deleted", json!({ "weight": 1 }));
    let path = format!("/okrs/{}", deleted.as_str().unwrap());
    acme.api.delete(&path).expect(204);

    let into = json!({ "into_cycle_id": acme.cycles.upcoming.as_str() });
    let cloned = alice.post(&clone_path(&acme), &into).expect(201);
    let clone_of = |id: &Value| {
        let mut clones = cloned["okrs"].as_array().unwrap().iter();
        let found = clones.find(|clone| clone["from_id"] == *id);
        found.map(|clone| clone["id"].clone())
    };
    assert_eq!(clone_of(&archived), None);
    assert_eq!(clone_of(&deleted), None);
    let detail = |id: &Value| alice.read(&format!("/api/app/okrs/{}", id.as_str().unwrap()));
    let clone = detail(&clone_of(&child).unwrap());
    let parent = clone_of(&json!(acme.okr.as_str())).unwrap();
    assert_eq!(clone["okr"]["parent_id"], parent);
    assert_eq!(clone["okr"]["weight"], 2.5);
    // Without its parent it stands alone.
    let mut alone = into.clone();
    alone["okr_ids"] = json!([child]);
    let cloned = alice.post(&clone_path(&acme), &alone).expect(201);
    let clone = detail(&cloned["okrs"][0]["id"]);
    assert_eq!(clone["okr"]["parent_id"], Value::Null);
}

#[test]
fn a_clone_that_makes_no_sense_is_refused_and_clones_nothing() {
    let acme = workspace();
    let other = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let archived = format!("{PATH}/{}", acme.cycles.ended);
    alice
        .patch(&archived, &json!({ "archived": true }))
        .expect(200);
    let good = json!({ "into_cycle_id": acme.cycles.upcoming.as_str() });
    for (change, field) in [
        (json!({ "into_cycle_id": null }), "into_cycle_id"),
        (json!({ "into_cycle_id": "never" }), "into_cycle_id"),
        (
            json!({ "into_cycle_id": other.cycles.upcoming.as_str() }),
            "into_cycle_id",
        ),
        (
            json!({ "into_cycle_id": acme.cycles.active.as_str() }),
            "into_cycle_id",
        ),
        (
            json!({ "into_cycle_id": acme.cycles.ended.as_str() }),
            "into_cycle_id",
        ),
        (json!({ "okr_ids": [] }), "okr_ids"),
        (json!({ "okr_ids": "all" }), "okr_ids"),
        (json!({ "okr_ids": vec!["x"; 1001] }), "okr_ids"),
        (json!({ "okr_ids": [other.okr.as_str()] }), "okr_ids"),
    ] {
        let mut body = good.clone();
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let refusal = alice.post(&clone_path(&acme), &body).refusal(400);
        assert!(refusal.starts_with(field), "{change}: {refusal}");
    }
    for id in [other.cycles.active.as_str(), "never"] {
        let path = format!("{PATH}/{id}/clone");
        alice.post(&path, &good).refusal(404);
        let mut chosen = good.clone();
        chosen["okr_ids"] = json!([acme.okr.as_str()]);
        alice.post(&path, &chosen).refusal(404);
    }
    let carol = acme.api.signed_in(&acme.sessions.carol);
    carol.post(&clone_path(&acme), &good).refusal(403);
    assert_eq!(acme.api.read("/okrs").as_array().unwrap().len(), 1);
}

#[test]
fn a_repeat_under_the_same_key_clones_nothing_more() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let clone = || {
        let request = alice.request("POST", &clone_path(&acme));
        let request = request.header("idempotency-key", "clone");
        let (into, okr) = (acme.cycles.upcoming.as_str(), acme.okr.as_str());
        let body = json!({ "into_cycle_id": into, "okr_ids": [okr] });
        request.json(&body).send().expect(201)
    };
    let first = clone();
    assert_eq!(clone(), first);
    assert_eq!(acme.api.read("/okrs").as_array().unwrap().len(), 2);
    // Not even when there is nothing left to clone.
    acme.api.delete(&format!("/okrs/{}", acme.okr)).expect(204);
    assert_eq!(clone(), first);
}
