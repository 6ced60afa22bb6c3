//! The writes on their way to the hosted service. Each is on disk before it is sent, so that a
//! restart finds it, and does not send it again without looking.

pub mod doubt;
mod write;

use okrs_shared::id::PendingWriteId;
use okrs_shared::upstream::{PendingWrite, WriteState};
use serde::Deserialize;
use worker::{Result, SqlStorage, SqlStorageValue};

use crate::clock;
use crate::sqlite::{integer, text};
use doubt::Trace;
use write::COLUMNS;
pub use write::{New, Write};

/// After an answer was lost, the service may still be at work for so long, in milliseconds.
pub const DUST_SETTLES_MS: u64 = 2_000;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS writes (
  place        INTEGER PRIMARY KEY AUTOINCREMENT,
  id           TEXT NOT NULL UNIQUE,
  -- Writes to the same subject are sent in their order; empty: to none.
  subject      TEXT NOT NULL,
  method       TEXT NOT NULL,
  address      TEXT NOT NULL,
  -- What was asked for, and what is sent.
  body         TEXT NOT NULL,
  sent         TEXT NOT NULL,
  caller       TEXT NOT NULL,
  sender       TEXT NOT NULL,
  key          TEXT,
  request_hash TEXT,
  -- Whether somebody who does not wait for it wants it sent whenever that is possible.
  asynchronous INTEGER NOT NULL,
  state        TEXT NOT NULL,
  -- Not to be looked at before this, in milliseconds since 1970.
  due_at       INTEGER NOT NULL,
  before       TEXT,
  status       INTEGER,
  answer       TEXT,
  created_at   INTEGER NOT NULL,
  ended_at     INTEGER,
  -- Whether whoever it belongs to does not want to see it any more.
  is_dismissed INTEGER NOT NULL DEFAULT 0
);
-- Those that an admin lets go though whose they are may not write any more.
CREATE TABLE IF NOT EXISTS let_go (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS writes_by_state ON writes (state, place);
CREATE INDEX IF NOT EXISTS writes_by_subject ON writes (subject, place);
CREATE UNIQUE INDEX IF NOT EXISTS writes_by_key ON writes (sender, key) WHERE key IS NOT NULL;
";

/// How long what has become of a write is remembered.
const KEPT_MS: u64 = 24 * 60 * 60_000;

const ON_THE_WAY: &str = "('waiting', 'sending', 'in_doubt')";

/// The table of writes.
pub struct Queue(SqlStorage);

#[derive(Deserialize)]
struct CountRow {
    count: u32,
}

#[derive(Deserialize)]
struct DueRow {
    due_at: Option<u64>,
}

impl Queue {
    /// The queue as the object's last life left it. What was being sent then is in doubt; what was not
    /// sent, and whoever asked has given up on it, never will be.
    pub fn wake(sql: SqlStorage) -> Result<Self> {
        sql.exec(TABLES, None)?;
        sql.exec(
            "DELETE FROM writes WHERE state = 'waiting' AND NOT asynchronous",
            None,
        )?;
        sql.exec(
            "UPDATE writes SET state = 'in_doubt' WHERE state = 'sending'",
            None,
        )?;
        Ok(Self(sql))
    }

    /// Adds a write, which waits.
    pub fn add(&self, id: &PendingWriteId, new: &New<'_>) -> Result<()> {
        let now = clock::now_ms();
        self.0.exec(
            "DELETE FROM writes WHERE state IN ('done', 'failed') AND ended_at < ?",
            vec![integer(now.saturating_sub(KEPT_MS))],
        )?;
        self.0.exec(
            "DELETE FROM let_go WHERE id NOT IN (SELECT id FROM writes)",
            None,
        )?;
        let key = new.promise.map(|promise| promise.key.as_str());
        let hash = new.promise.map(|promise| promise.request_hash.as_str());
        self.0.exec(
            "INSERT INTO writes (id, subject, method, address, body, sent, caller, sender, key, request_hash, \
                                 asynchronous, state, due_at, created_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?)",
            vec![
                text(id.as_str()),
                text(new.subject),
                text(new.method),
                text(new.address),
                text(new.body),
                text(new.sent),
                serde_json::to_string(new.caller)?.into(),
                text(new.caller.sender_id()),
                key.map_or(SqlStorageValue::Null, text),
                hash.map_or(SqlStorageValue::Null, text),
                i32::from(new.asynchronous).into(),
                integer(now),
            ],
        )?;
        Ok(())
    }

    /// The write with this id.
    pub fn find(&self, id: &PendingWriteId) -> Result<Option<Write>> {
        self.one("WHERE id = ?", vec![text(id.as_str())])
    }

    /// The write that this sender sent under this `Idempotency-Key`.
    pub fn find_by_key(&self, sender: &str, key: &str) -> Result<Option<Write>> {
        self.one(
            "WHERE sender = ? AND key = ?",
            vec![text(sender), text(key)],
        )
    }

    /// The first write that may be looked at now: no earlier one of its subject is on its way.
    pub fn next(&self, now: u64) -> Result<Option<Write>> {
        let first_of_subject = format!(
            "WHERE state IN ('waiting', 'in_doubt') AND due_at <= ? \
               AND (subject = '' OR NOT EXISTS (SELECT 1 FROM writes e WHERE e.subject = writes.subject \
                                                AND e.place < writes.place AND e.state IN {ON_THE_WAY})) \
             ORDER BY place LIMIT 1"
        );
        self.one(&first_of_subject, vec![integer(now)])
    }

    /// When something is to be looked at next, in milliseconds since 1970.
    pub fn next_due(&self) -> Result<Option<u64>> {
        let rows: Vec<DueRow> = self
            .0
            .exec(
                "SELECT MIN(due_at) AS due_at FROM writes WHERE state IN ('waiting', 'in_doubt')",
                None,
            )?
            .to_array()?;
        Ok(rows.into_iter().next().and_then(|row| row.due_at))
    }

    /// The last write to the same subject before this one that is on its way: a new one stands behind it.
    pub fn before(&self, write: &Write) -> Result<Option<Write>> {
        let earlier = format!(
            "WHERE subject = ? AND subject <> '' AND state IN {ON_THE_WAY} \
             AND place < (SELECT place FROM writes WHERE id = ?) ORDER BY place DESC LIMIT 1"
        );
        let values = vec![text(&write.subject), text(write.id.as_str())];
        self.one(&earlier, values)
    }

    /// How many writes are in one of these states: a list in SQL.
    pub fn count_in(&self, states: &str) -> Result<u32> {
        self.count(&format!("state IN {states}"), vec![])
    }

    /// How many writes ended without effect, and whoever asked for them has not heard of it.
    pub fn failed(&self) -> Result<u32> {
        self.count(
            "state = 'failed' AND asynchronous AND NOT is_dismissed",
            vec![],
        )
    }

    /// The body of the newest write to this subject that took effect after a moment.
    pub fn last_done(&self, subject: &str, since: u64) -> Result<Option<String>> {
        let write = self.one(
            "WHERE subject = ? AND state = 'done' AND ended_at >= ? ORDER BY place DESC LIMIT 1",
            vec![text(subject), integer(since)],
        )?;
        Ok(write.map(|write| write.body))
    }

    /// Notes that it is being sent, and what the list showed before.
    pub fn sending(&self, id: &PendingWriteId, before: Option<&Trace>) -> Result<()> {
        self.0.exec(
            "UPDATE writes SET state = 'sending', before = ? WHERE id = ?",
            vec![serde_json::to_string(&before)?.into(), text(id.as_str())],
        )?;
        Ok(())
    }

    /// Notes that it is to be looked at again, in this state, not before a moment.
    pub fn later(&self, id: &PendingWriteId, state: WriteState, due_at: u64) -> Result<()> {
        self.0.exec(
            "UPDATE writes SET state = ?, due_at = ? WHERE id = ?",
            vec![text(state.into()), integer(due_at), text(id.as_str())],
        )?;
        Ok(())
    }

    /// Notes that the service did not take it this time, and when to send it again.
    pub fn unsent(&self, write: &Write, due_at: u64) -> Result<()> {
        self.0.exec(
            "UPDATE writes SET state = 'waiting', before = ?, due_at = ? WHERE id = ?",
            vec![
                serde_json::to_string(&write.before)?.into(),
                integer(due_at),
                text(write.id.as_str()),
            ],
        )?;
        Ok(())
    }

    /// Notes how it ended.
    pub fn end(
        &self,
        id: &PendingWriteId,
        state: WriteState,
        status: u16,
        answer: &str,
    ) -> Result<()> {
        self.0.exec(
            "UPDATE writes SET state = ?, status = ?, answer = ?, ended_at = ? WHERE id = ?",
            vec![
                text(state.into()),
                i32::from(status).into(),
                text(answer),
                integer(clock::now_ms()),
                text(id.as_str()),
            ],
        )?;
        Ok(())
    }

    /// Lets it go, whoever it is from.
    pub fn let_go(&self, id: &PendingWriteId) -> Result<()> {
        self.0.exec(
            "INSERT OR IGNORE INTO let_go (id) VALUES (?)",
            vec![text(id.as_str())],
        )?;
        self.later(id, WriteState::Waiting, 0)
    }

    /// Whether an admin has let it go.
    pub fn is_let_go(&self, id: &PendingWriteId) -> Result<bool> {
        let let_go = "id = ? AND id IN (SELECT id FROM let_go)";
        Ok(self.count(let_go, vec![text(id.as_str())])? > 0)
    }

    /// Puts it out of sight. `false` if it was already.
    pub fn dismiss(&self, id: &PendingWriteId) -> Result<bool> {
        let is_new = self.count("id = ? AND NOT is_dismissed", vec![text(id.as_str())])? > 0;
        self.0.exec(
            "UPDATE writes SET is_dismissed = 1 WHERE id = ?",
            vec![text(id.as_str())],
        )?;
        Ok(is_new)
    }

    /// Forgets it: it was never sent, or is to be tried anew.
    pub fn remove(&self, id: &PendingWriteId) -> Result<()> {
        self.0
            .exec("DELETE FROM writes WHERE id = ?", vec![text(id.as_str())])?;
        Ok(())
    }

    /// Lets another write have its `Idempotency-Key`: the promise no longer holds.
    pub fn release_key(&self, id: &PendingWriteId) -> Result<()> {
        self.0.exec(
            "UPDATE writes SET key = NULL WHERE id = ?",
            vec![text(id.as_str())],
        )?;
        Ok(())
    }

    /// The newest 200 writes that were not answered at once, newest first; `None` means everybody's.
    pub fn pending(&self, sender: Option<&str>) -> Result<Vec<PendingWrite>> {
        let of_sender = sender.map_or(SqlStorageValue::Null, text);
        let writes = self.all(
            "WHERE NOT is_dismissed AND (asynchronous OR state NOT IN ('done', 'failed')) \
             AND (?1 IS NULL OR sender = ?1) ORDER BY place DESC LIMIT 200",
            vec![of_sender],
        )?;
        Ok(writes.into_iter().map(PendingWrite::from).collect())
    }

    /// The writes whose answers were lost, until it is known what became of them.
    pub fn in_doubt(&self) -> Result<Vec<Write>> {
        self.all("WHERE state = 'in_doubt'", vec![])
    }

    fn one(&self, rest: &str, values: Vec<SqlStorageValue>) -> Result<Option<Write>> {
        Ok(self.all(rest, values)?.into_iter().next())
    }

    fn all(&self, rest: &str, values: Vec<SqlStorageValue>) -> Result<Vec<Write>> {
        self.0
            .exec(&format!("SELECT {COLUMNS} FROM writes {rest}"), values)?
            .to_array()
    }

    fn count(&self, condition: &str, values: Vec<SqlStorageValue>) -> Result<u32> {
        let rows: Vec<CountRow> = self
            .0
            .exec(
                &format!("SELECT COUNT(*) AS count FROM writes WHERE {condition}"),
                values,
            )?
            .to_array()?;
        Ok(rows.first().map_or(0, |row| row.count))
    }
}
