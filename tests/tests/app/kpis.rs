//! `/api/app/kpis`

use okrs_tests::workspace;
use serde_json::{Value, json};

use crate::ids::{find, id, ids};

#[test]
fn a_kpi_is_listed_with_all_that_a_screen_shows() {
    let acme = workspace();
    let carol = acme.api.signed_in(&acme.sessions.carol);
    let kpi = &carol.read("/api/app/kpis")[0];
    assert_eq!(kpi["id"], acme.kpi.as_str());
    assert_eq!(kpi["category"], "retention");
    assert_eq!(kpi["direction"], "higher");
    assert_eq!(kpi["update_frequency"], "weekly");
    assert_eq!(kpi["current_value"], 3721);
    assert_eq!(kpi["attainment"], 0.83);
    assert_eq!(kpi["status"], "on_track");
    assert_eq!(kpi["overdue"], false);
    assert_eq!(kpi["trend"], "improving");
    assert_eq!(kpi["recent_values"], json!([3721]));
    assert_eq!(kpi["may"], json!([]));
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let may = &alice.read("/api/app/kpis")[0]["may"];
    assert_eq!(*may, json!(["change_kpi", "record_kpi"]));
}

#[test]
fn a_kpi_that_is_almost_at_its_target_is_not_at_it() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let attained_at = |value: f64| {
        let path = format!("/kpis/{}/updates", acme.kpi);
        alice.post(&path, &json!({ "value": value })).expect(200);
        alice.read("/api/app/kpis")[0]["attainment"].clone()
    };
    // Of 4,500.
    assert_eq!(attained_at(4_490.0), 0.99);
    assert_eq!(attained_at(4_500.0), 1);
}

#[test]
fn the_last_twelve_values_are_listed_and_all_are_in_the_history() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    for value in 1..=13 {
        let body = json!({ "value": value, "comment": format!("No. {value}") });
        let path = format!("/kpis/{}/updates", acme.kpi);
        alice.post(&path, &body).expect(200);
    }
    let detail = alice.read(&format!("/api/app/kpis/{}", acme.kpi));
    let recent: Vec<i32> = (2..=13).collect();
    assert_eq!(detail["kpi"]["recent_values"], json!(recent));
    let updates = detail["updates"].as_array().unwrap();
    assert_eq!(updates.len(), 14);
    assert_eq!(updates[0]["new_value"], 13);
    assert_eq!(updates[0]["previous_value"], 12);
    assert_eq!(updates[0]["comment"], "No. 13");
    assert_eq!(updates[0]["author"], "Alice Nguyen");
    alice.get("/api/app/kpis/nothing").refusal(404);
    let foreign = acme.api.signed_in(&workspace().sessions.alice);
    foreign
        .get(&format!("/api/app/kpis/{}", acme.kpi))
        .refusal(404);
}

#[test]
fn a_kpi_is_changed_field_by_field() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let path = format!("/api/app/kpis/{}", acme.kpi);
    let body = json!({
        "name": "Active people", "description": "Counted weekly", "category": "custom",
        "group_name": "Growth", "owner_id": acme.dave.as_str(), "team_id": acme.team.as_str(),
        "target_value": 3000, "unit": "people", "update_frequency": "monthly", "direction": "lower",
    });
    alice.patch(&path, &body).expect(204);
    let kpi = alice.read(&path)["kpi"].clone();
    for (field, value) in body.as_object().unwrap() {
        assert_eq!(kpi[field], *value, "{field}");
    }
    assert_eq!(kpi["owner"], "Dave Okafor");
    assert_eq!(kpi["team"], "Onboarding");
    assert_eq!(kpi["trend"], "worsening");
    let cleared = json!({
        "description": null, "group_name": null, "owner_id": null, "team_id": null,
        "target_value": null, "unit": null,
    });
    alice.patch(&path, &cleared).expect(204);
    let kpi = alice.read(&path)["kpi"].clone();
    for (field, value) in cleared.as_object().unwrap() {
        assert_eq!(kpi[field], *value, "{field}");
    }
    assert_eq!(kpi["name"], "Active people");
    assert_eq!(kpi["needs_setup"], true);
}

#[test]
fn what_no_kpi_can_be_is_refused_by_name() {
    let acme = workspace();
    let (alice, other) = (acme.api.signed_in(&acme.sessions.alice), workspace());
    let path = format!("/api/app/kpis/{}", acme.kpi);
    for (field, body) in [
        ("name", json!({ "name": " " })),
        ("name", json!({ "name": null })),
        ("description", json!({ "description": "x".repeat(50_001) })),
        ("category", json!({ "category": "fun" })),
        ("group_name", json!({ "group_name": "x".repeat(501) })),
        ("owner_id", json!({ "owner_id": "nobody" })),
        ("owner_id", json!({ "owner_id": other.carol.as_str() })),
        ("team_id", json!({ "team_id": other.team.as_str() })),
        ("target_value", json!({ "target_value": "high" })),
        ("unit", json!({ "unit": "x".repeat(501) })),
        ("update_frequency", json!({ "update_frequency": "daily" })),
        ("direction", json!({ "direction": "up" })),
        ("body has no updatable field", json!({ "current_value": 4 })),
    ] {
        let refusal = alice.patch(&path, &body).refusal(400);
        assert!(refusal.starts_with(field), "{body}: {refusal}");
    }
}

#[test]
fn a_deleted_kpi_comes_back() {
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let path = format!("/api/app/kpis/{}", acme.kpi);
    alice.delete(&path).expect(204);
    alice.get(&path).refusal(404);
    alice.delete(&path).refusal(404);
    alice.patch(&path, &json!({ "name": "x" })).refusal(404);
    assert_eq!(alice.read("/kpis"), json!([]));
    let deleted = alice.read("/api/app/okrs/deleted");
    assert_eq!(ids(&deleted), [acme.kpi.as_str()]);
    assert_eq!(deleted[0]["kind"], "kpi");
    let carol = acme.api.signed_in(&acme.sessions.carol);
    assert_eq!(carol.read("/api/app/okrs/deleted"), json!([]));
    let restore = format!("{path}/restore");
    alice.post(&restore, &json!({})).expect(204);
    alice.post(&restore, &json!({})).refusal(404);
    assert_eq!(ids(&alice.read("/kpis")), [acme.kpi.as_str()]);
    assert_eq!(alice.read(&path)["updates"].as_array().unwrap().len(), 1);
}

#[test]
fn kpis_are_changed_by_their_owners_and_those_who_manage_them() {
    let acme = workspace();
    let [bob, carol, dave] = [
        &acme.sessions.bob,
        &acme.sessions.carol,
        &acme.sessions.dave,
    ]
    .map(|session| acme.api.signed_in(session));
    let company = format!("/api/app/kpis/{}", acme.kpi);
    carol
        .patch(&company, &json!({ "name": "Mine" }))
        .refusal(403);
    carol.delete(&company).refusal(403);
    acme.api
        .signed_in(&acme.sessions.alice)
        .delete(&company)
        .expect(204);
    carol
        .post(&format!("{company}/restore"), &json!({}))
        .refusal(403);

    let body =
        json!({ "name": "Dave's", "owner_id": acme.dave.as_str(), "team_id": acme.team.as_str() });
    let daves = id(&dave.post("/kpis", &body).expect(201));
    let path = format!("/api/app/kpis/{daves}");
    carol.patch(&path, &json!({ "name": "Mine" })).refusal(403);
    dave.patch(&path, &json!({ "name": "Still Dave's" }))
        .expect(204);
    bob.patch(&path, &json!({ "target_value": 4 })).expect(204);
    // A KPI of nobody is nobody's to put there but for those who manage.
    let nobodys = json!({ "owner_id": null, "team_id": null });
    dave.patch(&path, &nobodys).refusal(403);
    let kpi = find(&dave.read("/api/app/kpis"), "id", &daves).clone();
    assert_eq!(kpi["name"], "Still Dave's");
    assert_ne!(kpi["team_id"], Value::Null);
}

#[test]
fn ones_overdue_kpis_are_at_home() {
    let acme = workspace();
    let dave = acme.api.signed_in(&acme.sessions.dave);
    let body = json!({ "name": "Fresh", "owner_id": acme.dave.as_str() });
    dave.post("/kpis", &body).expect(201);
    assert_eq!(dave.read("/api/app/home")["kpis_due"], json!([]));
}
