//! The head of the page: which cycle, how far it is, and the way to a new OKR.

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;
use okrs_shared::cycle::{Cycle, CycleStatus};
use okrs_shared::okr_list::OkrList;

use super::may_create;
use crate::api::Answer;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::fetched::Fetched;
use crate::locale;
use crate::session::session;
use crate::words;

/// Shown while the list still loads.
#[component]
pub fn Head(list: Fetched<Answer<Arc<OkrList>>>, is_creating: RwSignal<bool>) -> impl IntoView {
    let cycle = Memo::new(move |_| match &*list.read() {
        Some(Ok(list)) => list.cycle.clone(),
        _ => None,
    });
    let may_create = may_create();
    let can_create = move || may_create && cycle.read().is_some();
    use_shortcut("n", move || {
        if untrack(can_create) {
            is_creating.set(true);
        }
    });
    view! {
        <header class="page-head">
            <h1>{words::shell().okrs}</h1>
            <p>
                {move || {
                    cycle
                        .get()
                        .map(|cycle| {
                            view! {
                                <strong>{cycle.name.clone()}</strong>
                                " "
                                <span class="quiet">{progress_of(&cycle)}</span>
                            }
                        })
                }}
            </p>
            <Show when=can_create>
                <button type="button" class="button primary page-action" title="N" on:click=move |_| is_creating.set(true)>
                    <Icon shape=Shape::Plus />
                    {words::okrs().new_okr}
                </button>
            </Show>
        </header>
    }
}

fn progress_of(cycle: &Cycle) -> String {
    let okrs = words::okrs();
    let today = session().today();
    let (start, end) = (cycle.start_date, cycle.end_date);
    match cycle.status {
        CycleStatus::Upcoming => (okrs.cycle_begins)(&locale::date(start, today)),
        CycleStatus::Ended => (okrs.cycle_ended)(&locale::date(end, today)),
        CycleStatus::Active => {
            let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days();
            let share = (days(start, today) + 1) as f64 / (days(start, end) + 1) as f64;
            (okrs.cycle_runs)(&locale::percent(share), days(today, end))
        }
    }
}
