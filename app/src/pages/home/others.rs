//! What else waits: KPIs, reviews, initiatives. A section without anything in it says what would be.

use chrono::NaiveDate;
use leptos::prelude::*;
use okrs_shared::home::ReviewToWrite;
use okrs_shared::initiative::{Initiative, InitiativeStatus};
use okrs_shared::kpi_detail::ListedKpi;
use okrs_shared::permission::Action;

use crate::components::kpi_parts::amount_text;
use crate::components::record_value::RecordValue;
use crate::components::sparkline::Sparkline;
use crate::components::status::{Mark, StatusMark};
use crate::locale;
use crate::paths;
use crate::session::session;
use crate::words;

/// KPIs whose next value is overdue, to be recorded in place.
#[component]
pub fn Kpis(kpis: Vec<ListedKpi>) -> impl IntoView {
    let home = words::home();
    let rows = kpis.into_iter();
    let rows = rows.map(|kpi| view! { <KpiToRecord kpi /> }.into_any());
    section(
        home.kpis,
        home.no_kpis,
        "check-ins",
        "kpis-due",
        rows.collect(),
    )
}

/// A list under its name, or a sentence.
fn section(
    title: &'static str,
    none: &'static str,
    list: &'static str,
    class: &'static str,
    rows: Vec<AnyView>,
) -> impl IntoView {
    let content = if rows.is_empty() {
        view! { <p class="nothing quiet">{none}</p> }.into_any()
    } else {
        view! { <ul class=list>{rows}</ul> }.into_any()
    };
    view! {
        <section class=class>
            <h2>{title}</h2>
            {content}
        </section>
    }
}

#[component]
fn KpiToRecord(kpi: ListedKpi) -> impl IntoView {
    let home = words::home();
    let last = match (kpi.current_value, &kpi.last_updated_at) {
        (Some(value), Some(at)) => {
            (home.kpi_last)(&amount_text(&kpi, value), &locale::ago(&at.to_string()))
        }
        _ => home.kpi_never.to_owned(),
    };
    let values = kpi.recent_values.iter().map(|value| value.get()).collect();
    let target = kpi.target_value.map(|target| target.get());
    let mark = kpi.status;
    let fields = if kpi.may.contains(&Action::RecordKpi) {
        let kpi = kpi.clone();
        view! { <RecordValue kpi><StatusMark mark /></RecordValue> }.into_any()
    } else {
        view! { <StatusMark mark /> }.into_any()
    };
    view! {
        <li class="check-in">
            <div class="check-in-what">
                <h3>
                    <a href=paths::kpi(kpi.id.as_str())>{kpi.name.clone()}</a>
                </h3>
                <p class="quiet">{last}</p>
            </div>
            <Sparkline values ideal=target />
            {fields}
        </li>
    }
}

/// Reviews that one has yet to write, the most urgent first.
#[component]
pub fn Reviews(reviews: Vec<ReviewToWrite>) -> impl IntoView {
    let home = words::home();
    let rows = reviews.into_iter().map(|review| {
        let until = review.due_date.map(until);
        view! {
            <li>
                <div>
                    <strong>{(home.review_of)(&review.reviewee)}</strong>
                    <p class="quiet">{review.review_cycle}</p>
                </div>
                <span class="quiet">{until}</span>
            </li>
        }
        .into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    let more = (!rows.is_empty()).then(|| view! { <p class="quiet">{home.reviews_where}</p> });
    view! {
        <div>
            {section(home.reviews, home.no_reviews, "plain-rows", "", rows)}
            {more}
        </div>
    }
}

/// Initiatives that one has not finished.
#[component]
pub fn Initiatives(initiatives: Vec<Initiative>) -> impl IntoView {
    let home = words::home();
    let rows = initiatives.into_iter().map(|initiative| {
        let until = initiative.end_date.map(until);
        let is_blocked = initiative.status == InitiativeStatus::Blocked;
        let title = match &initiative.okr_id {
            Some(okr_id) => view! {
                <a href=paths::okr(okr_id.as_str())>{initiative.title}</a>
            }
            .into_any(),
            None => view! { <strong dir="auto">{initiative.title}</strong> }.into_any(),
        };
        view! {
            <li>
                <div>
                    {title}
                    <p class="quiet">{initiative_word(initiative.status)}</p>
                </div>
                {is_blocked.then(|| view! { <StatusMark mark=Mark::Blocked /> })}
                <span class="quiet">{until}</span>
            </li>
        }
        .into_any()
    });
    section(
        home.initiatives,
        home.no_initiatives,
        "plain-rows",
        "",
        rows.collect(),
    )
}

fn until(day: NaiveDate) -> String {
    (words::home().until)(&locale::date(day, session().today()))
}

fn initiative_word(status: InitiativeStatus) -> &'static str {
    let home = words::home();
    match status {
        InitiativeStatus::Todo => home.initiative_todo,
        InitiativeStatus::InProgress => home.initiative_in_progress,
        // Said by its mark.
        InitiativeStatus::Blocked => "",
        InitiativeStatus::Done => home.initiative_done,
    }
}
