//! Progress: the share of the way from start to target.

use super::arithmetic::{TOLERANCE, unit, weighted_mean};

/// So many times the way from the start to the target is far.
const FAR: f64 = 10.0;
/// As much as can be shown of what is not reached.
const MOST_UNREACHED: f64 = 0.99;
/// At and above this magnitude (2^52) a double has no fraction left to round.
const WHOLE_FROM: f64 = 4_503_599_627_370_496.0;

/// The way covered: (current − start) / (target − start), whichever way the target lies.
///
/// Below 0 when the value fell behind the start, above 1 when it passed the target. Without a way
/// (start = target, "keep it there") it is 1 at or above the target and 0 below. Finite values
/// give a finite result, even where their difference overflows.
pub fn raw(start: f64, target: f64, current: f64) -> f64 {
    if target == start {
        return if current >= target { 1.0 } else { 0.0 };
    }
    let (mut covered, mut whole) = (current - start, target - start);
    if covered.is_infinite() || whole.is_infinite() {
        covered = current / 2.0 - start / 2.0;
        whole = target / 2.0 - start / 2.0;
    }
    (covered / whole).clamp(f64::MIN, f64::MAX)
}

/// Whether a value lies further from the start, either way, than ten times the way: rather a slip of the
/// hand than a result. Without a way nothing does.
pub fn is_far_off(start: f64, target: f64, value: f64) -> bool {
    start != target && raw(start, target, value).abs() > FAR
}

/// Raw progress held between 0 and 1: what counts in every roll-up, so that one key result beyond
/// its target cannot hide another.
pub fn clamped(raw: f64) -> f64 {
    unit(raw)
}

/// Progress as answers print it: [`rounded`], but what is not reached is never shown as reached.
pub fn shown(progress: f64) -> f64 {
    match rounded(progress) {
        rounded if progress < 1.0 && rounded >= 1.0 => MOST_UNREACHED,
        rounded => rounded,
    }
}

/// Two decimals, half away from zero.
pub fn rounded(progress: f64) -> f64 {
    if progress.abs() >= WHOLE_FROM {
        return progress;
    }
    let size = (progress.abs() * 100.0 + 0.5 + TOLERANCE).floor() / 100.0;
    // Adding zero turns −0 into 0.
    size.copysign(progress) + 0.0
}

/// Progress of an OKR from `(weight, raw progress)` of its key results: Σ w·clamped / Σ w.
///
/// 0 without key results and without weight; a negative weight counts as 0.
pub fn objective(key_results: impl IntoIterator<Item = (f64, f64)>) -> f64 {
    let mean = weighted_mean(key_results.into_iter().map(|(w, raw)| (w, clamped(raw))));
    clamped(mean.unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_the_share_of_the_way() {
        let cases = [
            ("half of the way up", (32.0, 50.0, 41.0), 0.50),
            ("a sixth of the way up", (32.0, 50.0, 35.0), 0.17),
            ("just over a quarter", (32.0, 55.0, 38.0), 0.26),
            ("a target below the start", (8.0, 3.0, 5.0), 0.60),
            ("the wrong way from the start", (8.0, 3.0, 9.0), -0.20),
            ("a yes-or-no key result that is done", (0.0, 1.0, 1.0), 1.0),
            ("kept where it should stay", (5.0, 5.0, 5.0), 1.0),
            ("not kept", (5.0, 5.0, 4.0), 0.0),
            ("beyond the target", (0.0, 50.0, 56.0), 1.12),
        ];
        for (name, (start, target, current), expected) in cases {
            assert_eq!(rounded(raw(start, target, current)), expected, "{name}");
        }
    }

    #[test]
    fn what_counts_lies_between_nothing_and_all() {
        for (progress, expected) in [(-0.2, 0.0), (0.6, 0.6), (1.12, 1.0)] {
            assert_eq!(clamped(progress), expected);
        }
    }

    #[test]
    fn a_half_rounds_away_from_zero() {
        let cases = [
            (0.125, 0.13),
            (-0.125, -0.13),
            (0.285, 0.29),
            (0.995, 1.0),
            (0.494_9, 0.49),
            (1e300, 1e300),
        ];
        for (progress, expected) in cases {
            assert_eq!(rounded(progress), expected, "{progress}");
        }
        assert!(rounded(-0.001).is_sign_positive());
    }

    #[test]
    fn what_is_not_reached_is_never_shown_as_reached() {
        let cases = [
            (996.0, 0.99),
            (994.0, 0.99),
            (1000.0, 1.0),
            (1004.0, 1.0),
            (4.0, 0.0),
            (999.999_999, 0.99),
        ];
        for (current, expected) in cases {
            assert_eq!(shown(raw(0.0, 1000.0, current)), expected, "{current}");
        }
        assert_eq!(shown(objective([(1.0, 1.0), (1.0, 0.996)])), 0.99);
        assert_eq!(shown(objective([(0.1, 1.0), (0.2, 1.0), (0.3, 1.5)])), 1.0);
        assert_eq!(shown(1.12), 1.12);
        assert_eq!(shown(-0.2), -0.2);
    }

    #[test]
    fn a_value_is_far_off_beyond_ten_times_the_way() {
        let cases = [
            ((10.0, 20.0, 110.0), false),
            ((10.0, 20.0, 110.1), true),
            ((10.0, 20.0, -90.1), true),
            ((8.0, 3.0, -42.0), false),
            ((8.0, 3.0, -43.0), true),
            ((0.0, 100.0, 43.0), false),
            ((5.0, 5.0, 1e9), false),
        ];
        for ((start, target, value), expected) in cases {
            assert_eq!(is_far_off(start, target, value), expected, "{value}");
        }
    }

    #[test]
    fn differences_that_overflow_still_divide() {
        let cases = [
            ("all the way across", (-1e308, 1e308, 1e308), 1.0),
            ("half of the way across", (-1e308, 1e308, 0.0), 0.5),
            (
                "the smallest way, passed by far",
                (0.0, 5e-324, 1e308),
                f64::MAX,
            ),
        ];
        for (name, (start, target, current), expected) in cases {
            assert_eq!(raw(start, target, current), expected, "{name}");
        }
    }

    #[test]
    fn an_okr_is_the_weighted_mean_of_what_counts() {
        type Case = (&'static str, &'static [(f64, f64)], f64);
        let cases: [Case; 6] = [
            ("no key results", &[], 0.0),
            ("no weight", &[(0.0, 1.0)], 0.0),
            ("one", &[(1.0, 0.5)], 0.5),
            ("two of equal weight", &[(1.0, 0.2), (1.0, 0.6)], 0.4),
            ("a heavier one", &[(3.0, 1.0), (1.0, 0.0)], 0.75),
            ("beyond and below", &[(1.0, 3.0), (1.0, -2.0)], 0.5),
        ];
        for (name, key_results, expected) in cases {
            assert_eq!(objective(key_results.iter().copied()), expected, "{name}");
        }
    }
}
