//! The builder against the real schema in SQLite.

use super::common::{apply, assert_kept_columns_equal_the_history, column, count, database, one};
use crate::{
    ApiKeySeed, CheckInSeed, InitiativeSeed, KeyResultSeed, KpiSeed, KpiUpdateSeed, MemberSeed,
    OkrSeed, ReviewSeed, ReviewState, Role, Tz, Workspace, random_tag,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use okrs_shared::api_key::{self, Scopes};
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::id::{KeyResultId, OkrId};
use okrs_shared::key_result::MetricType;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn empty() -> Workspace {
    Workspace::new(
        "Acme",
        "AcmeTag1",
        Tz::Pacific__Auckland,
        at("2026-03-30T09:00:00Z"),
    )
}

fn with_key_result(metric_type: MetricType, target: f64) -> (Workspace, OkrId, KeyResultId) {
    let mut workspace = empty();
    let cycle = workspace.cycle("Q2 2026", day("2026-04-01"), day("2026-06-30"));
    let okr = workspace.okr(OkrSeed::company("Grow", &cycle));
    let seed = KeyResultSeed::new("Orders", metric_type, 0.0, target);
    let key_result = workspace.key_result(&okr, seed);
    (workspace, okr, key_result)
}

#[test]
fn every_kind_of_row_fits_the_schema() {
    let (mut workspace, _, key_result) = with_key_result(MetricType::Number, 80.0);
    let workshop = workspace.department("Workshop");
    let wheels = workspace.team("Wheels", Some(&workshop));
    let alice = workspace.member(MemberSeed {
        department: Some(&workshop),
        disabled_at: Some(at("2026-04-02T00:00:00Z")),
        ..MemberSeed::new("alice@acme.test", "Alice O'Hara", Role::Admin)
    });
    workspace.team_member(&wheels, &alice);
    workspace.team_manager(&wheels, &alice);
    workspace.department_manager(&workshop, &alice);
    workspace.initiative(InitiativeSeed {
        key_result: Some(&key_result),
        owner: Some(&alice),
        ..InitiativeSeed::new("Ship it;\n-- 'really'")
    });
    let kpi = workspace.kpi(KpiSeed {
        current: Some(3.0),
        team: Some(&wheels),
        ..KpiSeed::new("Returns")
    });
    workspace.kpi_update(&kpi, KpiUpdateSeed::new(2.5, at("2026-04-08T09:00:00Z")));
    let round = workspace.review_cycle("Spring", "active", &[], Some(day("2026-05-03")), None);
    workspace.review(ReviewSeed {
        state: ReviewState::Shared(at("2026-04-19T12:00:00Z")),
        answers: &[("What went well?", "Wheels"), ("What next?", "Spokes")],
        private_note: Some("Ready to lead"),
        ..ReviewSeed::new(&round, &alice, &alice)
    });
    workspace.statement("UPDATE members SET name = 'Alice' WHERE name = 'Alice O''Hara'");

    let database = database();
    apply(&database, &workspace.into_sql());
    assert_kept_columns_equal_the_history(&database);
    assert_eq!(
        count(&database, "teams JOIN members ON members.id = manager_id"),
        1
    );
    assert_eq!(count(&database, "initiatives WHERE okr_id IS NOT NULL"), 1);
    assert_eq!(
        count(&database, "review_answers WHERE position IN (1, 2)"),
        2
    );
    let previous: f64 = one(&database, "SELECT previous_value FROM kpi_updates", []);
    assert_eq!(previous, 3.0);
    let name: String = one(&database, "SELECT name FROM members", []);
    assert_eq!(name, "Alice");
}

#[test]
fn check_ins_keep_the_row_of_their_key_result_right() {
    let (mut workspace, _, key_result) = with_key_result(MetricType::Number, 80.0);
    let first = at("2026-04-05T21:30:00Z");
    for (week, value) in (0..8).zip([1.0, 4.0, 9.5, 9.5, 8.0, 20.0, 30.0, 31.0]) {
        let seed = CheckInSeed::new(
            value,
            CheckInStatus::OnTrack,
            first + TimeDelta::weeks(week),
        );
        workspace.check_in(&key_result, seed);
    }
    workspace.edit(&key_result, 33.0, None, at("2026-05-26T08:00:00Z"));

    let database = database();
    apply(&database, &workspace.into_sql());
    assert_kept_columns_equal_the_history(&database);
    let recent: String = one(&database, "SELECT recent_check_ins FROM key_results", []);
    // Late on Sunday in UTC is Monday in Auckland.
    assert_eq!(
        recent,
        r#"[["2026-04-20",9.5],["2026-04-27",9.5],["2026-05-04",8],["2026-05-11",20],["2026-05-18",30],["2026-05-25",31]]"#
    );
    let (current, edits) = (
        one::<f64>(&database, "SELECT current_value FROM key_results", []),
        count(
            &database,
            "check_ins WHERE source = 'edit' AND status IS NULL",
        ),
    );
    assert_eq!((current, edits), (33.0, 1));
    let weeks = || one::<u32>(&database, "SELECT check_in_weeks FROM key_results", []);
    assert_eq!(weeks(), 0b1111_1111);
    // What the Worker writes keeps them too.
    for (day, expected) in [
        ("2026-05-31", 0b1111_1111),
        ("2026-06-14", 0b11_1111_1101),
        ("2027-06-14", 0b1),
    ] {
        let update = "UPDATE key_results SET last_check_in_on = ?";
        database.execute(update, [day]).unwrap();
        assert_eq!(weeks(), expected, "{day}");
    }
}

/// The status that one blocked check-in leaves.
fn status_after_blocked(metric_type: MetricType, target: f64, value: f64, on: &str) -> String {
    let (mut workspace, _, key_result) = with_key_result(metric_type, target);
    workspace.check_in(
        &key_result,
        CheckInSeed {
            blocker_note: Some("No parts"),
            ..CheckInSeed::new(value, CheckInStatus::Blocked, at(on))
        },
    );
    let database = database();
    apply(&database, &workspace.into_sql());
    assert_kept_columns_equal_the_history(&database);
    one(&database, "SELECT status FROM key_results", [])
}

#[test]
fn a_blocked_check_in_is_at_risk_or_as_bad_as_its_pace() {
    use MetricType::{Boolean, Number};
    // 16 May in Auckland is day 46 of 91: half the way is expected, nothing of a boolean.
    let noon = "2026-05-15T12:30:00Z";
    assert_eq!(status_after_blocked(Number, 80.0, 40.0, noon), "at_risk");
    assert_eq!(status_after_blocked(Number, 80.0, 10.0, noon), "off_track");
    assert_eq!(status_after_blocked(Boolean, 1.0, 0.0, noon), "at_risk");
    assert_eq!(
        status_after_blocked(Boolean, 1.0, 0.0, "2026-06-29T12:30:00Z"),
        "off_track"
    );
}

#[test]
fn api_keys_are_well_formed_and_only_their_hash_is_kept() {
    let mut workspace = empty();
    let seed = ApiKeySeed {
        requests_per_minute: 600,
        revoked_at: Some(at("2026-04-01T00:00:00Z")),
        ..ApiKeySeed::new("Everything", Scopes::all())
    };
    let key = workspace.api_key(seed);
    assert_ne!(key, workspace.api_key(seed));
    assert_eq!(api_key::tag(&key), Some("AcmeTag1"));
    let sql = workspace.into_sql();
    assert!(!sql.contains(&key));

    let database = database();
    apply(&database, &sql);
    let scopes: String = one(
        &database,
        "SELECT scopes FROM api_keys WHERE hash = ?",
        [api_key::hash(&key)],
    );
    assert_eq!(scopes, Scopes::all().to_string());
}

#[test]
fn workspaces_share_a_database_without_colliding() {
    let database = database();
    for _ in 0..3 {
        let tag = random_tag();
        let mut workspace = Workspace::new("Acme", &tag, Tz::UTC, at("2026-04-01T09:00:00Z"));
        let id = workspace.id().to_string();
        workspace.cycle("Q2 2026", day("2026-04-01"), day("2026-06-30"));
        apply(&database, &workspace.into_sql());
        let read: String = one(
            &database,
            "SELECT id FROM organisations WHERE tag = ?",
            [tag],
        );
        assert_eq!(read, id);
    }
    let ids: Vec<String> = column(&database, "SELECT DISTINCT id FROM cycles");
    assert_eq!(ids.len(), 3);
}

#[test]
#[should_panic(expected = "was changed after this check-in")]
fn history_out_of_order_is_refused() {
    let (mut workspace, _, key_result) = with_key_result(MetricType::Number, 80.0);
    for on in ["2026-04-08T09:00:00Z", "2026-04-07T09:00:00Z"] {
        let seed = CheckInSeed::new(1.0, CheckInStatus::OnTrack, at(on));
        workspace.check_in(&key_result, seed);
    }
}
