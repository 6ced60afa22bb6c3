//! Risk: where a key result will end if it goes on like this, and how bad that would be.
//!
//! progress at the end = progress + velocity × remaining days; what is missing then decides.

use serde::Serialize;

use super::arithmetic::{TOLERANCE, median, unit, weighted_mean};
use super::facts::KeyResultFacts;
use super::pace::Window;
use super::params::Params;
use super::status;
use super::velocity::{self, CAPACITY};
use crate::checkin::CheckInStatus;
use crate::key_result::MetricType;
use crate::status::Status;

/// More missing than this at the end is critical.
const CRITICAL_ABOVE: f64 = 0.40;
/// From here on it is high.
const HIGH_FROM: f64 = 0.20;
/// More than this is medium; less is no risk.
const MEDIUM_ABOVE: f64 = 0.05;
/// A deviation as large as this from the line makes a projection worth nothing.
const DEVIATION_SPAN: f64 = 0.25;
/// But never less than this.
const LEAST_FIT: f64 = 0.3;
/// Without a check-in nothing is projected in the first days.
const SILENT_GRACE_DAYS: i64 = 7;
/// From this share of check-ins without a change on, a key result moves in steps.
const STEPPED_FROM: f64 = 0.6;

/// How bad a risk is. Ordered, so that `max` is the worse of the two.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    serde::Deserialize,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Severity {
    /// Something is not set up.
    Low,
    /// It may miss its target.
    Medium,
    /// It will probably miss its target.
    High,
    /// It will miss its target by far.
    Critical,
}

/// Why something is at risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// At its present speed it will not get there.
    Projection,
    /// The last check-in reported a blocker.
    Blocked,
    /// It is off track.
    OffTrack,
    /// It is at risk.
    AtRisk,
    /// Nobody has checked in for too long.
    Stalled,
    /// Nobody answers for it.
    NoOwner,
    /// An OKR without anything to measure it by.
    NoKeyResults,
}

/// Where it will end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Projection {
    /// Progress on the last day, 0 to 1.
    pub progress_at_end: f64,
    /// What is missing then, 0 to 1.
    pub miss: f64,
    /// How sure that is, in percent.
    pub confidence: u8,
    /// Whether it moves evenly; where it moves in steps, a line says little.
    pub is_linear: bool,
}

/// A risk with what makes it one.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    /// How bad it is.
    pub severity: Severity,
    /// All that speak for it.
    pub reasons: Vec<Reason>,
    /// `None` where it is too early for one.
    pub projection: Option<Projection>,
}

/// The risk of a key result in its window, with its [`projection`]; `None` if there is none, as before
/// the window.
///
/// Once the target is reached only a bad report is left to tell of, so that no OKR is at risk without a
/// line that says why.
pub fn key_result(
    facts: &KeyResultFacts,
    window: &Window,
    params: &Params,
    projection: Option<Projection>,
    has_owner: bool,
) -> Option<Risk> {
    if window.is_upcoming() {
        return None;
    }
    if facts.progress() >= 1.0 {
        let reported = reported_badly(facts).map(|reason| (reason, Some(Severity::Low)));
        return risk(reported.as_slice(), None);
    }
    let standing = status::computed(facts, window, params);
    let stalled = status::is_stalled(facts, window, params);
    let miss = projection.and_then(|projection| by_miss(projection.miss));
    let found = [
        (Reason::Projection, miss),
        (Reason::Blocked, facts.blocked.then_some(Severity::High)),
        (
            Reason::OffTrack,
            (standing == Status::OffTrack).then_some(Severity::High),
        ),
        (Reason::Stalled, stalled.then_some(Severity::Medium)),
        (
            Reason::AtRisk,
            (standing == Status::AtRisk).then_some(Severity::Medium),
        ),
        (Reason::NoOwner, (!has_owner).then_some(Severity::Low)),
    ];
    risk(&found, projection)
}

fn reported_badly(facts: &KeyResultFacts) -> Option<Reason> {
    match facts.reported()? {
        CheckInStatus::Blocked => Some(Reason::Blocked),
        CheckInStatus::OffTrack => Some(Reason::OffTrack),
        CheckInStatus::AtRisk => Some(Reason::AtRisk),
        CheckInStatus::OnTrack => None,
    }
}

/// The risk of an OKR from its status and, for each key result, its weight with the progress it
/// will end at (0 to 1).
pub fn objective(standing: Status, ends: &[(f64, f64)], has_owner: bool) -> Option<Risk> {
    let miss = end_of_objective(ends).map(|end| unit(1.0 - end));
    let found = [
        (Reason::Projection, miss.and_then(by_miss)),
        (
            Reason::OffTrack,
            (standing == Status::OffTrack).then_some(Severity::High),
        ),
        (
            Reason::AtRisk,
            (standing == Status::AtRisk).then_some(Severity::Medium),
        ),
        (
            Reason::NoKeyResults,
            ends.is_empty().then_some(Severity::Low),
        ),
        (Reason::NoOwner, (!has_owner).then_some(Severity::Low)),
    ];
    risk(&found, None)
}

/// The progress that an OKR will end at; `None` without key results that have weight.
pub fn end_of_objective(ends: &[(f64, f64)]) -> Option<f64> {
    weighted_mean(ends.iter().copied())
}

fn risk(found: &[(Reason, Option<Severity>)], projection: Option<Projection>) -> Option<Risk> {
    let severity = found.iter().filter_map(|(_, severity)| *severity).max()?;
    let reasons = found
        .iter()
        .filter_map(|(reason, severity)| severity.map(|_| *reason));
    Some(Risk {
        severity,
        reasons: reasons.collect(),
        projection,
    })
}

/// How bad it is when so much (0 to 1) is missing at the end; `None` if that is no risk.
pub fn by_miss(miss: f64) -> Option<Severity> {
    if miss > CRITICAL_ABOVE + TOLERANCE {
        Some(Severity::Critical)
    } else if miss >= HIGH_FROM - TOLERANCE {
        Some(Severity::High)
    } else if miss > MEDIUM_ABOVE + TOLERANCE {
        Some(Severity::Medium)
    } else {
        None
    }
}

/// Where a key result will end; `None` in the first days without a check-in, and once the target is
/// reached.
///
/// A yes-or-no key result has no speed: what is missing is what is expected of it by now, and before
/// anything is expected nothing is projected.
pub fn projection(facts: &KeyResultFacts, window: &Window, params: &Params) -> Option<Projection> {
    let mut buffer = [(0.0, 0.0); CAPACITY];
    let points = velocity::recent(facts, window, params, &mut buffer);
    if facts.last_check_in_on.is_none() && window.elapsed_days <= SILENT_GRACE_DAYS {
        return None;
    }
    let progress = facts.progress();
    if progress >= 1.0 {
        return None;
    }
    let speed = velocity::measured(facts, window, params).per_day;
    let (miss, is_linear) = if facts.metric_type == MetricType::Boolean {
        let miss = unit(window.expected(facts.metric_type, params) - progress);
        if miss <= TOLERANCE {
            return None;
        }
        (miss, false)
    } else {
        let end = progress + speed * window.remaining_days() as f64;
        (unit(1.0 - end), !is_stepped(points))
    };
    let whole = confidence(points.len(), fit(points, speed));
    Some(Projection {
        progress_at_end: 1.0 - miss,
        miss,
        confidence: if is_linear { whole } else { whole.div_ceil(2) },
        is_linear,
    })
}

/// How sure a projection from so many check-ins is, in percent: 22 from one, 63 from four, 86 from
/// eight, less where they fit a line badly (`fit` from 0.3 to 1).
pub fn confidence(check_ins: usize, fit: f64) -> u8 {
    let all = 100.0 * (1.0 - (-(check_ins as f64) / 4.0).exp());
    super::arithmetic::whole_score(all.round() * fit)
}

/// How well the points, (day, progress), fit a line of this slope: 1 exactly, 0.3 not at all.
fn fit(points: &[(f64, f64)], slope: f64) -> f64 {
    let mut buffer = [0.0; CAPACITY];
    let residuals = &mut buffer[..points.len()];
    for (residual, (day, progress)) in residuals.iter_mut().zip(points) {
        *residual = progress - slope * day;
    }
    let Some(middle) = median(residuals) else {
        return 1.0;
    };
    for residual in residuals.iter_mut() {
        *residual = (*residual - middle).abs();
    }
    let deviation = median(residuals).unwrap_or(0.0);
    (1.0 - deviation / DEVIATION_SPAN).clamp(LEAST_FIT, 1.0)
}

/// Whether most check-ins changed nothing.
fn is_stepped(points: &[(f64, f64)]) -> bool {
    let steps = points.windows(2);
    let all = steps.len();
    #[expect(clippy::float_cmp, reason = "the same value gives the same progress")]
    let unchanged = steps.filter(|pair| pair[0].1 == pair[1].1).count();
    all > 0 && unchanged as f64 >= STEPPED_FROM * all as f64
}

#[cfg(test)]
#[path = "risk_tests.rs"]
mod tests;
