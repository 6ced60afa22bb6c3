//! What was recorded, newest first.

use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::kpi_detail::{KpiDetail, KpiEntry, ListedKpi};

use crate::components::kpi_parts::amount_text;
use crate::locale;
use crate::words;

/// Entries that are shown at first, and more each time.
const PAGE: usize = 12;

/// Values with who recorded them and in which words.
#[component]
pub fn History(detail: Arc<KpiDetail>) -> impl IntoView {
    let all = detail.updates.len();
    if all == 0 {
        return ().into_any();
    }
    let most = RwSignal::new(PAGE);
    let rows = move || {
        let shown = detail.updates.iter().take(most.get());
        shown
            .map(|entry| view! { <HistoryRow kpi=&detail.kpi entry=entry.clone() /> })
            .collect_view()
    };
    view! {
        <section class="history" aria-labelledby="history-title">
            <header>
                <h2 id="history-title">{words::kpis().updates}</h2>
            </header>
            <ol>{rows}</ol>
            <Show when=move || { most.get() < all }>
                <button type="button" class="button" on:click=move |_| most.update(|most| *most += PAGE)>
                    {words::okr().show_older}
                </button>
            </Show>
        </section>
    }
    .into_any()
}

#[component]
fn HistoryRow<'a>(kpi: &'a ListedKpi, entry: KpiEntry) -> impl IntoView + use<> {
    let at = entry.created_at.to_string();
    let author = entry.author;
    let before = entry
        .previous_value
        .map(|before| (words::kpis().from)(&amount_text(kpi, before)));
    view! {
        <li>
            <p class="history-what">
                <strong>{author.unwrap_or_else(|| words::okr().somebody.to_owned())}</strong>
                <time datetime=at.clone() title=locale::instant(&at)>{locale::ago(&at)}</time>
            </p>
            <p class="history-said">
                <span class="number history-value">{amount_text(kpi, entry.new_value)}</span>
                <span class="quiet">{before}</span>
            </p>
            {entry.comment.map(|comment| view! { <p class="comment" dir="auto">{comment}</p> })}
        </li>
    }
}
