//! Cycles that suggest themselves: how long one is, which comes next, and in which of its weeks a day lies.
//!
//! A period begins on the first Monday of its first month, so that it has whole weeks: the first quarter of
//! 2027 goes from 4 January to 4 April. Where a workspace's cycles follow the calendar instead, what follows
//! them does, too.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};

use crate::cycle::{Cycle, CycleStatus, NewCycle};

/// How long a cycle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Three months.
    Quarter,
    /// Four months.
    Trimester,
    /// Six months.
    Half,
    /// Twelve months.
    Year,
}

/// The first and the last day of a cycle.
pub type Span = (NaiveDate, NaiveDate);

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Self; 4] = [Self::Quarter, Self::Trimester, Self::Half, Self::Year];

    fn months(self) -> u32 {
        match self {
            Self::Quarter => 3,
            Self::Trimester => 4,
            Self::Half => 6,
            Self::Year => 12,
        }
    }

    /// About so many days.
    fn days(self) -> i64 {
        i64::from(self.months()) * 91 / 3
    }

    /// Whether a cycle is about as long as this; others neither stand in its way nor go on from it.
    fn is_like(self, (start, end): Span) -> bool {
        let days = (end - start).num_days() + 1;
        (self.days() / 2..=self.days() * 3 / 2).contains(&days)
    }

    /// The first of the month in which the period begins that has this day.
    fn begins(self, day: NaiveDate) -> NaiveDate {
        let month = day.month0() / self.months() * self.months();
        NaiveDate::from_ymd_opt(day.year(), month + 1, 1).unwrap_or(day)
    }

    fn after(self, first: NaiveDate) -> NaiveDate {
        first
            .checked_add_months(Months::new(self.months()))
            .unwrap_or(first)
    }

    /// "Q1 2027", for the period that begins in this month.
    fn name(self, first: NaiveDate) -> String {
        let (year, nth) = (first.year(), first.month0() / self.months() + 1);
        match self {
            Self::Quarter => format!("Q{nth} {year}"),
            Self::Trimester => format!("T{nth} {year}"),
            Self::Half => format!("H{nth} {year}"),
            Self::Year => year.to_string(),
        }
    }

    /// From this day for about as long as a period lasts, but not into the cycle that begins `before`.
    fn from(self, start: NaiveDate, before: Option<NaiveDate>) -> NewCycle {
        // The period that has most of it.
        let first = self.begins(start + TimeDelta::days(self.days() / 2));
        let next = self.after(first);
        let next = match start.weekday() {
            chrono::Weekday::Mon => monday(next),
            _ => next,
        };
        let next = before.map_or(next, |before| before.min(next));
        NewCycle {
            name: self.name(first).as_str().into(),
            start_date: start,
            end_date: next.pred_opt().unwrap_or(start),
        }
    }

    /// The first day of the period that runs on this day.
    fn running(self, today: NaiveDate) -> NaiveDate {
        let first = self.begins(today);
        match monday(first) {
            start if start <= today => start,
            _ => monday(self.begins(first.pred_opt().unwrap_or(first))),
        }
    }

    /// The next cycle of this length: it begins where from today on no other of about its length does.
    pub fn next(self, cycles: &[Span], today: NaiveDate) -> NewCycle {
        let mut like: Vec<Span> = cycles
            .iter()
            .copied()
            .filter(|span| self.is_like(*span))
            .collect();
        like.sort_unstable();
        let mut start = today;
        for (first, last) in &like {
            if (*first..=*last).contains(&start) {
                start = last.succ_opt().unwrap_or(start);
            }
        }
        if start == today {
            start = self.running(today);
            // It goes on from the one before, even where that ended some days earlier or later.
            let ended = like.iter().filter(|(_, last)| *last < today);
            let after = ended.filter_map(|(_, last)| last.succ_opt()).max();
            if let Some(after) = after.filter(|after| *after > start - TimeDelta::days(8)) {
                start = after;
            }
        }
        let before = like
            .iter()
            .map(|(first, _)| *first)
            .find(|first| *first > start);
        self.from(start, before)
    }

    /// So many, each after the one before.
    pub fn several(self, cycles: &[Span], today: NaiveDate, count: usize) -> Vec<NewCycle> {
        let mut taken = cycles.to_vec();
        let mut next = || {
            let next = self.next(&taken, today);
            taken.push((next.start_date, next.end_date));
            next
        };
        (0..count).map(|_| next()).collect()
    }
}

/// The first Monday from this day on.
fn monday(day: NaiveDate) -> NaiveDate {
    let wait = (7 - day.weekday().num_days_from_monday()) % 7;
    day + TimeDelta::days(i64::from(wait))
}

/// In which week of a cycle a day is, and how many it has: 8 of 13. A quarter of 92 days has 13, too.
pub fn week_of((start, end): Span, day: NaiveDate) -> (i64, i64) {
    let weeks = (((end - start).num_days() + 4) / 7).max(1);
    let week = (day - start).num_days().div_euclid(7) + 1;
    (week.clamp(1, weeks), weeks)
}

/// The cycle that is meant when none is named: of those that run the shortest, then the latest to start;
/// without one the next to begin, else the last that ended.
pub fn present(cycles: &[Cycle]) -> Option<&Cycle> {
    cycles.iter().min_by_key(|cycle| {
        let (start, end) = (cycle.start_date, cycle.end_date);
        let days = |day: NaiveDate| i64::from(day.num_days_from_ce());
        match cycle.status {
            CycleStatus::Active => (0, (end - start).num_days(), -days(start)),
            CycleStatus::Upcoming => (1, days(start), 0),
            CycleStatus::Ended => (2, -days(end), -days(start)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn span(text: &str) -> Span {
        let (start, end) = text.split_once(" to ").unwrap();
        (day(start), day(end))
    }

    fn told(cycle: &NewCycle) -> String {
        let NewCycle {
            name,
            start_date,
            end_date,
        } = cycle;
        format!("{}: {start_date} to {end_date}", name.trim())
    }

    fn next(period: Period, cycles: &[&str], today: &str) -> String {
        let cycles: Vec<Span> = cycles.iter().map(|text| span(text)).collect();
        told(&period.next(&cycles, day(today)))
    }

    #[test]
    fn the_first_cycle_is_the_period_that_runs_in_whole_weeks() {
        let first = |period, today| next(period, &[], today);
        assert_eq!(
            first(Period::Quarter, "2026-11-29"),
            "Q4 2026: 2026-10-05 to 2027-01-03"
        );
        assert_eq!(
            first(Period::Quarter, "2027-01-04"),
            "Q1 2027: 2027-01-04 to 2027-04-04"
        );
        // The new year's first days still belong to the old one's last week.
        assert_eq!(
            first(Period::Quarter, "2027-01-03"),
            "Q4 2026: 2026-10-05 to 2027-01-03"
        );
        assert_eq!(
            first(Period::Trimester, "2026-11-29"),
            "T3 2026: 2026-09-07 to 2027-01-03"
        );
        assert_eq!(
            first(Period::Half, "2026-11-29"),
            "H2 2026: 2026-07-06 to 2027-01-03"
        );
        assert_eq!(
            first(Period::Year, "2026-11-29"),
            "2026: 2026-01-05 to 2027-01-03"
        );
    }

    #[test]
    fn the_next_one_begins_when_the_last_has_ended() {
        let q4 = "2026-10-05 to 2027-01-03";
        assert_eq!(
            next(Period::Quarter, &[q4], "2026-11-29"),
            "Q1 2027: 2027-01-04 to 2027-04-04"
        );
        // Those of a calendar stay with it.
        let q4 = "2026-10-01 to 2026-12-31";
        assert_eq!(
            next(Period::Quarter, &[q4], "2026-11-29"),
            "Q1 2027: 2027-01-01 to 2027-03-31"
        );
        // One that ended before today leaves no days out.
        let q3 = "2026-07-01 to 2026-09-30";
        assert_eq!(
            next(Period::Quarter, &[q3], "2026-11-29"),
            "Q4 2026: 2026-10-01 to 2026-12-31"
        );
    }

    #[test]
    fn a_gap_is_filled_up_to_the_cycle_after_it() {
        let cycles = ["2026-10-05 to 2027-01-03", "2027-03-01 to 2027-06-06"];
        assert_eq!(
            next(Period::Quarter, &cycles, "2026-11-29"),
            "Q1 2027: 2027-01-04 to 2027-02-28"
        );
    }

    #[test]
    fn cycles_of_another_length_are_not_in_the_way() {
        let year = ["2026-01-01 to 2026-12-31"];
        assert_eq!(
            next(Period::Quarter, &year, "2026-11-29"),
            "Q4 2026: 2026-10-05 to 2027-01-03"
        );
        assert_eq!(
            next(Period::Year, &year, "2026-11-29"),
            "2027: 2027-01-01 to 2027-12-31"
        );
    }

    #[test]
    fn the_next_four_follow_each_other_without_gaps() {
        let q4 = [span("2026-10-05 to 2027-01-03")];
        let four = Period::Quarter.several(&q4, day("2026-11-29"), 4);
        let told: Vec<String> = four.iter().map(told).collect();
        assert_eq!(
            told,
            [
                "Q1 2027: 2027-01-04 to 2027-04-04",
                "Q2 2027: 2027-04-05 to 2027-07-04",
                "Q3 2027: 2027-07-05 to 2027-10-03",
                "Q4 2027: 2027-10-04 to 2028-01-02",
            ]
        );
    }

    #[test]
    fn periods_follow_each_other_whatever_the_day_they_begin_with() {
        for period in Period::ALL {
            for offset in 0..800 {
                let today = day("2026-01-01") + TimeDelta::days(offset);
                let all = period.several(&[], today, 3);
                assert!(
                    all[0].start_date <= today && today <= all[0].end_date,
                    "{today}"
                );
                for pair in all.windows(2) {
                    assert_eq!(
                        pair[0].end_date.succ_opt(),
                        Some(pair[1].start_date),
                        "{today}"
                    );
                    assert_ne!(pair[0].name, pair[1].name, "{today}");
                }
            }
        }
    }

    #[test]
    fn a_quarter_has_thirteen_weeks_also_by_the_calendar() {
        let week = |text, today| week_of(span(text), day(today));
        assert_eq!(week("2026-10-05 to 2027-01-03", "2026-11-29"), (8, 13));
        assert_eq!(week("2026-10-01 to 2026-12-31", "2026-10-01"), (1, 13));
        assert_eq!(week("2026-10-01 to 2026-12-31", "2026-12-31"), (13, 13));
        assert_eq!(week("2026-11-29 to 2026-11-29", "2026-11-29"), (1, 1));
    }

    #[test]
    fn the_present_cycle_is_the_shortest_that_runs_else_the_next_else_the_last() {
        let cycle = |id: &str, status, text| {
            let (start_date, end_date) = span(text);
            Cycle {
                id: id.into(),
                name: id.to_owned(),
                start_date,
                end_date,
                status,
            }
        };
        let year = cycle("year", CycleStatus::Active, "2026-01-01 to 2026-12-31");
        let q4 = cycle("q4", CycleStatus::Active, "2026-10-05 to 2027-01-03");
        let q1 = cycle("q1", CycleStatus::Upcoming, "2027-01-04 to 2027-04-04");
        let q2 = cycle("q2", CycleStatus::Upcoming, "2027-04-05 to 2027-07-04");
        let q3 = cycle("q3", CycleStatus::Ended, "2026-07-06 to 2026-10-04");
        let of = |cycles: &[&Cycle]| {
            let cycles: Vec<Cycle> = cycles.iter().map(|cycle| (*cycle).clone()).collect();
            present(&cycles).map(|cycle| cycle.name.clone())
        };
        assert_eq!(of(&[&q1, &year, &q4, &q3]).as_deref(), Some("q4"));
        assert_eq!(of(&[&q2, &q1, &q3]).as_deref(), Some("q1"));
        assert_eq!(of(&[&q3]).as_deref(), Some("q3"));
        assert_eq!(of(&[]), None);
    }
}
