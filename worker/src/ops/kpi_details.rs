//! What the app shows of KPIs.

use okrs_shared::id::KpiId;
use okrs_shared::kpi_detail::{KpiDetail, KpiPatch, ListedKpi};
use okrs_shared::number::Number;
use okrs_shared::permission::{Action, Person};
use okrs_shared::rules::kpi_status;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{IfNoneMatch, Unparsed};
use crate::ops::figures::{shown, stored};
use crate::ops::kpis;
use crate::ops::listing::{self, Listing};
use crate::store::kpi_details::DetailedRow;
use crate::store::{self, Db};

/// All KPIs, with what the viewer may do.
pub async fn list(
    db: &Db,
    caller: &Caller,
    client: &IfNoneMatch,
) -> Result<Listing<Vec<ListedKpi>>> {
    let person = caller.person()?;
    listing::serve(caller, client, "kpi_details", async || {
        let (last_change, rows) = store::kpi_details::list(db, caller).await?;
        let kpis: Vec<_> = rows
            .into_iter()
            .map(|row| listed(row, caller, person))
            .collect();
        Ok((last_change, kpis))
    })
    .await
}

/// One KPI with its history.
pub async fn get(db: &Db, caller: &Caller, id: &KpiId) -> Result<KpiDetail> {
    let person = caller.person()?;
    let (row, updates) = store::kpi_details::get(db, caller, id)
        .await?
        .ok_or(Error::NotFound("KPI not found"))?;
    Ok(KpiDetail {
        kpi: listed(row, caller, person),
        updates,
    })
}

/// Changes the fields of a KPI that the body names.
pub async fn update(db: &Db, caller: &Caller, id: &KpiId, body: Unparsed<KpiPatch>) -> Result<()> {
    let patch = body.parse()?;
    if patch.name.is_some() || patch.target_value.is_some() || patch.unit.is_some() {
        db.require_primary()?;
    }
    store::kpi_details::update(db, caller, id, &patch).await
}

/// Deletes a KPI with its measurements.
pub async fn delete(db: &Db, caller: &Caller, id: &KpiId) -> Result<()> {
    db.require_primary()?;
    store::kpi_details::delete(db, caller, id).await
}

/// A KPI with its figures today.
pub fn listed(row: DetailedRow, caller: &Caller, person: &Person) -> ListedKpi {
    let standing = kpis::detailed_standing(caller, &row);
    let last = row.recent_values.first().and_then(|text| text.parse().ok());
    ListedKpi {
        status: standing.status,
        attainment: standing.attainment.map(shown),
        overdue: standing.overdue,
        needs_setup: standing.needs_setup,
        trend: last.and_then(|last| {
            kpi_status::trend(row.direction, row.previous_value.map(Number::get), last)
        }),
        recent_values: row
            .recent_values
            .iter()
            .rev()
            .filter_map(|text| text.parse().ok().map(stored))
            .collect(),
        may: row
            .related
            .may(person, &[Action::ChangeKpi, Action::RecordKpi]),
        id: row.id,
        name: row.name,
        description: row.description,
        category: row.category,
        group_name: row.group_name,
        owner_id: row.owner_id,
        owner: row.owner,
        team_id: row.team_id,
        team: row.team,
        current_value: row.current_value,
        target_value: row.target_value,
        unit: row.unit,
        direction: row.direction,
        update_frequency: row.update_frequency,
        last_updated_at: row.last_updated_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
