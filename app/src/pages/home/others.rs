//! What else waits: KPIs, reviews, initiatives. A section without anything in it is not there.

use leptos::prelude::*;
use okrs_shared::home::ReviewToWrite;
use okrs_shared::initiative::{Initiative, InitiativeStatus};
use okrs_shared::kpi_detail::ListedKpi;

use crate::components::sparkline::Sparkline;
use crate::components::status::{Mark, StatusMark};
use crate::locale;
use crate::paths;
use crate::words::words;

/// KPIs whose next value is overdue.
#[component]
pub fn Kpis(kpis: Vec<ListedKpi>) -> impl IntoView {
    let home = &words().home;
    (!kpis.is_empty()).then(|| {
        let rows = kpis.into_iter().map(|kpi| {
            let last = match (kpi.current_value, &kpi.last_updated_at) {
                (Some(value), Some(at)) => {
                    let unit = kpi.unit.clone().unwrap_or_default();
                    let value = format!("{} {unit}", locale::number(value.get()));
                    (home.kpi_last)(value.trim(), &locale::ago(&at.to_string()))
                }
                _ => home.kpi_never.to_owned(),
            };
            let values = kpi.recent_values.iter().map(|value| value.get()).collect();
            view! {
                <li>
                    <div>
                        <a href=paths::kpi(kpi.id.as_str())>{kpi.name}</a>
                        <p class="quiet">{last}</p>
                    </div>
                    <Sparkline values />
                    <StatusMark mark=kpi.status />
                </li>
            }
        });
        view! {
            <section>
                <h2>{home.kpis}</h2>
                <ul class="plain-rows">{rows.collect_view()}</ul>
            </section>
        }
    })
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
