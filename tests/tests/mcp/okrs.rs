//! Tools about OKRs, KPIs and initiatives: what they find.

use okrs_tests::workspace;
use serde_json::{Value, json};

use crate::asking::done;

#[test]
fn okrs_are_those_of_the_active_cycle() {
    let acme = workspace();
    let found = done(&acme.api, "get_okrs", json!({}));
    assert_eq!(found["cycle"]["id"], acme.cycles.active.as_str());
    assert_eq!(found["cycle"]["status"], "active");
    assert_eq!(
        (
            &found["cycle"]["elapsed_days"],
            &found["cycle"]["total_days"]
        ),
        (&json!(46), &json!(91))
    );
    let okrs = found["okrs"].as_array().unwrap();
    assert_eq!(okrs.len(), 1);
    assert_eq!(okrs[0]["id"], acme.okr.as_str());
    assert_eq!(
        (&found["total"], &found["next_cursor"]),
        (&json!(1), &Value::Null)
    );
    let ended = json!({ "cycle_id": acme.cycles.ended.as_str() });
    let of_ended = done(&acme.api, "get_okrs", ended);
    assert_eq!(of_ended["cycle"]["status"], "ended");
    assert_eq!(of_ended["okrs"], json!([]));
}

#[test]
fn an_okr_says_at_least_what_the_public_api_says() {
    let acme = workspace();
    let public = &acme.api.read("/okrs")[0];
    let one = done(&acme.api, "get_okr", json!({ "okr_id": acme.okr.as_str() }));
    let (found, key_results) = (&one["okr"], &one["key_results"]);
    assert_eq!(one["cycle"]["name"], public["cycle"]);
    assert_eq!(one["initiatives"][0]["id"], acme.initiative.as_str());
    let says_the_same = |public: &Value, found: &Value| {
        for (name, value) in public.as_object().unwrap() {
            // The cycle stands beside it.
            if !["key_results", "cycle", "cycle_id"].contains(&&**name) {
                assert_eq!(&found[name], value, "{name}");
            }
        }
    };
    says_the_same(public, found);
    for at in 0..4 {
        says_the_same(&public["key_results"][at], &key_results[at]);
    }
    assert_eq!(key_results[1]["unit"], "%");
    let row = done(&acme.api, "get_okrs", json!({}))["okrs"][0].clone();
    for name in [
        "title",
        "id",
        "owner",
        "team",
        "progress",
        "status",
        "health_score",
    ] {
        assert_eq!(row[name], found[name], "{name}");
    }
    assert_eq!(row["key_result_count"], 4);
    assert_eq!(row["key_results"], Value::Null);
}

#[test]
fn okrs_and_kpis_are_narrowed_to_a_status() {
    let acme = workspace();
    for (tool, list) in [("get_okrs", "okrs"), ("get_kpis", "kpis")] {
        let all = done(&acme.api, tool, json!({}));
        let status = all[list][0]["status"].as_str().unwrap().to_owned();
        for wanted in ["not_started", "on_track", "at_risk", "off_track"] {
            let some = done(&acme.api, tool, json!({ "status": wanted }));
            let expected = usize::from(wanted == status);
            assert_eq!(
                some[list].as_array().unwrap().len(),
                expected,
                "{tool} {wanted}"
            );
        }
    }
    let kpi = &done(&acme.api, "get_kpis", json!({}))["kpis"][0];
    let public = &acme.api.read("/kpis")[0];
    for (name, value) in public.as_object().unwrap() {
        assert_eq!(&kpi[name], value, "{name}");
    }
    assert_eq!(kpi["attainment"], json!(0.83));
}

#[test]
fn words_are_found_in_titles_and_descriptions_whatever_their_case_and_accents() {
    let acme = workspace();
    let description = "Świątek's café: 100 % ready_to_go, \"quoted\" 🚀 Straße";
    let body = json!({ "title": "Grow ✨ 50% faster", "type": "org", "description": description,
                       "cycle_id": acme.cycles.ended.as_str() });
    acme.api.post("/okrs", &body).expect(201);
    for (query, hits) in [
        ("SWIATEK", 1),
        ("Cafe", 1),
        ("100 % ready_to_go", 1),
        ("100 %_ready", 0),
        ("\"quoted\"", 1),
        ("🚀", 1),
        ("✨", 1),
        ("%", 2),
        ("_", 1),
        ("strasse", 1),
        ("'; DROP TABLE okrs; --", 0),
        ("sign-ups per", 1),
        ("onboarding conversion", 1),
        ("\\", 0),
        ("*", 0),
        (&"ä".repeat(60), 0),
        (&"x".repeat(60), 0),
    ] {
        let found = done(&acme.bulk(), "search_okrs", json!({ "query": query }));
        assert_eq!(
            found["results"].as_array().unwrap().len(),
            hits,
            "{query}: {found}"
        );
    }
    let in_cycle = json!({ "query": "grow", "cycle_id": acme.cycles.active.as_str() });
    assert_eq!(
        done(&acme.bulk(), "search_okrs", in_cycle)["results"],
        json!([])
    );
    let found = done(&acme.bulk(), "search_okrs", json!({ "query": "sign-ups" }));
    let hit = &found["results"][0];
    assert_eq!(hit["type"], "key_result");
    assert_eq!(hit["okr_id"], acme.okr.as_str());
    assert_eq!(hit["cycle"], "Active quarter");
}

#[test]
fn initiatives_are_those_that_the_public_api_finds() {
    let acme = workspace();
    let key_result = acme.key_results.number.as_str();
    for arguments in [
        json!({}),
        json!({ "kr_id": key_result }),
        json!({ "okr_id": acme.okr.as_str() }),
        json!({ "status": "in_progress" }),
        json!({ "status": "done" }),
        json!({ "priority": "p1" }),
        json!({ "priority": "p3" }),
    ] {
        let query: Vec<String> = arguments
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={}", value.as_str().unwrap()))
            .collect();
        let public = acme.api.read(&format!("/initiatives?{}", query.join("&")));
        let found = done(&acme.api, "list_initiatives", arguments);
        let listed = |of: &Value| {
            let rows = of.as_array().unwrap().iter();
            rows.map(|row| {
                ["id", "title", "status", "priority", "kr_id", "okr_id"]
                    .map(|name| row[name].clone())
            })
            .collect::<Vec<_>>()
        };
        assert_eq!(listed(&found["initiatives"]), listed(&public["data"]));
        assert_eq!(found["total"], public["data"].as_array().unwrap().len());
    }
}

#[test]
fn health_is_explained_by_its_sum() {
    let acme = workspace();
    let explained = done(
        &acme.api,
        "explain_health",
        json!({ "okr_id": acme.okr.as_str() }),
    );
    let public = &acme.api.read("/okrs")[0];
    assert_eq!(explained["health_score"], public["health_score"]);
    assert_eq!(explained["needs_setup"], false);
    let key_results = explained["key_results"].as_array().unwrap();
    let sum: f64 = key_results
        .iter()
        .map(|own| own["health_score"].as_f64().unwrap())
        .sum();
    let mean = (sum / 4.0 + 0.5).floor();
    assert_eq!(explained["health_score"].as_f64().unwrap(), mean);
    let formula = explained["formula"].as_str().unwrap();
    assert!(
        formula.starts_with("(1 × ") && formula.ends_with(&format!(" / 4 = {mean}")),
        "{formula}"
    );
    for own in key_results {
        let parts = ["gap", "recency", "velocity"]
            .iter()
            .filter(|part| own[**part].is_object());
        let sum: f64 = parts
            .map(|part| {
                own[*part]["score"].as_f64().unwrap() * own[*part]["weight"].as_f64().unwrap()
            })
            .sum();
        let limit = own["cap_limit"].as_f64().unwrap_or(100.0);
        let health = own["health_score"].as_f64().unwrap();
        assert!((sum.min(limit) - health).abs() <= 0.51, "{own}");
    }
}

#[test]
fn the_history_of_a_key_result_is_listed_newest_first() {
    let acme = workspace();
    let key_result = acme.key_results.number.as_str();
    let path = format!("/key-results/{key_result}/checkins");
    for value in 1..=3 {
        let body = json!({ "value": value, "comment": format!("No. {value}") });
        acme.api.post(&path, &body).expect(201);
    }
    let listed = done(&acme.api, "list_check_ins", json!({ "kr_id": key_result }));
    let check_ins = listed["check_ins"].as_array().unwrap();
    let values: Vec<_> = check_ins
        .iter()
        .map(|own| own["value"].as_i64().unwrap())
        .collect();
    assert_eq!(values, [3, 2, 1, 40]);
    assert_eq!(check_ins[0]["comment"], "No. 3");
    assert_eq!(check_ins[0]["author"], "Alice Nguyen");
    let two = done(
        &acme.api,
        "list_check_ins",
        json!({ "kr_id": key_result, "limit": 2 }),
    );
    assert_eq!(two["check_ins"], json!(check_ins[..2]));
}
