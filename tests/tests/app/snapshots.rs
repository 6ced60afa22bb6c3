//! How things stood as each week began: taken by the daily run, under a clock that stands where a test puts it.

use chrono::{DateTime, TimeDelta, Utc};
use okrs_tests::{Seeded, Server, now, seeded};
use serde_json::json;

use crate::ids::id;

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().unwrap()
}

/// A workspace as of Wednesday the 25th of November 2026, whose OKR's four key results are those of `seeded`: the
/// first was checked in at 40 on the 23rd. Its zone and the first day of its weeks are these.
fn since_november(tag: &str, timezone: &str, week_start: &str) -> (Seeded, String) {
    let (acme, mut sql) = seeded(tag, at("2026-11-25T12:00:00Z"));
    sql += &format!(
        "UPDATE organisations SET timezone = '{timezone}', week_start = '{week_start}' WHERE id = '{id}';\n",
        id = acme.organisation
    );
    (acme, sql)
}

/// How many rows of a workspace there are of a week.
fn rows(server: &Server, acme: &Seeded, week: &str) -> u64 {
    server.number(&format!(
        "SELECT COUNT(*) FROM weekly_snapshots WHERE organisation_id = '{}' AND week = '{week}'",
        acme.organisation
    ))
}

/// A figure of a key result or an OKR as a week began, in hundredths.
fn figure(server: &Server, thing: &str, week: &str, column: &str) -> u64 {
    server.number(&format!(
        "SELECT CAST(ROUND(100 * {column}) AS INTEGER) FROM weekly_snapshots \
         WHERE thing_id = '{thing}' AND week = '{week}'"
    ))
}

#[test]
fn a_week_begins_with_its_day_and_hour_in_the_workspace() {
    let cases = [
        ("WeeksUtc", "UTC", "monday"),
        ("WeeksKir", "Pacific/Kiritimati", "monday"),
        ("WeeksHaw", "Pacific/Honolulu", "monday"),
        ("WeeksSun", "UTC", "sunday"),
        ("WeeksSat", "Asia/Kathmandu", "saturday"),
    ]
    .map(|(tag, timezone, week_start)| since_november(tag, timezone, week_start));
    let sql: String = cases.iter().map(|(_, sql)| sql.as_str()).collect();
    let server = Server::start(&sql);
    let has = |week: &str| -> Vec<bool> {
        let cases = cases.iter();
        cases
            .map(|(acme, _)| rows(&server, acme, week) > 0)
            .collect()
    };
    // Sunday in UTC: Monday on Kiritimati since ten, and Saturday's and Sunday's weeks have begun.
    server.sweep(at("2026-11-29T12:00:00Z"));
    assert_eq!(has("2026-11-30"), [false, true, false, false, false]);
    assert_eq!(has("2026-11-29"), [false, false, false, true, false]);
    assert_eq!(has("2026-11-28"), [false, false, false, false, true]);
    assert_eq!(has("2026-11-23"), [true, false, true, false, false]);
    // Monday's 3:17 in UTC is still Sunday on Hawaii, whose Monday begins at ten.
    server.sweep(at("2026-11-30T03:17:00Z"));
    assert_eq!(has("2026-11-30"), [true, true, false, false, false]);
    server.sweep(at("2026-11-30T09:59:00Z"));
    assert_eq!(has("2026-11-30"), [true, true, false, false, false]);
    server.sweep(at("2026-11-30T10:00:00Z"));
    assert_eq!(has("2026-11-30"), [true, true, true, false, false]);
    let lines = server.logged("weekly snapshots");
    assert!(lines[0].contains("25 weekly snapshots"), "{lines:?}");
    assert!(lines[2].contains("; 0 weekly snapshots"), "{lines:?}");
}

#[test]
fn a_missed_week_stays_empty_and_a_late_run_writes_how_it_was_on_the_first_day() {
    let (acme, sql) = since_november("TooLate0", "UTC", "monday");
    let server = Server::start(&sql);
    let own = acme.key_results.number.as_str();
    // Of the 23rd the check-in of that day, at eleven, is not known yet.
    server.sweep(at("2026-11-23T03:17:00Z"));
    assert_eq!(figure(&server, own, "2026-11-23", "value"), 0);
    assert_eq!(rows(&server, &acme, "2026-11-23"), 5);
    // The 30th is missed. On Thursday the run writes Monday's: on Thursday the pace would be off track.
    server.sweep(at("2026-12-10T03:17:00Z"));
    assert_eq!(rows(&server, &acme, "2026-11-30"), 0);
    assert_eq!(rows(&server, &acme, "2026-12-07"), 5);
    assert_eq!(figure(&server, own, "2026-12-07", "value"), 4_000);
    assert_eq!(figure(&server, own, "2026-12-07", "progress"), 40);
    assert_eq!(
        figure(&server, own, "2026-12-07", "(status = 'at_risk')"),
        100
    );
    // It stays as it is, whatever comes later in the week.
    server.sweep(at("2026-12-11T03:17:00Z"));
    assert_eq!(rows(&server, &acme, "2026-12-07"), 5);

    // Four were asked for a check-in in the week before, and none got one.
    let okr = acme.okr.as_str();
    assert_eq!(figure(&server, okr, "2026-12-07", "due"), 400);
    assert_eq!(figure(&server, okr, "2026-12-07", "checked_in"), 0);
    let kept = format!("SELECT json_array_length(recent_weeks) FROM okrs WHERE id = '{okr}'");
    assert_eq!(server.number(&kept), 2);
}

#[test]
fn what_came_in_since_the_week_began_is_not_in_its_snapshot() {
    let (acme, mut sql) = seeded("MidWeek0", now());
    // Made long ago and checked in by nobody, but on the day before the week began.
    let week_ago = (now() - TimeDelta::days(8)).format("%Y-%m-%dT%H:%M:%SZ");
    sql += &format!("UPDATE check_ins SET created_at = '{week_ago}';\n");
    let server = Server::start(&sql);
    let alice = server.anonymous().signed_in(&acme.sessions.alice);
    let [number, percentage, currency] = [
        &acme.key_results.number,
        &acme.key_results.percentage,
        &acme.key_results.currency,
    ];
    for value in [41, 44] {
        let body = json!({ "value": value, "status": "off_track" });
        let path = format!("/key-results/{percentage}/checkins");
        alice.post(&path, &body).expect(201);
    }
    let path = format!("/key-results/{number}/checkins");
    alice.post(&path, &json!({ "value": 90 })).expect(201);
    let edit = json!({ "current_value": 5 });
    let path = format!("/key-results/{currency}");
    alice.put(&path, &edit).expect(200);
    let new = json!({ "title": "New in mid-week", "metric_type": "number", "start_value": 0, "target_value": 9 });
    let path = format!("/okrs/{}/key-results", acme.okr);
    let new = alice.post(&path, &new).expect(201);
    let new = &id(&new);

    let of = |thing: &str, condition: &str| {
        server.number(&format!(
            "SELECT COUNT(*) FROM weekly_snapshots WHERE thing_id = '{thing}' AND {condition}"
        ))
    };
    server.sweep(now());
    assert_eq!(of(percentage.as_str(), "value = 35 AND checked_in = 0"), 1);
    assert_eq!(of(number.as_str(), "value = 40"), 1);
    assert_eq!(of(currency.as_str(), "value = 8"), 1);
    assert_eq!(of(new, "1"), 0, "it was not there yet");
    // A week later all of it is known.
    server.sweep(now() + TimeDelta::days(7));
    assert_eq!(
        of(
            percentage.as_str(),
            "value = 44 AND checked_in = 1 AND status = 'off_track'"
        ),
        1
    );
    assert_eq!(of(number.as_str(), "value = 90"), 1);
    assert_eq!(of(currency.as_str(), "value = 5"), 1);
    assert_eq!(of(new, "kind = 'key_result'"), 1);

    // With the key result its rows go.
    alice.delete(&format!("/key-results/{new}")).expect(204);
    server.sweep(now() + TimeDelta::days(38));
    server.sweep(now() + TimeDelta::days(38));
    assert_eq!(of(new, "1"), 0);
}

#[test]
fn a_big_workspace_has_its_snapshots_after_a_few_runs_and_teams_come_last() {
    let (acme, mut sql) = since_november("BigWeeks", "UTC", "monday");
    sql += &format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) \
         INSERT INTO okrs (id, organisation_id, cycle_id, title, type, team_id, visibility, created_at, updated_at) \
         SELECT 'big' || i, '{org}', '{cycle}', 'Title', 'team', '{team}', 'organisation', \
                '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z' FROM n;\n\
         INSERT INTO key_results (id, organisation_id, okr_id, title, metric_type, start_value, target_value, \
                                  current_value, status, created_on, created_at, updated_at) \
         SELECT 'key' || id, organisation_id, id, 'Title', 'number', 0, 10, 5, 'on_track', '2026-11-01', created_at, \
                updated_at FROM okrs WHERE id GLOB 'big*';\n",
        org = acme.organisation,
        cycle = acme.cycles.active,
        team = acme.team
    );
    let server = Server::start(&sql);
    server.sweep(at("2026-11-30T03:17:00Z"));
    let team = format!("thing_id = '{}'", acme.team);
    let rows = |condition: &str| {
        server.number(&format!(
            "SELECT COUNT(*) FROM weekly_snapshots WHERE {condition}"
        ))
    };
    assert!(rows("kind = 'okr'") < 1_001);
    assert_eq!(rows(&team), 0, "half of its OKRs would say something else");
    let first = server.logged("weekly snapshots and more");
    assert_eq!(first.len(), 1, "{first:?}");
    server.sweep(at("2026-12-01T03:17:00Z"));
    assert_eq!(rows("kind = 'okr'"), 1_001);
    assert_eq!(rows("kind = 'key_result'"), 1_004);
    let half = format!("{team} AND progress = 0.5 AND due = 1000 AND checked_in = 0");
    assert_eq!(rows(&half), 1);
    assert_eq!(rows("week <> '2026-11-30'"), 0);
}
