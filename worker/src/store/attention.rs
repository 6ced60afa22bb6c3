//! What whoever leads looks at first, in the database. No history is read.

use std::collections::HashMap;

use chrono::NaiveDate;
use okrs_shared::days;
use okrs_shared::id::{InitiativeId, OkrId, TeamId};
use okrs_shared::workspace::WeekStart;
use serde::Deserialize;

use super::cycles::{self, CycleRow};
use super::key_results::Shown;
use super::{
    Db, Sql, home, initiatives, json_text, kpi_details, last_change, okr_details, read_last_change,
    relations, sql,
};
use crate::caller::Caller;
use crate::error::{Error, Result};

/// All that it is made of, as of one change.
pub struct AttentionRows {
    pub last_change_id: String,
    pub rhythm: RhythmRow,
    pub cycles: Vec<CycleRow>,
    /// OKRs in active cycles.
    pub okrs: Vec<okr_details::DetailedRow>,
    /// The last two snapshots of each.
    pub recent_weeks: HashMap<OkrId, Vec<Week>>,
    pub kpis: Vec<kpi_details::DetailedRow>,
    /// Those that end within two weeks and are not done, by their last day.
    pub initiatives: Vec<InitiativeRow>,
    /// The teams in use, by name.
    pub teams: Vec<TeamRow>,
}

/// The rhythm of a workspace.
#[derive(Deserialize)]
pub struct RhythmRow {
    pub week_start: WeekStart,
    /// 1 is Monday.
    pub check_in_weekday: u8,
}

/// A week's first day, with the progress and the health as it began.
pub type Week = (days::Day, f64, u8);

/// An initiative that ends soon.
#[derive(Deserialize)]
pub struct InitiativeRow {
    pub id: InitiativeId,
    pub title: String,
    pub okr_id: Option<OkrId>,
    pub owner: Option<String>,
    #[serde(deserialize_with = "days::read")]
    pub end_date: NaiveDate,
}

/// A team.
#[derive(Deserialize)]
pub struct TeamRow {
    pub id: TeamId,
    pub name: String,
}

/// What decides whose the OKR `o` is, the KPI `k`, and the initiative `i` that may serve `o`.
const OKR: &str = "SELECT o.owner_id AS owner_id, NULL AS also_owner_id, o.team_id AS team_id, \
     o.department_id AS department_id";
const KPI: &str = "SELECT k.owner_id AS owner_id, NULL AS also_owner_id, k.team_id AS team_id, NULL AS department_id";
const INITIATIVE: &str = "SELECT i.owner_id AS owner_id, NULL AS also_owner_id, o.team_id AS team_id, \
     o.department_id AS department_id";

/// What is the caller's to look after, in one round trip.
pub async fn get(db: &Db, caller: &Caller) -> Result<AttentionRows> {
    #[derive(Deserialize)]
    struct RecentRow {
        id: OkrId,
        #[serde(deserialize_with = "json_text")]
        recent_weeks: Vec<Week>,
    }
    let okrs = sql!(
        ":runs AND :is_theirs",
        runs = home::runs(caller),
        is_theirs = of_ones_teams(caller, OKR)
    );
    let kpis = of_ones_teams(caller, KPI);
    let recent = sql!(
        caller,
        "SELECT o.id, o.recent_weeks FROM okrs o \
         WHERE o.organisation_id = :organisation AND o.deleted_at IS NULL AND :sees AND :okrs",
        sees = relations::sees(caller, "o"),
        okrs
    );
    let [okrs, others] = okr_details::select(caller, Shown::Details, &okrs);
    let results = db
        .batch(&[
            last_change(caller),
            sql!(
                caller,
                "SELECT week_start, check_in_weekday FROM organisations WHERE id = :organisation"
            ),
            cycles::all(caller),
            okrs,
            others,
            recent,
            kpi_details::select(caller, &kpis),
            initiatives_that_end(caller),
            teams(caller),
        ])
        .await?;
    let recent: Vec<RecentRow> = results[5].read()?;
    Ok(AttentionRows {
        last_change_id: read_last_change(&results[0])?,
        rhythm: results[1]
            .first()?
            .ok_or_else(|| Error::internal("the caller's organisation is gone"))?,
        cycles: results[2].read()?,
        okrs: okr_details::read(&results[3], &results[4])?,
        recent_weeks: recent
            .into_iter()
            .map(|row| (row.id, row.recent_weeks))
            .collect(),
        kpis: results[6].read()?,
        initiatives: results[7].read()?,
        teams: results[8].read()?,
    })
}

/// That the row of this query, with an owner, a team and a department, belongs to a team or department that the caller
/// manages or is in; everything does for admins.
fn of_ones_teams(caller: &Caller, row: &'static str) -> Sql {
    match relations::looks_after(caller) {
        None => Sql::text("1"),
        Some(related) => sql!(
            "EXISTS (SELECT 1 FROM (:row) r WHERE :related)",
            row = Sql::text(row),
            related
        ),
    }
}

fn initiatives_that_end(caller: &Caller) -> Sql {
    sql!(
        caller,
        "SELECT i.id, i.title, i.okr_id, m.name AS owner, i.end_date \
         FROM (:open AND i.end_date BETWEEN :today AND date(:today, '+14 days')) i \
           LEFT JOIN members m ON m.id = i.owner_id LEFT JOIN okrs o ON o.id = i.okr_id \
         WHERE :is_theirs ORDER BY i.end_date, i.id",
        open = initiatives::open(caller),
        is_theirs = of_ones_teams(caller, INITIATIVE)
    )
}

fn teams(caller: &Caller) -> Sql {
    let all = sql!(
        caller,
        "SELECT t.id, t.name FROM teams t WHERE t.organisation_id = :organisation AND t.archived_at IS NULL"
    );
    let theirs = match caller.limited() {
        None => Sql::text("1"),
        Some(person) => {
            let ids = person.team_ids.iter().chain(&person.managed_team_ids);
            let ids: Vec<_> = ids.collect();
            sql!(
                "t.id IN (SELECT value FROM json_each(:ids))",
                ids = serde_json::to_string(&ids).unwrap_or_default()
            )
        }
    };
    sql!(
        ":all AND :theirs ORDER BY t.name COLLATE NOCASE, t.id",
        all,
        theirs
    )
}
