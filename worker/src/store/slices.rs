//! Parts of lists that have the newest first.

use serde::Deserialize;

use super::{Rows, Sql, flag, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};

/// The part of a list that comes after a row: so many rows at most.
#[derive(Clone, Copy)]
pub struct Slice<'a> {
    /// The id of the row; without one it is the first part.
    pub after: Option<&'a str>,
    /// So many rows.
    pub most: u32,
}

/// How many rows the whole list has.
#[derive(Debug, Deserialize)]
pub struct Counted {
    /// So many.
    pub total: usize,
    /// Whether there is the row to go on after.
    #[serde(deserialize_with = "flag")]
    pub is_known: bool,
}

impl Counted {
    /// What the statement of [`Slice::count`] gave.
    pub fn read(rows: &Rows) -> Result<Self> {
        rows.first()?
            .ok_or_else(|| Error::internal("a count without a row"))
    }
}

impl Slice<'_> {
    /// More than any list has.
    pub const ALL: Self = Self {
        after: None,
        most: u32::MAX,
    };

    /// The ids of the part of `all`, which selects `id` and `created_at` of rows of `table`.
    pub fn ids(&self, caller: &Caller, table: &'static str, all: &Sql) -> Sql {
        sql!(
            caller,
            "SELECT s.id FROM (:all) s \
             WHERE (:after IS NULL OR (s.created_at, s.id) < \
                      (SELECT a.created_at, a.id FROM :table a \
                       WHERE a.id = :after AND a.organisation_id = :organisation)) \
             ORDER BY s.created_at DESC, s.id DESC LIMIT :most",
            all,
            table = Sql::text(table),
            after = self.after,
            most = self.most
        )
    }

    /// [`Counted`] of `all`.
    pub fn count(&self, caller: &Caller, table: &'static str, all: &Sql) -> Sql {
        sql!(
            caller,
            "SELECT COUNT(*) AS total, \
                    (:after IS NULL OR EXISTS (SELECT 1 FROM :table a \
                     WHERE a.id = :after AND a.organisation_id = :organisation)) AS is_known \
             FROM (:all)",
            all,
            table = Sql::text(table),
            after = self.after
        )
    }
}
