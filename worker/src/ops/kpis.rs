//! What can be done with KPIs.

use chrono::NaiveDate;
use okrs_shared::id::KpiId;
use okrs_shared::kpi::{
    Direction, Kpi, KpiSummary, KpiUpdate, NewKpi, NewKpiUpdate, UpdateFrequency,
};
use okrs_shared::number::Number;
use okrs_shared::rules::{KpiFacts, KpiStanding, kpi_status};

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{IfNoneMatch, Unparsed};
use crate::ops::listing::{self, Listing};
use crate::store::kpi_details::DetailedRow;
use crate::store::kpis::KpiRow;
use crate::store::slices::Slice;
use crate::store::{self, Db, Written};

/// The newest 500 KPIs with their status today.
pub async fn list(
    db: &Db,
    caller: &Caller,
    client: &IfNoneMatch,
) -> Result<Listing<Vec<KpiSummary>>> {
    listing::serve(caller, client, "kpis", async || {
        let (last_change, rows) = store::kpis::list(db, caller).await?;
        let kpis: Vec<_> = rows.into_iter().map(|row| summary(caller, row)).collect();
        Ok((last_change, kpis))
    })
    .await
}

/// Part of the KPIs with how they stand today, newest first, and how many there are; `None` if there is
/// no row to go on after.
pub async fn page(
    db: &Db,
    caller: &Caller,
    slice: Slice<'_>,
) -> Result<Option<(Vec<(DetailedRow, KpiStanding)>, usize)>> {
    let (rows, counted) = store::kpi_details::page(db, caller, slice).await?;
    let rows = rows.into_iter().map(|row| {
        let standing = detailed_standing(caller, &row);
        (row, standing)
    });
    Ok(counted.is_known.then(|| (rows.collect(), counted.total)))
}

/// How a KPI stands today; its status as the hosted service lists it, if that counts.
pub fn detailed_standing(caller: &Caller, row: &DetailedRow) -> KpiStanding {
    let values = (row.current_value, row.target_value);
    let own = standing(
        caller,
        row.direction,
        row.update_frequency,
        values,
        row.measured_on,
    );
    KpiStanding {
        status: row.listed_status.unwrap_or(own.status),
        ..own
    }
}

/// Creates a KPI.
pub async fn create(db: &Db, caller: &Caller, body: Unparsed<NewKpi>) -> Result<Written<Kpi>> {
    let new = body.parse()?;
    let status = standing(
        caller,
        new.direction,
        new.update_frequency,
        (new.current_value, new.target_value),
        caller.today,
    )
    .status;
    store::kpis::create(db, caller, new, status, body.idempotency()?).await
}

/// Records a measurement of a KPI.
pub async fn record(
    db: &Db,
    caller: &Caller,
    id: &KpiId,
    body: Unparsed<NewKpiUpdate>,
) -> Result<Written<KpiUpdate>> {
    let new = body.parse()?;
    store::kpis::record(db, caller, id, new, body.idempotency()?).await
}

fn summary(caller: &Caller, row: KpiRow) -> KpiSummary {
    let values = (row.current_value, row.target_value);
    let own = standing(
        caller,
        row.direction,
        row.update_frequency,
        values,
        row.measured_on,
    );
    KpiSummary {
        status: row.listed_status.unwrap_or(own.status),
        id: row.id,
        name: row.name,
        current: row.current_value,
        target: row.target_value,
        unit: row.unit,
        last_updated: row.last_updated_at,
    }
}

/// How a KPI with these current and target values, last measured on a day, stands today.
pub fn standing(
    caller: &Caller,
    direction: Direction,
    frequency: UpdateFrequency,
    (current, target): (Option<Number>, Option<Number>),
    measured_on: NaiveDate,
) -> KpiStanding {
    let facts = KpiFacts {
        direction,
        frequency,
        current_value: current.map(Number::get),
        target_value: target.map(Number::get),
        // One column holds the day that counts, be it of the last update or of the creation.
        last_updated_on: Some(measured_on),
        created_on: measured_on,
    };
    kpi_status::standing(&facts, caller.today, &caller.params)
}
