//! The chart of the values, and of which period.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use okrs_shared::kpi_detail::{KpiDetail, KpiEntry};
use serde::{Deserialize, Serialize};

use crate::components::chart::Reading;
use crate::components::chart::course::{Course, CourseChart};
use crate::components::kpi_parts::amount_text;
use crate::components::ui::address::Address;
use crate::locale;
use crate::measure::Measure;
use crate::session::session;
use crate::words;

/// What the address says about the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CourseView {
    /// How far back.
    #[serde(skip_serializing_if = "is_default")]
    pub range: Range,
}

/// Periods up to today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Range {
    Quarter,
    #[default]
    Year,
    All,
}

fn is_default(range: &Range) -> bool {
    *range == Range::default()
}

impl Range {
    /// The range's first day; none when it reaches back to the first value.
    fn first(self, today: NaiveDate) -> Option<NaiveDate> {
        let days = match self {
            Self::Quarter => 91,
            Self::Year => 365,
            Self::All => return None,
        };
        today.checked_sub_days(Days::new(days))
    }
}

/// With the target, and a table behind a toggle.
#[component]
pub fn KpiCourse(detail: Arc<KpiDetail>) -> impl IntoView {
    let address = expect_context::<Address<CourseView>>();
    let kpis = words::kpis();
    if detail.updates.is_empty() {
        return view! {
            <div class="empty">
                <h2>{kpis.no_values}</h2>
                <p>{kpis.no_values_more}</p>
            </div>
        }
        .into_any();
    }
    let chart = move || {
        let range = address.with(|view| view.range);
        let shown = entries_in(&detail.updates, range, session().today());
        match chart_of(&detail, shown) {
            Some((course, summary, readings)) => {
                view! { <CourseChart course summary readings /> }.into_any()
            }
            None => {
                view! { <p class="quiet nothing-in-range">{kpis.nothing_in_range}</p> }.into_any()
            }
        }
    };
    view! {
        <section aria-labelledby="course-title">
            <header class="section-head">
                <h2 id="course-title">{kpis.over_time}</h2>
                <RangeChoice address />
            </header>
            {chart}
        </section>
    }
    .into_any()
}

#[component]
fn RangeChoice(address: Address<CourseView>) -> impl IntoView {
    let kpis = words::kpis();
    let ranges = [
        (Range::Quarter, kpis.range_quarter),
        (Range::Year, kpis.range_year),
        (Range::All, kpis.range_all),
    ];
    view! {
        <fieldset class="segmented joined">
            <legend class="visually-hidden">{kpis.range}</legend>
            {ranges
                .map(|(range, label)| {
                    view! {
                        <label>
                            <input
                                type="radio"
                                name="range"
                                prop:checked=move || address.with(|view| view.range == range)
                                on:change=move |_| address.replace(|view| view.range = range)
                            />
                            <span>{label}</span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}

/// Oldest first.
fn entries_in(updates: &[KpiEntry], range: Range, today: NaiveDate) -> Vec<&KpiEntry> {
    let first = range.first(today);
    let updates = updates.iter().rev();
    updates
        .filter(|entry| first.is_none_or(|first| day(entry) >= first))
        .collect()
}

fn day(entry: &KpiEntry) -> NaiveDate {
    locale::day_of(&entry.created_at.to_string())
}

fn chart_of(detail: &KpiDetail, shown: Vec<&KpiEntry>) -> Option<(Course, String, Vec<Reading>)> {
    let (kpi, kpis) = (&detail.kpi, words::kpis());
    let today = session().today();
    let (first, last) = (shown.first()?, shown.last()?);
    let [from, to] = [first, last].map(|entry| amount_text(kpi, entry.new_value));
    let mut summary = (kpis.chart_summary)(shown.len(), &from, &to);
    if let Some(target) = kpi.target_value {
        summary = format!(
            "{summary} {}",
            (kpis.chart_target)(&amount_text(kpi, target))
        );
    }
    let readings = shown.iter().map(|entry| Reading {
        day: locale::date(day(entry), today),
        value: amount_text(kpi, entry.new_value),
        said: None,
        author: entry.author.clone(),
        comment: entry.comment.clone(),
    });
    let points = shown.iter();
    // Today stands at the right, so a first value that is today's has days before it.
    let a_week_ago = today.checked_sub_days(Days::new(7)).unwrap_or(today);
    let course = Course {
        first: day(first).min(a_week_ago),
        today,
        points: points
            .map(|entry| (entry.created_at, entry.new_value.get()))
            .collect(),
        target: kpi.target_value.map(|target| target.get()),
        measure: Measure::from(kpi),
    };
    Some((course, summary, readings.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::ui::address::{parse, query};

    #[test]
    fn a_period_reaches_back_from_today() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let on = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        assert_eq!(Range::Quarter.first(today), on(2026, 8, 26));
        assert_eq!(Range::Year.first(today), on(2025, 11, 25));
        assert_eq!(Range::All.first(today), None);
    }

    #[test]
    fn an_address_keeps_the_period() {
        let view = CourseView { range: Range::All };
        assert_eq!(query(&view), "range=all");
        assert_eq!(parse::<CourseView>("range=all"), view);
        assert_eq!(parse::<CourseView>("range=decade"), CourseView::default());
    }
}
