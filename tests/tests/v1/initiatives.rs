//! `/initiatives`

use okrs_tests::{Workspace, workspace};
use serde_json::{Value, json};

use crate::shapes::{INITIATIVE, assert_shape, id};

const UNKNOWN: &str = "01900000-0000-7000-8000-000000000000";

fn create(acme: &Workspace, body: &Value) -> Value {
    let created = acme.api.post("/initiatives", body).expect(201);
    unwrapped(&created)
}

#[track_caller]
fn unwrapped(answer: &Value) -> Value {
    let keys: Vec<_> = answer.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["data"]);
    answer["data"].clone()
}

#[test]
fn the_list_and_each_initiative_come_in_an_envelope() {
    let acme = workspace();
    let list = unwrapped(&acme.api.read("/initiatives"));
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_shape(&list[0], INITIATIVE);
    assert_eq!(list[0]["id"], acme.initiative.as_str());
    assert_eq!(list[0]["kr_id"], acme.key_results.number.as_str());
    assert_eq!(list[0]["okr_id"], acme.okr.as_str());
    assert_eq!(list[0]["owner_id"], acme.bob.as_str());
    assert_eq!(list[0]["status"], "in_progress");
    assert_eq!(list[0]["priority"], "p1");
    let one = unwrapped(&acme.api.read(&format!("/initiatives/{}", acme.initiative)));
    assert_eq!(one, list[0]);
}

#[test]
fn a_new_initiative_is_answered_in_full_and_found_at_once() {
    let acme = workspace();
    let body = json!({
        "title": "Launch onboarding redesign",
        "description": "Ship the new onboarding flow",
        "status": "in_progress",
        "priority": "p0",
        "start_date": "2026-04-01",
        "end_date": "2026-05-15",
        "owner_id": acme.alice.as_str(),
        "kr_id": acme.key_results.percentage.as_str(),
    });
    let created = create(&acme, &body);
    assert_shape(&created, INITIATIVE);
    for (field, value) in body.as_object().unwrap() {
        assert_eq!(created[field], *value, "{field}");
    }
    assert_eq!(created["okr_id"], acme.okr.as_str());
    assert_eq!(created["created_at"], created["updated_at"]);
    let path = format!("/initiatives/{}", id(&created));
    assert_eq!(acme.api.read(&path)["data"], created);
    assert_eq!(acme.api.read("/initiatives")["data"][0], created);
}

#[test]
fn an_initiative_needs_no_more_than_a_title() {
    let acme = workspace();
    let mut with_nulls = json!({"title": "With nulls"});
    for field in [
        "description",
        "status",
        "priority",
        "start_date",
        "end_date",
        "owner_id",
        "okr_id",
        "kr_id",
    ] {
        with_nulls[field] = Value::Null;
    }
    for body in [json!({"title": "Bare"}), with_nulls] {
        let created = create(&acme, &body);
        assert_shape(&created, INITIATIVE);
        assert_eq!(created["status"], "todo");
        for field in [
            "description",
            "priority",
            "start_date",
            "end_date",
            "owner_id",
            "okr_id",
            "kr_id",
        ] {
            assert_eq!(created[field], Value::Null, "{field}");
        }
    }
}

#[test]
fn a_key_result_brings_its_okr() {
    let acme = workspace();
    let body = json!({"title": "Other", "type": "org", "cycle_id": acme.cycles.active.as_str()});
    let other = id(&acme.api.post("/okrs", &body).expect(201));
    let linked = create(
        &acme,
        &json!({"title": "Both", "okr_id": other, "kr_id": acme.key_results.number.as_str()}),
    );
    assert_eq!(linked["okr_id"], acme.okr.as_str());
    let only_okr = create(&acme, &json!({"title": "OKR alone", "okr_id": other}));
    assert_eq!(
        (&only_okr["okr_id"], &only_okr["kr_id"]),
        (&json!(other), &Value::Null)
    );

    let path = format!("/initiatives/{}", id(&only_okr));
    let patch = json!({"kr_id": acme.key_results.currency.as_str()});
    let moved = unwrapped(&acme.api.put(&path, &patch).expect(200));
    assert_eq!(moved["okr_id"], acme.okr.as_str());
    assert_eq!(moved["kr_id"], acme.key_results.currency.as_str());
    // Another one replaces it, null removes it; the OKR stays.
    let patch = json!({"kr_id": acme.key_results.boolean.as_str()});
    let replaced = unwrapped(&acme.api.put(&path, &patch).expect(200));
    assert_eq!(replaced["kr_id"], acme.key_results.boolean.as_str());
    let cleared = unwrapped(&acme.api.put(&path, &json!({"kr_id": null})).expect(200));
    assert_eq!(
        (&cleared["kr_id"], &cleared["okr_id"]),
        (&Value::Null, &json!(acme.okr.as_str()))
    );
    assert_eq!(acme.api.read(&path)["data"], cleared);
    for key_result in [&acme.key_results.currency, &acme.key_results.boolean] {
        let found = acme.api.read(&format!("/initiatives?kr_id={key_result}"));
        assert_eq!(found["data"], json!([]));
    }
}

#[test]
fn an_update_changes_only_what_is_sent_and_null_clears() {
    let acme = workspace();
    let path = format!("/initiatives/{}", acme.initiative);
    let mut expected = acme.api.read(&path)["data"].clone();
    for (field, value) in [
        ("title", json!("Launched")),
        ("description", json!("It is out")),
        ("status", json!("done")),
        ("priority", json!("p3")),
        ("start_date", json!("2026-01-31")),
        ("end_date", json!("2026-02-28")),
        ("owner_id", json!(acme.carol.as_str())),
        ("description", Value::Null),
        ("priority", Value::Null),
        ("start_date", Value::Null),
        ("end_date", Value::Null),
        ("owner_id", Value::Null),
    ] {
        // The end that is stored must not come before the new start.
        let patch = match field {
            "start_date" if !value.is_null() => {
                json!({"start_date": value, "end_date": "2026-12-31"})
            }
            _ => json!({ field: value }),
        };
        let updated = unwrapped(&acme.api.put(&path, &patch).expect(200));
        for (field, value) in patch.as_object().unwrap() {
            expected[field] = value.clone();
        }
        expected["updated_at"] = updated["updated_at"].clone();
        assert_eq!(updated, expected, "{patch}");
    }
    assert_eq!(acme.api.read(&path)["data"], expected);
    for field in ["title", "status"] {
        let message = acme.api.put(&path, &json!({ field: null })).refusal(400);
        assert!(message.contains(field), "{message}");
    }
}

#[test]
fn an_update_without_a_known_field_is_refused() {
    let acme = workspace();
    let path = format!("/initiatives/{}", acme.initiative);
    // `okr_id` follows the key result and can't be set.
    for body in [
        json!({}),
        json!({"okr_id": acme.okr.as_str()}),
        json!({"created_at": null}),
    ] {
        let message = acme.api.put(&path, &body).refusal(400);
        assert!(
            message.contains("title") && message.contains("kr_id"),
            "{message}"
        );
    }
}

#[test]
fn the_end_may_not_come_before_the_start() {
    let acme = workspace();
    let wrong = json!({"title": "Backwards", "start_date": "2026-04-02", "end_date": "2026-04-01"});
    let message = acme.api.post("/initiatives", &wrong).refusal(400);
    assert!(message.contains("end_date"), "{message}");

    let same_day =
        json!({"title": "One day", "start_date": "2026-04-02", "end_date": "2026-04-02"});
    let path = format!("/initiatives/{}", id(&create(&acme, &same_day)));
    let before = acme.api.read(&path);
    for patch in [
        // Against the stored other end.
        json!({"end_date": "2026-04-01"}),
        json!({"start_date": "2026-04-03"}),
        json!({"title": "Renamed", "start_date": "2026-04-03"}),
        // Against each other.
        json!({"start_date": "2026-06-02", "end_date": "2026-06-01"}),
    ] {
        let message = acme.api.put(&path, &patch).refusal(400);
        assert!(
            message.contains("end_date") || message.contains("start_date"),
            "{message}"
        );
    }
    assert_eq!(acme.api.read(&path), before);
    acme.api
        .put(
            &path,
            &json!({"start_date": "2026-06-01", "end_date": "2026-06-01"}),
        )
        .expect(200);
    acme.api.put(&path, &json!({"end_date": null})).expect(200);
    acme.api
        .put(&path, &json!({"start_date": "2027-01-01"}))
        .expect(200);
    acme.api
        .put(
            &path,
            &json!({"start_date": null, "end_date": "2020-01-01"}),
        )
        .expect(200);
}

#[test]
fn dates_must_be_days_of_the_calendar() {
    let acme = workspace();
    for wrong in [
        json!("2026-02-30"),
        json!("01.04.2026"),
        json!("2026-04-01T00:00:00Z"),
        json!(20260401),
        json!(""),
    ] {
        for field in ["start_date", "end_date"] {
            let message = acme
                .api
                .post("/initiatives", &json!({"title": "When", field: wrong}))
                .refusal(400);
            assert!(message.contains(field), "{message}");
            let path = format!("/initiatives/{}", acme.initiative);
            acme.api.put(&path, &json!({ field: wrong })).refusal(400);
        }
    }
    create(
        &acme,
        &json!({"title": "Leap day", "start_date": "2028-02-29"}),
    );
}

#[test]
fn filters_narrow_the_list_and_combine() {
    let acme = workspace();
    let number = acme.key_results.number.as_str();
    for (title, status, priority, kr_id) in [
        ("a", "todo", json!("p0"), json!(number)),
        ("b", "todo", json!("p1"), json!(number)),
        ("c", "done", json!("p0"), Value::Null),
        (
            "d",
            "blocked",
            Value::Null,
            json!(acme.key_results.boolean.as_str()),
        ),
    ] {
        create(
            &acme,
            &json!({"title": title, "status": status, "priority": priority, "kr_id": kr_id}),
        );
    }
    let okr = acme.okr.as_str();
    for (query, expected) in [
        (
            String::new(),
            vec!["d", "c", "b", "a", "Launch onboarding redesign"],
        ),
        ("?status=todo".into(), vec!["b", "a"]),
        (
            "?status=in_progress".into(),
            vec!["Launch onboarding redesign"],
        ),
        ("?status=done".into(), vec!["c"]),
        ("?status=blocked".into(), vec!["d"]),
        ("?priority=p0".into(), vec!["c", "a"]),
        ("?priority=p3".into(), vec![]),
        ("?status=todo&priority=p0".into(), vec!["a"]),
        (
            format!("?okr_id={okr}"),
            vec!["d", "b", "a", "Launch onboarding redesign"],
        ),
        (
            format!("?kr_id={number}"),
            vec!["b", "a", "Launch onboarding redesign"],
        ),
        (
            format!("?kr_id={number}&okr_id={okr}&status=todo&priority=p1"),
            vec!["b"],
        ),
        (format!("?kr_id={UNKNOWN}"), vec![]),
        (format!("?okr_id={UNKNOWN}"), vec![]),
        (format!("?okr_id={number}"), vec![]),
        (
            "?page=2&limit=1&unknown".into(),
            vec!["d", "c", "b", "a", "Launch onboarding redesign"],
        ),
    ] {
        let list = unwrapped(&acme.api.read(&format!("/initiatives{query}")));
        let titles: Vec<_> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["title"].as_str().unwrap())
            .collect();
        assert_eq!(titles, expected, "{query}");
    }
}

#[test]
fn a_filter_that_makes_no_sense_is_refused_by_name() {
    let acme = workspace();
    for (query, parameter) in [
        ("status=open", "status"),
        ("status=", "status"),
        ("status=TODO", "status"),
        ("priority=p4", "priority"),
        ("priority=null", "priority"),
        ("okr_id=okr-1", "okr_id"),
        ("okr_id=", "okr_id"),
        ("kr_id=01900000-0000-7000-8000-00000000000", "kr_id"),
        ("kr_id=01900000-0000-7000-8000-00000000000g", "kr_id"),
        ("status=todo&kr_id=%00", "kr_id"),
    ] {
        let message = acme.api.get(&format!("/initiatives?{query}")).refusal(400);
        assert!(message.contains(parameter), "{query}: {message}");
    }
}

#[test]
fn a_deleted_initiative_is_gone_and_says_so_in_its_own_way() {
    let acme = workspace();
    let path = format!("/initiatives/{}", acme.initiative);
    let response = acme.api.delete(&path);
    response.expect(200);
    assert_eq!(response.text(), r#"{"success":true}"#);
    acme.api.get(&path).refusal(404);
    acme.api.delete(&path).refusal(404);
    acme.api.put(&path, &json!({"title": "Back"})).refusal(404);
    assert_eq!(acme.api.read("/initiatives"), json!({"data": []}));
    // What it was linked to stays.
    assert_eq!(acme.api.read("/okrs").as_array().unwrap().len(), 1);
}

#[test]
fn what_an_initiative_refers_to_must_exist() {
    let acme = workspace();
    let path = format!("/initiatives/{}", acme.initiative);
    let before = acme.bulk().read("/initiatives");
    for field in ["owner_id", "okr_id", "kr_id"] {
        for wrong in [UNKNOWN, "", "x", acme.cycles.active.as_str()] {
            let message = acme
                .bulk()
                .post("/initiatives", &json!({"title": "Lost", field: wrong}))
                .refusal(400);
            assert!(message.contains(field), "{message}");
            if field != "okr_id" {
                let message = acme
                    .bulk()
                    .put(&path, &json!({ field: wrong }))
                    .refusal(400);
                assert!(message.contains(field), "{message}");
            }
        }
    }
    assert_eq!(acme.bulk().read("/initiatives"), before);
}

#[test]
fn every_word_for_status_and_priority_is_accepted_and_no_other() {
    let acme = workspace();
    let path = format!("/initiatives/{}", acme.initiative);
    for (field, words) in [
        ("status", ["todo", "in_progress", "done", "blocked"]),
        ("priority", ["p0", "p1", "p2", "p3"]),
    ] {
        for word in words {
            assert_eq!(
                create(&acme, &json!({"title": word, field: word}))[field],
                word
            );
            assert_eq!(
                acme.api.put(&path, &json!({ field: word })).expect(200)["data"][field],
                word
            );
        }
        for wrong in ["open", "P0", "in progress", ""] {
            let message = acme
                .api
                .post("/initiatives", &json!({"title": "Odd", field: wrong}))
                .refusal(400);
            assert!(message.contains(field), "{message}");
            assert!(
                acme.api
                    .put(&path, &json!({ field: wrong }))
                    .refusal(400)
                    .contains(field)
            );
        }
    }
}

#[test]
fn years_that_cannot_be_compared_as_text_are_refused() {
    let acme = workspace();
    for (field, day) in [
        ("start_date", "+12345-01-01"),
        ("end_date", "+12345-01-01"),
        ("start_date", "-0001-01-01"),
    ] {
        let body = json!({ "title": "I", field: day });
        let refusal = acme.api.post("/initiatives", &body).refusal(400);
        assert!(refusal.starts_with(field), "{refusal}");
        let path = format!("/initiatives/{}", acme.initiative);
        let refusal = acme.api.put(&path, &json!({ field: day })).refusal(400);
        assert!(refusal.starts_with(field), "{refusal}");
    }
}
