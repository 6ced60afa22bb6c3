//! A year of cycles as a strip, with its gaps and overlaps in words below it.

use leptos::prelude::*;
use okrs_shared::cycle::{CycleOverview, CycleStatus};
use okrs_shared::cycle_period::Span;

use super::year::{common, gaps, lines, months, percent, span, span_of, years};
use crate::components::ui::icon::{Icon, Shape};
use crate::locale;
use crate::session::session;
use crate::words;

/// This year at first, and the ones beside it as far as there are cycles.
#[component]
pub fn YearStrip(cycles: Vec<CycleOverview>) -> impl IntoView {
    let words = words::cycles();
    let today = untrack(|| session().today());
    let spans: Vec<Span> = cycles.iter().map(span).collect();
    let (first, last) = years(&spans, today);
    let year = RwSignal::new(chrono::Datelike::year(&today));
    let go = move |by: i32| year.update(|year| *year = (*year + by).clamp(first, last));
    let step = move |by: i32, label: &'static str, class: &'static str| {
        let is_end = move || year.get() == if by < 0 { first } else { last };
        view! {
            <button
                type="button"
                class=format!("button plain icon-only {class}")
                aria-label=label
                title=label
                disabled=is_end
                on:click=move |_| go(by)
            >
                <Icon shape=Shape::ChevronDown />
            </button>
        }
    };
    let has_others = first < last;
    let before = has_others.then(|| step(-1, words.strip_before, "before"));
    let after = has_others.then(|| step(1, words.strip_after, "after"));
    view! {
        <section class="year" aria-label=move || (words.strip_of)(year.get())>
            <header class="year-head">
                {before}
                <h2 aria-live="polite">{move || year.get().to_string()}</h2>
                {after}
            </header>
            {move || view! { <Strip cycles=cycles.clone() year=year.get() /> }}
        </section>
    }
}

#[component]
fn Strip(cycles: Vec<CycleOverview>, year: i32) -> impl IntoView {
    let words = words::cycles();
    let today = untrack(|| session().today());
    let whole = span_of(year);
    let cycles: Vec<CycleOverview> = cycles
        .into_iter()
        .filter(|cycle| common(span(cycle), whole).is_some())
        .collect();
    let spans: Vec<Span> = cycles.iter().map(span).collect();
    let place = move |(start, end): Span| {
        let from = percent(year, start);
        let to = end.succ_opt().map_or(100.0, |after| percent(year, after));
        (format!("{from:.2}%"), format!("{:.2}%", to - from))
    };
    let (on_line, count) = lines(&spans);
    let bars = cycles.iter().zip(on_line).map(|(cycle, line)| {
        let shown = common(span(cycle), whole).unwrap_or(whole);
        let (from, wide) = place(shown);
        let state = match cycle.status {
            CycleStatus::Upcoming => "upcoming",
            CycleStatus::Active => "active",
            CycleStatus::Ended => "ended",
        };
        view! {
            <span
                class=format!("year-cycle {state}")
                style:--from=from
                style:--wide=wide
                style:--line=line.to_string()
                title=format!("{}, {}", cycle.name, in_days(span(cycle), today))
            >
                {cycle.name.clone()}
            </span>
        }
    });
    let gaps = gaps(year, &spans);
    let holes = gaps.iter().map(|gap| {
        let (from, wide) = place(*gap);
        view! { <span class="year-gap" style:--from=from style:--wide=wide></span> }
    });
    let now = common((today, today), whole).map(|day| {
        view! { <span class="year-today" style:--from=place(day).0></span> }
    });
    let ticks = months(year).map(|month| {
        let from = place((month, month)).0;
        view! { <span style:--from=from>{locale::month(month)}</span> }
    });
    let said = match (cycles.is_empty(), gaps.is_empty()) {
        (true, _) => vec![words.no_cycle_in.to_owned()],
        (false, true) => vec![words.no_gaps.to_owned()],
        (false, false) => gaps
            .iter()
            .map(|gap| (words.gap)(&in_days(*gap, today)))
            .collect(),
    };
    let said = said.into_iter().chain(overlaps(&cycles, today));
    view! {
        <div class="year-strip" aria-hidden="true" style:--lines=count.max(1).to_string()>
            {holes.collect_view()}
            {bars.collect_view()}
            {now}
        </div>
        <div class="year-months" aria-hidden="true">{ticks.collect_view()}</div>
        <ul class="year-said">{said.map(|said| view! { <li>{said}</li> }).collect_view()}</ul>
    }
}

/// Each two that run on the same days.
fn overlaps(cycles: &[CycleOverview], today: chrono::NaiveDate) -> Vec<String> {
    let words = words::cycles();
    let mut said = Vec::new();
    for (nth, one) in cycles.iter().enumerate() {
        for other in &cycles[nth + 1..] {
            if let Some(both) = common(span(one), span(other)) {
                said.push((words.overlap)(
                    &other.name,
                    &one.name,
                    &in_days(both, today),
                ));
            }
        }
    }
    said
}

/// "5 Oct – 3 Jan 2027".
pub fn in_days((start, end): Span, today: chrono::NaiveDate) -> String {
    (words::cycles().span)(&locale::date(start, today), &locale::date(end, today))
}
