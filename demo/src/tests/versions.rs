//! What is there before things had versions, and what code writes that knows nothing of them.

use rusqlite::Connection;

use super::common::{column, migrate, one};

const MIGRATION: &str = "0008";

/// An OKR with a key result, and three check-ins: the ids are not in the order of the moments.
const BEFORE: &str = "
INSERT INTO organisations (id, tag, name, created_at) VALUES ('acme', '12345678', 'Acme', '2026-01-01T00:00:00Z');
INSERT INTO cycles (id, organisation_id, name, start_date, end_date, created_at)
  VALUES ('cycle', 'acme', 'Q1', '2026-01-01', '2026-03-31', '2026-01-01T00:00:00Z');
INSERT INTO okrs (id, organisation_id, cycle_id, title, type, visibility, created_at, updated_at)
  VALUES ('okr', 'acme', 'cycle', 'A', 'org', 'organisation', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO key_results (id, organisation_id, okr_id, title, metric_type, start_value, target_value, current_value, status,
                         created_on, created_at, updated_at)
  VALUES ('result', 'acme', 'okr', 'B', 'number', 0, 9, 0, 'on_track', '2026-01-01', '2026-01-01T00:00:00Z',
          '2026-01-01T00:00:00Z');
INSERT INTO check_ins (id, organisation_id, okr_id, key_result_id, value, created_at) VALUES
  ('c', 'acme', 'okr', 'result', 1, '2026-01-05T00:00:00Z'),
  ('b', 'acme', 'okr', 'result', 3, '2026-01-06T00:00:00Z'),
  ('a', 'acme', 'okr', 'result', 2, '2026-01-05T12:00:00Z');";

fn with_rows_from_before() -> Connection {
    let database = Connection::open_in_memory().unwrap();
    migrate(&database, |name| name < MIGRATION);
    database.execute_batch(BEFORE).unwrap();
    migrate(&database, |name| name >= MIGRATION);
    database
}

/// A change as the code before this makes it.
fn change(database: &Connection, id: &str, subject: &str, effect: &str) {
    database
        .execute_batch(&format!(
            "INSERT INTO audit_log (organisation_id, id, at, action, subject_id)
               VALUES ('acme', '{id}', '2026-02-01T00:00:00Z', 'okr.update', '{subject}');
             {effect};
             UPDATE organisations SET revision = revision + 1 WHERE id = 'acme';"
        ))
        .unwrap();
}

#[test]
fn check_ins_from_before_are_in_the_order_of_their_moments_and_later_ones_follow() {
    let database = with_rows_from_before();
    change(
        &database,
        "1",
        "result",
        "INSERT INTO check_ins (id, organisation_id, okr_id, key_result_id, value, created_at)
           VALUES ('0', 'acme', 'okr', 'result', 4, '2026-01-06T00:00:00Z')",
    );
    let values: Vec<f64> = column(&database, "SELECT value FROM check_ins ORDER BY sequence");
    assert_eq!(values, [1.0, 2.0, 3.0, 4.0]);
    let places: Vec<i64> = column(
        &database,
        "SELECT sequence FROM check_ins ORDER BY sequence",
    );
    assert_eq!(places, [1, 2, 3, 4]);
}

#[test]
fn code_that_knows_of_no_versions_leaves_them_right() {
    let database = with_rows_from_before();
    let last = |of: &str| -> String {
        let version =
            "SELECT change_id FROM versions WHERE organisation_id = 'acme' AND thing_id = ?";
        one(&database, version, [of])
    };
    let of_workspace =
        || -> String { one(&database, "SELECT last_change_id FROM organisations", []) };
    assert_ne!(of_workspace(), "");
    let rename = "UPDATE okrs SET title = 'C' WHERE id = 'okr'";
    change(&database, "1", "okr", rename);
    assert_eq!([last("okr"), of_workspace()], ["1", "1"]);
    // What is changed along with it, too.
    let delete = "UPDATE okrs SET deleted_at = 'now'; UPDATE key_results SET deleted_at = 'now'";
    change(&database, "2", "okr", delete);
    assert_eq!(
        [last("okr"), last("result"), of_workspace()],
        ["2", "2", "2"]
    );
    // That there is one comment more changes nothing of what people write about an OKR.
    change(
        &database,
        "3",
        "comment",
        "UPDATE okrs SET comment_count = 1",
    );
    assert_eq!([last("okr"), of_workspace()], ["2", "3"]);
    // Who was refused has changed nothing.
    database
        .execute_batch(
            "INSERT INTO audit_log (organisation_id, id, at, action, subject_id)
               VALUES ('acme', '4', '2026-02-01T00:00:00Z', 'access.denied', 'okr')",
        )
        .unwrap();
    assert_eq!([last("okr"), of_workspace()], ["2", "3"]);
}
