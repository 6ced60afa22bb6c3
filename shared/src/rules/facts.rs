//! What the formulas need to know about a key result.

use chrono::NaiveDate;

use super::pace::Window;
use super::progress;
use crate::checkin::CheckInStatus;
use crate::key_result::MetricType;
use crate::status::Status;

/// A key result as the formulas see it. All days are in the workspace's time zone; all values are
/// finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyResultFacts<'a> {
    /// The kind of value; yes-or-no key results are judged differently.
    pub metric_type: MetricType,
    /// Where it started, in its own unit.
    pub start_value: f64,
    /// Where it should end.
    pub target_value: f64,
    /// Where it stands.
    pub current_value: f64,
    /// The stored status: as the last check-in, or the creation, left it.
    pub status: Status,
    /// Whether the last check-in reported a blocker.
    pub blocked: bool,
    /// The day of the last check-in, if any.
    pub last_check_in_on: Option<NaiveDate>,
    /// The latest check-ins, oldest first: day and reported value. Several may share a day. Six
    /// are enough; empty where the history is unknown.
    pub points: &'a [(NaiveDate, f64)],
    /// The weeks with a check-in: bit 0 is the week of the last one, bit n the n-th before it.
    pub check_in_weeks: u32,
    /// The day it was created.
    pub created_on: NaiveDate,
    /// The first day of its cycle.
    pub cycle_start: NaiveDate,
    /// The last day of its cycle.
    pub cycle_end: NaiveDate,
    /// Weeks between expected check-ins: 1 weekly, 2 every other week, 4 monthly. 0 counts as 1.
    pub check_in_every_weeks: u8,
}

impl KeyResultFacts<'_> {
    /// Its days, seen from `today`.
    pub fn window(&self, today: NaiveDate) -> Window {
        Window::new(self.cycle_start, self.cycle_end, self.created_on, today)
    }

    /// Progress, 0 to 1.
    pub fn progress(&self) -> f64 {
        self.progress_at(self.current_value)
    }

    /// Progress, 0 to 1, had it this value; on today's start and target, also for old values.
    pub fn progress_at(&self, value: f64) -> f64 {
        progress::clamped(progress::raw(self.start_value, self.target_value, value))
    }

    /// What the last check-in said. The stored status holds it, except that a blocker is stored as
    /// at risk or off track; `None` while nothing was reported.
    pub fn reported(&self) -> Option<CheckInStatus> {
        match self.status {
            _ if self.blocked => Some(CheckInStatus::Blocked),
            Status::NotStarted => None,
            Status::OnTrack => Some(CheckInStatus::OnTrack),
            Status::AtRisk => Some(CheckInStatus::AtRisk),
            Status::OffTrack => Some(CheckInStatus::OffTrack),
        }
    }

    /// What to multiply the days by that hold for weekly check-ins.
    pub fn cadence(&self) -> f64 {
        f64::from(self.check_in_every_weeks.max(1))
    }
}

#[cfg(test)]
pub(super) mod samples {
    //! Key results of the second quarter of 2026 for the tests of the formulas.

    use super::*;

    /// A day in 2026.
    pub fn on(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    /// A percentage from 0 to 100, created before the cycle began, that stands at `percent`.
    pub fn at(percent: f64) -> KeyResultFacts<'static> {
        KeyResultFacts {
            metric_type: MetricType::Percentage,
            start_value: 0.0,
            target_value: 100.0,
            current_value: percent,
            status: Status::OnTrack,
            blocked: false,
            last_check_in_on: None,
            points: &[],
            check_in_weeks: 0,
            created_on: on(3, 1),
            cycle_start: on(4, 1),
            cycle_end: on(6, 30),
            check_in_every_weeks: 1,
        }
    }

    /// A percentage that stands at `percent`, last checked in on the given day.
    pub fn checked_in(percent: f64, month: u32, day: u32) -> KeyResultFacts<'static> {
        KeyResultFacts {
            last_check_in_on: Some(on(month, day)),
            ..at(percent)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::samples::at;
    use super::*;

    #[test]
    fn a_blocker_outweighs_the_stored_status() {
        let blocked = KeyResultFacts {
            status: Status::OffTrack,
            blocked: true,
            ..at(0.0)
        };
        assert_eq!(blocked.reported(), Some(CheckInStatus::Blocked));
    }

    #[test]
    fn nothing_is_reported_before_the_first_word() {
        let fresh = KeyResultFacts {
            status: Status::NotStarted,
            ..at(0.0)
        };
        assert_eq!(fresh.reported(), None);
    }
}
