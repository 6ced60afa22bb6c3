//! Health: one figure from 0 to 100 that can say how it came about.
//!
//! health = 0.40 gap + 0.30 recency + 0.30 velocity, each a score from 0 to 100; a yes-or-no key
//! result has no velocity: 0.55 gap + 0.45 recency. A long silence or a bad report then caps it.

use serde::{Deserialize, Serialize};

use super::arithmetic::{unit, weighted_mean, whole_score};
use super::facts::KeyResultFacts;
use super::pace::Window;
use super::params::Params;
use super::scores::{VelocityScore, gap_score, recency_score, velocity_score};
use super::status::is_stalled;
use super::velocity::Velocity;
use crate::checkin::CheckInStatus;
use crate::key_result::MetricType;
use crate::number;

/// The health of a key result with everything needed to explain it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyResultHealth {
    /// Health, 0 to 100, a half rounded up.
    pub score: u8,
    /// Health before rounding.
    #[serde(serialize_with = "number::plain")]
    pub exact: f64,
    /// The sum of the parts: health before the cap.
    #[serde(serialize_with = "number::plain")]
    pub uncapped: f64,
    /// What the parts rest on.
    pub basis: Basis,
    /// How far progress lags behind what is expected by today.
    pub gap: Part,
    /// How long the last check-in is ago.
    pub recency: Part,
    /// Whether the present speed suffices; `None` for a yes-or-no key result.
    pub velocity: Option<Part>,
    /// What lowered the sum of the parts, if anything did.
    pub cap: Option<Cap>,
    /// Whether nobody has checked in for too long.
    pub stalled: bool,
    /// Progress, 0 to 1.
    #[serde(serialize_with = "number::plain")]
    pub progress: f64,
    /// Expected progress, 0 to 1.
    #[serde(serialize_with = "number::plain")]
    pub expected: f64,
    /// Days since the last check-in, or since the first day when there was none.
    pub silent_days: i64,
    /// The measured speed behind the velocity score; `None` where that score needed none.
    pub speed: Option<Velocity>,
    /// Progress per day that would still reach the target; `None` where no speed was compared.
    #[serde(serialize_with = "number::plain_or_null")]
    pub needed_per_day: Option<f64>,
}

/// One part of health.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Part {
    /// 0 to 100.
    #[serde(serialize_with = "number::plain")]
    pub score: f64,
    /// Its share in health, 0 to 1.
    #[serde(serialize_with = "number::plain")]
    pub weight: f64,
}

impl Part {
    /// What it adds to health: weight × score.
    pub fn points(self) -> f64 {
        self.weight * self.score
    }
}

/// What the parts of health rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The window has not begun: every part is 100 and nothing caps.
    Upcoming,
    /// The target is reached: every part is 100, and only a bad report caps.
    Reached,
    /// Under way: the parts are measured.
    Underway,
}

/// A reason why health cannot be higher, whatever the numbers say.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Cap {
    /// Nobody has checked in for too long.
    Stalled,
    /// The last check-in said at risk.
    AtRisk,
    /// The last check-in reported a blocker.
    Blocked,
    /// The last check-in said off track.
    OffTrack,
}

impl Cap {
    /// The spelling in JSON.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The most that health can be under it.
    pub fn limit(self, params: &Params) -> u8 {
        match self {
            Self::Stalled => params.stalled_cap,
            Self::AtRisk => params.at_risk_cap,
            Self::Blocked => params.blocked_cap,
            Self::OffTrack => params.off_track_cap,
        }
    }
}

/// The health of a key result in its window.
pub fn key_result(facts: &KeyResultFacts, window: &Window, params: &Params) -> KeyResultHealth {
    let progress = facts.progress();
    let expected = window.expected(facts.metric_type, params);
    let silent_days = window.days_since(facts.last_check_in_on);
    let stalled = is_stalled(facts, window, params);
    let is_boolean = facts.metric_type == MetricType::Boolean;
    let basis = if window.is_upcoming() {
        Basis::Upcoming
    } else if progress >= 1.0 {
        Basis::Reached
    } else {
        Basis::Underway
    };

    let mut scores = (100.0, 100.0, VelocityScore::FULL);
    if basis == Basis::Underway {
        scores.0 = gap_score(expected, progress, params);
        scores.1 = recency_score(silent_days as f64 / facts.cadence(), params);
        if !is_boolean {
            scores.2 = velocity_score(facts, window, progress, params);
        }
    }
    let (gap_weight, recency_weight) = if is_boolean {
        (params.boolean_gap_weight, params.boolean_recency_weight)
    } else {
        (params.gap_weight, params.recency_weight)
    };
    let gap = Part {
        score: scores.0,
        weight: gap_weight,
    };
    let recency = Part {
        score: scores.1,
        weight: recency_weight,
    };
    let velocity = (!is_boolean).then_some(Part {
        score: scores.2.score,
        weight: params.velocity_weight,
    });

    let uncapped = gap.points() + recency.points() + velocity.map_or(0.0, Part::points);
    let uncapped = 100.0 * unit(uncapped / 100.0);
    let cap = match basis {
        Basis::Upcoming => None,
        Basis::Reached | Basis::Underway => lowest_cap(facts, stalled, uncapped, params),
    };
    let exact = cap.map_or(uncapped, |cap| f64::from(cap.limit(params)));
    KeyResultHealth {
        score: whole_score(exact),
        exact,
        uncapped,
        basis,
        gap,
        recency,
        velocity,
        cap,
        stalled,
        progress,
        expected,
        silent_days,
        speed: scores.2.speed,
        needed_per_day: scores.2.needed_per_day,
    }
}

/// The cap that lowers `uncapped` most; a report comes before silence when both lower it alike.
fn lowest_cap(
    facts: &KeyResultFacts,
    stalled: bool,
    uncapped: f64,
    params: &Params,
) -> Option<Cap> {
    let reported = match facts.reported() {
        Some(CheckInStatus::OffTrack) => Some(Cap::OffTrack),
        Some(CheckInStatus::Blocked) => Some(Cap::Blocked),
        Some(CheckInStatus::AtRisk) => Some(Cap::AtRisk),
        Some(CheckInStatus::OnTrack) | None => None,
    };
    [reported, stalled.then_some(Cap::Stalled)]
        .into_iter()
        .flatten()
        .filter(|cap| f64::from(cap.limit(params)) < uncapped)
        .min_by_key(|cap| cap.limit(params))
}

/// A sum as an explanation prints it beside its score: with so many decimals, and one more wherever it
/// would round to another score than it has.
pub fn printed(sum: f64, decimals: i32) -> f64 {
    let rounded = |decimals: i32| {
        let scale = 10f64.powi(decimals);
        (sum * scale).round() / scale
    };
    (decimals..9)
        .map(rounded)
        .find(|printed| whole_score(*printed) == whole_score(sum))
        .unwrap_or(sum)
}

/// The health of an OKR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ObjectiveHealth {
    /// Health, 0 to 100.
    pub score: u8,
    /// Whether it has no key results (or none with weight) to be healthy by; the score is then 0.
    pub needs_setup: bool,
}

/// The health of an OKR from `(weight, health)` of its key results: Σ w·health / Σ w, a half
/// rounded up.
///
/// It averages the rounded scores, so that whoever reads the key results can check the sum.
pub fn objective(key_results: impl IntoIterator<Item = (f64, u8)>) -> ObjectiveHealth {
    let scores = key_results
        .into_iter()
        .map(|(w, score)| (w, f64::from(score)));
    let mean = weighted_mean(scores);
    ObjectiveHealth {
        score: whole_score(mean.unwrap_or(0.0)),
        needs_setup: mean.is_none(),
    }
}

#[cfg(test)]
#[path = "health_tests.rs"]
mod tests;
