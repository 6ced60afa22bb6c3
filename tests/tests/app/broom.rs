//! What the Worker cleans up once a day.

use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use okrs_shared::id::MemberId;
use okrs_tests::{PASSWORD, Seeded, Server, now, seeded, today};
use serde_json::json;

use crate::ids::ids;

const MONTHS: i64 = 24;
/// From then on as much goes as comes: unread notifications are kept longest, for a year.
const LEVEL: i64 = 14;

/// Tables of which something goes, and the column that begins with the month.
const TABLES: [(&str, &str); 18] = [
    ("idempotency_keys", "key"),
    ("sessions", "id"),
    ("password_links", "id"),
    ("notifications", "id"),
    ("okrs", "id"),
    ("key_results", "id"),
    ("check_ins", "id"),
    ("target_changes", "id"),
    ("comments", "id"),
    ("initiatives", "id"),
    ("initiative_key_results", "initiative_id"),
    ("kpis", "id"),
    ("kpi_updates", "id"),
    ("review_cycles", "id"),
    ("reviews", "id"),
    ("review_answers", "review_id"),
    ("review_private_notes", "review_id"),
    ("versions", "thing_id"),
];

/// What a month of work leaves behind, as SQL: all that comes in a year, and an OKR that lives.
fn month(acme: &Seeded, month: i64, begin: DateTime<Utc>) -> String {
    let at = |days: i64| {
        let at = begin + TimeDelta::days(days);
        at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    };
    let (org, carol, cycle) = (&acme.organisation, &acme.carol, &acme.cycles.ended);
    let (made, gone) = (at(0), at(10));
    let okr = |id: &str, deleted: &str| {
        format!(
            "INSERT INTO okrs (id, organisation_id, cycle_id, title, type, visibility, created_at, updated_at, \
                               deleted_at) \
             VALUES ('{id}', '{org}', '{cycle}', '{id}', 'org', 'organisation', '{made}', '{made}', {deleted});\n\
             INSERT INTO key_results (id, organisation_id, okr_id, title, metric_type, start_value, target_value, \
                                      current_value, status, created_on, created_at, updated_at, deleted_at) \
             VALUES ('{id}-k', '{org}', '{id}', 'Key result', 'number', 0, 9, 1, 'on_track', '2024-01-01', '{made}', \
                     '{made}', {deleted});\n\
             INSERT INTO check_ins (id, organisation_id, okr_id, key_result_id, value, created_at, sequence) \
             VALUES ('{id}-1', '{org}', '{id}', '{id}-k', 1, '{made}', 1), \
                    ('{id}-2', '{org}', '{id}', '{id}-k', 2, '{made}', 2);\n\
             INSERT INTO target_changes (id, organisation_id, key_result_id, old_target, new_target, created_at) \
             VALUES ('{id}-t', '{org}', '{id}-k', 8, 9, '{made}');\n\
             INSERT INTO comments (id, organisation_id, okr_id, key_result_id, text, created_by, created_at) \
             VALUES ('{id}-c', '{org}', '{id}', '{id}-k', 'Good', '{carol}', '{made}');\n\
             INSERT INTO initiatives (id, organisation_id, title, status, okr_id, created_at, updated_at, deleted_at) \
             VALUES ('{id}-i', '{org}', 'Initiative', 'todo', '{id}', '{made}', '{made}', {deleted});\n\
             INSERT INTO initiative_key_results VALUES ('{id}-i', '{id}-k', '{org}');\n\
             INSERT INTO versions VALUES ('{org}', '{id}', 'x'), ('{org}', '{id}-k', 'x'), ('{org}', '{id}-c', 'x');\n"
        )
    };
    let id = format!("m{month:02}");
    let mut sql = okr(&id, &format!("'{gone}'")) + &okr(&format!("living-{month}"), "NULL");
    sql += &format!(
        "INSERT INTO okrs (id, organisation_id, cycle_id, parent_id, cloned_from_id, title, type, visibility, \
                           created_at, updated_at, deleted_at) \
         VALUES ('{id}-below', '{org}', '{cycle}', '{id}', '{id}', 'Below', 'org', 'organisation', '{made}', '{made}', \
                 '{gone}');\n\
         INSERT INTO sessions (id, organisation_id, member_id, hash, method, created_at, last_seen_at, expires_at, \
                               ended_at) \
         VALUES ('{id}-ended', '{org}', '{carol}', '{id}-ended', 'password', '{made}', '{made}', '{}', '{}'), \
                ('{id}-left', '{org}', '{carol}', '{id}-left', 'password', '{made}', '{made}', '{}', NULL);\n\
         INSERT INTO password_links (id, organisation_id, member_id, purpose, hash, created_at, expires_at, used_at) \
         VALUES ('{id}-used', '{org}', '{carol}', 'reset', '{id}-used', '{made}', '{}', '{}'), \
                ('{id}-left', '{org}', '{carol}', 'reset', '{id}-left', '{made}', '{}', NULL);\n\
         INSERT INTO notifications (id, organisation_id, member_id, kind, subject_id, text, created_at, read_at) \
         VALUES ('{id}-read', '{org}', '{carol}', 'mention', '{id}', 'Text', '{made}', '{}'), \
                ('{id}-unread', '{org}', '{carol}', 'mention', '{id}', 'Text', '{made}', NULL);\n",
        at(30),
        at(1),
        at(30),
        at(7),
        at(1),
        at(7),
        at(1)
    );
    sql + &format!(
        "INSERT INTO kpis (id, organisation_id, name, category, update_frequency, direction, measured_on, created_at, \
                           updated_at, deleted_at) \
         VALUES ('{id}-p', '{org}', 'KPI', 'custom', 'weekly', 'higher', '2024-01-01', '{made}', '{made}', '{gone}');\n\
         INSERT INTO kpi_updates (id, organisation_id, kpi_id, new_value, created_at) \
         VALUES ('{id}-u', '{org}', '{id}-p', 1, '{made}');\n\
         INSERT INTO review_cycles (id, organisation_id, name, status, created_at, deleted_at) \
         VALUES ('{id}-r', '{org}', 'Review', 'closed', '{made}', '{gone}');\n\
         INSERT INTO reviews (id, organisation_id, review_cycle_id, reviewee_id, reviewer_id, type, status, created_at, \
                              updated_at) \
         VALUES ('{id}-w', '{org}', '{id}-r', '{carol}', '{}', 'manager', 'draft', '{made}', '{made}');\n\
         INSERT INTO review_answers VALUES ('{id}-w', 0, '{org}', 'Why?', 'Because');\n\
         INSERT INTO review_private_notes VALUES ('{id}-w', '{org}', 'Hm');\n\
         INSERT INTO idempotency_keys VALUES ('{org}', 'key', '{id}', 'hash', '{{}}', '{made}');\n",
        acme.alice
    )
}

/// How many rows of a table came until this month, and are still there.
fn rows_until(server: &Server, (table, column): (&str, &str), month: i64) -> u64 {
    server.number(&format!(
        "SELECT COUNT(*) FROM {table} WHERE {column} GLOB 'm[0-9][0-9]*' AND substr({column}, 2, 2) <= '{month:02}'"
    ))
}

#[test]
fn in_two_years_no_more_is_left_behind_than_in_one() {
    let begin = now() - TimeDelta::days(30 * MONTHS);
    let (acme, mut sql) = seeded("TwoYears", now());
    for nth in 0..MONTHS {
        sql += &month(&acme, nth, begin + TimeDelta::days(30 * nth));
    }
    let server = Server::start(&sql);
    let mut at_level = Vec::new();
    for nth in 0..MONTHS {
        server.sweep(begin + TimeDelta::days(30 * (nth + 1)));
        if nth == LEVEL {
            at_level = TABLES.map(|table| rows_until(&server, table, nth)).into();
        }
    }
    for (table, level) in TABLES.into_iter().zip(at_level) {
        let rows = rows_until(&server, table, MONTHS - 1);
        assert_eq!(rows, level, "{table:?}");
        assert!(rows < 30, "{table:?} has {rows} rows of {MONTHS} months");
    }
    let young = rows_until(&server, ("sessions", "id"), MONTHS - 1);
    assert_eq!(young, 7, "three months of ended ones, four of others");
    let living = "SELECT (SELECT COUNT(*) FROM okrs WHERE id GLOB 'living*') + \
                  (SELECT COUNT(*) FROM check_ins WHERE id GLOB 'living*') + \
                  (SELECT COUNT(*) FROM comments WHERE id GLOB 'living*')";
    assert_eq!(server.number(living), 24 * 4);
    let lines = server.logged("\"swept\"");
    assert_eq!(lines.len(), 24, "{lines:?}");
    let alice = server.anonymous().signed_in(&acme.sessions.alice);
    let okr = alice.read(&format!("/api/app/okrs/{}", acme.okr));
    assert_eq!(okr["check_ins"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_deleted_goes_when_it_cannot_be_restored_any_more() {
    let (acme, mut sql) = seeded("Restores", now());
    sql += &format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 16000) \
         INSERT INTO notifications (id, organisation_id, member_id, kind, subject_id, text, created_at, read_at) \
         SELECT 'n' || i, '{}', '{}', 'mention', 'x', 'Text', '{at}', '{at}' FROM n;\n",
        acme.organisation,
        acme.carol,
        at = (now() - TimeDelta::days(100)).format("%Y-%m-%dT%H:%M:%SZ")
    );
    let server = Server::start(&sql);
    let alice = server.anonymous().signed_in(&acme.sessions.alice);
    let restore = format!("/api/app/okrs/{}/restore", acme.okr);
    let in_days = |days| now() + TimeDelta::days(days);

    alice.delete(&format!("/okrs/{}", acme.okr)).expect(204);
    server.sweep(in_days(29));
    assert_eq!(
        ids(&alice.read("/api/app/okrs/deleted")),
        [acme.okr.as_str()]
    );
    alice.post(&restore, &json!({})).expect(204);

    // A living initiative keeps it, and shows no link.
    alice.delete(&format!("/okrs/{}", acme.okr)).expect(204);
    let initiative = format!("/initiatives/{}", acme.initiative);
    server.sweep(in_days(31));
    let rows = format!("SELECT COUNT(*) FROM okrs WHERE id = '{}'", acme.okr);
    assert_eq!(server.number(&rows), 1);
    assert_eq!(alice.read(&initiative)["data"]["okr_id"], json!(null));

    alice.delete(&initiative).expect(200);
    server.sweep(in_days(31));
    assert_eq!(server.number(&rows), 0);
    assert_eq!(alice.read("/api/app/okrs/deleted"), json!([]));
    alice.post(&restore, &json!({})).refusal(404);
    let log = alice.read(&format!("/api/app/audit-log?subject_id={}", acme.okr));
    let entry = &log["entries"][0];
    assert_eq!(entry["action"], "okr.delete");
    assert_eq!(entry["subject_title"], "Improve onboarding conversion");

    // A heap goes over several days.
    let heap = "SELECT COUNT(*) FROM notifications WHERE id GLOB 'n*' AND subject_id = 'x'";
    assert_eq!(server.number(heap), 0, "three runs take it all");
    let lines = server.logged("\"swept\"");
    assert!(
        lines[0].contains("6000 read notifications and more"),
        "{lines:?}"
    );
}

#[test]
fn of_a_key_that_ended_long_ago_nobody_knows_how_much_it_was_used() {
    let (acme, sql) = seeded("DeadKeys", now());
    let server = Server::start(&sql);
    let alice = server.anonymous().signed_in(&acme.sessions.alice);
    let last_used = || {
        let keys = alice.read("/api/app/api-keys");
        let ours = &acme.keys.all[acme.keys.all.len() - 4..];
        let mut keys = keys.as_array().unwrap().iter();
        let key = keys.find(|key| key["last_four"] == ours).unwrap().clone();
        (
            key["id"].as_str().unwrap().to_owned(),
            key["last_used_at"].is_string(),
        )
    };
    server.api(&acme.keys.all).get("/okrs").expect(200);
    let (id, is_known) = last_used();
    assert!(is_known);
    alice.delete(&format!("/api/app/api-keys/{id}")).expect(204);
    server.sweep(now() + TimeDelta::days(89));
    assert!(last_used().1);
    server.sweep(now() + TimeDelta::days(91));
    assert!(!last_used().1);
}

#[test]
fn a_member_keeps_the_day_on_which_they_were_last_here() {
    let (acme, mut sql) = seeded("LastSeen", now());
    let hours_ago = now() - TimeDelta::hours(3);
    sql += &format!(
        "UPDATE sessions SET last_seen_at = '{}';\n",
        hours_ago.format("%Y-%m-%dT%H:%M:%SZ")
    );
    let server = Server::start(&sql);
    let was_here = |member: &MemberId| {
        let day = today() - TimeDelta::days(1);
        server.number(&format!(
            "SELECT COUNT(*) FROM members WHERE id = '{member}' AND last_seen_on >= '{day}'"
        ))
    };
    let dave = format!("dave@{}", acme.domain);
    let dave = json!({ "email": dave, "password": PASSWORD });
    let signed_in = server.anonymous().signed_out();
    signed_in.post("/api/app/sessions", &dave).expect(200);
    assert_eq!(was_here(&acme.dave), 1);

    let bob = server.anonymous().signed_in(&acme.sessions.bob);
    bob.get("/api/app/me").expect(200);
    let deadline = Instant::now() + Duration::from_secs(20);
    while was_here(&acme.bob) == 0 {
        assert!(Instant::now() < deadline, "it is written after the answer");
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(was_here(&acme.carol), 0);
}
