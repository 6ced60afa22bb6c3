//! A migrated database in memory, with the limits that D1 sets.

use std::path::Path;

use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::limits::Limit;
use rusqlite::types::FromSql;
use rusqlite::{Connection, Params};

/// An empty database after all migrations.
pub fn database() -> Connection {
    let database = Connection::open_in_memory().unwrap();
    migrate(&database, |_| true);
    restrict(&database);
    database
}

/// Runs the migrations whose names are wanted, in their order.
pub fn migrate(database: &Connection, wants: impl Fn(&str) -> bool) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../worker/migrations");
    let mut migrations: Vec<_> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    migrations.sort();
    migrations.retain(|path| wants(path.file_name().unwrap().to_str().unwrap()));
    for migration in migrations {
        let sql = std::fs::read_to_string(migration).unwrap();
        database.execute_batch(&sql).unwrap();
    }
}

fn restrict(database: &Connection) {
    database.pragma_update(None, "foreign_keys", true).unwrap();
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 5),
        (Limit::SQLITE_LIMIT_VDBE_OP, 25_000),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
    ] {
        database.set_limit(limit, most).unwrap();
    }
}

/// Runs `sql` statement by statement, like D1, and checks every reference.
pub fn apply(database: &Connection, sql: &str) {
    let mut rest = rusqlite::Batch::new(database, sql);
    database.execute_batch("BEGIN").unwrap();
    while let Some(mut statement) = rest.next().unwrap() {
        assert!(statement.expanded_sql().unwrap().len() <= 100_000);
        statement.execute([]).unwrap();
    }
    database.execute_batch("COMMIT").unwrap();
    assert_eq!(count(database, "pragma_foreign_key_check"), 0);
}

/// How many rows `from` has; it may go on with a condition.
pub fn count(database: &Connection, from: &str) -> i64 {
    one(database, &format!("SELECT count(*) FROM {from}"), [])
}

/// The one value that a query answers.
pub fn one<T: FromSql>(database: &Connection, sql: &str, params: impl Params) -> T {
    database.query_one(sql, params, |row| row.get(0)).unwrap()
}

/// The first column of what a query answers.
pub fn column<T: FromSql>(database: &Connection, sql: &str) -> Vec<T> {
    let mut statement = database.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Asserts that what is kept on the listed rows is what the history says.
pub fn assert_kept_columns_equal_the_history(database: &Connection) {
    let wrong: Vec<String> = column(
        database,
        "SELECT k.title FROM key_results k
         LEFT JOIN check_ins last ON last.id = (
           SELECT id FROM check_ins c WHERE c.key_result_id = k.id AND c.source = 'check_in'
           ORDER BY created_at DESC, id DESC LIMIT 1)
         LEFT JOIN check_ins point ON point.id = (
           SELECT id FROM check_ins c WHERE c.key_result_id = k.id
           ORDER BY created_at DESC, id DESC LIMIT 1)
         WHERE k.check_in_count IS NOT (
             SELECT count(*) FROM check_ins c WHERE c.key_result_id = k.id AND c.source = 'check_in')
           OR k.last_check_in_at IS NOT last.created_at
           OR k.last_check_in_status IS NOT last.status
           OR k.blocked IS NOT coalesce(last.status = 'blocked', 0)
           OR k.current_value IS NOT coalesce(point.value, k.current_value)
           OR k.updated_at IS NOT coalesce(point.created_at, k.created_at)
           OR (last.status IN ('on_track', 'at_risk', 'off_track') AND k.status IS NOT last.status)
           OR (last.status = 'blocked' AND k.status NOT IN ('at_risk', 'off_track'))
           OR (last.id IS NULL AND k.status NOT IN ('not_started', 'on_track'))
           OR json_array_length(k.recent_check_ins) IS NOT min(k.check_in_count, 6)
           OR (last.id IS NOT NULL AND (
             json_extract(k.recent_check_ins, '$[#-1][0]') IS NOT k.last_check_in_on
             OR json_extract(k.recent_check_ins, '$[#-1][1]') IS NOT last.value))",
    );
    assert_eq!(
        wrong, [""; 0],
        "key results whose row contradicts their history"
    );
    let wrong: Vec<String> = column(
        database,
        "SELECT k.name FROM kpis k
         LEFT JOIN kpi_updates last ON last.id = (
           SELECT id FROM kpi_updates u WHERE u.kpi_id = k.id ORDER BY created_at DESC, id DESC LIMIT 1)
         WHERE k.last_updated_at IS NOT last.created_at
           OR k.current_value IS NOT coalesce(last.new_value, k.current_value)",
    );
    assert_eq!(wrong, [""; 0], "KPIs whose row contradicts their history");
}
