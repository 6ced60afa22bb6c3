//! Databases of earlier versions: `tests/schemas` has one as it was after each migration, with a workspace in it.
//!
//! They are frozen: a migration that has been released is not changed any more, and whoever changes one learns of it here.

use std::fs;
use std::path::{Path, PathBuf};

use okrs_shared::{api_key, session};
use rusqlite::Connection;

use crate::database::migrations;
use crate::server::repository;

/// Set by whoever has written a migration, to have the database as it is after it frozen as well.
const FREEZE: &str = "OKRS_FREEZE";

/// The workspace of a database of an earlier version.
pub struct Frozen {
    /// The name of the last migration that the database had.
    pub migration: String,
    /// A key for everything.
    pub key: String,
    /// The cookie of its admin.
    pub session: String,
    /// What ids begin with.
    pub mark: String,
}

/// The workspaces of all of them, and the SQL that makes these rows in a database that has all migrations: as the
/// migrations made them that each lacked. Panics unless these made the same tables of each.
pub fn frozen() -> (Vec<Frozen>, String) {
    let all = migrations();
    let fresh = empty();
    apply(&fresh, &all);
    let mut workspaces = Vec::new();
    let mut rows_of_all = "PRAGMA defer_foreign_keys = TRUE;\n".to_owned();
    for (nth, migration) in all.iter().enumerate().skip(1) {
        let name = name(migration);
        let file = repository().join("tests/schemas").join(&name);
        if !file.exists() && std::env::var_os(FREEZE).is_some() {
            freeze(&all, nth, &file);
        }
        let dump = fs::read_to_string(&file).unwrap_or_else(|_| {
            panic!("{name} is not frozen yet: run this once with {FREEZE}=1, and commit the file")
        });
        let (workspace, dump) = named(nth, name, &dump);
        let database = empty();
        database.execute_batch(&dump).unwrap();
        apply(&database, &all[nth + 1..]);
        assert_eq!(shape(&database), shape(&fresh), "{}", workspace.migration);
        rows_of_all += &rows(&database, "INSERT OR REPLACE");
        workspaces.push(workspace);
    }
    // Who has not been here since would have to sign in again.
    rows_of_all += "UPDATE sessions SET last_seen_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now');\n";
    (workspaces, rows_of_all)
}

/// Each of these in a workspace of its own, so that they fit into one database.
fn named(nth: usize, migration: String, dump: &str) -> (Frozen, String) {
    let tag = format!("Frozen{nth:02}");
    let mark = format!("{nth:02}-");
    let workspace = Frozen {
        key: api_key::assemble(&tag, &[7; 22]),
        session: session::assemble(&tag, &[7; 32]),
        migration,
        mark,
    };
    let hash = |secret: &str| format!("'{}'", api_key::hash(secret));
    let dump = dump
        .replace("'00-", &format!("'{}", workspace.mark))
        .replace("Frozen00", &tag)
        .replacen("'set when it is loaded'", &hash(&workspace.key), 1);
    // Keys come before sessions, which came later.
    let dump = dump.replacen("'set when it is loaded'", &hash(&workspace.session), 1);
    (workspace, dump)
}

/// Writes what the migration makes of the frozen database before it.
fn freeze(all: &[PathBuf], nth: usize, file: &Path) {
    let before = file.with_file_name(name(&all[nth - 1]));
    let database = empty();
    let dump = fs::read_to_string(before).unwrap();
    database.execute_batch(&dump).unwrap();
    apply(&database, &all[nth..=nth]);
    let (tables, others): (Vec<_>, Vec<_>) = schema(&database)
        .into_iter()
        .partition(|sql| sql.starts_with("CREATE TABLE"));
    let lines = |statements: Vec<String>| {
        let lines = statements.into_iter().map(|sql| sql + ";\n");
        lines.collect::<String>()
    };
    let rows = rows(&database, "INSERT");
    fs::write(file, lines(tables) + &rows + &lines(others)).unwrap();
}

/// A database in which rows may come before those that they refer to.
fn empty() -> Connection {
    let database = Connection::open_in_memory().unwrap();
    database.pragma_update(None, "foreign_keys", false).unwrap();
    database
}

fn name(migration: &Path) -> String {
    migration.file_name().unwrap().to_str().unwrap().to_owned()
}

fn apply(database: &Connection, migrations: &[PathBuf]) {
    for migration in migrations {
        let text = fs::read_to_string(migration).unwrap();
        database.execute_batch(&text).unwrap();
    }
}

/// What makes tables, indexes and triggers, without its comments.
fn schema(database: &Connection) -> Vec<String> {
    let query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY type = 'table' DESC, name";
    let statements = texts(database, query).into_iter().map(|sql| {
        let lines = sql.lines().map(|line| match line.split_once("--") {
            Some((statement, _)) => statement.trim_end().to_owned(),
            None => line.to_owned(),
        });
        let lines: Vec<String> = lines.filter(|line| !line.trim().is_empty()).collect();
        lines.join("\n")
    });
    statements.collect()
}

/// That, however it is spaced: a column that is added later stands where a comment was.
fn shape(database: &Connection) -> Vec<String> {
    let statements = schema(database);
    let words = statements.iter().map(|sql| sql.split_whitespace());
    words.map(Iterator::collect).collect()
}

/// Statements that begin with these words and make all rows of the database.
fn rows(database: &Connection, insert: &str) -> String {
    let query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY rowid";
    let mut statements = String::new();
    for table in texts(database, query) {
        let columns = format!("SELECT name FROM pragma_table_info('{table}')");
        let columns = texts(database, &columns);
        let values = columns.iter().map(|column| format!("quote({column})"));
        let values = values.collect::<Vec<_>>().join(" || ', ' || ");
        for row in texts(database, &format!("SELECT {values} FROM {table}")) {
            statements += &format!(
                "{insert} INTO {table} ({}) VALUES ({row});\n",
                columns.join(", ")
            );
        }
    }
    statements
}

fn texts(database: &Connection, query: &str) -> Vec<String> {
    let mut query = database.prepare(query).unwrap();
    let texts = query.query_map([], |row| row.get(0)).unwrap();
    texts.map(Result::unwrap).collect()
}
