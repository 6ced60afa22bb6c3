//! One OKR with more key results than it can have stops no list.

use okrs_tests::{Server, now, seeded};
use serde_json::{Value, json};

/// SQL that gives an OKR so many key results more, with texts that are as long as they can be:
/// control characters take six bytes each in JSON.
fn key_results(organisation: &str, okr: &str, count: u32) -> String {
    format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}), \
           long (text) AS (SELECT replace(substr(hex(zeroblob(250)), 1, 490), '0', char(1))) \
         INSERT INTO key_results (id, organisation_id, okr_id, title, metric_type, start_value, target_value, \
                                  current_value, unit, status, created_on, created_at, updated_at) \
         SELECT '{organisation}-' || i, '{organisation}', '{okr}', printf('%04d', i) || long.text, 'number', 0, 10, \
                5.5, 'sign-ups' || long.text, 'on_track', date('now'), \
                strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+' || (i / 7) || ' seconds'), '2026-01-01T00:00:00Z' \
         FROM n, long;\n"
    )
}

#[test]
fn lists_have_all_of_thousands_of_key_results_of_one_okr_in_their_order() {
    let workspaces =
        [("Lists001", 1_500), ("Lists002", 3_000)].map(|(tag, count)| (seeded(tag, now()), count));
    let sql: String = workspaces
        .iter()
        .map(|((acme, sql), count)| {
            sql.clone() + &key_results(acme.organisation.as_str(), acme.okr.as_str(), *count)
        })
        .collect();
    let server = Server::start(&sql);
    for ((acme, _), count) in &workspaces {
        let api = server.api(&acme.keys.bulk);
        let alice = api.signed_in(&acme.sessions.alice);
        let expected: Vec<String> = (1..=*count)
            .map(|nth| format!("{}-{nth}", acme.organisation))
            .collect();
        // Their times count seven at once, their ids decide then.
        let in_order = |list: &Value| {
            let key_results = list["key_results"].as_array().unwrap();
            let ids: Vec<String> = key_results[4..]
                .iter()
                .map(|key_result| key_result["id"].as_str().unwrap().to_owned())
                .collect();
            let mut sorted = expected.clone();
            sorted.sort_by_key(|id| {
                let nth: u32 = id.rsplit('-').next().unwrap().parse().unwrap();
                (nth / 7, id.clone())
            });
            assert_eq!(ids, sorted);
            assert_eq!(key_results[10]["current_value"], 5.5);
        };
        in_order(&api.read("/okrs")[0]);
        in_order(&alice.read("/api/app/okrs")["okrs"][0]);
        in_order(&alice.read(&format!("/api/app/okrs/{}", acme.okr))["okr"]);
        assert!(alice.read("/api/app/home")["due"].as_array().unwrap().len() > 1_000);
        alice.read("/api/app/search?q=sign-ups");
        let clone = format!("/api/app/cycles/{}/clone", acme.cycles.active);
        let into = json!({ "into_cycle_id": acme.cycles.upcoming.as_str() });
        let refusal = alice.post(&clone, &into).refusal(400);
        assert_eq!(refusal, "key_results of an OKR can be at most 100");
        let path = format!("/key-results/{}-700", acme.organisation);
        api.delete(&path).expect(204);
        assert!(!api.get("/okrs").text().contains("0700"));
    }
}
