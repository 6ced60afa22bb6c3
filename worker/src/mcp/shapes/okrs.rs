//! OKRs and key results: as rows of a list, and whole.

use serde_json::{Value, json};

use super::ASIDE;
use crate::mcp::pages::{compact, fitting};
use crate::mcp::tokens::{cut, line, name};
use crate::ops::figures::{shown, stored, two_decimals};
use crate::ops::standing::{Assessed, AssessedKeyResult};

/// The description of an OKR that is shown whole.
const DESCRIPTION: usize = 800;

/// So many key results stand in a row of a list.
const KEY_RESULTS_IN_A_ROW: usize = 10;

/// So many tokens they may have together.
const TOKENS_IN_A_ROW: usize = 1_800;

/// An OKR as a row of a list.
pub fn row(okr: &Assessed, with_key_results: bool) -> Value {
    let own = &okr.row;
    let mut row = json!({
        "id": own.id,
        "title": line(&own.title),
        "owner": name(own.owner.as_ref()),
        "team": name(own.team.as_ref()),
        "progress": okr.figures.progress,
        "status": okr.figures.status,
        "health_score": okr.figures.health.score,
        "computed_here": okr.figures.computed_here.then_some(true),
        "key_result_count": own.key_results.len(),
    });
    if with_key_results {
        let rows = okr
            .key_results()
            .map(|key_result| (String::new(), key_result_row(okr, key_result)));
        let (rows, _) = fitting(rows, KEY_RESULTS_IN_A_ROW, TOKENS_IN_A_ROW);
        row["key_results"] = Value::Array(rows);
    }
    compact(row)
}

/// A key result in a row of its OKR.
fn key_result_row(okr: &Assessed, (row, extras, figures): AssessedKeyResult<'_>) -> Value {
    let is_owned_with_it = row.owner_id.is_none() || row.owner_id == okr.row.owner_id;
    let owner = extras.owner.as_ref().filter(|_| !is_owned_with_it);
    compact(json!({
        "id": row.id,
        "title": line(&row.title),
        "owner": name(owner),
        "current_value": stored(row.current_value),
        "target_value": stored(row.target_value),
        "unit": name(extras.unit.as_ref()),
        "progress": shown(figures.health.progress),
        "computed_status": figures.status,
        "health_score": figures.health.score,
        "blocker": blocker((row, extras, figures)),
        "last_check_in_on": row.last_check_in_on,
    }))
}

/// An OKR without its key results: what the public API lists, and more.
pub fn whole(okr: &Assessed) -> Value {
    let row = &okr.row;
    compact(json!({
        "id": row.id,
        "title": line(&row.title),
        "description": row.description.as_ref().map(|text| cut(text, DESCRIPTION)),
        "type": row.okr_type,
        "owner_id": row.owner_id,
        "owner": name(row.owner.as_ref()),
        "team_id": row.team_id,
        "team": name(row.team.as_ref()),
        "department": name(row.department.as_ref()),
        "parent_id": row.parent_id,
        "progress": okr.figures.progress,
        "status": okr.figures.status,
        "health_score": okr.figures.health.score,
        "computed_here": okr.figures.computed_here.then_some(true),
        "key_result_count": row.key_results.len(),
    }))
}

/// A key result with all its figures.
pub fn key_result(key_result: AssessedKeyResult<'_>) -> Value {
    let (row, extras, figures) = key_result;
    compact(json!({
        "id": row.id,
        "title": line(&row.title),
        "metric_type": row.metric_type,
        "unit": name(extras.unit.as_ref()),
        "start_value": stored(row.start_value),
        "current_value": stored(row.current_value),
        "target_value": stored(row.target_value),
        "progress": shown(figures.health.progress),
        "expected_progress": two_decimals(figures.health.expected),
        "status": row.status,
        "computed_status": figures.status,
        "health_score": figures.health.score,
        "blocked": row.blocked,
        "blocker": blocker(key_result),
        "owner_id": row.owner_id,
        "owner": name(extras.owner.as_ref()),
        "last_check_in_on": row.last_check_in_on,
        "last_check_in_status": extras.last_check_in_status,
        "check_in_count": extras.check_in_count,
    }))
}

/// What blocks a key result, in the words of who reported it.
pub fn blocker((row, extras, _): AssessedKeyResult<'_>) -> Option<String> {
    let note = extras.blocker.as_ref().filter(|_| row.blocked)?;
    Some(cut(note, ASIDE))
}
