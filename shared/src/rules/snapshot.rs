//! Snapshots: how things stand as a week begins, so that what moved since then can be told.
//!
//! A key result is seen on the week's first day with all that was known before that day, at whatever hour or day it
//! is looked at: then two workspaces in different zones, and a late look, agree.

use chrono::NaiveDate;

use super::facts::KeyResultFacts;
use super::params::Params;
use super::rhythm::{self, Rhythm};
use super::status::{self, Standing};
use super::{health, progress};
use crate::status::Status;

/// How a key result, an OKR or a team stands as a week begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snapshot {
    /// Progress, 0 to 1.
    pub progress: f64,
    /// Health, 0 to 100.
    pub health: u8,
    /// The computed status.
    pub status: Status,
    /// What the seven days before asked for, and got.
    pub rhythm: Rhythm,
}

/// A key result as the week with this first day begins. What it knows is from before that day.
pub fn key_result(facts: &KeyResultFacts, week: NaiveDate, params: &Params) -> Snapshot {
    let window = facts.window(week);
    Snapshot {
        progress: facts.progress(),
        health: health::key_result(facts, &window, params).score,
        status: status::computed(facts, &window, params),
        rhythm: rhythm::before(facts, week),
    }
}

/// What key results, each with its weight, make together: an OKR, or a team as if it had one.
pub fn together(key_results: &[(f64, Snapshot)], params: &Params) -> Snapshot {
    let all = || key_results.iter();
    let health = health::objective(all().map(|(weight, own)| (*weight, own.health))).score;
    // Who is blocked is at risk already, as long as the target is not reached.
    let standings = all().map(|(weight, own)| Standing {
        weight: *weight,
        status: own.status,
        blocked: false,
    });
    Snapshot {
        progress: progress::objective(all().map(|(weight, own)| (*weight, own.progress))),
        health,
        status: status::objective(health, standings, params),
        rhythm: all().fold(Rhythm::default(), |sum, (_, own)| sum.plus(own.rhythm)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::samples::{at, checked_in, on};
    use super::*;

    #[test]
    fn a_key_result_is_seen_on_the_first_day_of_the_week() {
        let own = key_result(&checked_in(30.0, 5, 22), on(5, 25), &Params::default());
        assert_eq!((own.progress, own.health), (0.3, 53));
        assert_eq!(own.status, Status::OffTrack);
        assert_eq!(own.rhythm, Rhythm { kept: 1, due: 1 });
    }

    #[test]
    fn an_okr_weighs_its_key_results() {
        let params = Params::default();
        let week = on(5, 25);
        let own = |facts| key_result(&facts, week, &params);
        let parts = [
            (3.0, own(checked_in(50.0, 5, 24))),
            (1.0, own(checked_in(25.0, 4, 30))),
        ];
        let all = together(&parts, &params);
        assert_eq!(all.progress, 0.4375);
        let health = (3.0 * f64::from(parts[0].1.health) + f64::from(parts[1].1.health)) / 4.0;
        assert_eq!(f64::from(all.health), health.round());
        assert_eq!(all.status, Status::AtRisk);
        assert_eq!(all.rhythm, Rhythm { kept: 1, due: 2 });
    }

    #[test]
    fn nothing_together_has_not_started() {
        let none = together(&[], &Params::default());
        assert_eq!((none.progress, none.health), (0.0, 0));
        assert_eq!(none.status, Status::NotStarted);
        let before = key_result(&at(0.0), on(3, 30), &Params::default());
        assert_eq!(before.rhythm, Rhythm::default());
    }
}
