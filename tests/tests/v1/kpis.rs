//! `/kpis`

use okrs_tests::workspace;
use serde_json::{Value, json};

use crate::shapes::{KPI_IN_LIST, KPI_UPDATE, NEW_KPI, assert_shape, find, id};

#[test]
fn the_list_has_exactly_the_fields_of_the_contract() {
    let acme = workspace();
    let response = acme.api.get("/kpis");
    let kpis = response.expect(200);
    assert_eq!(kpis.as_array().unwrap().len(), 1);
    let kpi = &kpis[0];
    assert_shape(kpi, KPI_IN_LIST);
    assert_eq!(kpi["id"], acme.kpi.as_str());
    assert_eq!(kpi["name"], "Weekly Active Users");
    assert_eq!(kpi["unit"], "users");
    assert_eq!(kpi["status"], "on_track");
    assert!(kpi["last_updated"].is_string());
    assert!(
        response.text().contains(r#""current":3721,"target":4500,"#),
        "{response:?}"
    );
}

#[test]
fn a_new_kpi_is_answered_in_full_and_listed_first_at_once() {
    let acme = workspace();
    let body = json!({
        "name": "Trial conversion",
        "description": "Trials that become customers",
        "category": "conversion",
        "group_name": "North Star metrics",
        "owner_id": acme.bob.as_str(),
        "team_id": acme.team.as_str(),
        "current_value": 12.5,
        "target_value": 20,
        "unit": "%",
        "update_frequency": "quarterly",
        "direction": "higher",
    });
    let kpi = acme.api.post("/kpis", &body).expect(201);
    assert_shape(&kpi, NEW_KPI);
    for (field, value) in body.as_object().unwrap() {
        assert_eq!(kpi[field], *value, "{field}");
    }
    assert_eq!(kpi["organisation_id"], acme.organisation.as_str());
    // The member who made the key.
    assert_eq!(kpi["created_by"], acme.alice.as_str());
    assert_eq!(kpi["updated_at"], kpi["created_at"]);
    assert_eq!(kpi["last_updated_at"], Value::Null);
    assert_eq!(kpi["status"], "at_risk");
    let kpis = acme.api.read("/kpis");
    let expected = json!({
        "id": kpi["id"], "name": "Trial conversion", "current": 12.5, "target": 20, "unit": "%",
        "status": "at_risk", "last_updated": null,
    });
    assert_eq!(kpis[0], expected);
    assert_eq!(kpis.as_array().unwrap().len(), 2);
}

#[test]
fn a_kpi_needs_no_more_than_a_name() {
    let acme = workspace();
    let mut with_nulls = json!({"name": "With nulls"});
    for field in [
        "description",
        "category",
        "group_name",
        "owner_id",
        "team_id",
        "current_value",
        "target_value",
        "unit",
        "update_frequency",
        "direction",
    ] {
        with_nulls[field] = Value::Null;
    }
    for body in [json!({"name": "Bare"}), with_nulls] {
        let kpi = acme.api.post("/kpis", &body).expect(201);
        assert_shape(&kpi, NEW_KPI);
        assert_eq!(kpi["category"], "custom");
        assert_eq!(kpi["update_frequency"], "monthly");
        assert_eq!(kpi["direction"], "higher");
        for field in [
            "description",
            "group_name",
            "owner_id",
            "team_id",
            "current_value",
            "target_value",
            "unit",
            "last_updated_at",
        ] {
            assert_eq!(kpi[field], Value::Null, "{field}");
        }
        assert_eq!(kpi["status"], "not_started");
    }
}

#[test]
fn every_word_of_the_contract_is_accepted() {
    let acme = workspace();
    for (field, words) in [
        (
            "category",
            &[
                "acquisition",
                "conversion",
                "retention",
                "revenue",
                "custom",
            ][..],
        ),
        ("update_frequency", &["weekly", "monthly", "quarterly"]),
        ("direction", &["higher", "lower"]),
    ] {
        for word in words {
            let kpi = acme
                .api
                .post("/kpis", &json!({"name": word, field: word}))
                .expect(201);
            assert_eq!(kpi[field], *word);
        }
        for wrong in [
            json!("other"),
            json!("WEEKLY"),
            json!(""),
            json!(1),
            json!(["custom"]),
        ] {
            let message = acme
                .api
                .post("/kpis", &json!({"name": "Odd", field: wrong}))
                .refusal(400);
            assert!(message.contains(field), "{message}");
        }
    }
}

#[test]
fn each_measurement_knows_the_one_before() {
    let acme = workspace();
    let created = acme
        .api
        .post("/kpis", &json!({"name": "Fresh", "unit": "users"}))
        .expect(201);
    let path = format!("/kpis/{}/updates", id(&created));
    let mut previous = Value::Null;
    for value in [json!(3810), json!(0), json!(-2.5), json!(0.1), json!(1e300)] {
        let body = json!({"value": value, "comment": "Small uptick after release"});
        let update = acme.api.post(&path, &body).expect(200);
        assert_shape(&update, KPI_UPDATE);
        assert_eq!(update["kpi_id"], created["id"]);
        assert_eq!(update["previous_value"], previous);
        assert_eq!(update["new_value"], value);
        let listed = find(&acme.api.read("/kpis"), "name", "Fresh").clone();
        assert_eq!(listed["current"], value);
        assert_eq!(listed["last_updated"], update["created_at"]);
        previous = value;
    }
}

#[test]
fn the_first_measurement_follows_the_value_of_the_creation() {
    let acme = workspace();
    let created = acme
        .api
        .post("/kpis", &json!({"name": "Valued", "current_value": 3721}))
        .expect(201);
    assert_eq!(created["last_updated_at"], Value::Null);
    assert_eq!(
        find(&acme.api.read("/kpis"), "name", "Valued")["last_updated"],
        Value::Null
    );
    let response = acme.api.post(
        &format!("/kpis/{}/updates", id(&created)),
        &json!({"value": 3810}),
    );
    response.expect(200);
    let text = response.text();
    assert!(
        text.contains(r#""previous_value":3721,"new_value":3810,"#),
        "{text}"
    );
}

#[test]
fn a_measurement_must_be_a_number() {
    let acme = workspace();
    let path = format!("/kpis/{}/updates", acme.kpi);
    let before = acme.api.read("/kpis");
    for value in [
        json!("3810"),
        json!(true),
        json!("yes"),
        Value::Null,
        json!([1]),
        json!({}),
    ] {
        let message = acme
            .api
            .post(&path, &json!({ "value": value }))
            .refusal(400);
        assert!(message.contains("value"), "{message}");
    }
    let message = acme
        .api
        .post(&path, &json!({"comment": "None"}))
        .refusal(400);
    assert!(message.contains("value"), "{message}");
    assert_eq!(acme.api.read("/kpis"), before);
}

#[test]
fn owner_and_team_must_be_of_the_workspace() {
    let acme = workspace();
    for field in ["owner_id", "team_id"] {
        for wrong in [
            "01900000-0000-7000-8000-000000000000",
            "",
            acme.department.as_str(),
        ] {
            let message = acme
                .api
                .post("/kpis", &json!({"name": "Lost", field: wrong}))
                .refusal(400);
            assert!(message.contains(field), "{message}");
        }
    }
}

#[test]
fn an_unknown_kpi_is_not_found() {
    let acme = workspace();
    for id in [
        "01900000-0000-7000-8000-000000000000",
        "x",
        acme.okr.as_str(),
    ] {
        acme.api
            .post(&format!("/kpis/{id}/updates"), &json!({"value": 1}))
            .refusal(404);
    }
}

#[test]
fn a_number_comes_back_with_the_digits_it_was_sent_with() {
    let acme = workspace();
    let body = r#"{ "name": "Digits", "current_value": 237964627.09189138 }"#;
    let request = acme.api.request("POST", "/kpis").body(body);
    let created = request.send();
    created.expect(201);
    let digits = r#""current_value":237964627.09189138,"#;
    assert!(created.text().contains(digits), "{created:?}");
    let list = acme.api.get("/kpis");
    assert!(list.text().contains(r#""current":237964627.09189138,"#));
}
