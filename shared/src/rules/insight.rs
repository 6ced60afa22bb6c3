//! Insights: what somebody who knows OKRs would point out about a cycle.
//!
//! Every insight comes from one rule, names it and gives the numbers that it rests on. The sentences
//! hold no words of people: whoever shows an insight looks up what its subject is called.

mod key_results;
mod kpis;
mod okrs;

use chrono::NaiveDate;
use serde::Serialize;

use super::facts::KeyResultFacts;
use super::health::KeyResultHealth;
use super::kpi_status::KpiStanding;
use super::pace::Window;
use super::rhythm::{self, Rhythm};
use super::risk::Severity;
use crate::okr::OkrType;
use crate::status::Status;

/// A cycle as the rules see it.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    /// The cycle.
    pub cycle_id: &'a str,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// The day everything is seen from.
    pub today: NaiveDate,
    /// Its OKRs.
    pub okrs: Vec<OkrScene<'a>>,
    /// The KPIs beside it.
    pub kpis: Vec<KpiScene<'a>>,
}

/// An OKR as the rules see it.
#[derive(Clone, Debug)]
pub struct OkrScene<'a> {
    /// Identifies it.
    pub id: &'a str,
    /// The OKR it is aligned to.
    pub parent_id: Option<&'a str>,
    /// Whose objective it is.
    pub okr_type: OkrType,
    /// Its team.
    pub team_id: Option<&'a str>,
    /// How it stands.
    pub status: Status,
    /// Its key results.
    pub key_results: Vec<KeyResultScene<'a>>,
}

/// A key result as the rules see it.
#[derive(Clone, Debug)]
pub struct KeyResultScene<'a> {
    /// Identifies it.
    pub id: &'a str,
    /// What is measured.
    pub title: &'a str,
    /// What the values count.
    pub unit: Option<&'a str>,
    /// The member who answers for it, be it as the OKR's owner.
    pub owner_id: Option<&'a str>,
    /// What its figures rest on.
    pub facts: KeyResultFacts<'a>,
    /// Its days.
    pub window: Window,
    /// Its health.
    pub health: KeyResultHealth,
    /// Whether it is said to be on track while its pace is off track.
    pub is_watermelon: bool,
}

/// A KPI as the rules see it.
#[derive(Clone, Copy, Debug)]
pub struct KpiScene<'a> {
    /// Identifies it.
    pub id: &'a str,
    /// How it stands.
    pub standing: KpiStanding,
    /// How it stood before its last value, if that came within a week.
    pub stood_a_week_ago: Option<Status>,
    /// Days since its last value.
    pub silent_days: i64,
}

/// The rules, by the names that insights give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Nobody has checked in for more than 14 days.
    Stalled,
    /// Said to be on track, off track by its pace.
    Watermelon,
    /// Each step was smaller than the one before.
    DecliningVelocity,
    /// A blocker older than a day.
    OldBlocker,
    /// Nobody answers for it.
    Unowned,
    /// An OKR without key results, or with more than five.
    KeyResultCount,
    /// More OKRs than a team (3) or a company (5) can pursue.
    TooManyOkrs,
    /// All key results done before 60 % of the cycle.
    Sandbagged,
    /// Start and target are the same.
    KpiInDisguise,
    /// Named after work to do instead of what it should change.
    TaskInDisguise,
    /// Below company level and aligned to nothing.
    Orphan,
    /// On track above, off track in all that is aligned to it.
    RollUpMismatch,
    /// The next value of a KPI is overdue.
    KpiOverdue,
    /// A KPI stands worse than a week ago.
    KpiFell,
    /// One person answers for more than five key results.
    Overloaded,
    /// Two key results of one tree count the same.
    DoubleCount,
    /// Clearly fewer check-ins than the week before.
    ComplianceFell,
}

/// What an insight is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// The whole cycle.
    Cycle,
    /// An OKR.
    Okr,
    /// A key result.
    KeyResult,
    /// A KPI.
    Kpi,
    /// A team.
    Team,
    /// A member.
    Member,
}

/// Something worth pointing out.
#[derive(Clone, Debug, PartialEq)]
pub struct Insight {
    /// The rule that says so.
    pub rule: Rule,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub subject: (SubjectKind, String),
    /// The numbers it rests on, by name.
    pub numbers: Vec<(&'static str, f64)>,
    /// What is the matter.
    pub sentence: String,
    /// What to do about it.
    pub action: &'static str,
}

/// All insights, the worst first.
pub fn all(scene: &Scene) -> Vec<Insight> {
    let mut insights = Vec::new();
    for okr in &scene.okrs {
        okrs::look_at(scene, okr, &mut insights);
        for key_result in &okr.key_results {
            key_results::look_at(key_result, &mut insights);
        }
    }
    okrs::look_at_all(scene, &mut insights);
    kpis::look_at(&scene.kpis, &mut insights);
    insights.extend(compliance_fell(scene));
    // Stable: within a severity the order of the rules stays.
    insights.sort_by_key(|insight| std::cmp::Reverse(insight.severity));
    insights
}

/// So many points less than the week before are worth a word.
const FELL_FROM: f64 = 0.20;

/// Compares the last whole week with the one before it.
fn compliance_fell(scene: &Scene) -> Option<Insight> {
    let of_week = |weeks_ago| {
        let key_results = scene.okrs.iter().flat_map(|okr| &okr.key_results);
        key_results
            .map(|own| rhythm::week(&own.facts, &own.window, weeks_ago))
            .fold(Rhythm::default(), Rhythm::plus)
            .share()
    };
    let (last, before) = (of_week(1)?, of_week(2)?);
    (before - last + 1e-9 >= FELL_FROM).then(|| Insight {
        rule: Rule::ComplianceFell,
        severity: Severity::Medium,
        subject: (SubjectKind::Cycle, scene.cycle_id.to_owned()),
        numbers: vec![
            ("last_week", percent(last)),
            ("week_before", percent(before)),
        ],
        sentence: format!(
            "{} % of the key results were checked in last week, {} % the week before.",
            percent(last),
            percent(before)
        ),
        action: "Remind the owners and keep a fixed slot for check-ins.",
    })
}

/// A share as whole percent. What is not all of it is never 100.
fn percent(share: f64) -> f64 {
    match (share * 100.0).round() {
        whole if share < 1.0 => whole.min(99.0),
        whole => whole,
    }
}

#[cfg(test)]
#[path = "insight_tests.rs"]
mod tests;
