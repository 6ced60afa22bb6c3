//! One write: a batch that takes effect as a whole or not at all.
//!
//! The batch is made of
//! 1. with an `Idempotency-Key`: the answer that was kept for it, if the request is a repeat;
//! 2. a look at every condition, so that a refusal can say which one failed;
//! 3. the audit row, inserted only if all conditions hold and the request is no repeat;
//! 4. the effects, each only if that audit row exists;
//! 5. the organisation's next revision, which the audit row has made by a trigger;
//! 6. with an `Idempotency-Key`: the answer, to be kept.
//!
//! So a condition is written once, nothing happens between looking and writing, and one round trip
//! does it all.

use std::mem;
use std::sync::atomic::Ordering::Relaxed;

use okrs_shared::limits::Limit;
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::retries::Once;
use super::{Db, Mode, Rows, Sql, Written, admission, sql, versions};
use crate::caller::Caller;
use crate::error::{Error, Present, Result};
use crate::extract::{self, Idempotency};
use crate::ids;
use crate::ledger::Made;

/// A write in the making.
pub struct Change<'a> {
    caller: &'a Caller,
    /// Of the audit row.
    id: String,
    action: &'static str,
    subject_id: String,
    before: Sql,
    conditions: Vec<(Sql, Error)>,
    /// How many of them, which stand first, are about the caller and not about what is asked.
    authority: usize,
    /// That there is room for what it makes.
    limits: Vec<(Sql, Error)>,
    effects: Vec<Sql>,
    kept_answer: Option<KeptAnswer<'a>>,
    changes_access: bool,
    /// Whether somebody may have less access afterwards.
    takes_access: bool,
    /// Whether it is about a thing that the answer may show.
    has_version: bool,
}

struct KeptAnswer<'a> {
    idempotency: &'a Idempotency,
    /// An SQL expression that gives the answer's JSON.
    answer: Sql,
}

enum Ending {
    Committed(Committed),
    /// The answer's JSON that was kept for the first of these requests.
    Repeated(String),
    /// All conditions hold; nothing was done.
    Rehearsed,
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
    /// `action` is what the audit log calls it (`okr.create`), `subject_id` what it is done to. Nothing
    /// happens unless the caller would be let in again at that moment.
    pub fn new(caller: &'a Caller, action: &'static str, subject_id: &str) -> Self {
        let mut change = Self::by_newcomer(caller, action, subject_id);
        change.conditions = admission::still(caller);
        change.authority = change.conditions.len();
        change.has_version = true;
        change
    }

    /// Like [`Self::new`], by somebody who has just proved who they are and whose session is part of the change.
    pub fn by_newcomer(caller: &'a Caller, action: &'static str, subject_id: &str) -> Self {
        Self {
            caller,
            id: ids::new_id(),
            action,
            subject_id: subject_id.to_owned(),
            before: Sql::text("NULL"),
            conditions: Vec::new(),
            authority: 0,
            limits: Vec::new(),
            effects: Vec::new(),
            kept_answer: None,
            changes_access: false,
            takes_access: false,
            has_version: false,
        }
    }

    /// Keeps in the audit log what `expression`, an SQL subquery giving JSON, sees before the effects.
    pub fn before(mut self, expression: Sql) -> Self {
        self.before = expression;
        self
    }

    /// Nothing happens unless `condition`, an SQL expression, holds; the first that does not is
    /// answered with its `refusal`.
    pub fn require(mut self, condition: Sql, refusal: Error) -> Self {
        self.conditions.push((condition, refusal));
        self
    }

    /// Nothing happens unless `condition` says that there is room under this limit for what is made. It is looked at
    /// after everything else, and not at all if the hosted service has made it already.
    pub fn require_room(mut self, limit: Limit, condition: Sql) -> Self {
        let refusal = Error::Invalid(limit.refusal());
        self.limits.push((condition, refusal));
        self
    }

    /// Says that this changes keys, sessions or people: who is let in, or what they may do. Unless the organisation's
    /// object hears of it, whoever lost something still has it.
    pub fn changes_access(mut self) -> Self {
        self.takes_access = true;
        self.gives_access()
    }

    /// Says that somebody may be let in or may do more, and nobody less.
    pub fn gives_access(mut self) -> Self {
        self.changes_access = true;
        self
    }

    fn committed(&self, db: &Db, row: RevisionRow) {
        db.ledger.commit(row.made());
        db.ledger
            .changed_access
            .fetch_or(self.changes_access, Relaxed);
        db.ledger.took_access.fetch_or(self.takes_access, Relaxed);
        if self.has_version {
            db.ledger.shows(self.id.clone());
        }
    }

    /// A statement to run, unless it is none. It must end in a WHERE clause, to which "if allowed" is added.
    pub fn effect(self, statement: Sql) -> Self {
        if statement.is_empty() {
            return self;
        }
        self.effect_returning(statement, Sql::default())
    }

    /// An effect that gives a row back; `returning` is the RETURNING clause.
    pub fn effect_returning(mut self, statement: Sql, returning: Sql) -> Self {
        let allowed = self.allowed();
        self.effects.push(sql!(
            ":statement AND :allowed :returning",
            statement,
            allowed,
            returning
        ));
        self
    }

    /// That the audit row exists: all conditions have held.
    fn allowed(&self) -> Sql {
        sql!(
            self.caller,
            "EXISTS (SELECT 1 FROM audit_log WHERE organisation_id = :organisation AND id = :change_id)",
            change_id = self.id
        )
    }

    /// Keeps `answer` for repeats of the request, if it is to be kept at all.
    pub fn answer<T: Serialize>(
        self,
        idempotency: Option<&'a Idempotency>,
        answer: &T,
    ) -> Result<Self> {
        let answer = serde_json::to_string(answer)?;
        Ok(self.answer_sql(idempotency, sql!(":answer", answer)))
    }

    /// Like [`Self::answer`], for an answer that only SQL can complete: an expression that gives its JSON.
    pub fn answer_sql(mut self, idempotency: Option<&'a Idempotency>, answer: Sql) -> Self {
        self.kept_answer = idempotency.map(|idempotency| KeptAnswer {
            idempotency,
            answer,
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

    /// Commits a change whose answer is made of what the effects return.
    pub async fn commit_with<T: DeserializeOwned>(
        self,
        db: &Db,
        asked: &impl Serialize,
        answer: impl FnOnce(Committed) -> Result<T>,
    ) -> Result<T> {
        self.commit_or_rehearse(db, asked, answer)
            .await?
            .committed()
    }

    /// What [`Self::commit_with`] does, for the writes of version 1, which may be rehearsed.
    pub async fn commit_or_rehearse<T: DeserializeOwned>(
        self,
        db: &Db,
        asked: &impl Serialize,
        answer: impl FnOnce(Committed) -> Result<T>,
    ) -> Result<Written<T>> {
        Ok(match self.run(db, serde_json::to_string(asked)?).await? {
            Ending::Committed(committed) => Written::Committed(answer(committed)?),
            Ending::Repeated(kept) => Written::Committed(serde_json::from_str(&kept)?),
            Ending::Rehearsed => Written::Rehearsed,
        })
    }

    /// Commits a change that is answered with the first row that `select` gives after the effects.
    pub async fn commit_and_read<T: DeserializeOwned>(
        self,
        db: &Db,
        asked: &impl Serialize,
        select: Sql,
    ) -> Result<T> {
        self.commit_and_read_with(db, asked, select, |row, _| Ok(row))
            .await
    }

    /// Commits a change whose answer is made of the first row that `select` gives after the effects, and of what
    /// they return.
    pub async fn commit_and_read_with<R: DeserializeOwned, T: DeserializeOwned>(
        self,
        db: &Db,
        asked: &impl Serialize,
        select: Sql,
        answer: impl FnOnce(R, Committed) -> Result<T>,
    ) -> Result<T> {
        let read_at = self.effects.len();
        self.effect(sql!("SELECT * FROM (:select) WHERE 1", select))
            .commit_with(db, asked, |committed| {
                answer(committed.returned(read_at)?, committed)
            })
            .await
    }

    /// What [`Self::commit_or_rehearse`] does whatever the types are: code that is compiled once and
    /// not for each of a hundred changes.
    async fn run(mut self, db: &Db, asked: String) -> Result<Ending> {
        if matches!(db.mode, Mode::Echo(_)) {
            // It is done already, whatever its author may do by now.
            self.conditions.drain(..self.authority);
            self.authority = 0;
        } else {
            self.conditions.append(&mut self.limits);
        }
        let unchanged = self.unchanged(db);
        let is_conditional = unchanged.is_some();
        // Last: who may not see the thing is not told that it has changed.
        self.conditions.extend(unchanged);
        if matches!(db.mode, Mode::Rehearsal) {
            self.rehearse(db, is_conditional).await?;
            return Ok(Ending::Rehearsed);
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
        let present_at = is_conditional.then(|| batch.push(self.present()));
        batch.push(self.audit_row(&asked));
        let first_effect = batch.0.len();
        let effects = first_effect..first_effect + self.effects.len();
        let kept_row = self.kept_answer.as_ref().map(|kept| self.keep_answer(kept));
        let next_revision = self.next_revision();
        batch.0.extend(mem::take(&mut self.effects));
        let revision_at = batch.push(next_revision);
        batch.0.extend(kept_row);

        let results = match db.run_once(&batch.0, &self.trace()).await? {
            Once::Answered(results) => results,
            Once::Lost => return self.lost(db, &batch.0[effects]).await,
        };
        if let Some(row) = results[revision_at].first::<RevisionRow>()? {
            self.committed(db, row);
            return Ok(Ending::Committed(Committed {
                results,
                first_effect,
            }));
        }
        let refusal = refusal(&results[look_at], self.conditions)?;
        let may_ask = refusal.as_ref().is_none_or(|(at, _)| *at >= self.authority);
        if let (true, Some(at), Some(kept)) = (may_ask, kept_at, &self.kept_answer)
            && let Some(row) = results[at].first::<KeptRow>()?
        {
            let ending = row.answer_for(kept.idempotency)?;
            db.ledger.replayed.store(true, Relaxed);
            return Ok(ending);
        }
        Err(match (refusal, present_at) {
            (Some((_, Error::ChangedSince(_))), Some(at)) => changed_since(&results[at])?,
            (Some((_, refusal)), _) => refusal,
            (None, _) => Error::internal("a change whose conditions all hold took no effect"),
        })
    }

    /// The audit row, which is there once the change has taken effect.
    fn trace(&self) -> Sql {
        sql!("SELECT 1 WHERE :allowed", allowed = self.allowed())
    }

    /// How it ended, if it took effect and D1's answer was lost: with the answer that was kept, or as far as its
    /// answer can be read once more.
    async fn lost(self, db: &Db, effects: &[Sql]) -> Result<Ending> {
        let mut statements = vec![last_revision(self.caller)];
        let kept = self.kept_answer.as_ref();
        statements.extend(kept.map(|kept| find_answer(self.caller, kept.idempotency)));
        let first_effect = statements.len();
        let nothing = Sql::text("SELECT NULL WHERE 0");
        let again = |effect: &Sql| match effect.only_reads() {
            true => effect.clone(),
            false => nothing.clone(),
        };
        statements.extend(effects.iter().map(again));
        let results = db.batch(&statements).await?;
        if let Some(row) = results[0].first::<RevisionRow>()? {
            self.committed(db, row);
        }
        if kept.is_some()
            && let Some(row) = results[1].first::<KeptRow>()?
        {
            return Ok(Ending::Repeated(row.body));
        }
        Ok(Ending::Committed(Committed {
            results,
            first_effect,
        }))
    }

    /// Refuses what the change would be refused with.
    async fn rehearse(mut self, db: &Db, is_conditional: bool) -> Result<()> {
        if self.caller.api_key_id().is_some() {
            // Of a key's conditions only the one that it sets itself is looked at.
            let own = self.conditions.len() - usize::from(is_conditional);
            self.conditions.drain(..own);
        }
        if self.conditions.is_empty() {
            return Ok(());
        }
        let results = db.batch(&[look(&self.conditions), self.present()]).await?;
        match refusal(&results[0], self.conditions)? {
            Some((_, Error::ChangedSince(_))) => Err(changed_since(&results[1])?),
            Some((_, refusal)) => Err(refusal),
            None => Ok(()),
        }
    }

    /// That the thing still has a version that the caller names. What the hosted service has done is done.
    fn unchanged(&self, db: &Db) -> Option<(Sql, Error)> {
        let seen = self.caller.if_match.as_ref()?;
        if matches!(db.mode, Mode::Echo(_)) {
            return None;
        }
        let condition = sql!(
            ":version IN (SELECT value FROM json_each(:seen))",
            version = versions::of(self.caller, &self.subject_id),
            seen
        );
        Some((condition, Error::ChangedSince(Present::default())))
    }

    /// What there is instead of what the caller has seen.
    fn present(&self) -> Sql {
        sql!(
            "SELECT :version AS version, :before AS fields",
            version = versions::of(self.caller, &self.subject_id),
            before = self.before
        )
    }

    fn audit_row(&self, asked: &str) -> Sql {
        let caller = self.caller;
        let conditions = self
            .conditions
            .iter()
            .map(|(condition, _)| sql!(" AND (:condition)", condition));
        let no_repeat = self.kept_answer.as_ref().map(|kept| {
            sql!(
                caller,
                " AND NOT EXISTS (SELECT 1 FROM idempotency_keys \
                 WHERE organisation_id = :organisation AND api_key_id = :sender AND key = :key)",
                sender = caller.sender_id(),
                key = kept.idempotency.key
            )
        });
        sql!(
            caller,
            "INSERT INTO audit_log (organisation_id, id, at, api_key_id, member_id, action, subject_id, after, \
                                    before) \
             SELECT :organisation, :change_id, :now, :api_key_id, :me, :action, :subject_id, :asked, :before \
             WHERE 1:conditions",
            change_id = self.id,
            api_key_id = caller.api_key_id(),
            action = self.action,
            subject_id = self.subject_id,
            asked,
            before = self.before,
            conditions = Sql::join(conditions.chain(no_repeat), "")
        )
    }

    fn keep_answer(&self, kept: &KeptAnswer) -> Sql {
        let caller = self.caller;
        sql!(
            caller,
            "INSERT INTO idempotency_keys (organisation_id, api_key_id, key, request_hash, created_at, body) \
             SELECT :organisation, :sender, :key, :request_hash, :now, :answer WHERE :allowed",
            sender = caller.sender_id(),
            key = kept.idempotency.key,
            request_hash = kept.idempotency.request_hash,
            answer = kept.answer,
            allowed = self.allowed()
        )
    }

    fn next_revision(&self) -> Sql {
        sql!(
            ":last AND :allowed",
            last = last_revision(self.caller),
            allowed = self.allowed()
        )
    }
}

#[derive(Default)]
struct Batch(Vec<Sql>);

impl Batch {
    /// Adds a statement and says where its rows will be.
    fn push(&mut self, statement: Sql) -> usize {
        self.0.push(statement);
        self.0.len() - 1
    }
}

#[derive(Deserialize)]
pub(super) struct RevisionRow {
    revision: u64,
    last_change_id: String,
}

impl RevisionRow {
    /// The change that made it.
    pub fn made(self) -> Made {
        Made {
            revision: self.revision,
            change_id: self.last_change_id,
        }
    }
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
    fn answer_for(self, idempotency: &Idempotency) -> Result<Ending> {
        if self.request_hash == idempotency.request_hash {
            Ok(Ending::Repeated(self.body))
        } else {
            Err(Error::IdempotencyKeyReused)
        }
    }
}

/// The refusal that says what [`Change::present`] gave.
fn changed_since(present: &Rows) -> Result<Error> {
    #[derive(Deserialize)]
    struct Row {
        version: String,
        fields: Option<String>,
    }
    let row: Option<Row> = present.first()?;
    let row = row.ok_or_else(|| Error::internal("a query without a table gave no row"))?;
    Ok(Error::ChangedSince(Present {
        version: row.version,
        fields: row
            .fields
            .map_or(Ok(Value::Null), |json| serde_json::from_str(&json))?,
    }))
}

/// The organisation's revision, and the change that made it.
fn last_revision(caller: &Caller) -> Sql {
    sql!(
        caller,
        "SELECT revision, last_change_id FROM organisations WHERE id = :organisation"
    )
}

fn forget_old_answers(caller: &Caller) -> Sql {
    let oldest = Timestamp::new(caller.now.get() - extract::KEPT_FOR);
    sql!(
        caller,
        "DELETE FROM idempotency_keys WHERE organisation_id = :organisation AND created_at < :oldest",
        oldest
    )
}

/// Forgets the answer to a request whose repeats are answered for a shorter time.
fn forget_answer(caller: &Caller, idempotency: &Idempotency) -> Sql {
    let oldest = Timestamp::new(caller.now.get() - idempotency.kept_for);
    sql!(
        caller,
        "DELETE FROM idempotency_keys \
         WHERE organisation_id = :organisation AND api_key_id = :sender AND key = :key AND created_at < :oldest",
        sender = caller.sender_id(),
        key = idempotency.key,
        oldest
    )
}

fn find_answer(caller: &Caller, idempotency: &Idempotency) -> Sql {
    sql!(
        caller,
        "SELECT request_hash, body FROM idempotency_keys \
         WHERE organisation_id = :organisation AND api_key_id = :sender AND key = :key",
        sender = caller.sender_id(),
        key = idempotency.key
    )
}

/// The first condition that does not hold: its place and its refusal.
fn refusal(looked: &Rows, conditions: Vec<(Sql, Error)>) -> Result<Option<(usize, Error)>> {
    let row: Option<HeldRow> = looked.first()?;
    let held = row.map(|row| row.held).unwrap_or_default();
    let failed = held.iter().position(|held| *held == 0);
    Ok(failed.and_then(|at| {
        let (_, refusal) = conditions.into_iter().nth(at)?;
        Some((at, refusal))
    }))
}

/// One row: a JSON list with 1 for each condition that holds and 0 for each that does not.
fn look(conditions: &[(Sql, Error)]) -> Sql {
    let list = conditions
        .iter()
        .map(|(condition, _)| sql!("(:condition) IS TRUE", condition));
    sql!(
        "SELECT json_array(:list) AS held",
        list = Sql::join(list, ", ")
    )
}
