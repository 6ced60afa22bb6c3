//! `/okrs`

use okrs_tests::workspace;
use serde_json::{Value, json};

use crate::shapes::{
    KEY_RESULT_IN_LIST, NEW_OKR, OKR_IN_LIST, UPDATED_OKR, assert_shape, find, id, lists,
};

const UNKNOWN: &str = "01900000-0000-7000-8000-000000000000";

#[test]
fn the_list_has_exactly_the_fields_of_the_contract() {
    let acme = workspace();
    let okrs = acme.api.read("/okrs");
    assert_eq!(okrs.as_array().unwrap().len(), 1);
    let okr = &okrs[0];
    assert_shape(okr, OKR_IN_LIST);
    assert_eq!(okr["id"], acme.okr.as_str());
    assert_eq!(okr["title"], "Improve onboarding conversion");
    assert_eq!(okr["type"], "org");
    assert_eq!(okr["owner"], "Alice Nguyen");
    assert_eq!(okr["cycle"], "Active quarter");
    let key_results = okr["key_results"].as_array().unwrap();
    for key_result in key_results {
        assert_shape(key_result, KEY_RESULT_IN_LIST);
        assert_eq!(key_result["owner_id"], acme.alice.as_str());
    }
    let kinds: Vec<_> = key_results.iter().map(|one| &one["metric_type"]).collect();
    // Oldest first.
    assert_eq!(kinds, ["number", "percentage", "currency", "boolean"]);
}

#[test]
fn numbers_are_printed_as_people_write_them() {
    let acme = workspace();
    let text = acme.api.get("/okrs").text().to_owned();
    assert!(
        text.contains(r#""start_value":32,"current_value":35,"target_value":50,"progress":0.17"#),
        "{text}"
    );
    assert!(
        text.contains(r#""current_value":40,"target_value":100,"progress":0.4,"#),
        "{text}"
    );
    assert!(!text.contains(".0,"), "{text}");
}

#[test]
fn a_new_okr_is_answered_in_full_and_listed_first_at_once() {
    let acme = workspace();
    let body = json!({
        "title": "Grow revenue",
        "description": "Lift activation in the first 7 days",
        "type": "company",
        "cycle_id": acme.cycles.upcoming.as_str(),
        "owner_id": acme.bob.as_str(),
        "department_id": acme.department.as_str(),
        "team_id": null,
        "visibility": "department",
    });
    let okr = acme.api.post("/okrs", &body).expect(201);
    assert_shape(&okr, NEW_OKR);
    for field in [
        "title",
        "description",
        "cycle_id",
        "owner_id",
        "department_id",
        "team_id",
        "visibility",
    ] {
        assert_eq!(okr[field], body[field], "{field}");
    }
    assert_eq!(okr["type"], "org");
    let okrs = acme.api.read("/okrs");
    assert_eq!(okrs.as_array().unwrap().len(), 2);
    assert_shape(&okrs[0], OKR_IN_LIST);
    let expected = json!({
        "id": okr["id"], "title": "Grow revenue", "type": "org", "owner": "Bob O'Hara", "progress": 0,
        "status": "not_started", "health_score": 0, "cycle": "Upcoming quarter", "key_results": [],
    });
    assert_eq!(okrs[0], expected);
}

#[test]
fn every_word_for_a_type_is_accepted_and_company_is_printed_as_org() {
    let acme = workspace();
    for (word, printed) in [
        ("company", "org"),
        ("org", "org"),
        ("department", "department"),
        ("team", "team"),
    ] {
        let body = json!({"title": word, "type": word, "cycle_id": acme.cycles.active.as_str()});
        let okr = acme.api.post("/okrs", &body).expect(201);
        assert_eq!(okr["type"], printed);
        assert_eq!(
            find(&acme.api.read("/okrs"), "title", word)["type"],
            printed
        );
    }
}

#[test]
fn an_okr_needs_no_more_than_title_type_and_cycle() {
    let acme = workspace();
    let required = json!({"title": "Bare", "type": "team", "cycle_id": acme.cycles.ended.as_str()});
    let mut with_nulls = required.clone();
    for field in [
        "description",
        "owner_id",
        "department_id",
        "team_id",
        "visibility",
    ] {
        with_nulls[field] = Value::Null;
    }
    for body in [required, with_nulls] {
        let okr = acme.api.post("/okrs", &body).expect(201);
        for field in ["description", "owner_id", "department_id", "team_id"] {
            assert_eq!(okr[field], Value::Null, "{field}");
        }
        assert_eq!(okr["visibility"], "organisation");
        assert_eq!(
            find(&acme.api.read("/okrs"), "id", &id(&okr))["owner"],
            Value::Null
        );
    }
}

#[test]
fn fields_that_the_contract_does_not_know_are_ignored() {
    let acme = workspace();
    let body = json!({
        "title": "From an assistant", "type": "company", "cycle_id": acme.cycles.active.as_str(),
        "id": "mine", "status": "off_track", "organisation_id": UNKNOWN, "created_at": "1999-01-01T00:00:00Z",
        "key_results": [{"title": "Nested", "metric_type": "number", "start_value": 0, "target_value": 1}],
    });
    let okr = acme.api.post("/okrs", &body).expect(201);
    assert_shape(&okr, NEW_OKR);
    assert_ne!(okr["id"], "mine");
    assert!(okr["created_at"].as_str().unwrap() > "2020");
    let listed = find(&acme.api.read("/okrs"), "id", &id(&okr)).clone();
    assert_eq!(listed["key_results"], json!([]));
    assert_eq!(listed["status"], "not_started");
}

#[test]
fn an_update_changes_only_what_is_sent_and_answers_in_full() {
    let acme = workspace();
    let path = format!("/okrs/{}", acme.okr);
    let before = acme
        .api
        .put(&path, &json!({"description": "Why"}))
        .expect(200);
    assert_shape(&before, UPDATED_OKR);
    let fields = json!({
        "title": "Improve onboarding conversion (revised)",
        "description": "Because",
        "type": "team",
        "cycle_id": acme.cycles.ended.as_str(),
        "owner_id": acme.carol.as_str(),
        "department_id": acme.department.as_str(),
        "team_id": acme.team.as_str(),
        "visibility": "team",
    });
    let mut expected = before;
    for (field, value) in fields.as_object().unwrap() {
        let okr = acme.api.put(&path, &json!({ field: value })).expect(200);
        assert_shape(&okr, UPDATED_OKR);
        expected[field] = value.clone();
        expected["updated_at"] = okr["updated_at"].clone();
        assert_eq!(okr, expected, "{field}");
        assert!(okr["updated_at"].as_str() >= okr["created_at"].as_str());
    }
    let listed = &acme.api.read("/okrs")[0];
    assert_eq!(listed["title"], "Improve onboarding conversion (revised)");
    assert_eq!(listed["owner"], "Carol Świątek");
    assert_eq!(listed["cycle"], "Ended quarter");
    assert_eq!(listed["type"], "team");
}

#[test]
fn null_clears_what_may_be_empty() {
    let acme = workspace();
    let path = format!("/okrs/{}", acme.okr);
    let full = json!({
        "description": "Because", "department_id": acme.department.as_str(), "team_id": acme.team.as_str(),
    });
    acme.api.put(&path, &full).expect(200);
    let nulls =
        json!({"description": null, "owner_id": null, "department_id": null, "team_id": null});
    let okr = acme.api.put(&path, &nulls).expect(200);
    for (field, _) in nulls.as_object().unwrap() {
        assert_eq!(okr[field], Value::Null, "{field}");
    }
    assert_eq!(acme.api.read("/okrs")[0]["owner"], Value::Null);
}

#[test]
fn null_does_not_clear_what_may_not_be_empty() {
    let acme = workspace();
    let path = format!("/okrs/{}", acme.okr);
    let before = acme.api.read("/okrs");
    for field in ["title", "type", "cycle_id", "visibility"] {
        let message = acme.api.put(&path, &json!({ field: null })).refusal(400);
        assert!(message.contains(field), "{message}");
    }
    assert_eq!(acme.api.read("/okrs"), before);
}

#[test]
fn an_update_without_a_known_field_is_refused() {
    let acme = workspace();
    let path = format!("/okrs/{}", acme.okr);
    for body in [
        json!({}),
        json!({"progress": 1}),
        json!({"status": "on_track", "health_score": 100}),
    ] {
        let message = acme.api.put(&path, &body).refusal(400);
        assert!(
            message.contains("title") && message.contains("visibility"),
            "{message}"
        );
    }
}

#[test]
fn deleting_an_okr_takes_its_key_results_along_and_leaves_its_initiatives() {
    let acme = workspace();
    let path = format!("/okrs/{}", acme.okr);
    let initiative = format!("/initiatives/{}", acme.initiative);
    assert_eq!(
        acme.api.read(&initiative)["data"]["okr_id"],
        acme.okr.as_str()
    );

    let response = acme.api.delete(&path);
    response.expect(204);
    assert!(response.body.is_empty(), "{response:?}");

    assert_eq!(acme.api.read("/okrs"), json!([]));
    acme.api.delete(&path).refusal(404);
    acme.api.put(&path, &json!({"title": "Back"})).refusal(404);
    let key_result =
        json!({"title": "More", "metric_type": "number", "start_value": 0, "target_value": 1});
    acme.api
        .post(&format!("{path}/key-results"), &key_result)
        .refusal(404);
    for id in [&acme.key_results.number, &acme.key_results.boolean] {
        let of = format!("/key-results/{id}");
        acme.api.put(&of, &json!({"title": "Back"})).refusal(404);
        acme.api
            .post(&format!("{of}/checkins"), &json!({"value": 1}))
            .refusal(404);
        acme.api.delete(&of).refusal(404);
    }
    let kept = &acme.api.read(&initiative)["data"];
    assert_eq!(kept["title"], "Launch onboarding redesign");
    assert_eq!(
        (&kept["okr_id"], &kept["kr_id"]),
        (&Value::Null, &Value::Null)
    );
    let filtered = acme.api.read(&format!("/initiatives?okr_id={}", acme.okr));
    assert_eq!(filtered["data"], json!([]));
    // Nothing can be linked to it any more.
    let link = json!({"title": "Late", "okr_id": acme.okr.as_str()});
    assert!(
        acme.api
            .post("/initiatives", &link)
            .refusal(400)
            .contains("okr_id")
    );
}

#[test]
fn a_delete_leaves_other_okrs_alone() {
    let acme = workspace();
    let body = json!({"title": "Stays", "type": "org", "cycle_id": acme.cycles.active.as_str()});
    let stays = acme.api.post("/okrs", &body).expect(201);
    acme.api.delete(&format!("/okrs/{}", acme.okr)).expect(204);
    let okrs = acme.api.read("/okrs");
    assert!(lists(&okrs, &stays["id"]));
    assert_eq!(okrs.as_array().unwrap().len(), 1);
}

#[test]
fn what_an_okr_refers_to_must_exist() {
    let acme = workspace();
    let valid = json!({"title": "Lost", "type": "team", "cycle_id": acme.cycles.active.as_str()});
    for field in ["cycle_id", "owner_id", "department_id", "team_id"] {
        for wrong in [UNKNOWN, "", "not a uuid", acme.okr.as_str()] {
            let mut body = valid.clone();
            body[field] = json!(wrong);
            let message = acme.bulk().post("/okrs", &body).refusal(400);
            assert!(message.contains(field), "{message}");
            let patch = json!({ field: wrong });
            let message = acme
                .bulk()
                .put(&format!("/okrs/{}", acme.okr), &patch)
                .refusal(400);
            assert!(message.contains(field), "{message}");
        }
    }
    assert_eq!(acme.api.read("/okrs").as_array().unwrap().len(), 1);
}

#[test]
fn an_unknown_okr_is_not_found() {
    let acme = workspace();
    for unknown in [
        UNKNOWN,
        "x",
        "okr%20with%20spaces",
        "%F0%9F%9A%80",
        "'%20OR%201=1--",
    ] {
        let path = format!("/okrs/{unknown}");
        acme.api.put(&path, &json!({"title": "New"})).refusal(404);
        acme.api.delete(&path).refusal(404);
        let key_result =
            json!({"title": "More", "metric_type": "number", "start_value": 0, "target_value": 1});
        acme.api
            .post(&format!("{path}/key-results"), &key_result)
            .refusal(404);
    }
}
