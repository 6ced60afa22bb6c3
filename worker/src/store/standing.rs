//! What the figures of a whole cycle are made of, in the database. No history is read.

use okrs_shared::id::{CycleId, OkrId};
use okrs_shared::initiative::InitiativeFilter;
use okrs_shared::okr_detail::OkrName;
use serde::Deserialize;

use super::cycles::{self, CycleRow};
use super::initiatives::{self, ListedRow};
use super::key_results::Shown;
use super::slices::{Counted, Slice};
use super::{Db, kpi_details, okr_details, relations, sql};
use crate::caller::Caller;
use crate::error::Result;

/// A cycle with its OKRs, and the KPIs beside them.
pub struct StandingRows {
    pub cycles: Vec<CycleRow>,
    /// Which of the cycles was meant; `None` if there is none at all.
    pub cycle_id: Option<CycleId>,
    /// All that are not archived, newest first.
    pub okrs: Vec<okr_details::DetailedRow>,
    /// Newest first; empty if they were not asked for.
    pub kpis: Vec<kpi_details::DetailedRow>,
}

/// The named cycle, or the present one, in one round trip.
pub async fn of_cycle(
    db: &Db,
    caller: &Caller,
    cycle_id: Option<&CycleId>,
    with_kpis: bool,
) -> Result<StandingRows> {
    let meant = cycles::meant(caller, cycle_id);
    let okrs = sql!("o.cycle_id = :meant AND o.archived_at IS NULL", meant);
    let [okrs, others] = okr_details::select(caller, Shown::Explained, &okrs);
    let results = db
        .batch(&[
            cycles::all(caller),
            sql!("SELECT :meant AS id", meant),
            okrs,
            others,
            kpi_details::select(caller, &sql!(":with_kpis", with_kpis)),
        ])
        .await?;
    let meant: Option<Meant> = results[1].first()?;
    Ok(StandingRows {
        cycles: results[0].read()?,
        cycle_id: meant.and_then(|row| row.id),
        okrs: okr_details::read(&results[2], &results[3])?,
        kpis: results[4].read()?,
    })
}

/// Part of the OKRs of the named cycle, or of the present one, in one round trip, without KPIs.
pub async fn page_of_cycle(
    db: &Db,
    caller: &Caller,
    cycle_id: Option<&CycleId>,
    slice: Slice<'_>,
) -> Result<(StandingRows, Counted)> {
    let meant = cycles::meant(caller, cycle_id);
    let all = sql!(
        caller,
        "SELECT p.id, p.created_at FROM okrs p WHERE p.organisation_id = :organisation AND p.deleted_at IS NULL \
         AND p.archived_at IS NULL AND p.cycle_id = :meant AND :sees",
        meant,
        sees = relations::sees(caller, "p")
    );
    let page = sql!("o.id IN (:page)", page = slice.ids(caller, "okrs", &all));
    let [okrs, others] = okr_details::select(caller, Shown::Explained, &page);
    let results = db
        .batch(&[
            cycles::all(caller),
            sql!("SELECT :meant AS id", meant),
            okrs,
            others,
            slice.count(caller, "okrs", &all),
        ])
        .await?;
    let meant: Option<Meant> = results[1].first()?;
    let rows = StandingRows {
        cycles: results[0].read()?,
        cycle_id: meant.and_then(|row| row.id),
        okrs: okr_details::read(&results[2], &results[3])?,
        kpis: Vec::new(),
    };
    Ok((rows, Counted::read(&results[4])?))
}

/// One OKR with what stands around it.
pub struct OkrRows {
    pub cycles: Vec<CycleRow>,
    pub okr: okr_details::DetailedRow,
    pub parent: Option<OkrName>,
    /// The newest of them.
    pub initiatives: Vec<ListedRow>,
    /// How many there are.
    pub initiative_count: usize,
}

/// One OKR with its newest initiatives in one round trip; `None` if the caller does not see one with
/// this id.
pub async fn of_okr(
    db: &Db,
    caller: &Caller,
    id: &OkrId,
    initiatives: u32,
) -> Result<Option<OkrRows>> {
    let filter = InitiativeFilter {
        okr_id: Some(id.clone()),
        ..InitiativeFilter::default()
    };
    let newest = Slice {
        after: None,
        most: initiatives,
    };
    let [page, count] = initiatives::page_and_count(caller, &filter, newest);
    let [okr, others] = okr_details::select(caller, Shown::Explained, &sql!("o.id = :id", id));
    let results = db
        .batch(&[
            cycles::all(caller),
            okr,
            others,
            okr_details::parent(caller, id),
            page,
            count,
        ])
        .await?;
    let Some(okr) = okr_details::read(&results[1], &results[2])?.pop() else {
        return Ok(None);
    };
    Ok(Some(OkrRows {
        cycles: results[0].read()?,
        okr,
        parent: results[3].first()?,
        initiatives: results[4].read()?,
        initiative_count: Counted::read(&results[5])?.total,
    }))
}

/// Which cycle is meant.
#[derive(Deserialize)]
struct Meant {
    id: Option<CycleId>,
}
