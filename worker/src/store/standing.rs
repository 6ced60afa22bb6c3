//! What the figures of a whole cycle are made of, in the database. No history is read.

use okrs_shared::id::{CycleId, OkrId};
use okrs_shared::initiative::Initiative;
use okrs_shared::okr_detail::OkrName;
use serde::Deserialize;

use super::cycles::{self, CycleRow};
use super::{Db, initiatives, kpi_details, okr_details, sql};
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
    #[derive(Deserialize)]
    struct Meant {
        id: Option<CycleId>,
    }
    let meant = cycles::meant(caller, cycle_id);
    let okrs = sql!("o.cycle_id = :meant AND o.archived_at IS NULL", meant);
    let [okrs, others] = okr_details::select(caller, &okrs);
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

/// One OKR with what stands around it.
pub struct OkrRows {
    pub cycles: Vec<CycleRow>,
    pub okr: okr_details::DetailedRow,
    pub parent: Option<OkrName>,
    /// Newest first.
    pub initiatives: Vec<Initiative>,
}

/// One OKR in one round trip; `None` if the caller does not see one with this id.
pub async fn of_okr(db: &Db, caller: &Caller, id: &OkrId) -> Result<Option<OkrRows>> {
    let [okr, others] = okr_details::select(caller, &sql!("o.id = :id", id));
    let results = db
        .batch(&[
            cycles::all(caller),
            okr,
            others,
            okr_details::parent(caller, id),
            initiatives::of_okr(caller, id),
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
    }))
}
