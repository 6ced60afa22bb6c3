//! The head of the page: which cycle, how far it is, and the way to a new OKR.

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;
use okrs_shared::cycle::{Cycle, CycleStatus};
use okrs_shared::id::CycleId;
use okrs_shared::okr_detail::OkrList;

use super::address::Address;
use super::may_create;
use crate::api::{self, Answer};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::locale;
use crate::session::session;
use crate::words::words;

/// Shown while the list still loads.
#[component]
pub fn Head(
    list: LocalResource<Answer<Arc<OkrList>>>,
    is_creating: RwSignal<bool>,
) -> impl IntoView {
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
            <h1>{words().shell.okrs}</h1>
            <CyclePicker cycle />
            <p class="quiet">{move || cycle.get().map(|cycle| progress_of(&cycle))}</p>
            <Show when=can_create>
                <button type="button" class="button primary page-action" title="N" on:click=move |_| is_creating.set(true)>
                    <Icon shape=Shape::Plus />
                    {words().okrs.new_okr}
                </button>
            </Show>
        </header>
    }
}

#[component]
fn CyclePicker(#[prop(into)] cycle: Signal<Option<Cycle>>) -> impl IntoView {
    let address = expect_context::<Address>();
    let cycles = LocalResource::new(api::okrs::cycles);
    // Until all are there the shown one stands alone.
    let all = move || match &*cycles.read() {
        Some(Ok(cycles)) => cycles.clone(),
        _ => cycle.get().into_iter().collect(),
    };
    let choose = move |id: String| address.change(|view| view.cycle = Some(CycleId(id)));
    view! {
        <select
            class="cycle-picker"
            aria-label=words().okrs.cycle
            on:change:target=move |event| choose(event.target().value())
        >
            {move || {
                let shown = cycle.get().map(|cycle| cycle.id);
                let none = shown
                    .is_none()
                    .then(|| view! { <option value="">{words().okrs.cycle}</option> });
                let all = all()
                    .into_iter()
                    .map(|cycle| {
                        let is_shown = Some(&cycle.id) == shown.as_ref();
                        view! {
                            <option value=cycle.id.0 selected=is_shown>
                                {cycle.name}
                            </option>
                        }
                    })
                    .collect_view();
                view! { {none} {all} }
            }}
        </select>
    }
}

fn progress_of(cycle: &Cycle) -> String {
    let okrs = &words().okrs;
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
