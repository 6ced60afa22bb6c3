//! What can be done with OKRs.

use okrs_shared::id::OkrId;
use okrs_shared::key_result::KeyResultSummary;
use okrs_shared::okr::{NewOkr, Okr, OkrPatch, OkrSummary};

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{IfNoneMatch, Unparsed};
use crate::ops::figures::{self, KeyResultFigures, shown, stored};
use crate::ops::listing::{self, Listing};
use crate::store::cycles::CycleRow;
use crate::store::key_results::KeyResultRow;
use crate::store::okrs::OkrRow;
use crate::store::{self, Db, Written};

/// The newest 500 OKRs with their key results and computed figures.
pub async fn list(
    db: &Db,
    caller: &Caller,
    client: &IfNoneMatch,
) -> Result<Listing<Vec<OkrSummary>>> {
    listing::serve(caller, client, "okrs", async || {
        let list = store::okrs::list(db, caller).await?;
        let okrs: Vec<_> = list
            .okrs
            .into_iter()
            .filter_map(|row| Some(summary(list.cycles.get(&row.cycle_id)?, row, caller)))
            .collect();
        Ok((list.last_change_id, okrs))
    })
    .await
}

/// Creates an OKR.
pub async fn create(db: &Db, caller: &Caller, body: Unparsed<NewOkr>) -> Result<Written<Okr>> {
    let new = body.parse()?;
    store::okrs::create(db, caller, new, body.idempotency()?).await
}

/// Changes the fields of an OKR that the body names.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &OkrId,
    body: Unparsed<OkrPatch>,
) -> Result<Written<Okr>> {
    store::okrs::update(db, caller, id, body.parse()?).await
}

/// Deletes an OKR with its key results.
pub async fn delete(db: &Db, caller: &Caller, id: &OkrId) -> Result<Written<()>> {
    store::okrs::delete(db, caller, id).await
}

fn summary(cycle: &CycleRow, row: OkrRow, caller: &Caller) -> OkrSummary {
    let listed = row.listed_status.zip(row.listed_health);
    let figures = figures::of_okr(cycle, row.key_results.iter(), listed, caller);
    OkrSummary {
        id: row.id,
        title: row.title,
        okr_type: row.okr_type,
        owner: row.owner,
        progress: figures.progress,
        status: figures.status,
        health_score: figures.health.score,
        cycle: cycle.name.clone(),
        key_results: row
            .key_results
            .into_iter()
            .zip(figures.key_results)
            .map(|(row, figures)| key_result_summary(row, &figures))
            .collect(),
    }
}

fn key_result_summary(row: KeyResultRow, figures: &KeyResultFigures) -> KeyResultSummary {
    KeyResultSummary {
        id: row.id,
        title: row.title,
        metric_type: row.metric_type,
        start_value: stored(row.start_value),
        current_value: stored(row.current_value),
        target_value: stored(row.target_value),
        progress: shown(figures.health.progress),
        status: row.status,
        owner_id: row.owner_id,
    }
}
