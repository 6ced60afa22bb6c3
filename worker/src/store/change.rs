//! One write: a batch that takes effect as a whole or not at all.
//!
//! The batch is made of
//! 1. with an `Idempotency-Key`: the answer that was kept for it, if the request is a repeat;
//! 2. a look at every condition, so that a refusal can say which one failed;
//! 3. the audit row, inserted only if all conditions hold and the request is no repeat;
//! 4. the effects, each only if that audit row exists;
//! 5. the organisation's next revision;
//! 6. with an `Idempotency-Key`: the answer, to be kept.
//!
//! So a condition is written once, nothing happens between looking and writing, and one round trip
//! does it all.

use std::borrow::Cow;

use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::{Db, Mode, Rows, Statement, params, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{self, Idempotency};
use crate::ids;

const IF_ALLOWED: &str =
    " AND EXISTS (SELECT 1 FROM audit_log WHERE organisation_id = ? AND id = ?)";

/// A write in the making.
pub struct Change<'a> {
    caller: &'a Caller,
    /// Of the audit row.
    id: String,
    action: &'static str,
    subject_id: String,
    before: Statement,
    conditions: Vec<(Statement, Error)>,
    effects: Vec<Statement>,
    kept_answer: Option<KeptAnswer<'a>>,
    changes_access: bool,
}

struct KeptAnswer<'a> {
    idempotency: &'a Idempotency,
    /// An SQL expression that gives the answer's JSON.
    answer: Statement,
}

enum Outcome {
    Committed(Committed),
    /// The answer's JSON that was kept for the first of these requests.
    Repeated(String),
}

/// What a committed change left.
pub struct Committed {
    results: Vec<Rows>,
    first_effect: usize,
}

impl Committed {
    /// The first row that the effect with this index returned.
    pub fn returned<T: DeserializeOwned>(&self, effect: usize) -> Result<T> {
        self.results[self.first_effect + effect]
            .first()?
            .ok_or_else(|| Error::internal("an effect that committed returned no row"))
    }
}

impl<'a> Change<'a> {
    /// `action` is what the audit log calls it (`okr.create`), `subject_id` what it is done to.
    pub fn new(caller: &'a Caller, action: &'static str, subject_id: &str) -> Self {
        Self {
            caller,
            id: ids::new_id(),
            action,
            subject_id: subject_id.to_owned(),
            before: sql("NULL", vec![]),
            conditions: Vec::new(),
            effects: Vec::new(),
            kept_answer: None,
            changes_access: false,
        }
    }

    /// Keeps in the audit log what `expression`, an SQL subquery giving JSON, sees before the effects.
    pub fn before(mut self, expression: &'static str, params: Vec<JsValue>) -> Self {
        self.before = sql(expression, params);
        self
    }

    /// Nothing happens unless `condition`, an SQL expression, holds; the first that does not is
    /// answered with its `refusal`.
    pub fn require(
        mut self,
        condition: impl Into<Cow<'static, str>>,
        params: Vec<JsValue>,
        refusal: Error,
    ) -> Self {
        self.conditions.push((sql(condition, params), refusal));
        self
    }

    /// Says that this changes keys, sessions or people: who is let in, or what they may do.
    pub fn changes_access(mut self) -> Self {
        self.changes_access = true;
        self
    }

    /// A statement to run. It must end in a WHERE clause, to which "if allowed" is added.
    pub fn effect(self, statement: impl Into<String>, params: Vec<JsValue>) -> Self {
        self.effect_returning(statement, params, "")
    }

    /// An effect that gives a row back; `returning` is the RETURNING clause.
    pub fn effect_returning(
        mut self,
        statement: impl Into<String>,
        mut params: Vec<JsValue>,
        returning: &'static str,
    ) -> Self {
        params.extend(params![self.caller.organisation_id, self.id]);
        let text = statement.into() + IF_ALLOWED + returning;
        self.effects.push(sql(text, params));
        self
    }

    /// Keeps `answer` for repeats of the request, if it is to be kept at all.
    pub fn answer<T: Serialize>(
        self,
        idempotency: Option<&'a Idempotency>,
        answer: &T,
    ) -> Result<Self> {
        let json = serde_json::to_string(answer)?;
        Ok(self.answer_sql(idempotency, "?", params![json]))
    }

    /// Like [`Self::answer`], for an answer that only SQL can complete.
    pub fn answer_sql(
        mut self,
        idempotency: Option<&'a Idempotency>,
        expression: &'static str,
        params: Vec<JsValue>,
    ) -> Self {
        self.kept_answer = idempotency.map(|idempotency| KeptAnswer {
            idempotency,
            answer: sql(expression, params),
        });
        self
    }

    /// Commits a change whose answer is known beforehand. `asked` goes into the audit log.
    ///
    /// Answers with what was kept if the request is a repeat.
    pub async fn commit<T>(self, db: &Db, asked: &impl Serialize, answer: T) -> Result<T>
    where
        T: DeserializeOwned,
    {
        self.commit_with(db, asked, |_| Ok(answer)).await
    }

    /// Like [`Self::commit`], for an answer that is made of what the effects return.
    pub async fn commit_with<T: DeserializeOwned>(
        self,
        db: &Db,
        asked: &impl Serialize,
        answer: impl FnOnce(Committed) -> Result<T>,
    ) -> Result<T> {
        match self.run(db, serde_json::to_string(asked)?).await? {
            Outcome::Committed(committed) => answer(committed),
            Outcome::Repeated(kept) => Ok(serde_json::from_str(&kept)?),
        }
    }

    /// What [`Self::commit_with`] does whatever the types are: code that is compiled once and not for
    /// each of a hundred changes.
    async fn run(self, db: &Db, asked: String) -> Result<Outcome> {
        if matches!(db.mode, Mode::Rehearsal) {
            return Err(self.rehearse(db).await?);
        }
        let mut batch = Batch::default();
        let kept_at = self.kept_answer.as_ref().map(|kept| {
            batch.push(forget_old_answers(self.caller));
            if kept.idempotency.kept_for < extract::KEPT_FOR {
                batch.push(forget_answer(self.caller, kept.idempotency));
            }
            batch.push(find_answer(self.caller, kept.idempotency))
        });
        let look_at = batch.push(look(&self.conditions));
        batch.push(self.audit_row(&asked));
        let first_effect = batch.0.len();
        let kept_row = self.kept_answer.as_ref().map(|kept| self.keep_answer(kept));
        batch.0.extend(self.effects);
        let revision_at = batch.push(next_revision(self.caller, &self.id));
        batch.0.extend(kept_row);

        let results = db.batch(&batch.0).await?;
        if let Some(row) = results[revision_at].first::<RevisionRow>()? {
            db.committed(row.revision, self.changes_access);
            return Ok(Outcome::Committed(Committed {
                results,
                first_effect,
            }));
        }
        if let (Some(at), Some(kept)) = (kept_at, &self.kept_answer)
            && let Some(row) = results[at].first::<KeptRow>()?
        {
            return row.answer_for(kept.idempotency);
        }
        Err(
            refusal(&results[look_at], self.conditions)?.unwrap_or_else(|| {
                Error::internal("a change whose conditions all hold took no effect")
            }),
        )
    }

    /// What the change would be refused with, or that it would not be.
    async fn rehearse(self, db: &Db) -> Result<Error> {
        if self.caller.api_key_id().is_some() {
            return Ok(Error::Rehearsed);
        }
        let rows = db.query(look(&self.conditions)).await?;
        Ok(refusal(&rows, self.conditions)?.unwrap_or(Error::Rehearsed))
    }

    fn audit_row(&self, after: &str) -> Statement {
        let caller = self.caller;
        let mut text = format!(
            "INSERT INTO audit_log (organisation_id, id, at, api_key_id, member_id, action, subject_id, after, before) \
             SELECT ?, ?, ?, ?, ?, ?, ?, ?, {} WHERE 1",
            self.before.sql
        );
        let mut params = params![
            caller.organisation_id,
            self.id,
            caller.now,
            caller.api_key_id(),
            caller.author(),
            self.action,
            self.subject_id,
            after,
        ];
        params.extend_from_slice(&self.before.params);
        for (condition, _) in &self.conditions {
            text = text + " AND (" + &condition.sql + ")";
            params.extend_from_slice(&condition.params);
        }
        if let Some(kept) = &self.kept_answer {
            text += " AND NOT EXISTS (SELECT 1 FROM idempotency_keys WHERE organisation_id = ? AND api_key_id = ? AND key = ?)";
            params.extend(params![
                caller.organisation_id,
                caller.sender_id(),
                kept.idempotency.key
            ]);
        }
        sql(text, params)
    }

    fn keep_answer(&self, kept: &KeptAnswer) -> Statement {
        let caller = self.caller;
        let mut params = params![
            caller.organisation_id,
            caller.sender_id(),
            kept.idempotency.key,
            kept.idempotency.request_hash,
            caller.now,
        ];
        params.extend_from_slice(&kept.answer.params);
        params.extend(params![caller.organisation_id, self.id]);
        sql(
            format!(
                "INSERT INTO idempotency_keys (organisation_id, api_key_id, key, request_hash, created_at, body) \
                 SELECT ?, ?, ?, ?, ?, {} WHERE 1{IF_ALLOWED}",
                kept.answer.sql
            ),
            params,
        )
    }
}

#[derive(Default)]
struct Batch(Vec<Statement>);

impl Batch {
    /// Adds a statement and says where its rows will be.
    fn push(&mut self, statement: Statement) -> usize {
        self.0.push(statement);
        self.0.len() - 1
    }
}

#[derive(Deserialize)]
struct RevisionRow {
    revision: u64,
}

#[derive(Deserialize)]
struct HeldRow {
    #[serde(deserialize_with = "super::json_text")]
    held: Vec<u8>,
}

#[derive(Deserialize)]
struct KeptRow {
    request_hash: String,
    body: String,
}

impl KeptRow {
    fn answer_for(self, idempotency: &Idempotency) -> Result<Outcome> {
        if self.request_hash == idempotency.request_hash {
            Ok(Outcome::Repeated(self.body))
        } else {
            Err(Error::IdempotencyKeyReused)
        }
    }
}

fn forget_old_answers(caller: &Caller) -> Statement {
    let oldest = Timestamp::new(caller.now.get() - extract::KEPT_FOR);
    sql(
        "DELETE FROM idempotency_keys WHERE organisation_id = ? AND created_at < ?",
        params![caller.organisation_id, oldest],
    )
}

/// Forgets the answer to a request whose repeats are answered for a shorter time.
fn forget_answer(caller: &Caller, idempotency: &Idempotency) -> Statement {
    let oldest = Timestamp::new(caller.now.get() - idempotency.kept_for);
    sql(
        "DELETE FROM idempotency_keys \
         WHERE organisation_id = ? AND api_key_id = ? AND key = ? AND created_at < ?",
        params![
            caller.organisation_id,
            caller.sender_id(),
            idempotency.key,
            oldest
        ],
    )
}

fn find_answer(caller: &Caller, idempotency: &Idempotency) -> Statement {
    sql(
        "SELECT request_hash, body FROM idempotency_keys WHERE organisation_id = ? AND api_key_id = ? AND key = ?",
        params![caller.organisation_id, caller.sender_id(), idempotency.key],
    )
}

/// The refusal of the first condition that does not hold.
fn refusal(looked: &Rows, conditions: Vec<(Statement, Error)>) -> Result<Option<Error>> {
    let row: Option<HeldRow> = looked.first()?;
    let held = row.map(|row| row.held).unwrap_or_default();
    let failed = held.iter().position(|held| *held == 0);
    Ok(failed
        .and_then(|at| conditions.into_iter().nth(at))
        .map(|(_, refusal)| refusal))
}

/// One row: a JSON list with 1 for each condition that holds and 0 for each that does not.
fn look(conditions: &[(Statement, Error)]) -> Statement {
    let list: Vec<String> = conditions
        .iter()
        .map(|(condition, _)| format!("({}) IS TRUE", condition.sql))
        .collect();
    let params = conditions
        .iter()
        .flat_map(|(condition, _)| condition.params.clone())
        .collect();
    sql(
        format!("SELECT json_array({}) AS held", list.join(", ")),
        params,
    )
}

fn next_revision(caller: &Caller, change_id: &str) -> Statement {
    sql(
        format!(
            "UPDATE organisations SET revision = revision + 1 WHERE id = ?{IF_ALLOWED} RETURNING revision"
        ),
        params![caller.organisation_id, caller.organisation_id, change_id],
    )
}
