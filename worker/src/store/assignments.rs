//! The SET clause of an update that changes only what a patch names.

use super::sql::Param;
use super::{Sql, sql};

/// `column = :column` for each field that is present.
#[derive(Default)]
pub struct Assignments(Vec<Sql>);

impl Assignments {
    /// Sets `column` if the patch names it.
    pub fn set<T: Param>(mut self, column: &'static str, value: Option<T>) -> Self {
        if let Some(value) = value {
            let column = Sql::text(column);
            self.0.push(sql!(":column = :value", column, value));
        }
        self
    }

    /// The statement `UPDATE {table} SET … {condition}`; nothing if nothing is set.
    pub fn update(self, table: &'static str, condition: Sql) -> Sql {
        if self.0.is_empty() {
            return Sql::default();
        }
        let (table, list) = (Sql::text(table), Sql::join(self.0, ", "));
        sql!("UPDATE :table SET :list :condition", table, list, condition)
    }
}
