//! Velocity: how much progress a key result makes per day.

use serde::{Deserialize, Serialize};

use super::arithmetic::{TOLERANCE, days, median};
use super::facts::KeyResultFacts;
use super::pace::Window;
use super::params::Params;
use crate::number;

/// Check-ins that are ever looked at: they and their slopes fit on the stack.
pub(super) const CAPACITY: usize = 12;
const PAIRS: usize = CAPACITY * (CAPACITY - 1) / 2;

/// How fast a key result moves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Velocity {
    /// Progress (0 to 1) per day; negative when it falls back.
    #[serde(serialize_with = "number::plain")]
    pub per_day: f64,
    /// Whether each of the last three steps between check-ins was smaller than the one before.
    pub declining: bool,
}

/// The velocity of a key result: the Theil–Sen slope of its latest check-ins.
///
/// That is the median of the slopes between every two of them, so that one mistyped value does not
/// bend it. With too few check-ins, or all of them on one day, it is progress per elapsed day.
pub fn measured(facts: &KeyResultFacts, window: &Window, params: &Params) -> Velocity {
    let mut buffer = [(0.0, 0.0); CAPACITY];
    let recent = recent(facts, window, params, &mut buffer);
    let slope = slope(recent, params);
    let per_elapsed_day = || facts.progress() / window.elapsed_days.max(1) as f64;
    Velocity {
        per_day: slope.unwrap_or_else(per_elapsed_day),
        declining: is_declining(recent),
    }
}

/// Whether there are check-ins enough, on more than one day, for a slope.
pub fn is_measurable(facts: &KeyResultFacts, window: &Window, params: &Params) -> bool {
    let mut buffer = [(0.0, 0.0); CAPACITY];
    slope(recent(facts, window, params, &mut buffer), params).is_some()
}

fn slope(recent: &[(f64, f64)], params: &Params) -> Option<f64> {
    let are_enough = recent.len() >= usize::from(params.velocity_min_points);
    are_enough.then(|| theil_sen(recent)).flatten()
}

/// The check-ins that count, oldest first, as (day relative to the day they are seen from,
/// progress): the latest few, not too old, and none from after that day.
pub(super) fn recent<'b>(
    facts: &KeyResultFacts,
    window: &Window,
    params: &Params,
    buffer: &'b mut [(f64, f64); CAPACITY],
) -> &'b [(f64, f64)] {
    let most = usize::from(params.velocity_points).min(CAPACITY);
    let mut first = CAPACITY;
    for &(on, value) in facts.points.iter().rev() {
        let age = days(on, window.seen_on);
        if age < 0 {
            continue;
        }
        if age > params.velocity_days || CAPACITY - first == most {
            break;
        }
        first -= 1;
        buffer[first] = (-(age as f64), facts.progress_at(value));
    }
    &buffer[first..]
}

/// The median slope over all pairs of points on different days; `None` without such a pair.
fn theil_sen(points: &[(f64, f64)]) -> Option<f64> {
    let mut slopes = [0.0; PAIRS];
    let mut count = 0;
    for (i, (earlier, from)) in points.iter().enumerate() {
        for (later, to) in &points[i + 1..] {
            if later != earlier {
                slopes[count] = (to - from) / (later - earlier);
                count += 1;
            }
        }
    }
    median(&mut slopes[..count])
}

/// Whether the last three steps strictly fall; needs four points.
fn is_declining(points: &[(f64, f64)]) -> bool {
    let [.., (_, a), (_, b), (_, c), (_, d)] = points else {
        return false;
    };
    b - a > c - b + TOLERANCE && c - b > d - c + TOLERANCE
}

#[cfg(test)]
mod tests {
    use super::super::facts::samples::{at, on};
    use super::*;
    use chrono::NaiveDate;

    /// The velocity on 16 May of a key result that stands at 46 %, in percent per day.
    fn of(points: &[(NaiveDate, f64)]) -> (f64, bool) {
        let facts = KeyResultFacts { points, ..at(46.0) };
        let velocity = measured(&facts, &facts.window(on(5, 16)), &Params::default());
        ((velocity.per_day * 1e8).round() / 1e6, velocity.declining)
    }

    #[test]
    fn the_slope_is_the_median_of_all_pairs() {
        type Case<'a> = (&'a str, &'a [(NaiveDate, f64)], f64);
        let cases: [Case; 8] = [
            ("no history: 46 % in 46 days", &[], 1.0),
            (
                "two check-ins are too few",
                &[(on(5, 1), 0.0), (on(5, 2), 9.0)],
                1.0,
            ),
            (
                "all on one day",
                &[(on(5, 1), 0.0), (on(5, 1), 9.0), (on(5, 1), 20.0)],
                1.0,
            ),
            (
                "a straight line",
                &[(on(5, 1), 10.0), (on(5, 4), 16.0), (on(5, 11), 30.0)],
                2.0,
            ),
            (
                "a mistyped value does not bend it",
                &[
                    (on(5, 1), 10.0),
                    (on(5, 2), 12.0),
                    (on(5, 3), 99.0),
                    (on(5, 4), 16.0),
                    (on(5, 5), 18.0),
                ],
                2.0,
            ),
            (
                "a correction on the same day",
                &[(on(5, 1), 10.0), (on(5, 3), 10.0), (on(5, 3), 14.0)],
                1.0,
            ),
            (
                "older than 42 days",
                &[(on(4, 3), 0.0), (on(5, 1), 9.0), (on(5, 2), 20.0)],
                1.0,
            ),
            (
                "falling back",
                &[(on(5, 1), 30.0), (on(5, 2), 29.0), (on(5, 3), 28.0)],
                -1.0,
            ),
        ];
        for (name, points, expected) in cases {
            assert_eq!(of(points).0, expected, "{name}");
        }
    }

    #[test]
    fn it_is_measurable_by_three_check_ins_on_two_days() {
        let is_measurable = |points: &[(NaiveDate, f64)]| {
            let facts = KeyResultFacts { points, ..at(46.0) };
            is_measurable(&facts, &facts.window(on(5, 16)), &Params::default())
        };
        let (first, second) = ((on(5, 1), 0.0), (on(5, 8), 9.0));
        assert!(is_measurable(&[first, second, (on(5, 8), 10.0)]));
        assert!(!is_measurable(&[first, second]));
        assert!(!is_measurable(&[first, first, first]));
    }

    #[test]
    fn only_the_latest_six_count_and_none_after_today() {
        let mut points = vec![(on(4, 20), 90.0), (on(4, 21), 0.0)];
        points.extend((1..=6).map(|day| (on(5, day), 3.0 * f64::from(day))));
        points.push((on(5, 17), 100.0));
        assert_eq!(of(&points).0, 3.0);
    }

    #[test]
    fn three_falling_steps_are_a_decline() {
        let weekly = |values: [f64; 4]| {
            let days = [on(4, 20), on(4, 27), on(5, 4), on(5, 11)];
            of(&[0, 1, 2, 3].map(|i| (days[i], values[i]))).1
        };
        assert!(weekly([0.0, 20.0, 30.0, 35.0]));
        assert!(!weekly([0.0, 20.0, 30.0, 40.0]), "the last two are equal");
        assert!(!weekly([10.0, 20.0, 30.0, 40.0]), "even steps");
        assert!(!weekly([0.0, 5.0, 15.0, 30.0]), "growing steps");
        assert!(!of(&[(on(5, 1), 0.0), (on(5, 2), 9.0), (on(5, 3), 12.0)]).1);
    }
}
