//! Things as tools show them: `definitions/shapes.json` says the same for clients.

pub mod health;

use okrs_shared::initiative::Initiative;
use okrs_shared::number::Number;
use okrs_shared::okr_detail::CheckInEntry;
use okrs_shared::rules::insight::{Insight, SubjectKind};
use okrs_shared::rules::team_performance::TeamPerformance;
use okrs_shared::rules::{KpiStanding, Window, kpi_status};
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::ops::cycles;
use crate::ops::figures::{shown, stored, two_decimals};
use crate::ops::risks::AtRisk;
use crate::ops::standing::{Assessed, AssessedKeyResult, Standing};
use crate::ops::team_performance::TeamStanding;
use crate::store::cycles::CycleRow;
use crate::store::kpi_details;

/// A cycle with its days.
pub fn cycle(row: &CycleRow, caller: &Caller) -> Value {
    let window = Window::new(row.start_date, row.end_date, row.start_date, caller.today);
    json!({
        "id": row.id,
        "name": row.name,
        "start_date": row.start_date,
        "end_date": row.end_date,
        "status": cycles::on(caller.today, row.clone()).status,
        "elapsed_days": window.elapsed_days,
        "total_days": window.total_days,
    })
}

/// An OKR: what the public API lists, and more.
pub fn okr(okr: &Assessed) -> Value {
    let row = &okr.row;
    json!({
        "id": row.id,
        "title": row.title,
        "description": row.description,
        "type": row.okr_type,
        "owner_id": row.owner_id,
        "owner": row.owner,
        "team_id": row.team_id,
        "team": row.team,
        "department": row.department,
        "parent_id": row.parent_id,
        "cycle_id": row.cycle_id,
        "cycle": okr.cycle.name,
        "progress": okr.figures.progress,
        "status": okr.figures.status,
        "health_score": okr.figures.health.score,
        "key_results": okr.key_results().map(key_result).collect::<Vec<_>>(),
    })
}

fn key_result((row, extras, figures): AssessedKeyResult<'_>) -> Value {
    json!({
        "id": row.id,
        "title": row.title,
        "metric_type": row.metric_type,
        "unit": extras.unit,
        "start_value": stored(row.start_value),
        "current_value": stored(row.current_value),
        "target_value": stored(row.target_value),
        "progress": shown(figures.health.progress),
        "expected_progress": two_decimals(figures.health.expected),
        "status": row.status,
        "computed_status": figures.status,
        "health_score": figures.health.score,
        "blocked": row.blocked,
        "owner_id": row.owner_id,
        "owner": extras.owner,
        "last_check_in_on": row.last_check_in_on,
        "last_check_in_status": extras.last_check_in_status,
        "check_in_count": extras.check_in_count,
    })
}

/// A check-in, or an edit of the value, of a key result's history.
pub fn check_in(row: &CheckInEntry) -> Value {
    json!({
        "id": row.id,
        "value": row.value,
        "status": row.status,
        "comment": row.comment,
        "blocker_note": row.blocker_note,
        "source": row.source,
        "author": row.author,
        "created_at": row.created_at,
    })
}

/// An initiative.
pub fn initiative(initiative: &Initiative) -> Value {
    json!(initiative)
}

/// A KPI: what the public API lists, and more.
pub fn kpi(row: &kpi_details::DetailedRow, standing: &KpiStanding) -> Value {
    let last = row.recent_values.first().and_then(|text| text.parse().ok());
    let trend = last.and_then(|last| {
        kpi_status::trend(row.direction, row.previous_value.map(Number::get), last)
    });
    json!({
        "id": row.id,
        "name": row.name,
        "description": row.description,
        "current": row.current_value,
        "target": row.target_value,
        "unit": row.unit,
        "direction": row.direction,
        "update_frequency": row.update_frequency,
        "status": standing.status,
        "attainment": standing.attainment.map(shown),
        "overdue": standing.overdue,
        "trend": trend,
        "owner": row.owner,
        "team": row.team,
        "last_updated": row.last_updated_at,
    })
}

/// A risk.
pub fn risk(found: &AtRisk, caller: &Caller) -> Value {
    let okr = found.okr;
    let window = Window::new(
        okr.cycle.start_date,
        okr.cycle.end_date,
        okr.cycle.start_date,
        caller.today,
    );
    let (kind, id, title, status) = match found.key_result {
        Some((row, _, figures)) => ("key_result", row.id.as_str(), &row.title, figures.status),
        None => (
            "okr",
            okr.row.id.as_str(),
            &okr.row.title,
            okr.figures.status,
        ),
    };
    let progress = match found.key_result {
        Some((_, _, figures)) => shown(figures.health.progress),
        None => okr.figures.progress,
    };
    let projection = found.risk.projection;
    json!({
        "type": kind,
        "id": id,
        "title": title,
        "okr_id": okr.row.id,
        "okr": okr.row.title,
        "severity": found.risk.severity,
        "reasons": found.risk.reasons,
        "status": status,
        "progress": progress,
        "progress_at_end": found.progress_at_end.map(shown),
        "miss": found.progress_at_end.map(|end| two_decimals(1.0 - end)),
        "confidence_percent": projection.map(|projection| projection.confidence),
        "is_linear": projection.map(|projection| projection.is_linear),
        "days_left": window.remaining_days(),
    })
}

/// An insight, with what its subject is called.
pub fn insight(insight: &Insight, standing: &Standing) -> Value {
    let (kind, id) = &insight.subject;
    let numbers: Map<String, Value> = insight
        .numbers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(two_decimals(*value))))
        .collect();
    json!({
        "rule": insight.rule,
        "severity": insight.severity,
        "subject": { "type": kind, "id": id, "title": title(standing, *kind, id) },
        "numbers": numbers,
        "sentence": insight.sentence,
        "action": insight.action,
    })
}

fn title<'a>(standing: &'a Standing, kind: SubjectKind, id: &str) -> Option<&'a str> {
    let mut okrs = standing.okrs.iter();
    match kind {
        SubjectKind::Cycle => standing.cycle.as_ref().map(|cycle| &*cycle.name),
        SubjectKind::Okr => okrs
            .find(|okr| okr.row.id.as_str() == id)
            .map(|okr| &*okr.row.title),
        SubjectKind::KeyResult => okrs
            .flat_map(Assessed::key_results)
            .find(|(row, _, _)| row.id.as_str() == id)
            .map(|(row, _, _)| &*row.title),
        SubjectKind::Kpi => {
            let mut kpis = standing.kpis.iter();
            kpis.find(|row| row.id.as_str() == id).map(|row| &*row.name)
        }
        SubjectKind::Team => okrs
            .find(|okr| {
                okr.row
                    .team_id
                    .as_ref()
                    .is_some_and(|team| team.as_str() == id)
            })
            .and_then(|okr| okr.row.team.as_deref()),
        SubjectKind::Member => okrs.find_map(|okr| member(okr, id)),
    }
}

fn member<'a>(okr: &'a Assessed, id: &str) -> Option<&'a str> {
    if okr
        .row
        .owner_id
        .as_ref()
        .is_some_and(|owner| owner.as_str() == id)
    {
        return okr.row.owner.as_deref();
    }
    okr.key_results()
        .find(|(row, _, _)| {
            row.owner_id
                .as_ref()
                .is_some_and(|owner| owner.as_str() == id)
        })
        .and_then(|(_, extras, _)| extras.owner.as_deref())
}

/// A team with how it does.
pub fn team(team: &TeamStanding) -> Value {
    let mut shown = performance(&team.performance);
    shown["team_id"] = json!(team.team.as_ref().map(|(id, _)| id));
    shown["team"] = json!(team.team.as_ref().map(|(_, name)| name));
    shown["okrs"] = json!(team.okrs);
    shown
}

/// How key results together do.
pub fn performance(performance: &TeamPerformance) -> Value {
    let share = |share: Option<f64>| share.map(shown);
    json!({
        "score": performance.score,
        "mean_health": performance.mean_health.map(two_decimals),
        "check_in_compliance": share(performance.check_in_compliance),
        "mean_progress": share(performance.mean_progress),
        "mean_expected_progress": share(performance.mean_expected_progress),
        "key_results": performance.key_results,
        "not_started": performance.not_started,
        "on_track": performance.on_track,
        "at_risk": performance.at_risk,
        "off_track": performance.off_track,
        "stalled": performance.stalled,
        "blocked": performance.blocked,
        "unowned": performance.unowned,
        "last_check_in_on": performance.last_check_in_on,
    })
}
