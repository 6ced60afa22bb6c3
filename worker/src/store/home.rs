//! What someone has to do, in the database.

use std::collections::HashMap;

use chrono::NaiveDate;
use okrs_shared::days;
use okrs_shared::home::{FirstSteps, OwnCheckIn, ReviewToWrite};
use okrs_shared::id::{CheckInId, KeyResultId};
use okrs_shared::initiative::Initiative;
use serde::Deserialize;

use super::cycles::{self, CycleRow};
use super::home_changes::{self, HomeChangeRow};
use super::key_results::Shown;
use super::relations;
use super::{
    Db, Rows, Sql, flag, initiatives, kpi_details, last_change, okr_details, read_last_change, sql,
};
use crate::caller::Caller;
use crate::error::{Error, Result};

/// Everything that the home screen is made of, as of one change.
pub struct HomeRows {
    pub last_change_id: String,
    /// 1 is Monday.
    pub check_in_weekday: u8,
    pub cycles: Vec<CycleRow>,
    /// OKRs in active cycles in which the member answers for a key result.
    pub okrs: Vec<okr_details::DetailedRow>,
    /// What was written at the last check-in of their key results, and that one if it can be corrected.
    pub last_check_ins: HashMap<KeyResultId, (Option<String>, Option<OwnCheckIn>)>,
    /// All KPIs of the member.
    pub kpis: Vec<kpi_details::DetailedRow>,
    pub initiatives: Vec<Initiative>,
    pub reviews: Vec<ReviewToWrite>,
    /// What others did lately, newest first.
    pub changes: Vec<HomeChangeRow>,
    pub first_steps: FirstSteps,
}

/// The member's home, in one round trip.
pub async fn get(db: &Db, caller: &Caller) -> Result<HomeRows> {
    #[derive(Deserialize)]
    struct Rhythm {
        check_in_weekday: u8,
    }
    let [okrs, others] = okr_details::select(caller, Shown::Details, &answered_for(caller));
    let results = db
        .batch(&[
            sql!(
                caller,
                "SELECT check_in_weekday FROM organisations WHERE id = :organisation"
            ),
            cycles::all(caller),
            okrs,
            others,
            last_of_each(caller),
            kpi_details::select(caller, &sql!(caller, "k.owner_id = :me")),
            initiatives::own_and_open(caller),
            reviews_to_write(caller),
            home_changes::of_others(caller),
            first_steps(caller),
            last_change(caller),
        ])
        .await?;
    let rhythm: Rhythm = results[0]
        .first()?
        .ok_or_else(|| Error::internal("the caller's organisation is gone"))?;
    let last: Vec<LastRow> = results[4].read()?;
    Ok(HomeRows {
        last_change_id: read_last_change(&results[10])?,
        check_in_weekday: rhythm.check_in_weekday,
        cycles: results[1].read()?,
        okrs: okr_details::read(&results[2], &results[3])?,
        last_check_ins: last
            .into_iter()
            .map(|row| {
                let own = row.own_id.map(|id| OwnCheckIn {
                    id,
                    blocker_note: row.blocker_note,
                });
                (row.key_result_id, (row.comment, own))
            })
            .collect(),
        kpis: results[5].read()?,
        initiatives: results[6].read()?,
        reviews: results[7].read()?,
        changes: results[8].read()?,
        first_steps: read_first_steps(&results[9])?,
    })
}

fn read_first_steps(rows: &Rows) -> Result<FirstSteps> {
    #[derive(Deserialize)]
    struct Row {
        #[serde(deserialize_with = "flag")]
        has_cycle: bool,
        #[serde(deserialize_with = "flag")]
        has_colleague: bool,
        #[serde(deserialize_with = "flag")]
        has_okr: bool,
        #[serde(deserialize_with = "flag")]
        has_check_in: bool,
    }
    let row: Option<Row> = rows.first()?;
    let row = row.ok_or_else(|| Error::internal("a query without a table gave no row"))?;
    Ok(FirstSteps {
        has_cycle: row.has_cycle,
        has_colleague: row.has_colleague,
        has_okr: row.has_okr,
        has_check_in: row.has_check_in,
    })
}

/// Each is found with the first row that is there.
fn first_steps(caller: &Caller) -> Sql {
    sql!(
        caller,
        "SELECT EXISTS (SELECT 1 FROM cycles WHERE organisation_id = :organisation AND archived_at IS NULL) \
                  AS has_cycle, \
                EXISTS (SELECT 1 FROM members WHERE organisation_id = :organisation AND id <> :me AND disabled_at IS NULL) AS has_colleague, \
                EXISTS (SELECT 1 FROM okrs WHERE organisation_id = :organisation AND deleted_at IS NULL) AS has_okr, \
                EXISTS (SELECT 1 FROM okrs o JOIN key_results k ON k.okr_id = o.id \
                        WHERE o.organisation_id = :organisation AND k.last_check_in_on IS NOT NULL) AS has_check_in"
    )
}

/// That the caller answers for a key result `k` of the OKR `o`: as its owner, or as the OKR's owner
/// where it has none.
fn answers_for(caller: &Caller) -> Sql {
    sql!(
        caller,
        "k.deleted_at IS NULL AND COALESCE(k.owner_id, o.owner_id) = :me"
    )
}

/// That a cycle runs today and the OKR `o` in it is not archived.
pub(super) fn runs(caller: &Caller) -> Sql {
    sql!(
        caller,
        "o.archived_at IS NULL \
         AND o.cycle_id IN (SELECT id FROM cycles WHERE organisation_id = :organisation AND archived_at IS NULL \
                            AND start_date <= :today AND end_date >= :today)"
    )
}

/// That the OKR `o` runs and the caller answers for one of its key results.
fn answered_for(caller: &Caller) -> Sql {
    sql!(
        ":runs AND :answered",
        runs = runs(caller),
        answered = answered(caller)
    )
}

/// That `o` is one of the OKRs of which the caller answers for a key result. What [`answers_for`] says, one owner at
/// a time: each has an index, and both together would have none. The plus keeps SQLite from going through the key
/// results of everybody.
fn answered(caller: &Caller) -> Sql {
    sql!(
        caller,
        "o.id IN ( \
           SELECT k.okr_id FROM key_results k \
           WHERE k.owner_id = :me AND +k.organisation_id = :organisation AND k.deleted_at IS NULL \
           UNION ALL \
           SELECT n.id FROM okrs n CROSS JOIN key_results k ON k.okr_id = n.id \
           WHERE n.organisation_id = :organisation AND n.owner_id = :me AND n.deleted_at IS NULL \
             AND k.owner_id IS NULL AND k.deleted_at IS NULL)"
    )
}

#[derive(Deserialize)]
struct LastRow {
    key_result_id: KeyResultId,
    comment: Option<String>,
    own_id: Option<CheckInId>,
    blocker_note: Option<String>,
}

/// The last check-in of each key result, with its id if the caller has made it today and it is what the
/// key result stands at. The pluses keep SQLite from going through the OKRs of everybody.
fn last_of_each(caller: &Caller) -> Sql {
    sql!(
        caller,
        "SELECT c.key_result_id, c.comment, c.blocker_note, \
                iif(c.created_by = :me AND k.last_check_in_on = :today \
                    AND NOT EXISTS (SELECT 1 FROM check_ins n WHERE n.key_result_id = k.id \
                                    AND n.sequence > c.sequence), c.id, NULL) AS own_id \
         FROM okrs o JOIN key_results k ON k.okr_id = o.id \
           JOIN check_ins c ON c.id = (SELECT l.id FROM check_ins l WHERE l.key_result_id = k.id \
                                       AND l.source = 'check_in' ORDER BY l.sequence DESC LIMIT 1) \
         WHERE :answered AND +o.organisation_id = :organisation AND o.deleted_at IS NULL AND +(:runs) AND :answers_for",
        answered = answered(caller),
        runs = runs(caller),
        answers_for = answers_for(caller)
    )
}

/// The day of the last check-in of a key result.
#[derive(Deserialize)]
pub struct LastCheckInRow {
    /// `None` before the first.
    #[serde(deserialize_with = "days::read_optional")]
    pub on: Option<NaiveDate>,
}

/// When each key result that the caller answers for, in active cycles, was last checked in.
pub fn last_check_ins(caller: &Caller) -> Sql {
    let seen = sql!(
        caller,
        "o.organisation_id = :organisation AND o.deleted_at IS NULL AND k.deleted_at IS NULL AND :runs AND :sees",
        runs = runs(caller),
        sees = relations::sees(caller, "o")
    );
    // One owner at a time, as in [`answered`].
    sql!(
        caller,
        "SELECT k.last_check_in_on AS \"on\" FROM key_results k CROSS JOIN okrs o ON o.id = k.okr_id \
         WHERE k.owner_id = :me AND :seen \
         UNION ALL \
         SELECT k.last_check_in_on FROM okrs o CROSS JOIN key_results k ON k.okr_id = o.id \
         WHERE o.owner_id = :me AND k.owner_id IS NULL AND :seen",
        seen
    )
}

fn reviews_to_write(caller: &Caller) -> Sql {
    sql!(
        caller,
        "SELECT r.id, r.review_cycle_id, c.name AS review_cycle, m.name AS reviewee, r.type, c.due_date \
         FROM reviews r JOIN review_cycles c ON c.id = r.review_cycle_id JOIN members m ON m.id = r.reviewee_id \
         WHERE r.reviewer_id = :me AND r.organisation_id = :organisation AND r.status = 'draft' \
           AND c.status = 'active' \
           AND c.deleted_at IS NULL \
         ORDER BY c.due_date IS NULL, c.due_date, r.id"
    )
}
