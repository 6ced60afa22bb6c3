//! The daily broom: once a day the runtime has the Worker clean up what nobody can see or use any more.
//!
//! What is swept, and when, is a table in [`crate::store::broom`]; a feature that leaves something behind adds a row.
//! Once a week it also takes [`snapshots`].
//! A step that fails is logged, holds no other up and is tried again the next day. The free plan
//! allows an invocation fifty statements and calls in all, so a large heap goes over several days.

mod snapshots;

use okrs_shared::timestamp::Timestamp;

use crate::error::Result;
use crate::log;
use crate::platform::Platform;
use crate::store::broom::{STEPS, Step, Swept};
use crate::store::{self, Db};
use crate::workspace_do;

/// Statements and calls of objects in one run, at most.
const MOST_CALLS: usize = 40;
/// Keys whose counters go in one run.
const MOST_KEYS: u32 = 5;
/// Finding those, noting that it is done, and a call of the object of each.
const CALLS_FOR_KEYS: usize = 2 + MOST_KEYS as usize;
/// What every step takes that has its turn once.
const CALLS_FOR_STEPS: usize = {
    let mut calls = 0;
    let mut at = 0;
    while at < STEPS.len() {
        calls += STEPS[at].cost();
        at += 1;
    }
    calls
};
/// Snapshots may take what is over then, and what they leave is for steps that have more to do.
const CALLS_OVER: usize = MOST_CALLS - CALLS_FOR_KEYS - CALLS_FOR_STEPS;

/// Cleans up what is old at this moment, and gives a line for the log.
pub async fn sweep(platform: &Platform, now: Timestamp) -> Result<String> {
    let db = platform.db()?;
    let mut done = vec![Swept::default(); STEPS.len()];
    let mut calls_left = CALLS_OVER;
    let snapshots = snapshots::take(&db, now, &mut calls_left).await;
    let snapshots = snapshots.unwrap_or_else(|error| {
        worker::console_error!("broom: weekly snapshots not taken: {error:?}");
        (0, true)
    });
    calls_left += CALLS_FOR_STEPS;
    let mut to_do: Vec<usize> = (0..STEPS.len()).collect();
    while !to_do.is_empty() {
        let mut left_over = Vec::new();
        for at in to_do {
            let step = &STEPS[at];
            let Some(left) = calls_left.checked_sub(step.cost()) else {
                continue;
            };
            calls_left = left;
            let swept = run(step, &db, now).await;
            done[at].rows += swept.rows;
            done[at].is_left_over = swept.is_left_over;
            if swept.is_left_over {
                left_over.push(at);
            }
        }
        to_do = left_over;
    }
    let keys = forget_usage(platform, &db, now).await;
    Ok(said(&done, snapshots, keys))
}

async fn run(step: &Step, db: &Db, now: Timestamp) -> Swept {
    step.run(db, now).await.unwrap_or_else(|error| {
        log::error("not swept", format!("{}: {error:?}", step.name));
        Swept::default()
    })
}

/// Has the objects forget how much keys were used that ended long ago; gives how many.
async fn forget_usage(platform: &Platform, db: &Db, now: Timestamp) -> usize {
    let forgotten = async {
        let keys = store::api_keys::long_ended(db, now, MOST_KEYS).await?;
        for key in &keys {
            workspace_do::forget_usage(platform, &key.tag, &key.id).await?;
        }
        store::api_keys::usage_is_forgotten(db, &keys, now).await?;
        Ok(keys.len())
    };
    let forgotten: Result<usize> = forgotten.await;
    forgotten.unwrap_or_else(|error| {
        log::error("not swept", format!("counters of ended keys: {error:?}"));
        0
    })
}

fn said(done: &[Swept], (snapshots, is_missing): (usize, bool), keys: usize) -> String {
    let more = |is_left_over: bool| if is_left_over { " and more" } else { "" };
    let swept = STEPS
        .iter()
        .zip(done)
        .map(|(step, swept)| format!("{} {}{}", swept.rows, step.name, more(swept.is_left_over)));
    let parts: Vec<String> = swept.collect();
    format!(
        "{}, {keys} counters of ended keys; {snapshots} weekly snapshots{}",
        parts.join(", "),
        more(is_missing)
    )
}

const _: () = assert!(
    CALLS_FOR_KEYS + CALLS_FOR_STEPS <= MOST_CALLS,
    "every step has its turn every day"
);
