//! Rhythm: in how many of the weeks that asked for a check-in there was one.
//!
//! Weeks are those of ISO 8601, Monday to Sunday. Which of them had a check-in is kept with a key result as
//! a mask; its latest check-ins would not do, for they may all be of one day.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::arithmetic::days;
use super::facts::KeyResultFacts;
use super::pace::Window;

/// So many weeks are looked at, the running one with them.
pub const WEEKS: i64 = 4;

/// Weeks that the mask has room for; those before them are unknown and ask for nothing.
const KEPT: i64 = 32;

/// Weeks that asked for a check-in, and those that got one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rhythm {
    /// Weeks with a check-in.
    pub kept: u32,
    /// Weeks that asked for one.
    pub due: u32,
}

impl Rhythm {
    /// The weeks of both, added up.
    pub fn plus(self, other: Self) -> Self {
        Self {
            kept: self.kept + other.kept,
            due: self.due + other.due,
        }
    }

    /// The share of the weeks that got what they asked for, 0 to 1; `None` if none asked.
    pub fn share(self) -> Option<f64> {
        (self.due > 0).then(|| f64::from(self.kept) / f64::from(self.due))
    }
}

/// The rhythm of a key result over the last [`WEEKS`] weeks.
pub fn recent(facts: &KeyResultFacts, window: &Window) -> Rhythm {
    (0..WEEKS)
        .map(|ago| week(facts, window, ago))
        .fold(Rhythm::default(), Rhythm::plus)
}

/// What a key result did with the week so many weeks ago; 0 is the running one, which asks for
/// nothing before its last day, but may be served earlier.
///
/// A key result that was not there at the end of a week, or has reached its target, is asked for
/// nothing.
pub fn week(facts: &KeyResultFacts, window: &Window, weeks_ago: i64) -> Rhythm {
    let monday = monday_of(window.seen_on) - TimeDelta::weeks(weeks_ago);
    let sunday = monday + TimeDelta::days(6);
    let before_last = facts
        .last_check_in_on
        .map(|last| days(monday, monday_of(last)) / 7);
    let is_known = before_last.is_none_or(|weeks| weeks < KEPT);
    let kept = before_last
        .filter(|weeks| (0..KEPT).contains(weeks))
        .is_some_and(|weeks| facts.check_in_weeks >> weeks & 1 == 1);
    let is_over = sunday <= window.seen_on;
    let was_there = sunday >= window.first_day && !window.is_upcoming();
    let is_due = was_there && is_known && facts.progress() < 1.0 && (is_over || kept);
    Rhythm {
        kept: u32::from(is_due && kept),
        due: u32::from(is_due),
    }
}

/// What a key result did with the seven days before this one, whichever day weeks begin with. All that it knows is from
/// before this day.
///
/// As in [`week`], one that was not there at their end, or has reached its target, was asked for nothing.
pub fn before(facts: &KeyResultFacts, first_day: NaiveDate) -> Rhythm {
    let was_there = !facts.window(first_day - TimeDelta::days(1)).is_upcoming();
    let is_due = was_there && facts.progress() < 1.0;
    let kept = facts
        .last_check_in_on
        .is_some_and(|last| last >= first_day - TimeDelta::days(7));
    Rhythm {
        kept: u32::from(is_due && kept),
        due: u32::from(is_due),
    }
}

/// The mask of weeks after a check-in on this day, from the one before it and the day of the last.
pub fn weeks_with(check_in_weeks: u32, last: Option<NaiveDate>, on: NaiveDate) -> u32 {
    let weeks = last.map_or(0, |last| days(monday_of(last), monday_of(on)) / 7);
    let before = u32::try_from(weeks).ok();
    1 | before
        .and_then(|weeks| check_in_weeks.checked_shl(weeks))
        .unwrap_or(0)
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    day - TimeDelta::days(i64::from(day.weekday().num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use super::super::facts::samples::{at, on};
    use super::*;

    /// Kept and due, after check-ins on these days.
    fn of(checked_in_on: &[NaiveDate], today: NaiveDate) -> (u32, u32) {
        let mut facts = at(46.0);
        for day in checked_in_on {
            facts.check_in_weeks = weeks_with(facts.check_in_weeks, facts.last_check_in_on, *day);
            facts.last_check_in_on = Some(*day);
        }
        let rhythm = recent(&facts, &facts.window(today));
        (rhythm.kept, rhythm.due)
    }

    #[test]
    fn every_week_asks_for_one_check_in() {
        let wednesday = on(5, 20);
        type Case = (&'static str, Vec<(u32, u32)>, (u32, u32));
        let cases: [Case; 7] = [
            ("none", vec![], (0, 3)),
            (
                "one each week",
                vec![(4, 27), (5, 10), (5, 11), (5, 18)],
                (4, 4),
            ),
            ("two in one week", vec![(5, 12), (5, 13)], (1, 3)),
            ("only this week", vec![(5, 19)], (1, 4)),
            (
                "six today after a long silence",
                vec![(5, 20), (5, 20), (5, 20), (5, 20), (5, 20), (5, 20)],
                (1, 4),
            ),
            ("too long ago", vec![(4, 26)], (0, 3)),
            (
                "six in two weeks hide no silent ones before",
                vec![(5, 11), (5, 12), (5, 13), (5, 14), (5, 18), (5, 19)],
                (2, 4),
            ),
        ];
        for (name, days, expected) in cases {
            let days: Vec<_> = days.into_iter().map(|(m, d)| on(m, d)).collect();
            assert_eq!(of(&days, wednesday), expected, "{name}");
        }
    }

    #[test]
    fn the_running_week_asks_on_its_last_day() {
        assert_eq!(of(&[], on(5, 23)), (0, 3));
        assert_eq!(of(&[], on(5, 24)), (0, 4));
    }

    #[test]
    fn nothing_is_asked_before_the_beginning_and_after_the_target() {
        assert_eq!(of(&[], on(4, 6)), (0, 1));
        assert_eq!(of(&[], on(3, 20)), (0, 0));
        let done = at(100.0);
        assert_eq!(recent(&done, &done.window(on(5, 20))).due, 0);
    }

    #[test]
    fn seven_days_are_a_week_whichever_day_it_begins_with() {
        let kept_and_due = |last: Option<NaiveDate>, first_day| {
            let facts = KeyResultFacts {
                last_check_in_on: last,
                ..at(46.0)
            };
            let rhythm = before(&facts, first_day);
            (rhythm.kept, rhythm.due)
        };
        let (saturday, monday) = (on(5, 16), on(5, 18));
        assert_eq!(kept_and_due(Some(on(5, 10)), saturday), (1, 1));
        assert_eq!(kept_and_due(Some(on(5, 10)), monday), (0, 1));
        assert_eq!(kept_and_due(None, monday), (0, 1));
        // The cycle begins on the first of April.
        assert_eq!(kept_and_due(None, on(4, 1)), (0, 0));
        assert_eq!(kept_and_due(None, on(4, 2)), (0, 1));
        assert_eq!(before(&at(100.0), monday).due, 0);
    }

    #[test]
    fn weeks_move_on_with_each_check_in() {
        let monday = on(5, 18);
        assert_eq!(weeks_with(0, None, monday), 0b1);
        assert_eq!(weeks_with(0b1, Some(on(5, 17)), monday), 0b11);
        assert_eq!(weeks_with(0b1, Some(monday), on(5, 24)), 0b1);
        assert_eq!(weeks_with(0b11, Some(on(5, 1)), monday), 0b11001);
        let years_ago = monday - TimeDelta::weeks(100);
        assert_eq!(weeks_with(0b1, Some(years_ago), monday), 0b1);
    }
}
