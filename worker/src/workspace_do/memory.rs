//! What an organisation's object remembers, and what of it survives in its SQLite.

mod sessions;

use std::collections::HashMap;

use okrs_shared::id::ApiKeyId;
use serde::Deserialize;
use serde::de::IgnoredAny;
use worker::{Result, SqlStorage, SqlStorageValue};

use super::{Admission, Admitted, AdmittedAs, Credential, Intent, Usage};
use crate::sqlite::integer;
use crate::store::admission::{Facts, KeyFacts, SessionFacts};
use sessions::Sessions;

const MINUTE_MS: u64 = 60_000;
/// After this, the copy of the keys is read anew, in case a "forget" was lost.
const FACTS_LAST_MS: u64 = 5 * MINUTE_MS;
/// A key that is not in the copy makes the object ask again, but not more often than this: made-up
/// keys must not become database reads.
const ASK_AGAIN_AFTER_MS: u64 = 2_000;
/// A write that has not settled by then has died: D1 gives up on a query after 30 seconds.
const LEASE_MS: u64 = MINUTE_MS;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS facts (
  id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL, asked_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS revision (
  id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER, lease_until INTEGER NOT NULL
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
}

/// What the object knew when it sent a question to the database: what has changed since then may
/// not be in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    writes_announced: u64,
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
    /// To be believed only while no lease is out.
    revision: Option<u64>,
    /// When the last announced write must have ended; 0 once all have settled.
    lease_until: u64,
    /// Writes announced and not settled, since the object woke.
    under_way: u32,
    /// Whether the lease is from before the object woke: then nobody knows how many are under way,
    /// and only time ends it.
    inherited: bool,
    /// Writes announced since the object woke.
    announced: u64,
    budgets: HashMap<ApiKeyId, SenderBudget>,
}

#[derive(Deserialize)]
struct FactsRow {
    json: String,
    asked_at: u64,
}

#[derive(Deserialize)]
struct RevisionRow {
    revision: Option<u64>,
    lease_until: u64,
}

#[derive(Deserialize)]
struct BudgetRow {
    api_key_id: ApiKeyId,
    minute: u64,
    used: u32,
    last_used_at: u64,
}

impl Memory {
    /// Reads what earlier lives left.
    ///
    /// It writes nothing: anybody can make up a tag, and the object of one that no organisation has
    /// must leave nothing behind.
    pub fn wake(sql: SqlStorage, now: u64) -> Result<Self> {
        let tables: Vec<IgnoredAny> = sql
            .exec("SELECT name FROM sqlite_master WHERE name = 'facts'", None)?
            .to_array()?;
        if tables.is_empty() {
            return Ok(Self::new(sql));
        }
        let facts: Option<FactsRow> = sql
            .exec("SELECT json, asked_at FROM facts", None)?
            .to_array()?
            .pop();
        let revision: Option<RevisionRow> = sql
            .exec("SELECT revision, lease_until FROM revision", None)?
            .to_array()?
            .pop();
        let lease_until = revision.as_ref().map_or(0, |row| row.lease_until);
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
            asked_at: facts.as_ref().map_or(0, |row| row.asked_at),
            // A copy that an older version of this code wrote and this one can't read is asked for again.
            facts: facts.and_then(|row| serde_json::from_str(&row.json).ok()),
            revision: revision.and_then(|row| row.revision),
            lease_until,
            inherited: lease_until > 0,
            budgets,
            ..Self::new(sql)
        })
    }

    /// The memory of an object that has never heard of its organisation.
    fn new(sql: SqlStorage) -> Self {
        Self {
            sql,
            has_tables: false,
            facts: None,
            sessions: Sessions::default(),
            asked_at: 0,
            nobody_until: 0,
            forgotten: 0,
            revision: None,
            lease_until: 0,
            under_way: 0,
            inherited: false,
            announced: 0,
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
            writes_announced: self.announced,
            forgotten: self.forgotten,
        }
    }

    /// Whether the database must be asked before this request can be answered.
    pub fn must_ask(&self, credential: &Credential, intent: Intent, now: u64) -> bool {
        if now < self.nobody_until {
            return false;
        }
        let age = now.saturating_sub(self.asked_at);
        let is_stranger = match credential {
            Credential::Key(_) if !self.knows(credential) => return age >= ASK_AGAIN_AFTER_MS,
            Credential::Key(_) => age >= FACTS_LAST_MS,
            Credential::Session(hash) => self.facts.is_none() || self.sessions.must_ask(hash, now),
        };
        let revision_lost = self.revision.is_none() || self.lease_until > 0;
        is_stranger || (intent == Intent::Read && revision_lost && self.lease_is_over(now))
    }

    /// Whether a session that is not in the copy may become a database read just now.
    pub fn may_ask_for(&mut self, credential: &Credential, now: u64) -> bool {
        match credential {
            Credential::Session(hash) if !self.sessions.knows(hash) => {
                self.sessions.may_ask_for_a_stranger(now)
            }
            _ => true,
        }
    }

    /// Takes over what the database said, unless the copy has been thrown away since the question was
    /// sent: then the answer may be older than the reason for that, and `false` asks for another. The
    /// revision counts only if no write has announced itself meanwhile.
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
            self.nobody_until = now + FACTS_LAST_MS;
            return Ok(true);
        };
        if self.lease_is_over(now) && self.announced == question.writes_announced {
            self.revision = Some(facts.revision);
            self.under_way = 0;
            self.inherited = false;
            self.set_lease(0)?;
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
        self.sessions = Sessions::default();
        self.asked_at = 0;
        self.nobody_until = 0;
        self.forgotten += 1;
        // It must not come back when the object sleeps and wakes.
        self.keep("DELETE FROM facts", vec![])
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
            Credential::Session(hash) => match self.sessions.admit(hash, now) {
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
            revision: self.revision.filter(|_| self.lease_until == 0),
        };
        if intent == Intent::Write {
            self.announce(now)?;
        }
        Ok(Admission::Admitted(Box::new(admitted)))
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

    /// A write has ended; it made this revision, if any.
    pub fn settle(&mut self, revision: Option<u64>) -> Result<()> {
        self.under_way = self.under_way.saturating_sub(1);
        self.revision = self.revision.max(revision);
        if self.under_way == 0 && !self.inherited {
            self.set_lease(0)?;
        }
        Ok(())
    }

    /// A write begins: until it settles, the revision is not to be believed.
    pub fn announce(&mut self, now: u64) -> Result<()> {
        self.nobody_until = 0;
        self.under_way += 1;
        self.announced += 1;
        self.set_lease(now + LEASE_MS)
    }

    fn lease_is_over(&self, now: u64) -> bool {
        now >= self.lease_until
    }

    fn set_lease(&mut self, until: u64) -> Result<()> {
        self.lease_until = until;
        let revision = self.revision.map_or(SqlStorageValue::Null, integer);
        self.keep(
            "INSERT OR REPLACE INTO revision (id, revision, lease_until) VALUES (1, ?, ?)",
            vec![revision, integer(until)],
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
