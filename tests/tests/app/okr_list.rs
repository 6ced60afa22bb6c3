//! `GET /api/app/okrs`

use okrs_tests::{Api, Workspace, workspace};
use serde_json::{Value, json};

use crate::ids::{find, id, ids};

/// Dave's OKR that only his team sees, with a key result of his.
pub fn team_okr(acme: &Workspace) -> (String, String) {
    let dave = acme.api.signed_in(&acme.sessions.dave);
    let body = json!({
        "title": "Secret of the team", "description": "Nobody else's business", "type": "team",
        "cycle_id": acme.cycles.active.as_str(), "owner_id": acme.dave.as_str(),
        "team_id": acme.team.as_str(), "visibility": "team",
    });
    let okr = id(&dave.post("/okrs", &body).expect(201));
    let body = json!({ "title": "Secret count", "metric_type": "number", "start_value": 0, "target_value": 10 });
    let key_result = dave.post(&format!("/okrs/{okr}/key-results"), &body);
    (okr, id(&key_result.expect(201)))
}

fn okrs(api: &Api, query: &str) -> Value {
    api.read(&format!("/api/app/okrs{query}"))
}

/// The page of the seeded OKR.
fn page(api: &Api, acme: &Workspace) -> Value {
    api.read(&format!("/api/app/okrs/{}", acme.okr))
}

#[test]
fn the_list_has_all_that_its_lines_show_of_the_active_cycle_and_an_okr_has_the_rest() {
    let acme = workspace();
    let bob = acme.api.signed_in(&acme.sessions.bob);
    let list = okrs(&bob, "");
    assert_eq!(list["cycle"]["id"], acme.cycles.active.as_str());
    assert_eq!(list["cycle"]["status"], "active");
    let line = &list["okrs"][0];
    let okr = &page(&bob, &acme)["okr"];
    for okr in [line, okr] {
        assert_eq!(okr["id"], acme.okr.as_str());
        assert_eq!(okr["owner"], "Alice Nguyen");
        assert_eq!(okr["owner_id"], acme.alice.as_str());
        assert_eq!(okr["parent_id"], Value::Null);
        assert_eq!(okr["archived"], false);
        assert_eq!(okr["health"]["needs_setup"], false);
    }
    assert_eq!(line["course"], json!([0.1]));
    let number = &line["key_results"][0];
    assert_eq!(number["recent_values"], json!([40]));
    assert_eq!(number["owner"], "Alice Nguyen");
    assert_eq!(
        number["last_check_in_on"],
        okr["key_results"][0]["last_check_in"]["on"]
    );
    let expected = number["expected"].as_f64().unwrap();
    assert!((0.45..0.55).contains(&expected), "{expected}");
    let currency = &line["key_results"][2];
    assert_eq!(currency["unit"], "EUR");
    assert_eq!(currency["last_check_in_on"], Value::Null);
    assert_eq!(line["key_results"][3]["expected"], Value::Null);
    assert_eq!(okr["cycle"], "Active quarter");
    assert_eq!(okr["visibility"], "organisation");
    assert_eq!(okr["visibility_known"], true);
    assert_eq!(okr["weight"], 1);
    assert_eq!(okr["comment_count"], 0);
    let key_result = &okr["key_results"][0];
    assert_eq!(key_result["id"], acme.key_results.number.as_str());
    assert_eq!(key_result["raw_progress"], 0.4);
    assert_eq!(key_result["reported_status"], "on_track");
    assert_eq!(key_result["blocked"], false);
    assert_eq!(key_result["is_watermelon"], false);
    assert_eq!(key_result["check_in_count"], 1);
    assert_eq!(key_result["last_check_in"]["status"], "on_track");
    assert_eq!(key_result["recent_check_ins"][0]["value"], 40);
    assert_eq!(key_result["owner"], "Alice Nguyen");
    // Half of the cycle has passed, give or take a day.
    let ideal = key_result["ideal_value"].as_f64().unwrap();
    assert!((45.0..55.0).contains(&ideal), "{ideal}");
    let currency = &okr["key_results"][2];
    assert_eq!(currency["unit"], "EUR");
    assert_eq!(currency["last_check_in"], Value::Null);
}

#[test]
fn the_figures_are_those_of_the_public_api_and_health_explains_itself() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let (list, public) = (okrs(&alice, ""), alice.read("/okrs"));
    let page = page(&alice, &acme);
    let (line, okr, public) = (&list["okrs"][0], &page["okr"], &public[0]);
    for okr in [line, okr] {
        assert_eq!(okr["progress"], public["progress"]);
        assert_eq!(okr["status"], public["status"]);
        assert_eq!(okr["health"]["score"], public["health_score"]);
    }
    for nth in 0..4 {
        let (line, own) = (&line["key_results"][nth], &okr["key_results"][nth]);
        assert_eq!(line["health"], own["health"]["score"]);
        assert_eq!(line["status"], own["status"]);
        assert_eq!(line["title"], own["title"]);
    }
    let health = &okr["key_results"][0]["health"];
    assert_eq!(health["basis"], "underway");
    let points: f64 = ["gap", "recency", "velocity"]
        .iter()
        .map(|part| {
            health[part]["score"].as_f64().unwrap() * health[part]["weight"].as_f64().unwrap()
        })
        .sum();
    assert!((points - health["uncapped"].as_f64().unwrap()).abs() < 1e-6);
    assert_eq!(okr["key_results"][3]["health"]["velocity"], Value::Null);
}

#[test]
fn it_says_what_the_viewer_may_do() {
    let acme = workspace();
    team_okr(&acme);
    let may = |session: &str, title: &str| {
        let list = okrs(&acme.api.signed_in(session), "");
        find(&list["okrs"], "title", title)["may"].clone()
    };
    let company = "Improve onboarding conversion";
    let all = json!(["change_okr", "check_in", "comment"]);
    assert_eq!(may(&acme.sessions.alice, company), all);
    assert_eq!(may(&acme.sessions.carol, company), json!(["comment"]));
    assert_eq!(may(&acme.sessions.dave, "Secret of the team"), all);
    assert_eq!(may(&acme.sessions.bob, "Secret of the team"), all);
}

#[test]
fn whoever_owns_a_key_result_may_check_it_in_and_no_more() {
    let acme = workspace();
    let path = format!("/key-results/{}", acme.key_results.boolean);
    acme.api
        .put(&path, &json!({ "owner_id": acme.carol.as_str() }))
        .expect(200);
    let carol = acme.api.signed_in(&acme.sessions.carol);
    let may = &okrs(&carol, "")["okrs"][0]["may"];
    assert_eq!(*may, json!(["comment", "check_in"]));
    let key_results = &page(&carol, &acme)["okr"]["key_results"];
    assert_eq!(key_results[3]["may"], json!(["check_in"]));
    assert_eq!(key_results[0]["may"], json!([]));
}

#[test]
fn an_okr_of_a_team_is_listed_for_those_who_see_it_only() {
    let acme = workspace();
    let (okr, _) = team_okr(&acme);
    for session in [
        &acme.sessions.alice,
        &acme.sessions.bob,
        &acme.sessions.dave,
    ] {
        let list = okrs(&acme.api.signed_in(session), "");
        assert!(ids(&list["okrs"]).contains(&okr));
    }
    let carol = acme.api.signed_in(&acme.sessions.carol);
    assert_eq!(ids(&okrs(&carol, "")["okrs"]), [acme.okr.as_str()]);
}

#[test]
fn each_cycle_has_its_own_list() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let list = okrs(&alice, &format!("?cycle_id={}", acme.cycles.ended));
    assert_eq!(list["cycle"]["name"], "Ended quarter");
    assert_eq!(list["okrs"], json!([]));
    let list = okrs(&alice, &format!("?cycle_id={}", acme.cycles.active));
    assert_eq!(list["okrs"].as_array().unwrap().len(), 1);
    let other = workspace();
    for unknown in ["nothing", other.cycles.active.as_str()] {
        let path = format!("/api/app/okrs?cycle_id={unknown}");
        assert_eq!(alice.get(&path).refusal(404), "Cycle not found");
    }
    let refusal = alice
        .get("/api/app/okrs?include_archived=maybe")
        .refusal(400);
    assert!(refusal.starts_with("include_archived"), "{refusal}");
}

#[test]
fn without_an_active_cycle_the_list_is_of_the_next_one_and_then_of_the_last() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let body = json!({
        "title": "What comes next", "type": "org", "cycle_id": acme.cycles.upcoming.as_str(),
    });
    alice.post("/okrs", &body).expect(201);
    let archive = |id: &str| {
        let path = format!("/api/app/cycles/{id}");
        alice.patch(&path, &json!({ "archived": true })).expect(200);
    };
    archive(acme.cycles.active.as_str());
    let next = okrs(&alice, "");
    assert_eq!(next["cycle"]["id"], acme.cycles.upcoming.as_str());
    assert_eq!(next["okrs"][0]["title"], "What comes next");
    archive(acme.cycles.upcoming.as_str());
    let last = okrs(&alice, "");
    assert_eq!(last["cycle"]["id"], acme.cycles.ended.as_str());
    archive(acme.cycles.ended.as_str());
    assert_eq!(okrs(&alice, ""), json!({ "cycle": null, "okrs": [] }));
}

#[test]
fn a_list_that_the_browser_has_is_not_sent_again() {
    let acme = workspace();
    let (dave, carol) = (
        acme.api.signed_in(&acme.sessions.dave),
        acme.api.signed_in(&acme.sessions.carol),
    );
    let answer = dave.get("/api/app/okrs");
    let etag = answer.header("etag").unwrap().to_owned();
    let again = |api: &Api| {
        let request = api.request("GET", "/api/app/okrs");
        request.header("if-none-match", &etag).send()
    };
    assert_eq!(again(&dave).status, 304);
    assert_eq!(again(&carol).status, 200);
    team_okr(&acme);
    assert_eq!(again(&dave).status, 200);
}

#[test]
fn the_list_costs_one_round_trip_whatever_the_history() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let path = format!("/api/app/okrs?cycle_id={}", acme.cycles.active);
    let before = alice.get(&path).cost();
    assert_eq!(before.d1_calls, 1);
    let check_ins = format!("/key-results/{}/checkins", acme.key_results.number);
    for value in 0..20 {
        let body = json!({ "value": value });
        acme.bulk().post(&check_ins, &body).expect(201);
    }
    assert_eq!(alice.get(&path).cost().rows_read, before.rows_read);
}
