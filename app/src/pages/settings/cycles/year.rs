//! A year of cycles: where each lies, and where there is none or more than one.

use chrono::{Datelike, NaiveDate};
use okrs_shared::cycle::CycleOverview;
use okrs_shared::cycle_period::Span;

/// The first and the last day of a year.
pub fn span_of(year: i32) -> Span {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    (day(1, 1), day(12, 31))
}

/// What two spans have in common.
pub fn common((start, end): Span, (other_start, other_end): Span) -> Option<Span> {
    let span = (start.max(other_start), end.min(other_end));
    (span.0 <= span.1).then_some(span)
}

/// The days of a cycle.
pub fn span(cycle: &CycleOverview) -> Span {
    (cycle.start_date, cycle.end_date)
}

/// Those days of the year on which no cycle runs; they don't count where none does all year.
pub fn gaps(year: i32, spans: &[Span]) -> Vec<Span> {
    let (first, last) = span_of(year);
    let mut spans: Vec<Span> = spans
        .iter()
        .filter_map(|span| common(*span, (first, last)))
        .collect();
    spans.sort_unstable();
    let mut gaps = Vec::new();
    let mut free = Some(first);
    for (start, end) in spans {
        let Some(from) = free else { break };
        if start > from {
            gaps.extend(start.pred_opt().map(|to| (from, to)));
        }
        free = Some(from).max(end.succ_opt()).filter(|day| *day <= last);
    }
    gaps.extend(free.map(|from| (from, last)));
    gaps
}

/// The line on which each stands so that none covers another, in their order; how many lines there are.
pub fn lines(spans: &[Span]) -> (Vec<usize>, usize) {
    let mut ends: Vec<NaiveDate> = Vec::new();
    let mut lines = vec![0; spans.len()];
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|nth| spans[*nth]);
    for nth in order {
        let (start, end) = spans[nth];
        let free = ends.iter().position(|before| *before < start);
        let line = free.unwrap_or(ends.len());
        match free {
            Some(line) => ends[line] = end,
            None => ends.push(end),
        }
        lines[nth] = line;
    }
    (lines, ends.len())
}

/// How far into the year a day begins, in percent.
pub fn percent(year: i32, day: NaiveDate) -> f64 {
    let (first, last) = span_of(year);
    let days = (last - first).num_days() + 1;
    (day - first).num_days() as f64 / days as f64 * 100.0
}

/// The first days of the months.
pub fn months(year: i32) -> impl Iterator<Item = NaiveDate> {
    (1..=12).filter_map(move |month| NaiveDate::from_ymd_opt(year, month, 1))
}

/// The years of all of these, and this one.
pub fn years(spans: &[Span], today: NaiveDate) -> (i32, i32) {
    let first = spans.iter().map(|(start, _)| start.year()).min();
    let last = spans.iter().map(|(_, end)| end.year()).max();
    let this = today.year();
    (
        first.unwrap_or(this).min(this),
        last.unwrap_or(this).max(this),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(texts: &[&str]) -> Vec<Span> {
        let day = |text: &str| text.parse().unwrap();
        let span = |text: &&str| {
            text.split_once(" to ")
                .map(|(a, b)| (day(a), day(b)))
                .unwrap()
        };
        texts.iter().map(span).collect()
    }

    #[test]
    fn a_gap_is_where_no_cycle_runs() {
        let cycles = spans(&[
            "2026-10-05 to 2027-01-03",
            "2026-01-05 to 2026-06-30",
            "2026-03-01 to 2026-04-01",
        ]);
        let expected = spans(&["2026-01-01 to 2026-01-04", "2026-07-01 to 2026-10-04"]);
        assert_eq!(gaps(2026, &cycles), expected);
        assert_eq!(gaps(2027, &cycles), spans(&["2027-01-04 to 2027-12-31"]));
        assert_eq!(gaps(2026, &spans(&["2025-01-01 to 2027-01-01"])), []);
        assert_eq!(gaps(2026, &[]), spans(&["2026-01-01 to 2026-12-31"]));
    }

    #[test]
    fn cycles_that_overlap_stand_below_each_other() {
        let cycles = spans(&[
            "2026-07-01 to 2026-09-30",
            "2026-01-01 to 2026-12-31",
            "2026-10-01 to 2026-12-31",
        ]);
        assert_eq!(lines(&cycles), (vec![1, 0, 1], 2));
        assert_eq!(lines(&[]), (vec![], 0));
    }
}
