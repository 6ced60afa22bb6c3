//! The three scores that make up health, each from 0 to 100, of a key result that is under way.

use super::arithmetic::unit;
use super::facts::KeyResultFacts;
use super::pace::Window;
use super::params::Params;
use super::velocity::{self, Velocity};

/// 100 while progress lags behind the expectation by at most 0.05; 0 at 0.40 more.
pub(super) fn gap_score(expected: f64, progress: f64, params: &Params) -> f64 {
    let lag = expected - progress - params.gap_allowance;
    if lag > 0.0 {
        100.0 * unit(1.0 - lag / params.gap_span)
    } else {
        100.0
    }
}

/// 100 for a week after a check-in, 40 after two, 0 after four, in lines between. The days are
/// those of a weekly rhythm.
pub(super) fn recency_score(days: f64, params: &Params) -> f64 {
    let (full, middle, zero) = (
        params.recency_full_days,
        params.recency_middle_days,
        params.recency_zero_days,
    );
    let middle_score = params.recency_middle_score;
    if days <= full {
        100.0
    } else if days <= middle {
        100.0 - (100.0 - middle_score) * (days - full) / (middle - full)
    } else if days <= zero {
        middle_score - middle_score * (days - middle) / (zero - middle)
    } else {
        0.0
    }
}

/// The velocity score, 0 to 100, with what it was measured by.
pub(super) struct VelocityScore {
    /// 0 to 100.
    pub score: f64,
    /// The measured speed, where one was compared.
    pub speed: Option<Velocity>,
    /// Progress per day that would still reach the target, where a speed was compared.
    pub needed_per_day: Option<f64>,
}

impl VelocityScore {
    /// Where speed does not matter, or not yet.
    pub const FULL: Self = Self {
        score: 100.0,
        speed: None,
        needed_per_day: None,
    };
}

/// 100 when the present speed reaches the target by the last day, else its share of the speed
/// that would; less when the steps get smaller. With no day left, progress itself is the score.
pub(super) fn velocity_score(
    facts: &KeyResultFacts,
    window: &Window,
    progress: f64,
    params: &Params,
) -> VelocityScore {
    let grace_days = params.velocity_grace_days * facts.cadence();
    if facts.last_check_in_on.is_none() && window.elapsed_days as f64 <= grace_days {
        return VelocityScore::FULL;
    }
    if window.remaining_days() == 0 {
        return VelocityScore {
            score: 100.0 * progress,
            ..VelocityScore::FULL
        };
    }
    let speed = velocity::measured(facts, window, params);
    let needed = (1.0 - progress) / window.remaining_days() as f64;
    let factor = if speed.declining {
        params.declining_factor
    } else {
        1.0
    };
    VelocityScore {
        score: 100.0 * unit(speed.per_day / needed) * factor,
        speed: Some(speed),
        needed_per_day: Some(needed),
    }
}
