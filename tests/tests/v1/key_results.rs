//! `/okrs/:id/key-results` and `/key-results`

use okrs_tests::{Workspace, workspace};
use serde_json::{Value, json};

use crate::shapes::{
    KEY_RESULT_IN_LIST, NEW_KEY_RESULT, UPDATED_KEY_RESULT, assert_shape, id, key_result,
};

fn new(metric_type: &str, start: f64, target: f64) -> Value {
    json!({"title": "A result", "metric_type": metric_type, "start_value": start, "target_value": target})
}

fn add(acme: &Workspace, body: &Value) -> Value {
    acme.bulk()
        .post(&format!("/okrs/{}/key-results", acme.okr), body)
        .expect(201)
}

#[test]
fn a_new_key_result_is_answered_in_full_and_listed_last() {
    let acme = workspace();
    let body = json!({
        "title": "Lift signup → activation rate to 50%",
        "metric_type": "percentage",
        "start_value": 32,
        "target_value": 50,
        "current_value": 35,
        "owner_id": acme.bob.as_str(),
        "unit": "%",
    });
    let created = add(&acme, &body);
    assert_shape(&created, NEW_KEY_RESULT);
    for (field, value) in body.as_object().unwrap() {
        assert_eq!(created[field], *value, "{field}");
    }
    assert_eq!(created["okr_id"], acme.okr.as_str());
    assert_eq!(created["status"], "on_track");
    let okrs = acme.api.read("/okrs");
    let last = okrs[0]["key_results"].as_array().unwrap().last().unwrap();
    assert_shape(last, KEY_RESULT_IN_LIST);
    assert_eq!(last["id"], created["id"]);
    assert_eq!(last["progress"], json!(0.17));
}

#[test]
fn every_metric_type_can_be_created() {
    let acme = workspace();
    for metric_type in ["number", "percentage", "currency", "boolean"] {
        let created = add(&acme, &new(metric_type, 0.0, 1.0));
        assert_eq!(created["metric_type"], metric_type);
        assert_eq!(created["unit"], Value::Null);
        assert_eq!(created["owner_id"], Value::Null);
    }
}

#[test]
fn it_starts_at_its_start_and_has_not_started_until_it_moves() {
    let acme = workspace();
    for (current, expected_current, status) in [
        (json!(null), 32, "not_started"),
        (json!(32), 32, "not_started"),
        (json!(35), 35, "on_track"),
        (json!(20), 20, "on_track"),
    ] {
        let mut body = new("number", 32.0, 50.0);
        body["current_value"] = current.clone();
        let created = add(&acme, &body);
        assert_eq!(created["current_value"], expected_current, "{current}");
        assert_eq!(created["status"], status, "{current}");
    }
    let mut body = new("number", 32.0, 50.0);
    body.as_object_mut().unwrap().remove("current_value");
    assert_eq!(add(&acme, &body)["current_value"], 32);
}

#[test]
fn progress_is_the_way_from_start_to_target() {
    let acme = workspace();
    for (start, target, current, progress) in [
        (32.0, 50.0, 41.0, "0.5"),
        (32.0, 50.0, 35.0, "0.17"),
        (32.0, 55.0, 38.0, "0.26"),
        (8.0, 3.0, 5.0, "0.6"),
        // Below the start, above the target.
        (8.0, 3.0, 9.0, "0"),
        (0.0, 10.0, 25.0, "1"),
        // Something to maintain.
        (5.0, 5.0, 5.0, "1"),
        (5.0, 5.0, 6.0, "1"),
        (5.0, 5.0, 4.0, "0"),
        (-10.0, 10.0, 0.0, "0.5"),
        // Half away from zero.
        (0.0, 1000.0, 125.0, "0.13"),
        (0.0, 1000.0, 994.9, "0.99"),
        (0.0, 0.3, 0.1, "0.33"),
        // The difference is more than a number can be.
        (-1e308, 1e308, 0.0, "0.5"),
    ] {
        let mut body = new("number", start, target);
        body["current_value"] = json!(current);
        let created = add(&acme, &body);
        let listed = key_result(&acme.bulk(), &id(&created));
        assert_eq!(
            listed["progress"].to_string(),
            progress,
            "{start} → {target} at {current}"
        );
    }
}

#[test]
fn an_objective_is_the_mean_of_its_key_results() {
    let acme = workspace();
    for (value, progress) in [(0, "0.04"), (50, "0.17"), (100, "0.29")] {
        let path = format!("/key-results/{}/checkins", acme.key_results.number);
        acme.api.post(&path, &json!({ "value": value })).expect(201);
        // (value + 16.67 + 0 + 0) / 4
        assert_eq!(acme.api.read("/okrs")[0]["progress"].to_string(), progress);
    }
}

#[test]
fn an_update_changes_only_what_is_sent_and_never_the_status() {
    let acme = workspace();
    let path = format!("/key-results/{}", acme.key_results.percentage);
    acme.api
        .post(
            &format!("{path}/checkins"),
            &json!({"value": 36, "status": "at_risk"}),
        )
        .expect(201);
    let mut expected = acme.api.put(&path, &json!({"unit": "%"})).expect(200);
    assert_shape(&expected, UPDATED_KEY_RESULT);
    assert_eq!(expected["status"], "at_risk");
    assert_eq!(expected["current_value"], 36);
    let fields = json!({
        "title": "Lift activation rate to 55%",
        "metric_type": "number",
        "start_value": 30.5,
        "target_value": 55,
        "current_value": 55,
        "owner_id": acme.carol.as_str(),
        "unit": "points",
    });
    for (field, value) in fields.as_object().unwrap() {
        let updated = acme.api.put(&path, &json!({ field: value })).expect(200);
        assert_shape(&updated, UPDATED_KEY_RESULT);
        expected[field] = value.clone();
        expected["updated_at"] = updated["updated_at"].clone();
        assert_eq!(updated, expected, "{field}");
    }
    let listed = key_result(&acme.api, acme.key_results.percentage.as_str());
    assert_eq!(listed["status"], "at_risk");
    assert_eq!(listed["progress"], 1);
    // Not a field of this resource.
    let message = acme
        .api
        .put(&path, &json!({"status": "off_track"}))
        .refusal(400);
    assert!(message.contains("current_value"), "{message}");
}

#[test]
fn null_clears_owner_and_unit_and_nothing_else() {
    let acme = workspace();
    let path = format!("/key-results/{}", acme.key_results.currency);
    let cleared = acme
        .api
        .put(&path, &json!({"owner_id": null, "unit": null}))
        .expect(200);
    assert_eq!(
        (&cleared["owner_id"], &cleared["unit"]),
        (&Value::Null, &Value::Null)
    );
    for field in [
        "title",
        "metric_type",
        "start_value",
        "target_value",
        "current_value",
    ] {
        let message = acme.api.put(&path, &json!({ field: null })).refusal(400);
        assert!(message.contains(field), "{message}");
    }
}

#[test]
fn a_deleted_key_result_is_gone_for_everything() {
    let acme = workspace();
    let id = &acme.key_results.number;
    let path = format!("/key-results/{id}");
    let response = acme.api.delete(&path);
    response.expect(204);
    assert!(response.body.is_empty(), "{response:?}");

    acme.api.delete(&path).refusal(404);
    acme.api.put(&path, &json!({"title": "Back"})).refusal(404);
    for path in [format!("{path}/checkins"), format!("/okrs/{id}/checkins")] {
        acme.api.post(&path, &json!({"value": 1})).refusal(404);
        acme.api
            .post(
                &path,
                &json!({"value": 1, "status": "blocked", "blocker_note": "Gone"}),
            )
            .refusal(404);
    }
    let okrs = acme.api.read("/okrs");
    assert_eq!(okrs[0]["key_results"].as_array().unwrap().len(), 3);
    // The initiative loses its link to the key result, not the one to the OKR.
    let initiative = &acme.api.read(&format!("/initiatives/{}", acme.initiative))["data"];
    assert_eq!(initiative["kr_id"], Value::Null);
    assert_eq!(initiative["okr_id"], acme.okr.as_str());
    let filtered = acme.api.read(&format!("/initiatives?kr_id={id}"));
    assert_eq!(filtered["data"], json!([]));
    let link = json!({"title": "Late", "kr_id": id.as_str()});
    assert!(
        acme.api
            .post("/initiatives", &link)
            .refusal(400)
            .contains("kr_id")
    );
}

#[test]
fn the_owner_must_be_a_member() {
    let acme = workspace();
    let mut body = new("number", 0.0, 1.0);
    body["owner_id"] = json!(acme.okr.as_str());
    let path = format!("/okrs/{}/key-results", acme.okr);
    assert!(
        acme.api
            .post(&path, &body)
            .refusal(400)
            .contains("owner_id")
    );
    let path = format!("/key-results/{}", acme.key_results.number);
    let patch = json!({"owner_id": acme.team.as_str()});
    assert!(
        acme.api
            .put(&path, &patch)
            .refusal(400)
            .contains("owner_id")
    );
}

#[test]
fn a_boolean_key_result_is_done_or_not() {
    let acme = workspace();
    let (add, boolean) = (
        format!("/okrs/{}/key-results", acme.okr),
        format!("/key-results/{}", acme.key_results.boolean),
    );
    let number = format!("/key-results/{}", acme.key_results.number);
    let before = acme.bulk().read("/okrs");
    for value in [json!(0.5), json!(2), json!(-1), json!(1e-300)] {
        let mut body = new("boolean", 0.0, 1.0);
        body["current_value"] = value.clone();
        let message = acme.bulk().post(&add, &body).refusal(400);
        assert!(message.starts_with("current_value"), "{message}");
        let body = json!({ "current_value": value });
        let message = acme.bulk().put(&boolean, &body).refusal(400);
        assert!(message.starts_with("current_value"), "{message}");
        let body = json!({ "current_value": value, "metric_type": "boolean" });
        let message = acme.bulk().put(&number, &body).refusal(400);
        assert!(message.starts_with("current_value"), "{message}");
    }
    // It would stand at its start.
    let message = acme
        .bulk()
        .post(&add, &new("boolean", 0.5, 1.0))
        .refusal(400);
    assert!(message.starts_with("start_value"), "{message}");
    // It stands at 40.
    let body = json!({ "metric_type": "boolean" });
    let message = acme.bulk().put(&number, &body).refusal(400);
    assert!(message.starts_with("metric_type"), "{message}");
    assert_eq!(acme.bulk().read("/okrs"), before);

    for value in [1, 0] {
        let body = json!({ "current_value": value });
        let updated = acme.bulk().put(&boolean, &body).expect(200);
        assert_eq!(updated["current_value"], value);
    }
    let body = json!({ "metric_type": "boolean", "current_value": 1 });
    acme.bulk().put(&number, &body).expect(200);
    let body = json!({ "metric_type": "number", "current_value": 0.5 });
    acme.bulk().put(&boolean, &body).expect(200);
}
