//! Health with the sum that it is.

use okrs_shared::rules::KeyResultHealth;
use okrs_shared::rules::cycle_health::CycleHealth;
use okrs_shared::rules::health::{self, Part};
use okrs_shared::upstream::Backend;
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::mcp::pages::compact;
use crate::mcp::tokens::line;
use crate::ops::figures::{shown, stored, two_decimals};
use crate::ops::standing::{Assessed, AssessedKeyResult};

/// So many key results stand in the sum of an OKR's health.
const PRODUCTS: usize = 20;

/// The health of a cycle.
pub fn of_cycle(health: CycleHealth) -> Value {
    json!({
        "score": health.score,
        "band": health.band,
        "pace": two_decimals(health.pace),
        "frequency": two_decimals(health.frequency),
        "alignment": two_decimals(health.alignment),
        "ownership": two_decimals(health.ownership),
        "kpis": health.kpis.map(two_decimals),
    })
}

/// The health of an OKR, explained, without its key results.
pub fn explained(okr: &Assessed, caller: &Caller) -> Value {
    let scores: Vec<_> = okr
        .key_results()
        .map(|(row, _, figures)| (row.weight, figures.health.score))
        .collect();
    let mut products: Vec<_> = scores
        .iter()
        .take(PRODUCTS)
        .map(|(weight, score)| format!("{weight} × {score}"))
        .collect();
    if scores.len() > PRODUCTS {
        products.push("…".to_owned());
    }
    let weights: f64 = scores.iter().map(|(weight, _)| weight).sum();
    let health = okr.figures.health;
    let is_listed = caller.backend == Backend::Upstream && !okr.figures.computed_here;
    let formula = if is_listed {
        "the hosted service's own, which does not say how it comes about".to_owned()
    } else if health.needs_setup {
        "no key results with weight, so 0".to_owned()
    } else {
        format!("({}) / {weights} = {}", products.join(" + "), health.score)
    };
    compact(json!({
        "okr_id": okr.row.id,
        "title": line(&okr.row.title),
        "health_score": health.score,
        "needs_setup": health.needs_setup,
        "status": okr.figures.status,
        "computed_here": okr.figures.computed_here.then_some(true),
        "formula": formula,
        "key_result_count": scores.len(),
    }))
}

/// The health of a key result, explained.
pub fn key_result((row, _, figures): AssessedKeyResult<'_>, caller: &Caller) -> Value {
    let health = &figures.health;
    compact(json!({
        "id": row.id,
        "title": line(&row.title),
        "weight": stored(row.weight),
        "health_score": health.score,
        "basis": health.basis,
        "gap": part(health.gap),
        "recency": part(health.recency),
        "velocity": health.velocity.map(part),
        "cap": health.cap,
        "cap_limit": health.cap.map(|cap| cap.limit(&caller.params)),
        "formula": formula(health, caller),
        "progress": shown(health.progress),
        "expected_progress": two_decimals(health.expected),
        "days_since_check_in": health.silent_days,
        "progress_per_day": health.speed.map(|speed| four_decimals(speed.per_day)),
        "needed_per_day": health.needed_per_day.map(four_decimals),
    }))
}

fn part(part: Part) -> Value {
    json!({ "score": two_decimals(part.score), "weight": stored(part.weight) })
}

/// `0.4 × 100 + 0.3 × 40 + 0.3 × 100 = 82`
fn formula(health: &KeyResultHealth, caller: &Caller) -> String {
    let parts = [Some(health.gap), Some(health.recency), health.velocity];
    let parts: Vec<_> = parts
        .into_iter()
        .flatten()
        .map(|part| format!("{} × {}", part.weight, two_decimals(part.score).get()))
        .collect();
    let sum = format!(
        "{} = {}",
        parts.join(" + "),
        health::printed(health.uncapped, 2)
    );
    match health.cap {
        Some(cap) => format!(
            "{sum}, at most {} while {}",
            cap.limit(&caller.params),
            cap.as_str()
        ),
        None => sum,
    }
}

fn four_decimals(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
