//! Whether the database has the migrations that this code was written for.
//!
//! A deployment can go without its migrations. Whatever is asked then would break somewhere, or write half of what it
//! should. So the first batch of each isolate, and those that tell organisations' objects who may come in, begin with a
//! statement that fails the whole batch unless the migrations are there: nobody has to be asked first.

use std::cell::Cell;

use serde::Deserialize;
use serde_json::json;

use super::{Db, Sql, sql};
use crate::error::{Error, Result};

/// The file names of all migrations, in their order. Two may have been added under one number, so the newest alone
/// says little.
const NEEDED: &str = env!("OKRS_MIGRATIONS");

thread_local! {
    /// Whether this isolate has seen the migrations. They are not looked for again until an object finds some gone,
    /// which a backup that is put back can bring about.
    static SEEN: Cell<bool> = const { Cell::new(false) };
}

/// Is in the message of the batch that fails.
const MARK: &str = "database_not_migrated";

/// Gives a row if the database has the migrations, and fails otherwise.
pub fn required() -> Sql {
    sql!(
        "SELECT json_extract('{}', CASE WHEN NOT EXISTS ( \
           SELECT 1 FROM json_each(:needed) WHERE value NOT IN (SELECT name FROM d1_migrations)) \
         THEN '$' ELSE :mark END) AS found",
        needed = json!(NEEDED.split(' ').collect::<Vec<_>>()).to_string(),
        mark = MARK
    )
}

/// The newest migration.
pub fn needed() -> &'static str {
    NEEDED.rsplit(' ').next().unwrap_or_default()
}

/// The same, unless this isolate has seen the migrations.
pub(super) fn required_once() -> Option<Sql> {
    (!SEEN.get()).then(required)
}

/// A batch with [`required`] went well.
pub(super) fn is_there() {
    SEEN.set(true);
}

/// What it means that a batch failed.
pub(super) fn explain(error: Error) -> Error {
    match error {
        Error::Internal(cause) if cause.contains(MARK) || cause.contains(NO_TABLE) => {
            SEEN.set(false);
            Error::DatabaseNotMigrated
        }
        error => error,
    }
}

/// A database that has just been made has not even the table of migrations.
const NO_TABLE: &str = "no such table: d1_migrations";

/// The newest migration that the database has.
pub async fn applied(db: &Db) -> Result<String> {
    #[derive(Deserialize)]
    struct Row {
        name: String,
    }
    let rows = db
        .query(sql!(
            "SELECT name FROM d1_migrations ORDER BY name DESC LIMIT 1"
        ))
        .await?;
    Ok(rows.first::<Row>()?.map(|row| row.name).unwrap_or_default())
}
