//! Cycles in the database.

use chrono::NaiveDate;
use okrs_shared::cycle::{CyclePatch, NewCycle};
use okrs_shared::days;
use okrs_shared::id::CycleId;
use okrs_shared::timestamp::Timestamp;
use okrs_shared::validation::Invalid;
use serde::Deserialize;

use super::assignments::Assignments;
use super::change::Change;
use super::relations;
use super::{Db, Sql, last_change, read_last_change, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Idempotency;

/// A cycle, before it is known how it stands today.
#[derive(Clone, Debug, Deserialize)]
pub struct CycleRow {
    pub id: CycleId,
    pub name: String,
    #[serde(deserialize_with = "days::read")]
    pub start_date: NaiveDate,
    #[serde(deserialize_with = "days::read")]
    pub end_date: NaiveDate,
}

/// All cycles of the caller's organisation, archived ones too.
pub fn all(caller: &Caller) -> Sql {
    sql!(
        caller,
        "SELECT id, name, start_date, end_date FROM cycles WHERE organisation_id = :organisation"
    )
}

/// The id of the named cycle, or of the present one: of those that are active the shortest, then the
/// latest to start; without one the next to begin, else the last that ended.
pub fn meant(caller: &Caller, named: Option<&CycleId>) -> Sql {
    sql!(
        caller,
        "COALESCE(:named, (SELECT id FROM ( \
           SELECT id, start_date, end_date, \
                  CASE WHEN start_date > :today THEN 1 WHEN end_date < :today THEN 2 ELSE 0 END AS nearness \
           FROM cycles WHERE organisation_id = :organisation AND archived_at IS NULL) \
         ORDER BY nearness, \
                  CASE nearness WHEN 0 THEN julianday(end_date) - julianday(start_date) \
                                WHEN 1 THEN julianday(start_date) ELSE -julianday(end_date) END, \
                  start_date DESC, id LIMIT 1))",
        named
    )
}

/// The cycles of the caller's organisation that are not archived, latest start first, and the
/// last change that they have.
pub async fn list(db: &Db, caller: &Caller) -> Result<(String, Vec<CycleRow>)> {
    let results = db
        .batch(&[
            last_change(caller),
            sql!(
                caller,
                "SELECT id, name, start_date, end_date FROM cycles \
                 WHERE organisation_id = :organisation AND archived_at IS NULL ORDER BY start_date DESC, id DESC"
            ),
        ])
        .await?;
    Ok((read_last_change(&results[0])?, results[1].read()?))
}

/// A cycle with what the app shows beside it, before it is known how it stands today.
#[derive(Debug, Deserialize)]
pub struct OverviewRow {
    pub id: CycleId,
    pub name: String,
    #[serde(deserialize_with = "days::read")]
    pub start_date: NaiveDate,
    #[serde(deserialize_with = "days::read")]
    pub end_date: NaiveDate,
    pub archived_at: Option<Timestamp>,
    pub okr_count: u32,
    pub key_result_count: u32,
    pub checked_in_count: u32,
}

/// All cycles, archived ones too, latest start first.
pub async fn overview(db: &Db, caller: &Caller) -> Result<Vec<OverviewRow>> {
    db.query(select_overview(caller, None)).await?.read()
}

/// One cycle; `None` if there is none with this id.
pub async fn get(db: &Db, caller: &Caller, id: &CycleId) -> Result<Option<OverviewRow>> {
    let one = select_overview(caller, Some(id));
    db.query(one).await?.first()
}

fn select_overview(caller: &Caller, only: Option<&CycleId>) -> Sql {
    // Counted once for all cycles: a count per cycle would read all OKRs each time.
    sql!(
        caller,
        "SELECT c.id, c.name, c.start_date, c.end_date, c.archived_at, COALESCE(n.okr_count, 0) AS okr_count, \
                COALESCE(n.key_result_count, 0) AS key_result_count, \
                COALESCE(n.checked_in_count, 0) AS checked_in_count \
         FROM cycles c LEFT JOIN ( \
           SELECT o.cycle_id, COUNT(DISTINCT o.id) AS okr_count, COUNT(k.id) AS key_result_count, \
                  COUNT(k.last_check_in_on) AS checked_in_count \
           FROM okrs o LEFT JOIN key_results k ON k.okr_id = o.id AND k.deleted_at IS NULL \
           WHERE o.organisation_id = :organisation AND o.deleted_at IS NULL AND o.archived_at IS NULL AND :sees \
           GROUP BY o.cycle_id) n ON n.cycle_id = c.id \
         WHERE c.organisation_id = :organisation AND c.id = COALESCE(:only, c.id) \
         ORDER BY c.start_date DESC, c.id DESC",
        sees = relations::sees(caller, "o"),
        only
    )
}

/// Creates a cycle with this id. A repeat of the request answers with the id of what it made then.
pub async fn create(
    db: &Db,
    caller: &Caller,
    id: &CycleId,
    new: &NewCycle,
    idempotency: Option<&Idempotency>,
) -> Result<CycleId> {
    let name = new.name.trim();
    Change::new(caller, "cycle.create", id.as_str())
        .require_free_cycle_name(caller, name, id)
        .require_room_for_cycle(caller)
        .effect(sql!(
            caller,
            "INSERT INTO cycles (id, organisation_id, name, start_date, end_date, created_at) \
             SELECT :id, :organisation, :name, :start_date, :end_date, :now WHERE 1",
            id,
            name,
            start_date = new.start_date,
            end_date = new.end_date
        ))
        .answer(idempotency, id)?
        .commit(db, new, id.clone())
        .await
}

/// Changes the fields that the patch names.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &CycleId,
    patch: &CyclePatch,
) -> Result<OverviewRow> {
    let name = patch.name.as_deref().map(str::trim);
    let archived_at = patch
        .archived
        .map(|archived| archived.then_some(caller.now));
    let update = Assignments::default()
        .set("name", name)
        .set("start_date", patch.start_date)
        .set("end_date", patch.end_date)
        .set("archived_at", archived_at)
        .update(
            "cycles",
            sql!(
                caller,
                "WHERE id = :id AND organisation_id = :organisation",
                id
            ),
        );
    let mut change = Change::new(caller, "cycle.update", id.as_str())
        .before(sql!(
            caller,
            "(SELECT json_object('name', name, 'start_date', start_date, 'end_date', end_date, \
                                'archived_at', archived_at) \
             FROM cycles WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM cycles WHERE id = :id AND organisation_id = :organisation)",
                id
            ),
            Error::NotFound("Cycle not found"),
        )
        // A patch may name one of the days only.
        .require(
            sql!(
                caller,
                "(SELECT COALESCE(:end_date, end_date) >= COALESCE(:start_date, start_date) FROM cycles \
                 WHERE id = :id AND organisation_id = :organisation)",
                end_date = patch.end_date,
                start_date = patch.start_date,
                id
            ),
            Error::Invalid(days::out_of_order()),
        );
    if let Some(name) = name {
        change = change.require_free_cycle_name(caller, name, id);
    }
    if patch.archived == Some(false) {
        change = change.require_room_for_unarchived_cycle(caller, id);
    }
    change
        .effect(update)
        .commit_and_read(db, patch, select_overview(caller, Some(id)))
        .await
}

impl Change<'_> {
    /// No other cycle may have this name, in any case.
    fn require_free_cycle_name(self, caller: &Caller, name: &str, id: &CycleId) -> Self {
        self.require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM cycles WHERE organisation_id = :organisation \
                 AND name = :name COLLATE NOCASE AND id <> :id)",
                name,
                id
            ),
            Error::Conflict(Invalid::field("name", "is that of another cycle")),
        )
    }
}
