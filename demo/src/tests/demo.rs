//! The demo workspace and its neighbour.

use chrono::{Days, NaiveDate};
use okrs_shared::api_key;
use rusqlite::Connection;

use super::common::{apply, assert_kept_columns_equal_the_history, column, count, database, one};
use crate::demo::{Demo, PasswordHashes, demo, demo_with};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn demo_on(today: NaiveDate) -> Demo {
    let hashes = ["a", "b", "c"].map(str::to_owned);
    let [admin, manager, member] = hashes;
    demo_with(
        today,
        &PasswordHashes {
            admin,
            manager,
            member,
        },
    )
}

fn seeded(today: NaiveDate) -> Connection {
    let database = database();
    apply(&database, &demo_on(today).sql);
    database
}

/// The condition that a row is Fernhill's.
const OURS: &str = "organisation_id = (SELECT id FROM organisations WHERE tag = 'FernHill')";

/// The condition that a key result belongs to the running cycle on 24 November.
const RUNNING: &str = "okr_id IN (SELECT id FROM okrs WHERE cycle_id IN (
    SELECT id FROM cycles WHERE start_date <= '2026-11-24' AND end_date >= '2026-11-24'))";

#[test]
fn there_is_as_much_as_promised() {
    let database = seeded(day("2026-11-24"));
    let of = |from: &str, condition: &str| {
        count(&database, &format!("{from} WHERE {OURS} AND {condition}"))
    };
    for (table, rows) in [
        ("cycles", 3),
        ("okrs", 24),
        ("key_results", 80),
        ("kpis", 12),
        ("initiatives", 20),
        ("review_templates", 1),
        ("review_cycles", 2),
        ("reviews", 13),
        ("members", 19),
        ("departments", 4),
        ("teams", 7),
        ("api_keys", 7),
    ] {
        assert_eq!(of(table, "true"), rows, "{table}");
    }
    assert_eq!(of("members", "role = 'admin'"), 2);
    assert_eq!(of("members", "role = 'manager'"), 4);
    assert_eq!(of("members", "disabled_at IS NOT NULL"), 1);
    assert_eq!(of("members", "joined_at IS NULL"), 1);
    assert_eq!(of("members", "password_hash IS NOT NULL"), 3);
    assert_eq!(of("departments", "manager_id IS NULL"), 0);
    assert_eq!(of("teams", "manager_id IS NULL"), 0);
    assert!(of("check_ins", "true") > 500);
    assert_eq!(count(&database, "organisations"), 2);
}

#[test]
fn every_kind_of_story_is_told() {
    let database = seeded(day("2026-11-24"));
    let of = |from: &str, condition: &str| {
        count(&database, &format!("{from} WHERE {OURS} AND {condition}"))
    };
    let running = |condition: &str| of("key_results", &format!("{RUNNING} AND {condition}"));
    let progress = "(current_value - start_value) / (target_value - start_value)";
    assert!(running(&format!("{progress} > 1.05")) >= 1, "over-achieved");
    assert!(
        running(&format!("{progress} BETWEEN 0.99 AND 1.05")) >= 2,
        "achieved"
    );
    assert!(
        running(&format!("{progress} < -0.05")) >= 1,
        "going backwards"
    );
    assert!(running("last_check_in_on < '2026-11-09'") >= 3, "stalled");
    assert!(running("blocked AND status = 'at_risk'") >= 1, "blocked");
    assert!(running("status = 'not_started'") == 1, "never touched");
    assert!(running("status = 'off_track'") >= 2, "off track");
    assert!(running("status = 'at_risk'") >= 4, "at risk");
    assert!(running("status = 'on_track'") >= 20, "on track");
    assert!(
        running(&format!(
            "status = 'on_track' AND metric_type != 'boolean' AND {progress} < 0.3"
        )) >= 1,
        "said to be on track, far behind"
    );
    assert!(
        running("target_value < start_value") >= 8,
        "decreasing targets"
    );
    assert!(running("owner_id IS NULL") >= 2, "unowned");
    for metric in ["number", "percentage", "currency", "boolean"] {
        assert!(
            running(&format!("metric_type = '{metric}'")) >= 3,
            "{metric}"
        );
    }
    for status in ["on_track", "at_risk", "off_track", "blocked"] {
        assert!(
            of("check_ins", &format!("status = '{status}'")) > 3,
            "{status}"
        );
    }
    assert_eq!(
        of("check_ins", "status = 'blocked' AND blocker_note IS NULL"),
        0
    );
    assert_eq!(of("check_ins", "source = 'edit'"), 1);
    assert!(of("check_ins", "comment IS NOT NULL") > 150);
    assert!(of("okrs", "parent_id IS NOT NULL") >= 14);
    assert_eq!(of("okrs", "id NOT IN (SELECT okr_id FROM key_results)"), 1);
    for status in ["todo", "in_progress", "done", "blocked"] {
        assert!(
            of("initiatives", &format!("status = '{status}'")) >= 2,
            "{status}"
        );
    }
    for priority in ["= 'p0'", "= 'p1'", "= 'p2'", "= 'p3'", "IS NULL"] {
        assert!(
            of("initiatives", &format!("priority {priority}")) >= 2,
            "{priority}"
        );
    }
    for status in ["draft", "submitted", "shared"] {
        assert!(
            of("reviews", &format!("status = '{status}'")) >= 2,
            "{status}"
        );
    }
    let answers = "(SELECT count(*) FROM review_answers WHERE review_id = reviews.id)";
    let questions =
        "(SELECT json_array_length(questions) FROM review_cycles WHERE id = review_cycle_id)";
    let unfinished = format!("status <> 'draft' AND {answers} <> {questions}");
    assert_eq!(of("reviews", &unfinished), 0);
    assert!(of("review_private_notes", "true") >= 5);
}

#[test]
fn kpis_have_long_histories_in_both_directions() {
    let database = seeded(day("2026-11-24"));
    let of = |condition: &str| count(&database, &format!("kpis WHERE {OURS} AND {condition}"));
    assert_eq!(of("current_value IS NULL"), 1);
    assert_eq!(of("target_value IS NULL"), 1);
    assert!(of("direction = 'lower'") >= 4 && of("direction = 'higher'") >= 4);
    let overdue = "julianday('2026-11-24') - julianday(measured_on) >
        CASE update_frequency WHEN 'weekly' THEN 7 WHEN 'monthly' THEN 31 ELSE 92 END";
    assert_eq!(of(overdue), 2);
    let fewest: i64 = one(
        &database,
        &format!(
            "SELECT min(updates) FROM (SELECT count(*) AS updates FROM kpi_updates WHERE {OURS} GROUP BY kpi_id)"
        ),
        [],
    );
    assert!(fewest >= 8, "{fewest} updates");
}

#[test]
fn each_week_with_something_to_see_has_its_snapshots() {
    let database = seeded(day("2026-11-24"));
    let of = |condition: &str| {
        count(
            &database,
            &format!("weekly_snapshots WHERE {OURS} AND {condition}"),
        )
    };
    let weeks: Vec<String> = column(
        &database,
        "SELECT DISTINCT week FROM weekly_snapshots ORDER BY week DESC",
    );
    assert!(weeks.len() >= 20, "{} weeks", weeks.len());
    assert_eq!(weeks[..2], ["2026-11-23", "2026-11-16"]);
    let latest = |kind: &str| of(&format!("week = '2026-11-23' AND kind = '{kind}'"));
    assert!(latest("key_result") > 40 && latest("okr") > 10 && latest("team") >= 5);
    assert!(of("kind = 'team' AND checked_in > 0 AND checked_in < due") > 5);
    // Rows keep the last two, and something has moved between them.
    let moved = "okrs WHERE json_extract(recent_weeks, '$[1][0]') = '2026-11-23'
        AND json_extract(recent_weeks, '$[0][0]') = '2026-11-16'
        AND json_extract(recent_weeks, '$[1][1]') > json_extract(recent_weeks, '$[0][1]')";
    assert!(count(&database, moved) > 5);
}

#[test]
fn what_is_kept_equals_the_history() {
    assert_kept_columns_equal_the_history(&seeded(day("2026-11-24")));
}

#[test]
fn nothing_happens_in_the_future_on_any_day() {
    let first = day("2026-01-01");
    let mut found = 0;
    for today in (0..400).map(|days| first + Days::new(days)) {
        let sql = demo_on(today).sql;
        let begin = format!("{today}T00:00:00");
        for (at, _) in sql.match_indices("Z'") {
            let text = &sql[at.saturating_sub(19)..at];
            if text.starts_with("20") && text.as_bytes()[10] == b'T' {
                assert!(text < begin.as_str(), "{text} on {today}");
                found += 1;
            }
        }
        if today.to_string().ends_with("-01") || today.to_string().ends_with("-29") {
            let database = database();
            apply(&database, &sql);
            assert_eq!(count(&database, &format!("key_results WHERE {OURS}")), 80);
            let backwards = "reviews WHERE shared_at < created_at";
            assert_eq!(count(&database, backwards), 0, "{today}");
            let early = "check_ins JOIN key_results ON key_results.id = key_result_id
                WHERE check_ins.created_at < key_results.created_at";
            assert_eq!(count(&database, early), 0, "{today}");
        }
    }
    assert!(found > 400 * 500, "{found} timestamps");
}

#[test]
fn the_same_day_gives_the_same_rows() {
    let rows = |sql: &str| {
        let database = database();
        apply(&database, sql);
        let tables: Vec<String> = column(
            &database,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'api_keys'",
        );
        tables
            .iter()
            .flat_map(|table| all_rows(&database, table))
            .collect::<Vec<_>>()
    };
    let (first, second) = (demo_on(day("2027-02-28")), demo_on(day("2027-02-28")));
    assert_eq!(rows(&first.sql), rows(&second.sql));
    assert_ne!(first.keys, second.keys);
    assert_ne!(rows(&first.sql), rows(&demo_on(day("2027-03-01")).sql));
}

/// Every row of a table as text.
fn all_rows(database: &Connection, table: &str) -> Vec<String> {
    let mut statement = database.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let values: Result<Vec<rusqlite::types::Value>, _> =
            (0..columns).map(|at| row.get(at)).collect();
        Ok(format!("{table} {:?}", values?))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn neither_workspace_mentions_the_other() {
    let database = seeded(day("2026-11-24"));
    let tables: Vec<String> = column(
        &database,
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    );
    let organisations: Vec<String> = column(&database, "SELECT id FROM organisations");
    let ids_of = |mine: &str| -> Vec<String> {
        tables
            .iter()
            .flat_map(|table| all_rows(&database, table))
            .filter(|row| row.contains(mine))
            .flat_map(|row| {
                let quoted: Vec<String> = row.split('"').map(str::to_owned).collect();
                quoted
            })
            .filter(|word| word.len() == 36 && word.as_bytes()[14] == b'7')
            .collect()
    };
    let (ours, theirs) = (ids_of(&organisations[0]), ids_of(&organisations[1]));
    assert!(
        ours.len() > 500 && theirs.len() > 20,
        "{} {}",
        ours.len(),
        theirs.len()
    );
    assert!(ours.iter().all(|id| !theirs.contains(id)));
}

#[test]
fn the_file_says_how_to_get_in() {
    let demo = demo(day("2026-11-24"));
    let sql = demo.sql.clone();
    let file = demo.file("http://127.0.0.1:8787");
    for key in file.keys.values().chain(file.other_workspace.keys.values()) {
        assert!(!sql.contains(key.as_str()));
        assert!(sql.contains(&api_key::hash(key)));
    }
    let json = serde_json::to_value(&file).unwrap();
    assert_eq!(json["url"], "http://127.0.0.1:8787");
    let names: Vec<_> = json["keys"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        names,
        [
            "all",
            "kpis:read",
            "kpis:write",
            "okr-checkins:write",
            "okrs:read",
            "reviews:read",
            "write:okrs"
        ]
    );
    let top: Vec<_> = json.as_object().unwrap().keys().cloned().collect();
    assert_eq!(top, ["keys", "members", "other_workspace", "url"]);
    assert_eq!(json["members"][0]["email"], "maren@fernhill.example");
    assert_eq!(json["members"][0]["password"], "fernhill-admin");
    let roles: Vec<_> = file
        .members
        .iter()
        .map(|member| member.role.as_str())
        .collect();
    assert_eq!(roles, ["admin", "manager", "member"]);
    assert_eq!(
        json["other_workspace"]["keys"].as_object().unwrap().len(),
        1
    );
    assert_eq!(sql.matches("'pbkdf2-sha256$100000$").count(), 3);
}
