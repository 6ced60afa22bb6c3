//! Tools about a whole cycle: health, risks, insights, teams.

use okrs_tests::{special, workspace};
use serde_json::{Value, json};

use crate::asking::done;

fn list<'a>(of: &'a Value, name: &str) -> &'a Vec<Value> {
    of[name].as_array().unwrap()
}

#[test]
fn the_present_cycle_has_its_health_with_its_parts() {
    let acme = workspace();
    let found = done(&acme.api, "get_cycle", json!({}));
    assert_eq!(found["cycle"]["id"], acme.cycles.active.as_str());
    assert_eq!(
        (&found["okr_count"], &found["key_result_count"]),
        (&json!(1), &json!(4))
    );
    let health = &found["health"];
    let part = |name: &str| health[name].as_f64().unwrap();
    // One of four key results was checked in within a week; the OKR's owner answers for all.
    assert_eq!(part("frequency"), 25.0);
    assert_eq!((part("alignment"), part("ownership")), (100.0, 100.0));
    assert_eq!(part("kpis"), 82.69);
    let okrs = 0.4 * part("pace") + 0.3 * part("frequency") + 0.15 * 100.0 + 0.15 * 100.0;
    let whole = 0.7 * okrs + 0.3 * part("kpis");
    assert!(
        (whole - health["score"].as_f64().unwrap()).abs() <= 0.51,
        "{health}"
    );
}

#[test]
fn kpis_are_left_out_for_a_key_that_may_not_read_them() {
    let acme = workspace();
    let blind = acme.api.with(acme.keys.only("okrs:read"));
    let found = done(&blind, "get_cycle", json!({}));
    assert_eq!(found["health"]["kpis"], Value::Null);
    let insights = done(&special().figures, "get_insights", json!({}));
    let of_kpis = list(&insights, "insights")
        .iter()
        .filter(|own| own["subject"]["type"] == "kpi");
    assert_eq!(of_kpis.count(), 3);
    let text = done(&blind, "get_insights", json!({})).to_string();
    assert!(!text.contains("Weekly Active Users"), "{text}");
}

#[test]
fn risks_are_the_worst_first_and_of_the_severity_asked_for() {
    let acme = workspace();
    let all = done(&acme.api, "get_risks", json!({}));
    let risks = list(&all, "risks");
    assert!(risks.len() >= 4, "{all}");
    let rank = |risk: &Value| {
        let severity = risk["severity"].as_str().unwrap().to_owned();
        ["critical", "high", "medium", "low"]
            .iter()
            .position(|own| *own == severity)
            .unwrap()
    };
    assert!(
        risks
            .windows(2)
            .all(|pair| rank(&pair[0]) <= rank(&pair[1])),
        "{all}"
    );
    for severity in ["critical", "high", "medium", "low"] {
        let some = done(&acme.api, "get_risks", json!({ "severity": severity }));
        let expected: Vec<_> = risks
            .iter()
            .filter(|risk| risk["severity"] == severity)
            .collect();
        assert_eq!(list(&some, "risks").iter().collect::<Vec<_>>(), expected);
    }
    // 35 of 32 to 50 after 46 of 91 days: nobody has checked in, and it will end at a third.
    let of = |id: &str| risks.iter().find(|risk| risk["id"] == id).unwrap();
    let percentage = of(acme.key_results.percentage.as_str());
    assert_eq!(percentage["severity"], "critical");
    assert_eq!(percentage["progress_at_end"], json!(0.33));
    assert_eq!(percentage["miss"], json!(0.67));
    assert_eq!(all["days_left"], 45);
    let reasons = list(percentage, "reasons");
    assert!(
        reasons.contains(&json!("projection")) && reasons.contains(&json!("stalled")),
        "{percentage}"
    );
    // A yes-or-no key result is not due yet: nobody projects anything.
    let yes_or_no = of(acme.key_results.boolean.as_str());
    for figure in ["progress_at_end", "miss", "confidence_percent", "is_linear"] {
        assert_eq!(yes_or_no[figure], Value::Null, "{figure}");
    }
}

#[test]
fn insights_name_their_rule_and_their_numbers_but_hold_no_words_of_people() {
    let acme = workspace();
    let found = done(&acme.api, "get_insights", json!({}));
    let insights = list(&found, "insights");
    let of = |rule: &str| insights.iter().filter(|own| own["rule"] == rule).count();
    assert_eq!(of("stalled"), 3, "{found}");
    for insight in insights {
        assert!(
            insight["severity"].is_string() && insight["numbers"].is_object(),
            "{insight}"
        );
        let title = insight["subject"]["title"].as_str().unwrap();
        let rule = &found["by_rule"][insight["rule"].as_str().unwrap()];
        for text in [&insight["sentence"], &rule["action"]] {
            let text = text.as_str().unwrap();
            assert!(!text.is_empty() && !text.contains(title), "{insight}");
        }
    }
}

#[test]
fn teams_are_shown_with_their_key_results_and_people_are_not() {
    let acme = workspace();
    let found = done(&acme.api, "get_team_performance", json!({}));
    let teams = list(&found, "teams");
    assert_eq!(teams.len(), 1);
    let team = &teams[0];
    assert_eq!(
        (&team["okr_count"], &team["key_result_count"]),
        (&json!(1), &json!(4))
    );
    let counted: i64 = ["not_started", "on_track", "at_risk", "off_track"]
        .iter()
        .map(|status| team[*status].as_i64().unwrap())
        .sum();
    assert_eq!(counted, 4);
    assert_eq!(team["stalled"], 3);
    assert!((0..=100).contains(&team["score"].as_i64().unwrap()));
    assert!(!found.to_string().contains("Alice"), "{found}");
    let upcoming = json!({ "cycle_id": acme.cycles.upcoming.as_str() });
    let empty = done(&acme.api, "get_team_performance", upcoming);
    assert_eq!(
        (&empty["teams"], &empty["overall"]["score"]),
        (&json!([]), &Value::Null)
    );
}

#[test]
fn without_an_active_cycle_the_next_one_counts_and_then_the_last() {
    // Four cycles of one day each around today: the active one is found in its own zone.
    for (_, api) in &special().zones {
        assert_eq!(
            done(api, "get_cycle", json!({}))["cycle"]["status"],
            "active"
        );
    }
    let acme = workspace();
    let alice = acme.api.signed_in(&acme.sessions.alice);
    let archive = |id: &str| {
        alice
            .patch(
                &format!("/api/app/cycles/{id}"),
                &json!({ "archived": true }),
            )
            .expect(200);
    };
    let status = || done(&acme.bulk(), "get_cycle", json!({}))["cycle"]["status"].clone();
    assert_eq!(status(), "active");
    archive(acme.cycles.active.as_str());
    assert_eq!(status(), "upcoming");
    archive(acme.cycles.upcoming.as_str());
    assert_eq!(status(), "ended");
    archive(acme.cycles.ended.as_str());
    let nothing = done(&acme.bulk(), "get_cycle", json!({}));
    assert_eq!(
        (&nothing["cycle"], &nothing["health"]),
        (&Value::Null, &Value::Null)
    );
    for tool in [
        "get_okrs",
        "get_risks",
        "get_insights",
        "get_team_performance",
    ] {
        assert_eq!(
            done(&acme.bulk(), tool, json!({}))["cycle"],
            Value::Null,
            "{tool}"
        );
    }
}
