//! The list of OKRs: no more of them than its lines draw.

mod course;

use okrs_shared::key_result::MetricType;
use okrs_shared::number::Number;
use okrs_shared::okr_list::{KeyResultLine, OkrFilter, OkrLine, OkrList};
use okrs_shared::permission::{Action, Person};

use self::course::course;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::IfNoneMatch;
use crate::ops::cycles;
use crate::ops::figures::{KeyResultFigures, stored};
use crate::ops::listing::{self, Listing};
use crate::ops::okr_details::{TO_OKR, may_to_key_result};
use crate::ops::standing::Assessed;
use crate::store::key_results::{KeyResultExtras, KeyResultRow};
use crate::store::{self, Db};

/// A page of the OKRs of one cycle, as `query` says which.
pub async fn list(
    db: &Db,
    caller: &Caller,
    client: &IfNoneMatch,
    query: &str,
) -> Result<Listing<OkrList>> {
    let person = caller.person()?;
    let filter = OkrFilter::parse(query)?;
    let load = async || {
        let list = store::okr_list::list(db, caller, &filter).await?;
        let cycle = list
            .cycles
            .into_iter()
            .find(|cycle| Some(&cycle.id) == list.cycle_id.as_ref());
        if cycle.is_none() && filter.cycle_id.is_some() {
            return Err(Error::NotFound("Cycle not found"));
        }
        let last = list.okrs.last().filter(|_| list.has_more);
        let next_after = last.map(|okr| okr.id.clone());
        let rows = list.okrs.into_iter();
        let lines = rows.filter_map(|row| {
            let okr = Assessed::new(row, cycle.clone()?, caller);
            Some(line(okr, person))
        });
        let answer = OkrList {
            okrs: lines.collect(),
            cycle: cycle.clone().map(|row| cycles::on(caller.today, row)),
            next_after,
        };
        Ok((list.last_change_id, answer))
    };
    if filter == OkrFilter::default() {
        listing::serve(caller, client, "okr_list", load).await
    } else {
        listing::serve_filtered(caller, client, query, load).await
    }
}

fn line(okr: Assessed, person: &Person) -> OkrLine {
    let course = course(&okr.row.key_results);
    let Assessed { row, figures, .. } = okr;
    let mut may = row.related.may(person, &TO_OKR);
    let may_check_in = |(row, _): &(KeyResultRow, KeyResultExtras)| {
        may_to_key_result(row, person, &may).contains(&Action::CheckIn)
    };
    if !may.contains(&Action::CheckIn) && row.key_results.iter().any(may_check_in) {
        may.push(Action::CheckIn);
    }
    let key_results = row.key_results.into_iter().zip(&figures.key_results);
    OkrLine {
        id: row.id,
        title: row.title,
        okr_type: row.okr_type,
        parent_id: row.parent_id,
        owner_id: row.owner_id,
        owner: row.owner,
        department_id: row.department_id,
        department: row.department,
        team_id: row.team_id,
        team: row.team,
        progress: figures.progress,
        status: figures.status,
        health: figures.health,
        computed_here: figures.computed_here,
        archived: row.archived,
        course,
        key_results: key_results
            .map(|((row, extras), figures)| key_result(row, extras, figures))
            .collect(),
        may,
    }
}

fn key_result(
    row: KeyResultRow,
    extras: KeyResultExtras,
    figures: &KeyResultFigures,
) -> KeyResultLine {
    let is_way = row.metric_type != MetricType::Boolean;
    let values = row.recent_check_ins.into_iter();
    KeyResultLine {
        title: row.title,
        metric_type: row.metric_type,
        unit: extras.unit,
        weight: stored(row.weight),
        owner: extras.owner,
        start_value: stored(row.start_value),
        current_value: stored(row.current_value),
        target_value: stored(row.target_value),
        expected: is_way.then(|| three_decimals(figures.health.expected)),
        status: figures.status,
        blocked: row.blocked,
        stalled: figures.health.stalled,
        health: figures.health.score,
        last_check_in_on: row.last_check_in_on,
        recent_values: values.map(|(_, value)| stored(value)).collect(),
    }
}

/// As fine as a bar can show it.
fn three_decimals(share: f64) -> Number {
    stored((share * 1_000.0).round() / 1_000.0)
}
