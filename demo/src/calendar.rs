//! Three cycles of 13 weeks around a day.

use chrono::{Datelike as _, NaiveDate, TimeDelta};

/// First and last days of the cycles, from Monday to Sunday, one after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calendar {
    pub(crate) today: NaiveDate,
    pub(crate) ended: (NaiveDate, NaiveDate),
    pub(crate) active: (NaiveDate, NaiveDate),
    pub(crate) upcoming: (NaiveDate, NaiveDate),
}

const CYCLE: TimeDelta = TimeDelta::days(7 * 13);

impl Calendar {
    /// The cycles of which the middle one is about 60 % over on `today`.
    pub(crate) fn around(today: NaiveDate) -> Self {
        let about = today - TimeDelta::days(51);
        let monday = about - TimeDelta::days(i64::from(about.weekday().num_days_from_monday()));
        let cycle = |start: NaiveDate| (start, start + CYCLE - TimeDelta::days(1));
        Self {
            today,
            ended: cycle(monday - CYCLE),
            active: cycle(monday),
            upcoming: cycle(monday + CYCLE),
        }
    }
}

/// What a cycle is called, by its first and last month: no two in a row share their first.
pub(crate) fn cycle_name((start, end): (NaiveDate, NaiveDate)) -> String {
    if start.year() == end.year() {
        format!("{} – {}", start.format("%b"), end.format("%b %Y"))
    } else {
        format!("{} – {}", start.format("%b %Y"), end.format("%b %Y"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_running_cycle_is_about_sixty_percent_over_on_any_day() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for today in first.iter_days().take(400) {
            let calendar = Calendar::around(today);
            let elapsed = (today - calendar.active.0).num_days() + 1;
            assert!((52..=58).contains(&elapsed), "{elapsed} days on {today}");
            let names = [calendar.ended, calendar.active, calendar.upcoming].map(cycle_name);
            assert!(names[0] != names[1] && names[1] != names[2], "{names:?}");
        }
    }

    #[test]
    fn a_cycle_over_new_year_names_both_years() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(
            cycle_name((day("2026-04-06"), day("2026-07-05"))),
            "Apr – Jul 2026"
        );
        assert_eq!(
            cycle_name((day("2026-11-09"), day("2027-02-07"))),
            "Nov 2026 – Feb 2027"
        );
    }
}
