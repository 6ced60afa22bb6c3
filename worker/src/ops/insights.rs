//! What is worth pointing out about the present cycle.

use okrs_shared::number::Number;
use okrs_shared::rules::insight::{self, Insight, KeyResultScene, KpiScene, OkrScene, Scene};
use okrs_shared::rules::kpi_status::{self, KpiFacts};
use okrs_shared::status::Status;

use crate::caller::Caller;
use crate::ops::kpis;
use crate::ops::standing::{Assessed, Standing};
use crate::store::kpi_details::DetailedRow;

/// A KPI that fell within so many days fell just now.
const LATELY_DAYS: i64 = 7;

/// All insights, the worst first; none in a workspace without cycles.
pub fn found(standing: &Standing, caller: &Caller) -> Vec<Insight> {
    let Some(cycle) = &standing.cycle else {
        return Vec::new();
    };
    insight::all(&Scene {
        cycle_id: cycle.id.as_str(),
        starts_on: cycle.start_date,
        ends_on: cycle.end_date,
        today: caller.today,
        okrs: standing.okrs.iter().map(|okr| scene(okr, caller)).collect(),
        kpis: standing
            .kpis
            .iter()
            .map(|row| kpi_scene(row, caller))
            .collect(),
    })
}

fn scene<'a>(okr: &'a Assessed, caller: &Caller) -> OkrScene<'a> {
    let key_results = okr.key_results().map(|(row, extras, figures)| {
        let facts = row.facts(okr.cycle.start_date, okr.cycle.end_date);
        let owner = row.owner_id.as_ref().or(okr.row.owner_id.as_ref());
        KeyResultScene {
            id: row.id.as_str(),
            title: &row.title,
            unit: extras.unit.as_deref(),
            owner_id: owner.map(|id| id.as_str()),
            window: facts.window(caller.today),
            facts,
            health: figures.health,
            is_watermelon: figures.is_watermelon,
        }
    });
    OkrScene {
        id: okr.row.id.as_str(),
        parent_id: okr.row.parent_id.as_ref().map(|id| id.as_str()),
        okr_type: okr.row.okr_type,
        team_id: okr.row.team_id.as_ref().map(|id| id.as_str()),
        status: okr.figures.status,
        key_results: key_results.collect(),
    }
}

fn kpi_scene<'a>(row: &'a DetailedRow, caller: &Caller) -> KpiScene<'a> {
    let silent_days = caller
        .today
        .signed_duration_since(row.measured_on)
        .num_days();
    KpiScene {
        id: row.id.as_str(),
        standing: kpis::detailed_standing(caller, row),
        stood_a_week_ago: (silent_days <= LATELY_DAYS)
            .then(|| stood_before(row, caller))
            .flatten(),
        silent_days,
    }
}

/// How the KPI stood with the value before its last.
fn stood_before(row: &DetailedRow, caller: &Caller) -> Option<Status> {
    let previous = row.previous_value?;
    let facts = KpiFacts {
        direction: row.direction,
        frequency: row.update_frequency,
        current_value: Some(previous.get()),
        target_value: row.target_value.map(Number::get),
        last_updated_on: Some(caller.today),
        created_on: caller.today,
    };
    Some(kpi_status::standing(&facts, caller.today, &caller.params).status)
}
