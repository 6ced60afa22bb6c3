//! `/audit-log`: what was done and what was refused, page by page and as a file.

use okrs_tests::{Api, PASSWORD, Server, Workspace, now, seeded, workspace};
use serde_json::{Value, json};

const LOG: &str = "/api/app/audit-log";

fn alice(acme: &Workspace) -> Api {
    acme.api.signed_in(&acme.sessions.alice)
}

fn entries(admin: &Api, query: &str) -> Vec<Value> {
    let page = admin.read(&format!("{LOG}?{query}"));
    page["entries"].as_array().unwrap().clone()
}

/// Asks again until the log, which learns of refusals after their answer, has so many entries.
fn wait_for(admin: &Api, query: &str, count: usize) -> Vec<Value> {
    for _ in 0..200 {
        let found = entries(admin, query);
        if found.len() >= count {
            return found;
        }
    }
    panic!("the log never had {count} entries of {query}");
}

#[test]
fn an_entry_says_who_did_what_to_what() {
    let acme = workspace();
    let alice = alice(&acme);
    let path = format!("/okrs/{}", acme.okr);
    alice.put(&path, &json!({ "title": "First" })).expect(200);
    acme.api
        .put(&path, &json!({ "title": "Second" }))
        .expect(200);

    let found = entries(&alice, &format!("subject_id={}", acme.okr));
    assert_eq!(found.len(), 2);
    let (by_key, by_alice) = (&found[0], &found[1]);
    for entry in &found {
        assert_eq!(entry["action"], "okr.update");
        assert_eq!(entry["member_id"], acme.alice.as_str());
        assert_eq!(entry["member_name"], "Alice Nguyen");
        assert_eq!(entry["subject_title"], "Second");
    }
    assert_eq!(by_alice["api_key_id"], Value::Null);
    assert_eq!(by_alice["before"]["title"], "Improve onboarding conversion");
    assert_eq!(by_alice["after"]["title"], "First");
    assert_eq!(by_key["api_key_name"], "All");
    assert_eq!(by_key["before"]["title"], "First");
}

#[test]
fn filters_narrow_the_log_down() {
    let acme = workspace();
    let (alice, bob) = (alice(&acme), acme.api.signed_in(&acme.sessions.bob));
    let rename = |api: &Api, name: &str| {
        api.patch("/api/app/me", &json!({ "name": name }))
            .expect(200);
    };
    rename(&alice, "Alice");
    rename(&bob, "Bob");
    acme.api
        .post("/kpis", &json!({ "name": "Sign-ups" }))
        .expect(201);

    let actions = |query: &str| -> Vec<String> {
        let found = entries(&alice, query);
        let action = |entry: &Value| entry["action"].as_str().unwrap().to_owned();
        found.iter().map(action).collect()
    };
    assert_eq!(actions("action=member.rename").len(), 2);
    assert_eq!(
        actions(&format!("member_id={}", acme.bob)),
        ["member.rename"]
    );
    let made = &entries(&alice, "action=kpi.create")[0];
    let key = made["api_key_id"].as_str().unwrap();
    assert_eq!(actions(&format!("api_key_id={key}")), ["kpi.create"]);
    let at = made["at"].as_str().unwrap();
    assert!(actions(&format!("from={at}")).contains(&"kpi.create".to_owned()));
    assert!(!actions(&format!("to={at}")).contains(&"kpi.create".to_owned()));
    assert_eq!(actions("action=nothing.done"), [""; 0]);
    assert_eq!(actions("action=&member_id=").len(), actions("").len());
}

#[test]
fn pages_follow_one_another_without_a_gap() {
    let acme = workspace();
    let alice = alice(&acme);
    for nth in 0..5 {
        let name = json!({ "name": format!("Alice {nth}") });
        alice.patch("/api/app/me", &name).expect(200);
    }
    let all = entries(&alice, "action=member.rename");
    let mut pages = Vec::new();
    let mut before = String::new();
    loop {
        let page = alice.read(&format!(
            "{LOG}?action=member.rename&limit=2&before_id={before}"
        ));
        pages.extend(page["entries"].as_array().unwrap().clone());
        match page["next_before_id"].as_str() {
            Some(id) => before = id.to_owned(),
            None => break,
        }
    }
    assert_eq!(pages, all);
    assert_eq!(all.len(), 5);
    assert!(all.is_sorted_by(|a, b| a["id"].as_str() > b["id"].as_str()));
}

#[test]
fn a_filter_that_means_nothing_is_refused() {
    let acme = workspace();
    let alice = alice(&acme);
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("from=yesterday", "from"),
        ("to=2026-04-19", "to"),
    ] {
        for path in [LOG, "/api/app/audit-log.csv"] {
            let refusal = alice.get(&format!("{path}?{query}")).refusal(400);
            assert!(refusal.starts_with(field), "{query}: {refusal}");
        }
    }
}

#[test]
fn the_file_has_the_same_entries_and_no_formulas() {
    let acme = workspace();
    let alice = alice(&acme);
    alice
        .patch("/api/app/me", &json!({ "name": "=HYPERLINK(1)" }))
        .expect(200);
    alice
        .patch("/api/app/me", &json!({ "name": "A, \"B\"" }))
        .expect(200);
    alice
        .patch("/api/app/me", &json!({ "name": "@SUM(A1)" }))
        .expect(200);
    let answer = alice.get("/api/app/audit-log.csv?action=member.rename");
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    let disposition = answer.header("content-disposition").unwrap();
    assert!(disposition.starts_with("attachment"), "{disposition}");
    let lines: Vec<&str> = answer.text().lines().collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[0].starts_with("id,at,member,"), "{lines:?}");
    assert!(lines[1].contains(",'@SUM(A1),"), "{lines:?}");
    assert!(!answer.text().contains(",@") && !answer.text().contains(",="));
}

#[test]
fn the_file_goes_on_where_a_piece_of_it_ends() {
    let (acme, sql) = seeded("AuditCsv", now());
    let rows = format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10400) \
         INSERT INTO audit_log (organisation_id, id, at, action, subject_id, after) \
         SELECT '{}', printf('%08d', i), '2026-01-01T00:00:00Z', 'made.up', 'subject', json_object('nth', i) \
         FROM n;\n",
        acme.organisation
    );
    let server = Server::start(&(sql + &rows));
    let alice = server.anonymous().signed_in(&acme.sessions.alice);
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
    // A piece has 500, the file 10,000.
    assert_eq!(ids("made.up"), newest(10_400, 401));
    assert_eq!(ids("made.up&before_id=00001001"), newest(1_000, 1));
    assert_eq!(ids("made.up&before_id=00000701"), newest(700, 1));
    assert_eq!(ids("nothing"), newest(0, 1));
}

#[test]
fn being_refused_is_kept_with_the_address_asked_for() {
    let acme = workspace();
    let (alice, dave) = (alice(&acme), acme.api.signed_in(&acme.sessions.dave));
    dave.get("/api/app/api-keys?name=secret").refusal(403);
    dave.delete(&format!("/okrs/{}", acme.okr)).refusal(403);
    let found = wait_for(&alice, "action=access.denied", 2);
    assert_eq!(found.len(), 2);
    for entry in &found {
        assert_eq!(entry["member_id"], acme.dave.as_str());
        assert_eq!(entry["before"], Value::Null);
    }
    let asked: Vec<&Value> = found.iter().map(|entry| &entry["after"]).collect();
    let keys = json!({ "method": "GET", "path": "/api/app/api-keys" });
    let okr = json!({ "method": "DELETE", "path": format!("/api/v1/okrs/{}", acme.okr) });
    assert!(asked.contains(&&keys) && asked.contains(&&okr), "{asked:?}");
    // What does not exist for somebody and what is malformed is no attempt.
    dave.get("/api/app/nowhere").refusal(404);
    dave.patch("/api/app/me", &json!({ "name": "" }))
        .refusal(400);
    dave.get("/api/app/audit-log").refusal(403);
    assert_eq!(wait_for(&alice, "action=access.denied", 3).len(), 3);
}

#[test]
fn what_a_key_may_not_do_is_kept_with_the_key_and_a_few_times_a_minute_only() {
    let acme = workspace();
    let alice = alice(&acme);
    let reader = acme.api.with(acme.keys.only("okrs:read"));
    let change = || {
        let path = format!("/okrs/{}", acme.okr);
        reader.put(&path, &json!({ "title": "Taken over" }))
    };
    change().refusal(403);
    acme.api.get("/api/app/api-keys").refusal(403);
    let found = wait_for(&alice, "action=access.denied", 2);
    let asked = found.iter().map(|entry| entry["after"]["path"].as_str());
    let asked: Vec<_> = asked.map(Option::unwrap_or_default).collect();
    let okr = format!("/api/v1/okrs/{}", acme.okr);
    assert!(
        asked.contains(&"/api/app/api-keys") && asked.contains(&&*okr),
        "{asked:?}"
    );
    for entry in &found {
        assert_eq!(entry["member_id"], Value::Null, "{entry}");
        assert_eq!(entry["subject_id"], entry["api_key_id"], "{entry}");
        assert_ne!(entry["api_key_name"], Value::Null, "{entry}");
    }
    for _ in 0..40 {
        change().refusal(403);
    }
    let found = wait_for(&alice, "action=access.denied", 6).len();
    // Two minutes at most are touched.
    assert!((6..=11).contains(&found), "{found}");
}

#[test]
fn a_flood_of_refusals_does_not_flood_the_log() {
    let acme = workspace();
    let (alice, dave) = (alice(&acme), acme.api.signed_in(&acme.sessions.dave));
    for _ in 0..200 {
        dave.get("/api/app/api-keys").refusal(403);
    }
    let found = wait_for(&alice, "action=access.denied&limit=200", 60).len();
    // Two minutes at most are touched.
    assert!((60..=120).contains(&found), "{found}");
}

#[test]
fn wrong_passwords_are_kept_on_the_account_and_never_their_words() {
    let acme = workspace();
    let alice = alice(&acme);
    let sign_in = |password: &str| {
        let body = json!({ "email": format!("dave@{}", acme.domain), "password": password });
        acme.api.signed_out().post("/api/app/sessions", &body)
    };
    sign_in("not the password").refusal(401);
    sign_in(PASSWORD).expect(200);
    let found = wait_for(&alice, "action=sign_in.failed", 1);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["subject_id"], acme.dave.as_str());
    assert_eq!(found[0]["subject_title"], "Dave Okafor");
    assert_eq!(found[0]["member_id"], Value::Null);
    assert!(!found[0].to_string().contains("not the password"));
}

#[test]
fn only_admins_read_the_log() {
    let acme = workspace();
    for path in [LOG, "/api/app/audit-log.csv"] {
        for session in [&acme.sessions.bob, &acme.sessions.carol] {
            acme.api.signed_in(session).get(path).refusal(403);
        }
        acme.api.get(path).refusal(403);
    }
}

#[test]
fn the_log_of_another_workspace_is_out_of_reach() {
    let (acme, other) = (workspace(), workspace());
    let alice = alice(&acme);
    other
        .api
        .post("/kpis", &json!({ "name": "Theirs" }))
        .expect(201);
    assert_eq!(
        entries(&alice, &format!("member_id={}", other.alice)),
        [Value::Null; 0]
    );
    assert!(
        !alice
            .get("/api/app/audit-log.csv")
            .text()
            .contains("Theirs")
    );
}
