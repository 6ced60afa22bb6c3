//! No list grows without bounds, whatever a workspace has.

use std::sync::OnceLock;

use okrs_tests::{Api, Seeded, Server, now, seeded};
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

/// A server for all of these, with two workspaces that have an OKR of 1,500 and 3,000 key results, one with 500
/// OKRs of 5 key results, one with 60 OKRs of 100, and one with a long audit log.
struct Stage {
    server: Server,
    long: [(Seeded, u32); 2],
    plenty: Seeded,
    wide: Seeded,
    audited: Seeded,
}

fn stage() -> &'static Stage {
    static STAGE: OnceLock<Stage> = OnceLock::new();
    STAGE.get_or_init(|| {
        let mut sql = String::new();
        let mut next = |tag: &str, more: &dyn Fn(&Seeded) -> String| {
            let (seeded, own) = seeded(tag, now());
            sql += &own;
            sql += &more(&seeded);
            seeded
        };
        let long = [("Lists001", 1_500), ("Lists002", 3_000)].map(|(tag, count)| {
            let more =
                |acme: &Seeded| key_results(acme.organisation.as_str(), acme.okr.as_str(), count);
            (next(tag, &more), count)
        });
        let plenty = next("Lists003", &|acme| okrs(acme, 499, 5));
        let wide = next("Lists004", &|acme| okrs(acme, 60, 100));
        let audited = next("Lists005", &|acme| audit_entries(acme, 10_400));
        Stage {
            server: Server::start(&sql),
            long,
            plenty,
            wide,
            audited,
        }
    })
}

impl Stage {
    fn alice(&self, acme: &Seeded) -> Api {
        self.server.anonymous().signed_in(&acme.sessions.alice)
    }
}

#[test]
fn lists_have_all_of_thousands_of_key_results_of_one_okr_in_their_order() {
    let stage = stage();
    for (acme, count) in &stage.long {
        let api = stage.server.api(&acme.keys.bulk);
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
        // The list's lines have no ids: their titles begin with the same numbers.
        let list = alice.read("/api/app/okrs");
        let lines = list["okrs"][0]["key_results"].as_array().unwrap();
        let nths: Vec<u32> = lines[4..]
            .iter()
            .map(|line| line["title"].as_str().unwrap()[..4].parse().unwrap())
            .collect();
        let mut sorted: Vec<u32> = (1..=*count).collect();
        sorted.sort_by_key(|nth| (nth / 7, nth.to_string()));
        assert_eq!(nths, sorted);
        assert_eq!(lines[10]["current_value"], 5.5);
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

/// SQL that gives the active cycle `okrs` OKRs with `key_results` each, with descriptions that are as long as
/// they can be and otherwise as people write them.
fn okrs(acme: &Seeded, okrs: u32, key_results: u32) -> String {
    let Seeded {
        organisation,
        cycles,
        alice,
        team,
        department,
        ..
    } = acme;
    let organisation_id = organisation.as_str();
    let tag = &organisation_id[organisation_id.len() - 8..];
    let many = |count: u32| {
        format!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
        )
    };
    let day = |ago: u32| format!("json_array(date('now', '-{ago} days'), 512.5 - {ago})");
    let days = [36, 29, 22, 15, 8, 1].map(day).join(", ");
    let id = "'-1111-7000-8000-' || printf('%012d', i)";
    [
        many(okrs),
        format!(
            "INSERT INTO okrs (id, organisation_id, cycle_id, title, description, type, owner_id, team_id, \
                               department_id, visibility, created_at, updated_at) \
             SELECT '{tag}' || {id}, '{organisation}', '{}', \
                    'Objective ' || i || ': do a little more of what works', \
                    replace(hex(zeroblob(5000)), '0', 'd'), 'team', '{alice}', '{team}', '{department}', \
                    'organisation', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-' || (7200 + i) || ' seconds'), \
                    '2026-01-01T00:00:00Z' FROM n;\n",
            cycles.active
        ),
        many(okrs * key_results),
        format!(
            "INSERT INTO key_results (id, organisation_id, okr_id, title, metric_type, start_value, target_value, \
                                      current_value, unit, owner_id, status, last_check_in_at, last_check_in_on, \
                                      last_check_in_status, check_in_count, recent_check_ins, created_on, \
                                      created_at, updated_at) \
             SELECT 'k{tag}' || {id}, '{organisation}', \
                    '{tag}-1111-7000-8000-' || printf('%012d', 1 + (i - 1) / {key_results}), \
                    'Key result ' || i || ': orders without a question', 'number', 0, 1000, 511.5, 'orders', \
                    '{alice}', 'on_track', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 days'), date('now', '-1 days'), \
                    'on_track', 40, json_array({days}), date('now', '-40 days'), '2026-01-01T00:00:00Z', \
                    '2026-01-01T00:00:00Z' FROM n;\n"
        ),
    ]
    .concat()
}

#[test]
fn a_page_of_the_list_is_below_a_megabyte_and_shorter_where_okrs_have_many_key_results() {
    let stage = stage();
    let list = |acme: &Seeded, query: &str| {
        let answer = stage.alice(acme).get(&format!("/api/app/okrs{query}"));
        assert_eq!(answer.cost().d1_calls, 1);
        assert!(
            answer.text().len() < 1_000_000,
            "{} bytes",
            answer.text().len()
        );
        answer.json()
    };
    let all = list(&stage.plenty, "");
    assert_eq!(all["okrs"].as_array().unwrap().len(), 500);
    assert_eq!(all["next_after"], Value::Null);
    let mut pages = Vec::new();
    let mut query = String::new();
    loop {
        let page = list(&stage.wide, &query);
        pages.push(page["okrs"].as_array().unwrap().len());
        match page["next_after"].as_str() {
            Some(last) => query = format!("?after={last}"),
            None => break,
        }
    }
    // Those with 100 key results each come 25 at a time; the seeded one is older than they are.
    assert_eq!(pages, [25, 25, 11]);
}

/// SQL for so many entries of the audit log.
fn audit_entries(acme: &Seeded, count: u32) -> String {
    let organisation = &acme.organisation;
    format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) \
         INSERT INTO audit_log (organisation_id, id, at, action, subject_id, after) \
         SELECT '{organisation}', printf('%08d', i), '2026-01-01T00:00:00Z', 'made.up', 'subject', \
                json_object('nth', i) FROM n;\n"
    )
}

#[test]
fn the_audit_log_as_a_file_goes_on_where_a_piece_of_it_ends() {
    let stage = stage();
    let alice = stage.alice(&stage.audited);
    let ids = |query: &str| -> Vec<String> {
        let answer = alice.get(&format!("/api/app/audit-log.csv?action={query}"));
        assert_eq!(answer.status, 200);
        let mut lines = answer.text().lines();
        assert!(lines.next().unwrap().starts_with("id,at,member,"));
        lines.map(|line| line[..8].to_owned()).collect()
    };
    let newest = |from: u32, to: u32| -> Vec<String> {
        let nths = (to..=from).rev();
        nths.map(|nth| format!("{nth:08}")).collect()
    };
    assert_eq!(ids("made.up"), newest(10_400, 401));
    assert_eq!(ids("made.up&before_id=00001001"), newest(1_000, 1));
    assert_eq!(ids("made.up&before_id=00000701"), newest(700, 1));
    assert_eq!(ids("nothing"), newest(0, 1));
}
