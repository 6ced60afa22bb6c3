//! What else waits: KPIs, reviews, initiatives. A section without anything in it is not there.

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
use crate::words::words;

/// KPIs whose next value is overdue, to be recorded in place.
#[component]
pub fn Kpis(kpis: Vec<ListedKpi>) -> impl IntoView {
    (!kpis.is_empty()).then(|| {
        let rows = kpis.into_iter().map(|kpi| view! { <KpiToRecord kpi /> });
        view! {
            <section class="kpis-due">
                <h2>{words().home.kpis}</h2>
                <ul class="check-ins">{rows.collect_view()}</ul>
            </section>
        }
    })
}

#[component]
fn KpiToRecord(kpi: ListedKpi) -> impl IntoView {
    let home = &words().home;
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
    let home = &words().home;
    (!reviews.is_empty()).then(|| {
        let rows = reviews.into_iter().map(|review| {
            let until = review
                .due_date
                .map(|day| (home.until)(&locale::day(&day.to_string())));
            view! {
                <li>
                    <div>
                        <strong>{(home.review_of)(&review.reviewee)}</strong>
                        <p class="quiet">{review.review_cycle}</p>
                    </div>
                    <span class="quiet">{until}</span>
                </li>
            }
        });
        view! {
            <section>
                <h2>{home.reviews}</h2>
                <ul class="plain-rows">{rows.collect_view()}</ul>
            </section>
        }
    })
}

/// Initiatives that one has not finished.
#[component]
pub fn Initiatives(initiatives: Vec<Initiative>) -> impl IntoView {
    let home = &words().home;
    (!initiatives.is_empty()).then(|| {
        let rows = initiatives.into_iter().map(|initiative| {
            let until = initiative
                .end_date
                .map(|day| (home.until)(&locale::day(&day.to_string())));
            let mark = match initiative.status {
                InitiativeStatus::Todo => Mark::NotStarted,
                InitiativeStatus::Blocked => Mark::Blocked,
                InitiativeStatus::InProgress | InitiativeStatus::Done => Mark::OnTrack,
            };
            let is_blocked = mark == Mark::Blocked;
            view! {
                <li>
                    <div>
                        <strong>{initiative.title}</strong>
                        <p class="quiet">{until}</p>
                    </div>
                    {is_blocked.then(|| view! { <StatusMark mark /> })}
                </li>
            }
        });
        view! {
            <section>
                <h2>{home.initiatives}</h2>
                <ul class="plain-rows">{rows.collect_view()}</ul>
            </section>
        }
    })
}
