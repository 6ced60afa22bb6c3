//! Versions of things: the id of the last change to each, which the database's triggers keep.

use serde::Deserialize;

use super::{Db, Rows, Sql, sql};
use crate::caller::Caller;
use crate::error::Result;

/// The version of the thing with this id, as an SQL expression. A thing that has not been changed since it was
/// made has its own id as its version.
pub fn of(caller: &Caller, id: &str) -> Sql {
    sql!(
        caller,
        "COALESCE((SELECT change_id FROM versions WHERE organisation_id = :organisation AND thing_id = :id), :id)",
        id
    )
}

/// A statement that gives it, for [`Db::shows`].
pub fn select(caller: &Caller, id: &str) -> Sql {
    sql!("SELECT :version AS version", version = of(caller, id))
}

#[derive(Deserialize)]
struct Row {
    version: String,
}

impl Db {
    /// Notes that the request is answered with the thing whose version this is.
    pub fn shows(&self, version: &Rows) -> Result<()> {
        if let Some(row) = version.first::<Row>()? {
            self.ledger.shows(row.version);
        }
        Ok(())
    }
}
