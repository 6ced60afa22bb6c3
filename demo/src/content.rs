//! What the demo workspace is about: Fernhill Bicycles, makers of cargo bikes, whom nobody has met.
//!
//! Everything is a table that says what happened in which week; [`crate::history`] turns weeks
//! into dates and courses into values.

mod active_company;
mod active_departments;
mod active_other_teams;
mod active_product_teams;
pub(crate) mod comments;
mod ended;
mod ended_departments;
pub(crate) mod initiatives;
pub(crate) mod kpis;
pub(crate) mod people;
pub(crate) mod remarks;
pub(crate) mod reviews;
mod upcoming;

use okrs_shared::key_result::MetricType;
use okrs_shared::okr::Visibility;

use crate::history::{NOTHING, Shape};
pub(crate) use active_company::ACTIVE;
pub(crate) use ended::ENDED;
pub(crate) use people::{Department, Person, Team};
pub(crate) use upcoming::UPCOMING;

/// Whose objective it is.
#[derive(Clone, Copy)]
pub(crate) enum Level {
    Company,
    Department(Department),
    Team(Team),
}

/// An objective, with those that are aligned to it.
pub(crate) struct Okr {
    pub(crate) title: &'static str,
    pub(crate) description: Option<&'static str>,
    pub(crate) level: Level,
    pub(crate) owner: Option<Person>,
    pub(crate) visibility: Visibility,
    pub(crate) key_results: &'static [KeyResult],
    pub(crate) children: &'static [Okr],
}

/// What an OKR has unless it says otherwise.
pub(crate) const OKR: Okr = Okr {
    title: "",
    description: None,
    level: Level::Company,
    owner: None,
    visibility: Visibility::Organisation,
    key_results: &[],
    children: &[],
};

/// A key result and how it went.
#[derive(Clone, Copy)]
pub(crate) struct KeyResult {
    pub(crate) title: &'static str,
    pub(crate) metric: MetricType,
    pub(crate) from: f64,
    pub(crate) to: f64,
    /// Empty for none.
    pub(crate) unit: &'static str,
    pub(crate) weight: f64,
    pub(crate) owner: Option<Person>,
    /// The way it takes over the weeks of the cycle.
    pub(crate) shape: Shape,
    /// Where it would be at the end of the cycle: 1 is the target.
    pub(crate) reach: f64,
    /// How its owner talks about it.
    pub(crate) voice: Voice,
    /// Nobody has checked in for at least so many days.
    pub(crate) quiet_days: i64,
    /// The week in which it was added; week 1 means before the cycle began.
    pub(crate) added_in_week: u8,
    /// Typed over after the last check-in, without a check-in.
    pub(crate) correction: Option<f64>,
    /// What was said in which week.
    pub(crate) notes: &'static [(u8, &'static str)],
}

/// What a key result has unless it says otherwise.
pub(crate) const KEY_RESULT: KeyResult = KeyResult {
    title: "",
    metric: MetricType::Number,
    from: 0.0,
    to: 1.0,
    unit: "",
    weight: 1.0,
    owner: None,
    shape: NOTHING,
    reach: 1.0,
    voice: Voice::Honest,
    quiet_days: 0,
    added_in_week: 1,
    correction: None,
    notes: &[],
};

/// How an owner talks about a key result.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Says what the numbers say.
    Honest,
    /// Says "on track", whatever the numbers say.
    Hopeful,
    /// Honest, then blocked from that week on, for this reason.
    Blocked(u8, &'static str),
    /// Has never checked in.
    Silent,
}
