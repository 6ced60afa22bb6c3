//! As of when one sees what the hosted service has, in the bar above every page; how much of its
//! budget is left, and what waits for it, behind that. Only where the data is there: its code is
//! fetched then, with that of the frame's other parts that come on demand.

use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use okrs_shared::upstream::{Budget, WriteState};

use super::pending_writes::PendingWrites;
use crate::api;
use crate::capabilities::is_hosted;
use crate::components::budget_facts::BudgetFacts;
use crate::components::later::later_with;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::popover::close_popover;
use crate::hosted::{WaitingWrites, waiting};
use crate::locale;
use crate::words;

const PANEL: &str = "hosted-service";
/// How often it looks how things stand.
const EVERY: Duration = Duration::from_secs(15);

/// Nothing where the data is here.
#[component]
pub fn UpstreamMark() -> impl IntoView {
    let is_hosted = Memo::new(|_| is_hosted());
    move || is_hosted.get().then(|| later_with(&["hosted"], mark()))
}

#[wasm_split(frame, wasm_split_path = leptos::wasm_split, fallible)]
fn mark() -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <UpstreamDetails /> }.into_any())
}

/// The list of what waits, as long as it is open.
#[wasm_split(frame, wasm_split_path = leptos::wasm_split, fallible)]
pub fn pending_writes(is_open: RwSignal<bool>) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <PendingWrites is_open /> }.into_any())
}

#[component]
fn UpstreamDetails() -> impl IntoView {
    let waiting = waiting();
    let standing = RwSignal::new(None::<Budget>);
    let look = move || {
        spawn_local(async move {
            // Without a connection the last word stands; the banner says why.
            if let Ok(budget) = api::hosted::budget().await {
                follow(&budget, waiting).await;
                standing.try_set(Some(budget));
            }
        });
    };
    let look_if_seen = move || {
        if !document().hidden() {
            look();
        }
    };
    Effect::new(move || {
        waiting.kept.track();
        look();
    });
    let seen = window_event_listener(ev::visibilitychange, move |_| look_if_seen());
    on_cleanup(move || seen.remove());
    if let Ok(handle) = set_interval_with_handle(look_if_seen, EVERY) {
        on_cleanup(move || handle.clear());
    }
    let is_stale = Memo::new(move |_| standing.read().as_ref().is_some_and(is_stale));
    let said = move || standing.read().as_ref().map(said);
    let facts = move || {
        let budget = standing.get()?;
        Some(view! { <BudgetFacts budget /> })
    };
    let see = move |_| {
        close_popover(PANEL);
        waiting.is_open.set(true);
    };
    let hosted = words::hosted();
    view! {
        <Show when=move || standing.read().is_some()>
            <button type="button" class="upstream-mark" class:at-risk=is_stale popovertarget=PANEL on:click=move |_| look()>
                {move || is_stale.get().then(|| view! { <Icon shape=Shape::Warning /> })}
                <span>{said}</span>
                <span class="visually-hidden">" " {hosted.more}</span>
            </button>
        </Show>
        <section id=PANEL popover="auto" class="menu" aria-labelledby="hosted-service-title">
            <h2 id="hosted-service-title">{hosted.title}</h2>
            {facts}
            <button type="button" class="menu-item" on:click=see>
                <Icon shape=Shape::List />
                {hosted.see_waiting}
            </button>
        </section>
    }
}

/// What the rest of the page is to know of it.
async fn follow(budget: &Budget, waiting: WaitingWrites) {
    let under_way = budget.waiting_writes + budget.undecided_writes;
    let has_values = waiting
        .values
        .try_with_untracked(|values| !values.is_empty());
    if under_way == 0 && has_values == Some(true) {
        waiting.values.try_set(Vec::new());
    }
    let mut troubles = (0, 0);
    // The budget counts everybody's; one hears of one's own.
    if budget.undecided_writes + budget.failed_writes > 0
        && let Ok(writes) = api::hosted::pending_writes().await
    {
        let count = |state| writes.iter().filter(|write| write.state == state).count();
        troubles = (count(WriteState::Undecided), count(WriteState::Failed));
    }
    if waiting.troubles.try_get_untracked() != Some(troubles) {
        waiting.troubles.try_set(troubles);
    }
}

fn is_stale(budget: &Budget) -> bool {
    budget.is_stale || budget.paused_for_seconds.is_some()
}

fn said(budget: &Budget) -> String {
    let hosted = words::hosted();
    let at = budget.as_of.map(|at| locale::time(&at.to_string()));
    match (at, is_stale(budget)) {
        (Some(at), false) => (hosted.as_of)(&at),
        (Some(at), true) => (hosted.stale)(&at),
        (None, false) => hosted.never_read.to_owned(),
        (None, true) => hosted.stale_never.to_owned(),
    }
}
