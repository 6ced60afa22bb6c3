//! The arithmetic that the formulas share. All of it is total: no input gives NaN.

use chrono::NaiveDate;

/// Slack for comparing and rounding sums of decimal fractions: 0.8 − 0.7 is a hair above 0.1.
pub(super) const TOLERANCE: f64 = 1e-9;

/// Larger weights count as this much, so that sums of weighted scores stay finite.
const LARGEST_WEIGHT: f64 = 1e300;

/// `value` held between 0 and 1; NaN becomes 0.
pub(super) fn unit(value: f64) -> f64 {
    if value > 0.0 { value.min(1.0) } else { 0.0 }
}

/// A score held between 0 and 100, as a whole number; a half goes up, NaN becomes 0.
pub(super) fn whole_score(score: f64) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 101, or NaN, of which `as` makes 0"
    )]
    let whole = (score.clamp(0.0, 100.0) + 0.5 + TOLERANCE) as u8;
    whole
}

/// A weight as it counts: negative ones and NaN as 0.
pub(super) fn weight(weight: f64) -> f64 {
    if weight > 0.0 {
        weight.min(LARGEST_WEIGHT)
    } else {
        0.0
    }
}

/// Σ weight·value / Σ weight over `(weight, value)`; `None` where nothing has weight.
pub(super) fn weighted_mean(parts: impl IntoIterator<Item = (f64, f64)>) -> Option<f64> {
    let (mut total, mut sum) = (0.0, 0.0);
    for (own, value) in parts {
        let own = weight(own);
        total += own;
        sum += own * value;
    }
    (total > 0.0).then(|| sum / total)
}

/// The mean; `None` of nothing.
pub(super) fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    weighted_mean(values.into_iter().map(|value| (1.0, value)))
}

/// The middle of the values, or the mean of the two in the middle; `None` of nothing.
pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let half = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[half]),
        _ => Some(f64::midpoint(values[half - 1], values[half])),
    }
}

/// Days from `from` to `to`; 0 for the same day, negative when `to` is earlier.
pub(super) fn days(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_point_goes_up() {
        let cases = [
            (73.5, 74),
            (73.499, 73),
            (-0.2, 0),
            (250.0, 100),
            (f64::NAN, 0),
        ];
        for (score, whole) in cases {
            assert_eq!(whole_score(score), whole, "{score}");
        }
    }

    #[test]
    fn a_mean_needs_weight() {
        assert_eq!(weighted_mean([]), None);
        assert_eq!(weighted_mean([(0.0, 1.0), (-2.0, 1.0)]), None);
        assert_eq!(weighted_mean([(1.0, 40.0), (3.0, 80.0)]), Some(70.0));
        assert_eq!(weighted_mean([(1e308, 1.0), (1e308, 0.0)]), Some(0.5));
    }
}
