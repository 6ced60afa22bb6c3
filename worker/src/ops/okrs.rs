//! What can be done with OKRs.

use chrono::NaiveDate;
use okrs_shared::api_key::Scope;
use okrs_shared::id::OkrId;
use okrs_shared::key_result::KeyResultSummary;
use okrs_shared::number::Number;
use okrs_shared::okr::{NewOkr, Okr, OkrPatch, OkrSummary};
use okrs_shared::rules::status::Standing;
use okrs_shared::rules::{Params, health, progress, status};

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{IfNoneMatch, Unparsed};
use crate::ops::listing::{self, Listing};
use crate::store::cycles::CycleRow;
use crate::store::key_results::KeyResultRow;
use crate::store::okrs::OkrRow;
use crate::store::{self, Db};

/// The newest 500 OKRs with their key results and computed figures.
pub async fn list(db: &Db, caller: &Caller, client: &IfNoneMatch) -> Result<Listing> {
    caller.require(Scope::OkrsRead)?;
    listing::serve(caller, client, "okrs", async || {
        let list = store::okrs::list(db, caller).await?;
        let okrs: Vec<_> = list
            .okrs
            .into_iter()
            .filter_map(|row| {
                Some(summary(
                    list.cycles.get(&row.cycle_id)?,
                    row,
                    caller.today,
                    &caller.params,
                ))
            })
            .collect();
        Ok((list.revision, okrs))
    })
    .await
}

/// Creates an OKR.
pub async fn create(db: &Db, caller: &Caller, body: Unparsed<NewOkr>) -> Result<Okr> {
    caller.require(Scope::WriteOkrs)?;
    let new = body.parse()?;
    store::okrs::create(db, caller, new, body.idempotency.as_ref()).await
}

/// Changes the fields of an OKR that the body names.
pub async fn update(db: &Db, caller: &Caller, id: &OkrId, body: Unparsed<OkrPatch>) -> Result<Okr> {
    caller.require(Scope::WriteOkrs)?;
    store::okrs::update(db, caller, id, body.parse()?).await
}

/// Deletes an OKR with its key results.
pub async fn delete(db: &Db, caller: &Caller, id: &OkrId) -> Result<()> {
    caller.require(Scope::WriteOkrs)?;
    store::okrs::delete(db, caller, id).await
}

fn summary(cycle: &CycleRow, row: OkrRow, today: NaiveDate, params: &Params) -> OkrSummary {
    let key_results = row.key_results;
    let mut raws = Vec::with_capacity(key_results.len());
    let mut scores = Vec::with_capacity(key_results.len());
    let mut standings = Vec::with_capacity(key_results.len());
    for key_result in &key_results {
        let facts = key_result.facts(cycle.start_date, cycle.end_date);
        let window = facts.window(today);
        let raw = progress::raw(facts.start_value, facts.target_value, facts.current_value);
        raws.push((key_result.weight, raw));
        scores.push((
            key_result.weight,
            health::key_result(&facts, &window, params).score,
        ));
        standings.push(Standing {
            weight: key_result.weight,
            status: status::computed(&facts, &window, params),
            blocked: key_result.blocked,
        });
    }
    let health_score = health::objective(scores).score;
    OkrSummary {
        id: row.id,
        title: row.title,
        okr_type: row.okr_type,
        owner: row.owner,
        progress: two_decimals(progress::objective(raws)),
        status: status::objective(health_score, standings, params),
        health_score,
        cycle: cycle.name.clone(),
        key_results: key_results.into_iter().map(key_result_summary).collect(),
    }
}

fn key_result_summary(row: KeyResultRow) -> KeyResultSummary {
    let raw = progress::raw(row.start_value, row.target_value, row.current_value);
    KeyResultSummary {
        id: row.id,
        title: row.title,
        metric_type: row.metric_type,
        start_value: stored(row.start_value),
        current_value: stored(row.current_value),
        target_value: stored(row.target_value),
        progress: two_decimals(progress::clamped(raw)),
        status: row.status,
        owner_id: row.owner_id,
    }
}

fn two_decimals(progress: f64) -> Number {
    stored(progress::rounded(progress))
}

/// Only finite numbers are ever stored or computed.
fn stored(value: f64) -> Number {
    Number::new(value).unwrap_or(Number::ZERO)
}
