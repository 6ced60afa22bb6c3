//! Pace: the days a key result has, how many have passed, and how far it should be by now.

use chrono::NaiveDate;

use super::arithmetic::{days, unit};
use super::params::Params;
use crate::key_result::MetricType;

/// The days of a key result, seen from one day. All ends are inclusive.
///
/// It begins with the cycle, or on the day the key result was created when that is later, so that
/// a late key result is not born behind. One that was entered after the end is judged at the end as if
/// it had been there all along. After the cycle its time stands still at the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day that counts.
    pub first_day: NaiveDate,
    /// The day everything is seen from: today, or the cycle's last day once that has passed.
    pub seen_on: NaiveDate,
    /// Days that have passed, with today; 0 while the window lies ahead.
    pub elapsed_days: i64,
    /// Days in all.
    pub total_days: i64,
    /// Whether the cycle is over.
    pub ended: bool,
}

impl Window {
    /// The window of a key result created on `created_on` in the cycle from `cycle_start` to
    /// `cycle_end`, seen from `today`. All are days in the workspace's time zone.
    pub fn new(
        cycle_start: NaiveDate,
        cycle_end: NaiveDate,
        created_on: NaiveDate,
        today: NaiveDate,
    ) -> Self {
        let first_day = if created_on > cycle_end {
            cycle_start
        } else {
            cycle_start.max(created_on)
        };
        let seen_on = today.min(cycle_end);
        let total_days = (days(first_day, cycle_end) + 1).max(0);
        Self {
            first_day,
            seen_on,
            elapsed_days: (days(first_day, seen_on) + 1).clamp(0, total_days),
            total_days,
            ended: today > cycle_end,
        }
    }

    /// Whether none of its days has come.
    pub fn is_upcoming(&self) -> bool {
        self.elapsed_days == 0
    }

    /// Days left after today.
    pub fn remaining_days(&self) -> i64 {
        self.total_days - self.elapsed_days
    }

    /// The share of the days that has passed, 0 to 1.
    pub fn elapsed_share(&self) -> f64 {
        if self.is_upcoming() {
            0.0
        } else {
            self.elapsed_days as f64 / self.total_days as f64
        }
    }

    /// Expected progress, 0 to 1: the share of the days that has passed.
    ///
    /// A yes-or-no key result cannot move in steps, so nothing is expected of it before the last
    /// quarter, where the expectation grows from 0 to 1.
    pub fn expected(&self, metric_type: MetricType, params: &Params) -> f64 {
        let share = self.elapsed_share();
        match metric_type {
            MetricType::Boolean => {
                unit((share - params.boolean_due_from) / (1.0 - params.boolean_due_from))
            }
            MetricType::Number | MetricType::Percentage | MetricType::Currency => share,
        }
    }

    /// Days since the last check-in, or since the first day when there was none; never negative.
    pub fn days_since(&self, last_check_in_on: Option<NaiveDate>) -> i64 {
        days(last_check_in_on.unwrap_or(self.first_day), self.seen_on).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (month, day) in 2026.
    fn on((month, day): (u32, u32)) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn second_quarter(created: (u32, u32), today: (u32, u32)) -> Window {
        Window::new(on((4, 1)), on((6, 30)), on(created), on(today))
    }

    #[test]
    fn days_pass_from_the_first_to_the_last() {
        // name, created, today, elapsed, total, ended
        let cases = [
            ("the day before", (3, 1), (3, 31), 0, 91, false),
            ("the first day", (3, 1), (4, 1), 1, 91, false),
            ("the 19th of April", (3, 1), (4, 19), 19, 91, false),
            ("the last day", (3, 1), (6, 30), 91, 91, false),
            ("after the end", (3, 1), (7, 20), 91, 91, true),
            ("created late", (6, 1), (6, 5), 5, 30, false),
            ("created on the last day", (6, 30), (6, 30), 1, 1, false),
            ("created after the end", (7, 5), (7, 20), 91, 91, true),
        ];
        for (name, created, today, elapsed, total, ended) in cases {
            let window = second_quarter(created, today);
            assert_eq!(
                (window.elapsed_days, window.total_days, window.ended),
                (elapsed, total, ended),
                "{name}"
            );
            assert_eq!(window.is_upcoming(), elapsed == 0, "{name}");
            assert_eq!(window.remaining_days(), total - elapsed, "{name}");
        }
    }

    #[test]
    fn expected_progress_is_the_share_of_days() {
        use MetricType::{Boolean, Number};
        let cases = [
            ("upcoming", Number, (3, 20), 0.0),
            ("19 of 91 days", Number, (4, 19), 19.0 / 91.0),
            ("the end", Number, (6, 30), 1.0),
            ("yes-or-no, 46 of 91 days", Boolean, (5, 16), 0.0),
            (
                "yes-or-no, 81 of 91 days",
                Boolean,
                (6, 20),
                (81.0 / 91.0 - 0.75) / 0.25,
            ),
            ("yes-or-no, the end", Boolean, (6, 30), 1.0),
        ];
        for (name, metric_type, today, expected) in cases {
            let window = second_quarter((3, 1), today);
            assert_eq!(
                window.expected(metric_type, &Params::default()),
                expected,
                "{name}"
            );
        }
    }

    #[test]
    fn silence_is_counted_from_the_last_check_in_or_the_first_day() {
        let window = second_quarter((3, 1), (5, 16));
        assert_eq!(window.days_since(None), 45);
        assert_eq!(window.days_since(Some(on((5, 14)))), 2);
        assert_eq!(window.days_since(Some(on((5, 17)))), 0, "a day ahead");
        let ended = second_quarter((3, 1), (7, 20));
        assert_eq!(ended.days_since(Some(on((6, 29)))), 1);
    }
}
