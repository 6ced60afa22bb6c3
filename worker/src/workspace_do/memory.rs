//! What an organisation's object remembers, and what of it survives in its SQLite.

use std::collections::HashMap;

use okrs_shared::api_key::Scopes;
use okrs_shared::id::{ApiKeyId, MemberId, OrganisationId};
use okrs_shared::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use worker::{Result, SqlStorage, SqlStorageValue};

use super::{Admission, Admitted, Intent};

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

/// The organisation and its keys as the database has them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Facts {
    /// The organisation of this tag.
    pub organisation_id: OrganisationId,
    /// IANA name.
    pub timezone: String,
    /// As of the read.
    pub revision: u64,
    /// By their hash; revoked ones are left out.
    pub keys: HashMap<String, KeyFacts>,
}

/// One key as the database has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeyFacts {
    /// The key's row.
    pub id: ApiKeyId,
    /// What it may do.
    pub scopes: Scopes,
    /// Its budget.
    pub requests_per_minute: u32,
    /// The member who made it.
    pub created_by: Option<MemberId>,
    /// From then on it is unknown.
    pub expires_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Budget {
    minute: u64,
    used: u32,
}

/// The object's state.
pub struct Memory {
    sql: SqlStorage,
    facts: Option<Facts>,
    asked_at: u64,
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
    budgets: HashMap<ApiKeyId, Budget>,
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
    used: u32,
}

impl Memory {
    /// Makes the tables if need be and reads what earlier lives left.
    pub fn wake(sql: SqlStorage, now: u64) -> Result<Self> {
        sql.exec(TABLES, None)?;
        let facts: Option<FactsRow> = sql
            .exec("SELECT json, asked_at FROM facts", None)?
            .to_array()?
            .pop();
        let revision: Option<RevisionRow> = sql
            .exec("SELECT revision, lease_until FROM revision", None)?
            .to_array()?
            .pop();
        let minute = now / MINUTE_MS;
        let budgets: Vec<BudgetRow> = sql
            .exec(
                "SELECT api_key_id, used FROM budgets WHERE minute = ?",
                vec![integer(minute)],
            )?
            .to_array()?;
        let lease_until = revision.as_ref().map_or(0, |row| row.lease_until);
        Ok(Self {
            asked_at: facts.as_ref().map_or(0, |row| row.asked_at),
            // A copy that an older version of this code wrote and this one can't read is asked for again.
            facts: facts.and_then(|row| serde_json::from_str(&row.json).ok()),
            revision: revision.and_then(|row| row.revision),
            lease_until,
            under_way: 0,
            inherited: lease_until > 0,
            announced: 0,
            budgets: budgets
                .into_iter()
                .map(|row| {
                    (
                        row.api_key_id,
                        Budget {
                            minute,
                            used: row.used,
                        },
                    )
                })
                .collect(),
            sql,
        })
    }

    /// Whether the key is in the copy.
    pub fn knows(&self, hash: &str) -> bool {
        self.facts
            .as_ref()
            .is_some_and(|facts| facts.keys.contains_key(hash))
    }

    /// How many writes have announced themselves since the object woke.
    pub fn writes_announced(&self) -> u64 {
        self.announced
    }

    /// Whether the database must be asked before this request can be answered.
    pub fn must_ask(&self, hash: &str, intent: Intent, now: u64) -> bool {
        let age = now.saturating_sub(self.asked_at);
        if !self.knows(hash) {
            return age >= ASK_AGAIN_AFTER_MS;
        }
        let revision_lost = self.revision.is_none() || self.lease_until > 0;
        age >= FACTS_LAST_MS || (intent == Intent::Read && revision_lost && self.lease_is_over(now))
    }

    /// Takes over what the database said. Its revision counts only if no write has announced itself
    /// since `writes_before`, when the question was sent.
    pub fn learn(&mut self, facts: Option<Facts>, writes_before: u64, now: u64) -> Result<()> {
        self.asked_at = now;
        if let Some(facts) = &facts {
            if self.lease_is_over(now) && self.announced == writes_before {
                self.revision = Some(facts.revision);
                self.under_way = 0;
                self.inherited = false;
                self.set_lease(0)?;
            }
            let json = serde_json::to_string(facts)?;
            self.sql.exec(
                "INSERT OR REPLACE INTO facts (id, json, asked_at) VALUES (1, ?, ?)",
                vec![json.into(), integer(now)],
            )?;
        }
        // A tag that no organisation has leaves no rows behind.
        self.facts = facts;
        Ok(())
    }

    /// Throws the copy of the keys away.
    pub fn forget(&mut self) {
        self.facts = None;
        self.asked_at = 0;
    }

    /// Decides about one request and counts it if it is admitted.
    pub fn admit(&mut self, hash: &str, intent: Intent, now: u64) -> Result<Admission> {
        let Some(facts) = &self.facts else {
            return Ok(Admission::Unknown);
        };
        let Some(key) = facts.keys.get(hash).filter(|key| is_current(key, now)) else {
            return Ok(Admission::Unknown);
        };
        let minute = now / MINUTE_MS;
        let budget = self.budgets.entry(key.id.clone()).or_default();
        if budget.minute != minute {
            *budget = Budget { minute, used: 0 };
        }
        if budget.used >= key.requests_per_minute {
            return Ok(Admission::OverBudget {
                retry_after_seconds: seconds_left(now),
            });
        }
        budget.used += 1;
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
        let admitted = Admitted {
            organisation_id: facts.organisation_id.clone(),
            timezone: facts.timezone.clone(),
            api_key_id: key.id.clone(),
            created_by: key.created_by.clone(),
            scopes: key.scopes,
            revision: self.revision.filter(|_| self.lease_until == 0),
        };
        if intent == Intent::Write {
            self.announce(now)?;
        }
        Ok(Admission::Admitted(admitted))
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

    fn announce(&mut self, now: u64) -> Result<()> {
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
        self.sql.exec(
            "INSERT OR REPLACE INTO revision (id, revision, lease_until) VALUES (1, ?, ?)",
            vec![revision, integer(until)],
        )?;
        Ok(())
    }
}

fn is_current(key: &KeyFacts, now: u64) -> bool {
    key.expires_at
        .is_none_or(|at| u64::try_from(at.get().timestamp_millis()).is_ok_and(|at| now < at))
}

fn seconds_left(now: u64) -> u32 {
    let left_ms = MINUTE_MS - now % MINUTE_MS;
    u32::try_from(left_ms.div_ceil(1_000)).unwrap_or(60)
}

fn integer(value: u64) -> SqlStorageValue {
    // Milliseconds, minutes and revisions all fit the 53 bits that JavaScript keeps exactly.
    SqlStorageValue::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}
