//! The latest comparison of each list, on the object's disk.

use std::cell::RefCell;
use std::collections::BTreeMap;

use okrs_shared::upstream::ListComparison;
use serde::Deserialize;
use worker::SqlStorage;

use crate::error::Result;
use crate::hosted::LISTS;
use crate::sqlite::{integer, text};

const TABLES: &str = "
-- With when the service's list was read, in milliseconds since 1970; the comparison is JSON.
CREATE TABLE IF NOT EXISTS comparisons (
  list TEXT PRIMARY KEY, read_at INTEGER NOT NULL, comparison TEXT NOT NULL
) WITHOUT ROWID;
";

/// The latest comparison of each list.
pub struct Comparisons {
    sql: SqlStorage,
    /// When the service's list was read.
    read_at: RefCell<BTreeMap<String, u64>>,
}

#[derive(Deserialize)]
struct HeadRow {
    list: String,
    read_at: u64,
}

#[derive(Deserialize)]
struct Row {
    comparison: String,
}

impl Comparisons {
    /// What the object's last life left.
    pub fn wake(sql: SqlStorage) -> worker::Result<Self> {
        sql.exec(TABLES, None)?;
        let heads: Vec<HeadRow> = sql
            .exec("SELECT list, read_at FROM comparisons", None)?
            .to_array()?;
        let read_at = heads.into_iter().map(|head| (head.list, head.read_at));
        Ok(Self {
            read_at: RefCell::new(read_at.collect()),
            sql,
        })
    }

    /// When the list was read that was compared last, in milliseconds since 1970; 0 if none was.
    pub fn read_at(&self, list: &str) -> u64 {
        self.read_at.borrow().get(list).copied().unwrap_or(0)
    }

    /// Keeps a comparison in the place of the one before.
    pub fn keep(&self, comparison: &ListComparison, read_at: u64) -> Result<()> {
        self.sql.exec(
            "INSERT OR REPLACE INTO comparisons (list, read_at, comparison) VALUES (?, ?, ?)",
            vec![
                text(&comparison.list),
                integer(read_at),
                serde_json::to_string(comparison)?.into(),
            ],
        )?;
        let list = comparison.list.clone();
        self.read_at.borrow_mut().insert(list, read_at);
        Ok(())
    }

    /// Notes that the copy has changed since, though the list has not: it is to be compared again.
    pub fn make_due(&self, list: &str) -> Result<()> {
        self.sql.exec(
            "UPDATE comparisons SET read_at = 0 WHERE list = ?",
            vec![text(list)],
        )?;
        self.read_at.borrow_mut().remove(list);
        Ok(())
    }

    /// All of them, in the order of the lists.
    pub fn all(&self) -> Result<Vec<ListComparison>> {
        let rows: Vec<Row> = self
            .sql
            .exec("SELECT comparison FROM comparisons", None)?
            .to_array()?;
        // One that another version kept is made anew within a minute.
        let kept = rows.iter().map(|row| serde_json::from_str(&row.comparison));
        let mut comparisons: Vec<ListComparison> = kept.filter_map(Result::ok).collect();
        comparisons.sort_by_key(|of| LISTS.iter().position(|list| *list == of.list));
        Ok(comparisons)
    }
}
