//! What an organisation's object remembers, and what of it survives in its SQLite.

mod sessions;
mod strangers;
mod writes;

use std::collections::HashMap;

use okrs_shared::id::{ApiKeyId, SessionId};
use serde::Deserialize;
use worker::{Result, SqlStorage, SqlStorageValue};

use super::{Admission, Admitted, AdmittedAs, Credential, Intent, Usage};
use crate::address::Network;
use crate::ledger::Made;
use crate::sqlite::integer;
use crate::store::admission::{Facts, KeyFacts, SessionFacts};
use sessions::Sessions;
use writes::Writes;

const MINUTE_MS: u64 = 60_000;
/// After this, the copy of the keys is read anew, and whether the database is as it is believed to be: a backup
/// that is put back tells nobody.
const FACTS_LAST_MS: u64 = MINUTE_MS;
/// After this, one session is read anew, in case a "forget" was lost.
const SESSIONS_LAST_MS: u64 = 5 * MINUTE_MS;
/// So long it holds that no organisation has a tag.
const NOBODY_LASTS_MS: u64 = 5 * MINUTE_MS;
/// A key that is not in the copy makes the object ask again, but not more often than this: made-up
/// keys must not become database reads.
const ASK_AGAIN_AFTER_MS: u64 = 2_000;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS facts (
  id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL, asked_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS revision (
  id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER, lease_until INTEGER NOT NULL, last_change_id TEXT
);
CREATE TABLE IF NOT EXISTS budgets (
  api_key_id TEXT PRIMARY KEY, minute INTEGER NOT NULL, used INTEGER NOT NULL, last_used_at INTEGER NOT NULL
) WITHOUT ROWID;
";

#[derive(Clone, Copy, Debug, Default)]
struct SenderBudget {
    minute: u64,
    used: u32,
}

impl SenderBudget {
    /// Counts a request of this minute, or says that there is none left.
    fn take(&mut self, minute: u64, most: u32) -> bool {
        if self.minute != minute {
            *self = Self { minute, used: 0 };
        }
        let is_left = self.used < most;
        self.used += u32::from(is_left);
        is_left
    }

    /// Whether it says anything about this minute.
    fn is_of(&self, minute: u64) -> bool {
        self.minute == minute
    }
}

/// What the object knew when it sent a question to the database: what has changed since then may
/// not be in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    writes_heard: u64,
    forgotten: u64,
}

/// The object's state.
pub struct Memory {
    sql: SqlStorage,
    /// Whether there are tables: not before the database has named an organisation with this tag, or
    /// a write of one has been announced.
    has_tables: bool,
    facts: Option<Facts>,
    sessions: Sessions,
    asked_at: u64,
    /// Until then it holds that no organisation has this tag.
    nobody_until: u64,
    /// How often the copy has been thrown away since the object woke.
    forgotten: u64,
    /// When the database was last seen to be as it was believed to be.
    confirmed_at: u64,
    writes: Writes,
    budgets: HashMap<ApiKeyId, SenderBudget>,
}

#[derive(Deserialize)]
struct FactsRow {
    json: String,
    asked_at: u64,
}

#[derive(Deserialize)]
struct LastChangeRow {
    last_change_id: Option<String>,
    lease_until: u64,
}

#[derive(Deserialize)]
struct TableRow {
    sql: String,
}

#[derive(Deserialize)]
struct BudgetRow {
    api_key_id: ApiKeyId,
    minute: u64,
    used: u32,
    last_used_at: u64,
}

impl Memory {
    /// Reads what earlier lives left. A person may send so many writes in a minute.
    ///
    /// It writes nothing: anybody can make up a tag, and the object of one that no organisation has
    /// must leave nothing behind.
    pub fn wake(sql: SqlStorage, writes_per_minute: u32, now: u64) -> Result<Self> {
        let table: Option<TableRow> = sql
            .exec(
                "SELECT sql FROM sqlite_master WHERE name = 'revision'",
                None,
            )?
            .to_array()?
            .pop();
        let Some(table) = table else {
            return Ok(Self::new(sql, writes_per_minute));
        };
        if !table.sql.contains("last_change_id") {
            // From before changes were known by their ids. The column of numbers stays, for code of that time.
            sql.exec("ALTER TABLE revision ADD COLUMN last_change_id TEXT", None)?;
        }
        let facts: Option<FactsRow> = sql
            .exec("SELECT json, asked_at FROM facts", None)?
            .to_array()?
            .pop();
        let last_change: Option<LastChangeRow> = sql
            .exec("SELECT last_change_id, lease_until FROM revision", None)?
            .to_array()?
            .pop();
        // A copy that an older version of this code wrote and this one can't read is asked for again.
        let facts: Option<(Facts, u64)> =
            facts.and_then(|row| Some((serde_json::from_str(&row.json).ok()?, row.asked_at)));
        let asked_at = facts.as_ref().map_or(0, |(_, asked_at)| *asked_at);
        let minute = now / MINUTE_MS;
        let budgets = budgets(&sql)?
            .into_iter()
            .filter(|row| row.minute == minute)
            .map(|row| {
                let used = row.used;
                (row.api_key_id, SenderBudget { minute, used })
            })
            .collect();
        Ok(Self {
            has_tables: true,
            asked_at,
            confirmed_at: asked_at,
            facts: facts.map(|(facts, _)| facts),
            writes: last_change.map_or_else(Writes::default, |row| {
                Writes::inherited(row.last_change_id, row.lease_until)
            }),
            budgets,
            ..Self::new(sql, writes_per_minute)
        })
    }

    /// The memory of an object that has never heard of its organisation.
    fn new(sql: SqlStorage, writes_per_minute: u32) -> Self {
        Self {
            sql,
            has_tables: false,
            facts: None,
            sessions: Sessions::new(writes_per_minute),
            asked_at: 0,
            nobody_until: 0,
            forgotten: 0,
            confirmed_at: 0,
            writes: Writes::default(),
            budgets: HashMap::new(),
        }
    }

    /// Writes what must outlive the object's sleep. Only for an organisation that exists.
    fn keep(&mut self, statement: &str, values: Vec<SqlStorageValue>) -> Result<()> {
        if !self.has_tables {
            self.sql.exec(TABLES, None)?;
            self.has_tables = true;
        }
        self.sql.exec(statement, values)?;
        Ok(())
    }

    /// Whether the key or session is in the copy.
    pub fn knows(&self, credential: &Credential) -> bool {
        match (&self.facts, credential) {
            (None, _) => false,
            (Some(facts), Credential::Key(hash)) => facts.keys.contains_key(hash),
            (Some(_), Credential::Session(hash)) => self.sessions.knows(hash),
        }
    }

    /// To be kept until the database has answered.
    pub fn question(&self) -> Question {
        Question {
            writes_heard: self.writes.heard(),
            forgotten: self.forgotten,
        }
    }

    /// Whether the database must be asked before this request can be answered.
    pub fn must_ask(&mut self, credential: &Credential, now: u64) -> bool {
        self.writes.end_leases(now);
        if now < self.nobody_until {
            return false;
        }
        let age = now.saturating_sub(self.asked_at);
        let is_stranger = match credential {
            Credential::Key(_) if !self.knows(credential) => return age >= ASK_AGAIN_AFTER_MS,
            Credential::Key(_) => age >= FACTS_LAST_MS,
            Credential::Session(hash) => self.facts.is_none() || self.sessions.must_ask(hash, now),
        };
        let is_unconfirmed = now.saturating_sub(self.confirmed_at) >= FACTS_LAST_MS;
        let is_unsure = is_unconfirmed || self.writes.last_change().is_none();
        is_stranger || (is_unsure && self.writes.is_quiet())
    }

    /// Whether a session that is not in the copy may become a database read just now.
    pub fn may_ask_for(&mut self, credential: &Credential, networks: &[Network], now: u64) -> bool {
        match credential {
            Credential::Session(hash) => self.sessions.may_ask_for(hash, networks, now),
            Credential::Key(_) => true,
        }
    }

    /// Whether it is no session of which the copy knows whose it is.
    pub fn is_stranger(&self, credential: &Credential) -> bool {
        match credential {
            Credential::Session(hash) => !self.sessions.is_somebodys(hash),
            Credential::Key(_) => false,
        }
    }

    /// The database has been asked for a stranger's session, or could not be.
    pub fn was_asked_for(&mut self, credential: &Credential, networks: &[Network]) {
        if let Credential::Session(hash) = credential {
            self.sessions.was_asked_for(hash, networks);
        }
    }

    /// Takes over what the database said, unless the copy has been thrown away since the question was
    /// sent: then the answer may be older than the reason for that, and `false` asks for another. Which
    /// change was the last counts only if no write was under way. If it is one that nobody has told of, a write has
    /// died or a backup was put back: what is known of sessions is from before.
    pub fn learn(
        &mut self,
        answer: Option<(Facts, Option<SessionFacts>)>,
        credential: &Credential,
        question: Question,
        now: u64,
    ) -> Result<bool> {
        if question.forgotten != self.forgotten {
            return Ok(false);
        }
        self.asked_at = now;
        let Some((facts, session)) = answer else {
            self.facts = None;
            self.nobody_until = now + NOBODY_LASTS_MS;
            return Ok(true);
        };
        if self.writes.is_quiet() && self.writes.heard() == question.writes_heard {
            self.confirmed_at = now;
            if self.writes.is_news(&facts.last_change_id) {
                self.sessions.doubt();
                self.keep_writes()?;
            }
        }
        if let Credential::Session(hash) = credential {
            self.sessions.learn(hash, session, now);
        }
        self.keep(
            "INSERT OR REPLACE INTO facts (id, json, asked_at) VALUES (1, ?, ?)",
            vec![serde_json::to_string(&facts)?.into(), integer(now)],
        )?;
        self.facts = Some(facts);
        Ok(true)
    }

    /// Throws the copy of keys, sessions and people away.
    pub fn forget(&mut self) -> Result<()> {
        self.facts = None;
        self.sessions.forget_all();
        self.asked_at = 0;
        self.nobody_until = 0;
        self.forgotten += 1;
        // It must not come back when the object sleeps and wakes.
        self.keep("DELETE FROM facts", vec![])
    }

    /// A session has ended, and nothing else has changed.
    pub fn end_session(&mut self, id: &SessionId) {
        self.sessions.end(id);
        // An answer that is on its way may be older.
        self.forgotten += 1;
    }

    /// Decides about one request and counts it if it is admitted.
    pub fn admit(
        &mut self,
        credential: &Credential,
        intent: Intent,
        now: u64,
    ) -> Result<Admission> {
        let Some(facts) = &self.facts else {
            return Ok(Admission::UnknownTag);
        };
        let minute = now / MINUTE_MS;
        let over_budget = Admission::OverBudget {
            retry_after_seconds: seconds_left(now),
        };
        let (identity, scopes) = match credential {
            Credential::Key(hash) => {
                let Some(key) = facts.keys.get(hash).filter(|key| is_current(key, now)) else {
                    return Ok(Admission::Unknown);
                };
                let budget = self.budgets.entry(key.id.clone()).or_default();
                if !budget.take(minute, key.requests_per_minute) {
                    return Ok(over_budget);
                }
                // The answer is held back by the runtime until this is on disk: a kill forgets nothing.
                self.sql.exec(
                    "INSERT OR REPLACE INTO budgets (api_key_id, minute, used, last_used_at) VALUES (?, ?, ?, ?)",
                    vec![
                        key.id.as_str().into(),
                        integer(minute),
                        integer(budget.used.into()),
                        integer(now),
                    ],
                )?;
                let (id, created_by) = (key.id.clone(), key.created_by.clone());
                (AdmittedAs::Key { id, created_by }, key.scopes)
            }
            Credential::Session(hash) => match self.sessions.admit(hash, intent, now) {
                None => return Ok(Admission::Unknown),
                Some((_, false)) => return Ok(over_budget),
                Some((identity, true)) => identity,
            },
        };
        let admitted = Admitted {
            organisation_id: facts.organisation_id.clone(),
            timezone: facts.timezone.clone(),
            rule_params: facts.rule_params,
            identity,
            scopes,
            last_change_id: self.writes.last_change().map(str::to_owned),
            announcement: None,
        };
        let announcement = match intent {
            Intent::Read => None,
            Intent::Write => Some(self.announce(now)?),
        };
        Ok(Admission::Admitted(Box::new(Admitted {
            announcement,
            ..admitted
        })))
    }

    /// How much each key is used.
    pub fn usage(&self, now: u64) -> Result<HashMap<ApiKeyId, Usage>> {
        if !self.has_tables {
            return Ok(HashMap::new());
        }
        let minute = now / MINUTE_MS;
        let usage = budgets(&self.sql)?.into_iter().map(|row| {
            let usage = Usage {
                used_this_minute: if row.minute == minute { row.used } else { 0 },
                last_used_at: row.last_used_at,
            };
            (row.api_key_id, usage)
        });
        Ok(usage.collect())
    }

    /// This key ended long ago: nobody asks how much it was used.
    pub fn forget_usage(&mut self, id: &ApiKeyId) -> Result<()> {
        self.budgets.remove(id);
        if !self.has_tables {
            return Ok(());
        }
        self.keep(
            "DELETE FROM budgets WHERE api_key_id = ?",
            vec![id.as_str().into()],
        )
    }

    /// The write of this announcement has ended, with this change if it made one.
    pub fn settle(&mut self, announcement: u64, made: Option<Made>) -> Result<()> {
        self.writes.settle(announcement, made);
        self.keep_writes()
    }

    /// A write has ended of which nothing is known.
    pub fn doubt(&mut self) -> Result<()> {
        self.writes.doubt();
        self.keep_writes()
    }

    /// A write begins: until it settles, no change is named as the last. Gives the announcement's number.
    pub fn announce(&mut self, now: u64) -> Result<u64> {
        self.nobody_until = 0;
        let announcement = self.writes.announce(now);
        self.keep_writes()?;
        Ok(announcement)
    }

    fn keep_writes(&mut self) -> Result<()> {
        let last_change = self.writes.last_change();
        let last_change = last_change.map_or(SqlStorageValue::Null, Into::into);
        let lease_until = integer(self.writes.lease_until());
        self.keep(
            "INSERT OR REPLACE INTO revision (id, last_change_id, lease_until) VALUES (1, ?, ?)",
            vec![last_change, lease_until],
        )
    }
}

fn budgets(sql: &SqlStorage) -> Result<Vec<BudgetRow>> {
    sql.exec(
        "SELECT api_key_id, minute, used, last_used_at FROM budgets",
        None,
    )?
    .to_array()
}

fn is_current(key: &KeyFacts, now: u64) -> bool {
    key.expires_at
        .is_none_or(|at| u64::try_from(at.get().timestamp_millis()).is_ok_and(|at| now < at))
}

fn seconds_left(now: u64) -> u32 {
    let left_ms = MINUTE_MS - now % MINUTE_MS;
    u32::try_from(left_ms.div_ceil(1_000)).unwrap_or(60)
}
