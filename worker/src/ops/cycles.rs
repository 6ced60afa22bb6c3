//! What can be done with cycles.

use std::collections::HashSet;

use chrono::NaiveDate;
use okrs_shared::cycle::{
    CloneCycle, ClonedOkrs, Cycle, CycleOverview, CyclePatch, CycleStatus, NewCycle,
};
use okrs_shared::id::{CycleId, OkrId};

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{IfNoneMatch, Unparsed};
use crate::ids;
use crate::ops::listing::{self, Listing};
use crate::store::cycle_clone;
use crate::store::cycles::{CycleRow, OverviewRow};
use crate::store::{self, Db};

/// All cycles, latest start first, with their status today.
pub async fn list(db: &Db, caller: &Caller, client: &IfNoneMatch) -> Result<Listing<Vec<Cycle>>> {
    listing::serve(caller, client, "cycles", async || {
        let (last_change, rows) = store::cycles::list(db, caller).await?;
        let cycles: Vec<Cycle> = rows.into_iter().map(|row| on(caller.today, row)).collect();
        Ok((last_change, cycles))
    })
    .await
}

/// All cycles, archived ones too, with how many OKRs one sees in each.
pub async fn overview(db: &Db, caller: &Caller) -> Result<Vec<CycleOverview>> {
    let rows = store::cycles::overview(db, caller).await?;
    Ok(rows.into_iter().map(|row| shown(caller, row)).collect())
}

/// Creates a cycle.
pub async fn create(db: &Db, caller: &Caller, body: Unparsed<NewCycle>) -> Result<CycleOverview> {
    db.require_primary()?;
    let new = body.parse()?;
    let id = CycleId(ids::new_id());
    let made = store::cycles::create(db, caller, &id, &new, body.idempotency()?).await?;
    if made != id {
        let row = store::cycles::get(db, caller, &made).await?;
        return row
            .map(|row| shown(caller, row))
            .ok_or(Error::NotFound("Cycle not found"));
    }
    Ok(CycleOverview {
        id,
        name: new.name.trim().to_owned(),
        start_date: new.start_date,
        end_date: new.end_date,
        status: CycleStatus::on(caller.today, new.start_date, new.end_date),
        archived_at: None,
        okr_count: 0,
        key_result_count: 0,
        checked_in_count: 0,
    })
}

/// Renames a cycle, moves its days, archives it or takes it back into use.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &CycleId,
    body: Unparsed<CyclePatch>,
) -> Result<CycleOverview> {
    db.require_primary()?;
    let row = store::cycles::update(db, caller, id, &body.parse()?).await?;
    Ok(shown(caller, row))
}

/// Clones the OKRs of a cycle that one sees, or some of them, into another cycle. Key results begin
/// where they have got to.
pub async fn clone(
    db: &Db,
    caller: &Caller,
    id: &CycleId,
    body: Unparsed<CloneCycle>,
) -> Result<ClonedOkrs> {
    db.require_primary()?;
    let (asked, idempotency) = (body.parse()?, body.idempotency()?);
    let mut sources = cycle_clone::sources(db, caller, id).await?;
    let mut all_found = true;
    if let Some(chosen) = &asked.okr_ids {
        let chosen: HashSet<&OkrId> = chosen.iter().collect();
        sources.retain(|source| chosen.contains(&source.id));
        all_found = sources.len() == chosen.len();
    }
    cycle_clone::clone(db, caller, id, &asked, (&sources, all_found), idempotency).await
}

fn shown(caller: &Caller, row: OverviewRow) -> CycleOverview {
    CycleOverview {
        status: CycleStatus::on(caller.today, row.start_date, row.end_date),
        id: row.id,
        name: row.name,
        start_date: row.start_date,
        end_date: row.end_date,
        archived_at: row.archived_at,
        okr_count: row.okr_count,
        key_result_count: row.key_result_count,
        checked_in_count: row.checked_in_count,
    }
}

/// A cycle with its status on a day.
pub fn on(today: NaiveDate, row: CycleRow) -> Cycle {
    Cycle {
        status: CycleStatus::on(today, row.start_date, row.end_date),
        id: row.id,
        name: row.name,
        start_date: row.start_date,
        end_date: row.end_date,
    }
}
