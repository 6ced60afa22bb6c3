//! Weekly snapshots in the database: whose are due, what they are made of, and writing them.
//!
//! Nobody asks for this: as in [`super::broom`], the statements are about all organisations at once. What has its row
//! of the week is not looked at again, so a run goes on where the one before it stopped.

use std::collections::HashMap;

use chrono::NaiveDate;
use okrs_shared::days;
use okrs_shared::id::{KeyResultId, OkrId, OrganisationId};
use okrs_shared::rules::Params;
use okrs_shared::rules::rhythm::Rhythm;
use okrs_shared::rules::snapshot::Snapshot;
use okrs_shared::status::Status;
use okrs_shared::timestamp::Timestamp;
use okrs_shared::workspace::WeekStart;
use serde::{Deserialize, Serialize};

use super::key_results::{self, KeyResultRow, Shown};
use super::{Db, Sql, flag, json_text, sql};
use crate::error::Result;

/// So many organisations are looked after in a run, those first that have waited longest.
const MOST_ORGANISATIONS: u32 = 50;
/// So many OKRs are read at once.
const MOST_OKRS: u32 = 300;

/// Statements of [`next`], of [`write`], of [`teams`] and of [`finish`].
pub const COST_OF_NEXT: usize = 3;
pub const COST_OF_WRITE: usize = 1;
pub const COST_OF_TEAMS: usize = 1;
pub const COST_OF_FINISH: usize = 2;

/// An organisation, and the latest week whose snapshots it has.
#[derive(Deserialize)]
pub struct OrganisationRow {
    pub id: OrganisationId,
    pub timezone: String,
    pub week_start: WeekStart,
    #[serde(deserialize_with = "json_text")]
    pub rule_params: Params,
    #[serde(deserialize_with = "days::read_optional")]
    pub snapshot_week: Option<NaiveDate>,
}

/// The organisations, those first whose snapshots are oldest.
pub async fn organisations(db: &Db) -> Result<Vec<OrganisationRow>> {
    db.query(sql!(
        "SELECT id, timezone, week_start, rule_params, snapshot_week FROM organisations \
         ORDER BY snapshot_week, id LIMIT :most",
        most = MOST_ORGANISATIONS
    ))
    .await?
    .read()
}

/// A week of which an organisation lacks snapshots.
pub struct Due {
    pub organisation_id: OrganisationId,
    /// Its first day.
    pub week: NaiveDate,
    /// When that begins there.
    pub begins_at: Timestamp,
    pub params: Params,
}

/// The weeks as a table `d`.
fn table(due: &[Due]) -> Sql {
    let rows: Vec<_> = due
        .iter()
        .map(|due| (&due.organisation_id, due.week, due.begins_at))
        .collect();
    sql!(
        "(SELECT value ->> 0 AS organisation_id, value ->> 1 AS week, value ->> 2 AS begins_at \
          FROM json_each(:rows)) d",
        rows = serde_json::to_string(&rows).unwrap_or_default()
    )
}

/// An OKR without its snapshot, with its key results as they were when the week began.
#[derive(Deserialize)]
pub struct OkrRow {
    pub id: OkrId,
    pub organisation_id: OrganisationId,
    #[serde(deserialize_with = "days::read")]
    pub cycle_start: NaiveDate,
    #[serde(deserialize_with = "days::read")]
    pub cycle_end: NaiveDate,
    #[serde(deserialize_with = "json_text")]
    pub key_results: Vec<KeyResultRow>,
}

/// What happened to a key result since the week began, undone.
#[derive(Deserialize)]
struct BeforeRow {
    id: KeyResultId,
    /// Its last value before.
    value: Option<f64>,
    /// The value that it was made with, where its first check-in tells.
    first_value: Option<f64>,
    /// What the first check-in of the week has replaced; `null` where none did, or where it has not kept that.
    #[serde(deserialize_with = "json_text")]
    replaced: Option<Replaced>,
}

/// As [`super::corrections::row_before`] has it.
#[derive(Deserialize)]
struct Replaced {
    status: Status,
    #[serde(deserialize_with = "flag")]
    blocked: bool,
    #[serde(deserialize_with = "days::read_optional")]
    last_check_in_on: Option<NaiveDate>,
    #[serde(deserialize_with = "key_results::points")]
    recent_check_ins: Vec<(NaiveDate, f64)>,
    check_in_weeks: u32,
}

/// Some OKRs that have no snapshot of their week yet, and whether there may be more: those that were there as it began,
/// in cycles that ran then or ended in the seven days before.
pub async fn next(db: &Db, due: &[Due]) -> Result<(Vec<OkrRow>, bool)> {
    let ids = sql!(
        "SELECT o.id FROM :due \
           JOIN cycles c ON c.organisation_id = d.organisation_id AND c.archived_at IS NULL \
             AND c.start_date <= d.week AND c.end_date >= date(d.week, '-7 days') \
           JOIN okrs o ON o.organisation_id = d.organisation_id AND o.cycle_id = c.id AND o.deleted_at IS NULL \
             AND o.archived_at IS NULL AND o.created_at < d.begins_at \
         WHERE NOT EXISTS (SELECT 1 FROM weekly_snapshots s WHERE s.organisation_id = d.organisation_id \
                           AND s.thing_id = o.id AND s.week = d.week) \
         ORDER BY o.id LIMIT :most",
        due = table(due),
        most = MOST_OKRS
    );
    let shown = Shown::Figures;
    let okrs = sql!(
        "SELECT o.id, o.organisation_id, c.start_date AS cycle_start, c.end_date AS cycle_end, \
                :key_results AS key_results \
         FROM okrs o JOIN cycles c ON c.id = o.cycle_id WHERE o.id IN (:ids)",
        key_results = key_results::first_of_okr(shown),
        ids
    );
    let since = sql!(
        "SELECT k.id, b.value, \
                (SELECT CAST(f.replaced ->> 'current_value' AS REAL) FROM check_ins f \
                 WHERE f.key_result_id = k.id AND f.sequence = 1) AS first_value, \
                COALESCE((SELECT a.replaced FROM check_ins a WHERE a.key_result_id = k.id \
                            AND a.sequence > COALESCE(b.sequence, 0) AND a.replaced IS NOT NULL \
                          ORDER BY a.sequence LIMIT 1), 'null') AS replaced \
         FROM okrs o JOIN :due ON d.organisation_id = o.organisation_id \
           JOIN key_results k ON k.okr_id = o.id AND k.deleted_at IS NULL \
           LEFT JOIN check_ins b ON b.id = (SELECT l.id FROM check_ins l WHERE l.key_result_id = k.id \
                                              AND l.created_at < d.begins_at ORDER BY l.sequence DESC LIMIT 1) \
         WHERE o.id IN (:ids) AND EXISTS (SELECT 1 FROM check_ins a WHERE a.key_result_id = k.id \
                                            AND a.sequence > COALESCE(b.sequence, 0))",
        due = table(due),
        ids
    );
    let others = key_results::others_of_okrs(&ids, shown);
    let results = db.batch(&[okrs, others, since]).await?;
    let is_more = results[0].count() >= MOST_OKRS;
    let mut okrs: Vec<OkrRow> = results[0].read()?;
    key_results::append(&mut okrs, &results[1], |okr| {
        (&okr.id, &mut okr.key_results)
    })?;
    let since: Vec<BeforeRow> = results[2].read()?;
    let mut since: HashMap<KeyResultId, BeforeRow> =
        since.into_iter().map(|row| (row.id.clone(), row)).collect();
    for okr in &mut okrs {
        let due = due
            .iter()
            .find(|due| due.organisation_id == okr.organisation_id);
        let Some(week) = due.map(|due| due.week) else {
            continue;
        };
        okr.key_results.retain(|row| row.created_on < week);
        for row in &mut okr.key_results {
            if let Some(before) = since.remove(&row.id) {
                turn_back(row, before, week);
            }
        }
    }
    Ok((okrs, is_more))
}

/// Makes of a key result what it was as the week began.
fn turn_back(row: &mut KeyResultRow, before: BeforeRow, week: NaiveDate) {
    row.current_value = before
        .value
        .or(before.first_value)
        .unwrap_or(row.start_value);
    if let Some(replaced) = before.replaced {
        row.status = replaced.status;
        row.blocked = replaced.blocked;
        row.last_check_in_on = replaced.last_check_in_on;
        row.recent_check_ins = replaced.recent_check_ins;
        row.check_in_weeks = replaced.check_in_weeks;
    }
    // Check-ins that came from elsewhere have not kept what they replaced.
    if row.last_check_in_on.is_some_and(|last| last >= week) {
        row.recent_check_ins.retain(|(on, _)| *on < week);
        row.last_check_in_on = row.recent_check_ins.last().map(|(on, _)| *on);
    }
}

/// What a row is about.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    KeyResult,
    Okr,
    Team,
}

/// A row to write.
pub struct Taken<'a> {
    pub organisation_id: &'a OrganisationId,
    pub thing_id: &'a str,
    pub week: NaiveDate,
    pub kind: Kind,
    /// Of a key result.
    pub value: Option<f64>,
    pub snapshot: Snapshot,
}

/// Keeps them. What has its row has it from another run, and keeps that.
pub async fn write(db: &Db, rows: &[Taken<'_>]) -> Result<()> {
    db.batch(&[insert(rows)]).await?;
    Ok(())
}

fn insert(rows: &[Taken<'_>]) -> Sql {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let Snapshot {
                progress,
                health,
                status,
                rhythm,
            } = row.snapshot;
            let figures = (row.value, progress, health, status, rhythm.kept, rhythm.due);
            (
                row.organisation_id,
                row.thing_id,
                row.week,
                row.kind,
                figures,
            )
        })
        .collect();
    sql!(
        "INSERT INTO weekly_snapshots (organisation_id, thing_id, week, kind, value, progress, health, status, \
                                       checked_in, due) \
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> '$[4][0]', value ->> '$[4][1]', \
                value ->> '$[4][2]', value ->> '$[4][3]', value ->> '$[4][4]', value ->> '$[4][5]' \
         FROM json_each(:rows) WHERE 1 ON CONFLICT DO NOTHING",
        rows = serde_json::to_string(&rows).unwrap_or_default()
    )
}

/// A team with the snapshots of the key results of its OKRs.
#[derive(Deserialize)]
pub struct TeamRow {
    pub id: String,
    pub organisation_id: OrganisationId,
    #[serde(deserialize_with = "json_text")]
    key_results: Vec<(f64, f64, u8, Status, u32, u32)>,
}

impl TeamRow {
    /// Each with its weight.
    pub fn key_results(&self) -> Vec<(f64, Snapshot)> {
        let each = self.key_results.iter();
        each.map(|&(weight, progress, health, status, kept, due)| {
            let rhythm = Rhythm { kept, due };
            let own = Snapshot {
                progress,
                health,
                status,
                rhythm,
            };
            (weight, own)
        })
        .collect()
    }
}

/// The teams in use that have OKRs with a snapshot of the week; all of those must be there.
pub async fn teams(db: &Db, due: &[Due]) -> Result<Vec<TeamRow>> {
    db.query(sql!(
        "SELECT t.id, t.organisation_id, \
                json_group_array(json_array(k.weight, s.progress, s.health, s.status, s.checked_in, s.due)) \
                  AS key_results \
         FROM :due JOIN teams t ON t.organisation_id = d.organisation_id AND t.archived_at IS NULL \
           JOIN okrs o ON o.organisation_id = d.organisation_id AND o.team_id = t.id AND o.deleted_at IS NULL \
           JOIN key_results k ON k.okr_id = o.id AND k.deleted_at IS NULL \
           JOIN weekly_snapshots s ON s.organisation_id = d.organisation_id AND s.thing_id = k.id \
             AND s.week = d.week \
         GROUP BY t.id",
        due = table(due)
    ))
    .await?
    .read()
}

/// Keeps the last rows of these weeks, and that they are complete. Lists that somebody has are not current any more:
/// they show what moved.
pub async fn finish(db: &Db, due: &[Due], teams: &[Taken<'_>]) -> Result<()> {
    let complete = sql!(
        "UPDATE organisations SET snapshot_week = d.week, last_change_id = lower(hex(randomblob(16))) \
         FROM :due WHERE organisations.id = d.organisation_id",
        due = table(due)
    );
    db.batch(&[insert(teams), complete]).await?;
    Ok(())
}
