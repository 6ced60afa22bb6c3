//! Things as tools show them: `definitions/shapes.json` says the same for clients. What has nothing to
//! say is left out, and texts of people are cut ([`tokens`]).

pub mod findings;
pub mod health;
pub mod okrs;

use okrs_shared::number::Number;
use okrs_shared::okr_detail::CheckInEntry;
use okrs_shared::rules::team_performance::TeamPerformance;
use okrs_shared::rules::{KpiStanding, Window, kpi_status};
use okrs_shared::upstream::Backend;
use serde_json::{Value, json};

use super::pages::compact;
use super::tokens::{self, cut, cut_of, line, name};
use crate::caller::Caller;
use crate::ops::cycles;
use crate::ops::figures::{shown, two_decimals};
use crate::ops::standing::Standing;
use crate::ops::team_performance::TeamStanding;
use crate::store::cycles::CycleRow;
use crate::store::initiatives::ListedRow;
use crate::store::kpi_details;

/// A comment, or what blocks the work.
const COMMENT: usize = 400;

/// What stands beside a row of a list.
const ASIDE: usize = 100;

/// Whose figures an answer has, where there are two sides that have some.
const FIGURES: &str = "status and health_score of OKRs and KPIs are the hosted service's, except where computed_here is \
     true; all other figures, as those of key results, are computed here from what this deployment has seen.";

/// What an answer with figures says of itself, and in front of the hosted service whose figures they are.
pub fn with_figures(mut head: Value, caller: &Caller) -> Value {
    if caller.backend == Backend::Upstream {
        head["figures"] = json!(FIGURES);
    }
    head
}

/// A cycle with its days.
pub fn cycle(row: &CycleRow, caller: &Caller) -> Value {
    let window = Window::new(row.start_date, row.end_date, row.start_date, caller.today);
    json!({
        "id": row.id,
        "name": name(Some(&row.name)),
        "start_date": row.start_date,
        "end_date": row.end_date,
        "status": cycles::on(caller.today, row.clone()).status,
        "elapsed_days": window.elapsed_days,
        "total_days": window.total_days,
    })
}

/// The cycle that OKRs stand in; null in a workspace without cycles.
pub fn cycle_of(standing: &Standing, caller: &Caller) -> Option<Value> {
    let row = standing.cycle.as_ref()?;
    Some(cycle(row, caller))
}

/// A check-in, or an edit of the value, of a key result's history.
pub fn check_in(row: &CheckInEntry) -> Value {
    compact(json!({
        "id": row.id,
        "value": row.value,
        "status": row.status,
        "comment": row.comment.as_ref().map(|text| cut(text, COMMENT)),
        "blocker_note": row.blocker_note.as_ref().map(|text| cut(text, COMMENT)),
        "source": row.source,
        "author": name(row.author.as_ref()),
        "created_at": row.created_at,
    }))
}

/// What was written, as an answer to a write: what it says again is cut.
pub fn written(mut answer: Value) -> Value {
    if let Value::Object(fields) = &mut answer {
        for text in fields.values_mut() {
            if let Value::String(own) = text {
                *own = tokens::cut(own, COMMENT);
            }
        }
    }
    answer
}

/// An initiative.
pub fn initiative(row: &ListedRow) -> Value {
    let description = row.description.as_ref();
    compact(json!({
        "id": row.id,
        "title": line(&row.title),
        "description": description.map(|text| cut_of(text, row.characters.unwrap_or(0), ASIDE)),
        "status": row.status,
        "priority": row.priority,
        "start_date": row.start_date,
        "end_date": row.end_date,
        "owner": name(row.owner.as_ref()),
        "kr_id": row.kr_id,
        "okr_id": row.okr_id,
    }))
}

/// A KPI: what the public API lists, and more.
pub fn kpi(row: &kpi_details::DetailedRow, standing: &KpiStanding) -> Value {
    let last = row.recent_values.first().and_then(|text| text.parse().ok());
    let trend = last.and_then(|last| {
        kpi_status::trend(row.direction, row.previous_value.map(Number::get), last)
    });
    compact(json!({
        "id": row.id,
        "name": line(&row.name),
        "description": row.description.as_ref().map(|text| cut(text, ASIDE)),
        "current": row.current_value,
        "target": row.target_value,
        "unit": name(row.unit.as_ref()),
        "direction": row.direction,
        "update_frequency": row.update_frequency,
        "status": standing.status,
        "attainment": standing.attainment.map(shown),
        "overdue": standing.overdue,
        "trend": trend,
        "owner": name(row.owner.as_ref()),
        "team": name(row.team.as_ref()),
        "last_updated": row.last_updated_at,
    }))
}

/// A team with how it does.
pub fn team(team: &TeamStanding) -> Value {
    let mut shown = performance(&team.performance);
    if let Some((id, called)) = &team.team {
        shown["team_id"] = json!(id);
        shown["team"] = json!(name(Some(called)));
    }
    shown["okr_count"] = json!(team.okrs);
    shown
}

/// How key results together do.
pub fn performance(performance: &TeamPerformance) -> Value {
    let share = |share: Option<f64>| share.map(shown);
    compact(json!({
        "score": performance.score,
        "mean_health": performance.mean_health.map(two_decimals),
        "check_in_compliance": share(performance.check_in_compliance),
        "mean_progress": share(performance.mean_progress),
        "mean_expected_progress": share(performance.mean_expected_progress),
        "key_result_count": performance.key_results,
        "not_started": performance.not_started,
        "on_track": performance.on_track,
        "at_risk": performance.at_risk,
        "off_track": performance.off_track,
        "stalled": performance.stalled,
        "blocked": performance.blocked,
        "unowned": performance.unowned,
        "last_check_in_on": performance.last_check_in_on,
    }))
}
