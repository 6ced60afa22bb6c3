//! The figures of an OKR and its key results as of a day, for every list that shows some of them.

use chrono::NaiveDate;
use okrs_shared::number::Number;
use okrs_shared::rules::status::Standing;
use okrs_shared::rules::{
    KeyResultHealth, ObjectiveHealth, Params, health, progress, status, velocity,
};
use okrs_shared::status::Status;
use okrs_shared::upstream::Backend;

use crate::caller::Caller;
use crate::store::cycles::CycleRow;
use crate::store::key_results::KeyResultRow;

/// The figures of an OKR. In front of the hosted service its status and health are those that the service lists, until
/// enough has been seen here to go by: what people and assistants see is then what programs read.
pub struct OkrFigures {
    /// 0 to 1, two decimals.
    pub progress: Number,
    pub status: Status,
    pub health: ObjectiveHealth,
    /// Whether status and health are ours though the data is with the hosted service.
    pub computed_here: bool,
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

/// The figures of an OKR in this cycle that has these key results. `listed` is what the hosted service says: status and
/// health.
pub fn of_okr<'a>(
    cycle: &CycleRow,
    key_results: impl Iterator<Item = &'a KeyResultRow> + Clone,
    listed: Option<(Status, u8)>,
    caller: &Caller,
) -> OkrFigures {
    let listed = listed.filter(|_| !has_history(cycle, key_results.clone(), caller));
    let own = computed(cycle, key_results, caller);
    match listed {
        Some((status, score)) => OkrFigures {
            status,
            health: ObjectiveHealth {
                score,
                ..own.health
            },
            ..own
        },
        None => OkrFigures {
            computed_here: caller.backend == Backend::Upstream,
            ..own
        },
    }
}

/// Whether enough has been seen here of all key results for the rules to know their speed. With less their health rests on
/// what is not known: when somebody last checked in, and where they were before.
fn has_history<'a>(
    cycle: &CycleRow,
    mut key_results: impl Iterator<Item = &'a KeyResultRow> + Clone,
    caller: &Caller,
) -> bool {
    key_results.clone().next().is_some()
        && key_results.all(|row| {
            let facts = row.facts(cycle.start_date, cycle.end_date);
            velocity::is_measurable(&facts, &facts.window(caller.today), &caller.params)
        })
}

fn computed<'a>(
    cycle: &CycleRow,
    key_results: impl Iterator<Item = &'a KeyResultRow>,
    caller: &Caller,
) -> OkrFigures {
    let (today, params) = (caller.today, &caller.params);
    let key_results: Vec<_> = key_results
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
        computed_here: false,
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
