//! What the hosted service answered last, byte by byte: in memory, and on disk for the next life.

use std::collections::HashMap;

use okrs_shared::api_key;
use serde::Deserialize;
use worker::{Result, SqlStorage};

use crate::hosted::LISTS;
use crate::sqlite::{integer, text};

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS snapshots (
  address TEXT PRIMARY KEY, version TEXT NOT NULL, read_at INTEGER NOT NULL, is_copied INTEGER NOT NULL
) WITHOUT ROWID;
-- A row holds 2 MB at most.
CREATE TABLE IF NOT EXISTS snapshot_parts (
  address TEXT NOT NULL, part INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (address, part)
);
";

/// What `is_copied` says of a list that the database has. Greater than before where more of each item is taken over: then
/// all lists are copied anew.
const COPIED: i32 = 2;

/// How many answers to other addresses are kept.
const MOST_OTHERS: usize = 200;
const PART_BYTES: usize = 500_000;

/// One answer.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// As it came.
    pub body: String,
    /// Differs whenever the body does.
    pub version: String,
    /// When it was read, in milliseconds since 1970.
    pub read_at: u64,
    /// Whether the database has it.
    pub is_copied: bool,
}

/// All answers, by their address below the API's own.
pub struct Snapshots {
    sql: SqlStorage,
    kept: HashMap<String, Snapshot>,
}

#[derive(Deserialize)]
struct HeadRow {
    address: String,
    version: String,
    read_at: u64,
    is_copied: i32,
}

#[derive(Deserialize)]
struct PartRow {
    address: String,
    text: String,
}

impl Snapshots {
    /// What the object's last life left.
    pub fn wake(sql: SqlStorage) -> Result<Self> {
        sql.exec(TABLES, None)?;
        let heads: Vec<HeadRow> = sql
            .exec(
                "SELECT address, version, read_at, is_copied FROM snapshots",
                None,
            )?
            .to_array()?;
        let parts: Vec<PartRow> = sql
            .exec(
                "SELECT address, text FROM snapshot_parts ORDER BY address, part",
                None,
            )?
            .to_array()?;
        let mut bodies: HashMap<String, String> = HashMap::new();
        for part in parts {
            bodies.entry(part.address).or_default().push_str(&part.text);
        }
        let kept = heads
            .into_iter()
            .filter_map(|head| {
                let snapshot = Snapshot {
                    body: bodies.remove(&head.address)?,
                    version: head.version,
                    read_at: head.read_at,
                    is_copied: head.is_copied == COPIED,
                };
                Some((head.address, snapshot))
            })
            .collect();
        Ok(Self { sql, kept })
    }

    /// The last answer to this address.
    pub fn get(&self, address: &str) -> Option<&Snapshot> {
        self.kept.get(address)
    }

    /// Keeps an answer. The database has it if it had the last one and that was the same.
    pub fn keep(&mut self, address: &str, body: String, read_at: u64) -> Result<()> {
        let version = api_key::hash(&body)[..16].to_owned();
        let same = self
            .kept
            .get(address)
            .filter(|last| last.version == version);
        let is_copied = same.is_some_and(|last| last.is_copied);
        if same.is_none() {
            self.make_room(address)?;
            self.sql.exec(
                "DELETE FROM snapshot_parts WHERE address = ?",
                vec![text(address)],
            )?;
            for (nth, part) in (0_i32..).zip(parts(&body)) {
                self.sql.exec(
                    "INSERT INTO snapshot_parts (address, part, text) VALUES (?, ?, ?)",
                    vec![text(address), nth.into(), text(part)],
                )?;
            }
        }
        self.sql.exec(
            "INSERT OR REPLACE INTO snapshots (address, version, read_at, is_copied) VALUES (?, ?, ?, ?)",
            vec![
                text(address),
                text(&version),
                integer(read_at),
                (if is_copied { COPIED } else { 0 }).into(),
            ],
        )?;
        let snapshot = Snapshot {
            body,
            version,
            read_at,
            is_copied,
        };
        self.kept.insert(address.to_owned(), snapshot);
        Ok(())
    }

    /// Notes that the database has this version, if it is still the last.
    pub fn copied(&mut self, address: &str, version: &str) -> Result<()> {
        if let Some(snapshot) = self.kept.get_mut(address)
            && snapshot.version == version
        {
            snapshot.is_copied = true;
            self.sql.exec(
                "UPDATE snapshots SET is_copied = ? WHERE address = ?",
                vec![COPIED.into(), text(address)],
            )?;
        }
        Ok(())
    }

    /// Notes that the database is to be given the whole list again, once it has been read anew.
    pub fn copy_anew(&mut self, address: &str) -> Result<()> {
        if let Some(snapshot) = self.kept.get_mut(address) {
            snapshot.is_copied = false;
            self.sql.exec(
                "UPDATE snapshots SET is_copied = 0 WHERE address = ?",
                vec![text(address)],
            )?;
        }
        Ok(())
    }

    /// Forgets what is there no longer.
    pub fn remove(&mut self, address: &str) -> Result<()> {
        self.kept.remove(address);
        for table in ["snapshots", "snapshot_parts"] {
            self.sql.exec(
                &format!("DELETE FROM {table} WHERE address = ?"),
                vec![text(address)],
            )?;
        }
        Ok(())
    }

    fn make_room(&mut self, address: &str) -> Result<()> {
        let is_other = |address: &str| !LISTS.contains(&address);
        let others: Vec<(&String, u64)> = self
            .kept
            .iter()
            .filter(|(address, _)| is_other(address))
            .map(|(address, snapshot)| (address, snapshot.read_at))
            .collect();
        if !is_other(address) || others.len() < MOST_OTHERS {
            return Ok(());
        }
        let oldest = others.into_iter().min_by_key(|(_, read_at)| *read_at);
        match oldest.map(|(address, _)| address.clone()) {
            Some(oldest) => self.remove(&oldest),
            None => Ok(()),
        }
    }
}

/// The text in parts of at most half a megabyte, cut between characters.
fn parts(mut text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    while !text.is_empty() {
        let end = text.floor_char_boundary(PART_BYTES);
        let (part, rest) = text.split_at(end);
        parts.push(part);
        text = rest;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters() {
        let text = "ä€𝄞".repeat(100_000);
        let parts = parts(&text);
        assert!(parts.len() > 1);
        assert!(parts.iter().all(|part| part.len() <= PART_BYTES));
        assert_eq!(parts.concat(), text);
    }
}
