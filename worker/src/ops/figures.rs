//! The figures of an OKR and its key results as of a day, for every list that shows some of them.

use chrono::NaiveDate;
use okrs_shared::number::Number;
use okrs_shared::rules::status::Standing;
use okrs_shared::rules::{KeyResultHealth, ObjectiveHealth, Params, health, progress, status};
use okrs_shared::status::Status;

use crate::store::cycles::CycleRow;
use crate::store::key_results::KeyResultRow;

/// The figures of an OKR.
pub struct OkrFigures {
    /// 0 to 1, two decimals.
    pub progress: Number,
    pub status: Status,
    pub health: ObjectiveHealth,
    /// In the order of the key results.
    pub key_results: Vec<KeyResultFigures>,
}

/// The figures of a key result.
pub struct KeyResultFigures {
    weight: f64,
    blocked: bool,
    /// The way covered, not held between 0 and 1 and not rounded.
    pub raw_progress: f64,
    /// How it really stands.
    pub status: Status,
    /// Whether it is said to be on track while its pace is off track.
    pub is_watermelon: bool,
    pub health: KeyResultHealth,
}

/// The figures of an OKR in this cycle that has these key results.
pub fn of_okr<'a>(
    cycle: &CycleRow,
    key_results: impl IntoIterator<Item = &'a KeyResultRow>,
    today: NaiveDate,
    params: &Params,
) -> OkrFigures {
    let key_results: Vec<_> = key_results
        .into_iter()
        .map(|row| of_key_result(cycle, row, today, params))
        .collect();
    let raws = key_results.iter().map(|own| (own.weight, own.raw_progress));
    let scores = key_results.iter().map(|own| (own.weight, own.health.score));
    let standings = key_results.iter().map(|own| Standing {
        weight: own.weight,
        status: own.status,
        blocked: own.blocked,
    });
    let health = health::objective(scores);
    OkrFigures {
        progress: shown(progress::objective(raws)),
        status: status::objective(health.score, standings, params),
        health,
        key_results,
    }
}

fn of_key_result(
    cycle: &CycleRow,
    row: &KeyResultRow,
    today: NaiveDate,
    params: &Params,
) -> KeyResultFigures {
    let facts = row.facts(cycle.start_date, cycle.end_date);
    let window = facts.window(today);
    let health = health::key_result(&facts, &window, params);
    let pace = status::pace_status(health.expected, health.progress, params);
    KeyResultFigures {
        weight: row.weight,
        blocked: row.blocked,
        raw_progress: progress::raw(row.start_value, row.target_value, row.current_value),
        status: status::computed(&facts, &window, params),
        is_watermelon: status::is_watermelon(row.status, pace),
        health,
    }
}

/// Progress as answers print it.
pub fn shown(progress: f64) -> Number {
    stored(progress::shown(progress))
}

/// A figure with two decimals, as answers print all but progress.
pub fn two_decimals(progress: f64) -> Number {
    stored(progress::rounded(progress))
}

/// Only finite numbers are ever stored or computed.
pub fn stored(value: f64) -> Number {
    Number::new(value).unwrap_or(Number::ZERO)
}
