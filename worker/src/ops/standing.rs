//! How OKRs stand: those of a cycle together, or one with what stands around it.

use okrs_shared::api_key::Scope;
use okrs_shared::id::{CycleId, OkrId};
use okrs_shared::okr::OkrType;
use okrs_shared::okr_detail::OkrName;
use okrs_shared::rules::cycle_health::{self, CycleHealth};

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::ops::figures::{self, KeyResultFigures, OkrFigures};
use crate::ops::kpis;
use crate::store::cycles::CycleRow;
use crate::store::initiatives::ListedRow;
use crate::store::key_results::{KeyResultExtras, KeyResultRow};
use crate::store::okr_details::DetailedRow;
use crate::store::slices::Slice;
use crate::store::standing::StandingRows;
use crate::store::{self, Db, kpi_details};

/// A check-in within so many days is a recent one.
const LATELY_DAYS: i64 = 7;

/// A cycle with its OKRs and their figures.
pub struct Standing {
    /// `None` in a workspace without cycles; it has no OKRs either.
    pub cycle: Option<CycleRow>,
    /// Newest first.
    pub okrs: Vec<Assessed>,
    /// Newest first; empty for those who may not read them.
    pub kpis: Vec<kpi_details::DetailedRow>,
}

/// An OKR with its figures: what the app and the assistants' tools show is made of it.
pub struct Assessed {
    /// The OKR.
    pub row: DetailedRow,
    /// Its cycle.
    pub cycle: CycleRow,
    /// Its figures today.
    pub figures: OkrFigures,
}

/// A key result with its figures.
pub type AssessedKeyResult<'a> = (&'a KeyResultRow, &'a KeyResultExtras, &'a KeyResultFigures);

impl Assessed {
    /// The figures of an OKR of this cycle.
    pub fn new(row: DetailedRow, cycle: CycleRow, caller: &Caller) -> Self {
        let rows = row.key_results.iter().map(|(row, _)| row);
        let listed = row.listed_status.zip(row.listed_health);
        Self {
            figures: figures::of_okr(&cycle, rows, listed, caller),
            row,
            cycle,
        }
    }

    /// Its key results, oldest first.
    pub fn key_results(&self) -> impl Iterator<Item = AssessedKeyResult<'_>> {
        let rows = self.row.key_results.iter().zip(&self.figures.key_results);
        rows.map(|((row, extras), figures)| (row, extras, figures))
    }

    /// Whether somebody answers for the key result, be it as the OKR's owner.
    pub fn has_owner(&self, key_result: &KeyResultRow) -> bool {
        key_result.owner_id.is_some() || self.row.owner_id.is_some()
    }
}

/// One OKR with what stands around it.
pub struct OkrStanding {
    /// The OKR.
    pub okr: Assessed,
    /// The OKR it is aligned to.
    pub parent: Option<OkrName>,
    /// The newest of them.
    pub initiatives: Vec<ListedRow>,
    /// How many there are.
    pub initiative_count: usize,
}

/// The OKRs of a cycle; without an id of the present one: the active one, else the next, else the
/// last.
pub async fn of_cycle(db: &Db, caller: &Caller, cycle_id: Option<&CycleId>) -> Result<Standing> {
    read(db, caller, cycle_id, false).await
}

/// The OKRs of the present cycle, and the KPIs beside them if the caller may read those.
pub async fn of_present(db: &Db, caller: &Caller) -> Result<Standing> {
    read(db, caller, None, caller.has(Scope::KpisRead)).await
}

async fn read(
    db: &Db,
    caller: &Caller,
    cycle_id: Option<&CycleId>,
    with_kpis: bool,
) -> Result<Standing> {
    let rows = store::standing::of_cycle(db, caller, cycle_id, with_kpis).await?;
    assessed(rows, caller, cycle_id)
}

/// Part of the OKRs of a cycle, without KPIs, and how many there are; `None` if there is no row to go on
/// after.
pub async fn page_of_cycle(
    db: &Db,
    caller: &Caller,
    cycle_id: Option<&CycleId>,
    slice: Slice<'_>,
) -> Result<Option<(Standing, usize)>> {
    let (rows, counted) = store::standing::page_of_cycle(db, caller, cycle_id, slice).await?;
    let standing = assessed(rows, caller, cycle_id)?;
    Ok(counted.is_known.then_some((standing, counted.total)))
}

fn assessed(rows: StandingRows, caller: &Caller, cycle_id: Option<&CycleId>) -> Result<Standing> {
    let cycle = rows
        .cycles
        .into_iter()
        .find(|cycle| Some(&cycle.id) == rows.cycle_id.as_ref());
    if cycle.is_none() && cycle_id.is_some() {
        return Err(Error::NotFound("Cycle not found"));
    }
    let assess = |row| Some(Assessed::new(row, cycle.clone()?, caller));
    let okrs = rows.okrs.into_iter().filter_map(assess).collect();
    Ok(Standing {
        okrs,
        cycle,
        kpis: rows.kpis,
    })
}

/// One OKR with at most so many initiatives.
pub async fn of_okr(db: &Db, caller: &Caller, id: &OkrId, initiatives: u32) -> Result<OkrStanding> {
    let rows = store::standing::of_okr(db, caller, id, initiatives)
        .await?
        .ok_or(Error::NotFound("OKR not found"))?;
    let cycle = rows
        .cycles
        .into_iter()
        .find(|cycle| cycle.id == rows.okr.cycle_id)
        .ok_or_else(|| Error::internal("an OKR without its cycle"))?;
    Ok(OkrStanding {
        okr: Assessed::new(rows.okr, cycle, caller),
        parent: rows.parent,
        initiatives: rows.initiatives,
        initiative_count: rows.initiative_count,
    })
}

/// The health of a cycle; `None` while it has no key results.
pub fn health(standing: &Standing, caller: &Caller) -> Option<CycleHealth> {
    let shares: Vec<_> = standing
        .okrs
        .iter()
        .flat_map(|okr| okr.key_results().map(|own| share(okr, own, caller)))
        .collect();
    let below_company = standing
        .okrs
        .iter()
        .filter(|okr| okr.row.okr_type != OkrType::Org);
    let attainments = standing
        .kpis
        .iter()
        .filter_map(|row| kpis::detailed_standing(caller, row).attainment);
    cycle_health::cycle(
        &shares,
        below_company.map(|okr| okr.row.parent_id.is_some()),
        attainments,
    )
}

fn share(
    okr: &Assessed,
    (row, _, figures): AssessedKeyResult<'_>,
    caller: &Caller,
) -> cycle_health::Share {
    let facts = row.facts(okr.cycle.start_date, okr.cycle.end_date);
    let window = facts.window(caller.today);
    cycle_health::Share {
        progress: figures.health.progress,
        expected: figures.health.expected,
        is_active: !window.is_upcoming() && figures.health.progress < 1.0,
        checked_in_lately: row.last_check_in_on.is_some()
            && window.days_since(row.last_check_in_on) <= LATELY_DAYS,
        has_owner: okr.has_owner(row),
    }
}
