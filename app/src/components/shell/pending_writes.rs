//! The writes that the hosted service does not have yet, or that it did not take, and what can be
//! decided about them.

mod row;
mod sentence;

use std::time::Duration;

use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;
use okrs_shared::upstream::{PendingWrite, WriteState};

use self::row::WriteRow;
use crate::api;
use crate::components::loaded::Loaded;
use crate::components::ui::panel::Panel;
use crate::fetched::Fetched;
use crate::hosted::waiting;
use crate::words;

/// How often it looks what has become of them.
const EVERY: Duration = Duration::from_secs(5);

/// Beside the page, as long as it is open.
#[component]
pub fn PendingWrites(is_open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Panel title=words::hosted().panel_title is_open>
            <Writes />
        </Panel>
    }
}

#[component]
fn Writes() -> impl IntoView {
    let waiting = waiting();
    let writes = Fetched::new(api::hosted::pending_writes);
    let look = move || {
        let is_moving = |write: &PendingWrite| {
            use WriteState::{InDoubt, Sending, Waiting};
            matches!(write.state, Waiting | Sending | InDoubt)
        };
        if let Some(Ok(found)) = untrack(|| writes.get())
            && found.iter().any(is_moving)
        {
            writes.refetch();
        }
    };
    if let Ok(handle) = set_interval_with_handle(look, EVERY) {
        on_cleanup(move || handle.clear());
    }
    // Said here: what is said at the window's edge lies behind a panel.
    let said = RwSignal::new(String::new());
    let decided = Callback::new(move |now: String| {
        said.set(now);
        writes.refetch();
        waiting.kept.update(|times| *times += 1);
    });
    view! {
        <div class="panel-body pending-writes">
            <p class="pending-said" role="status">{said}</p>
            <Loaded from=writes skeleton=|| view! { <Bones /> } let:writes>
                <List writes decided />
            </Loaded>
        </div>
    }
}

#[component]
fn List(writes: Vec<PendingWrite>, decided: Callback<String>) -> impl IntoView {
    let hosted = words::hosted();
    let mut writes: Vec<PendingWrite> = writes
        .into_iter()
        .filter(|write| write.state != WriteState::Done)
        .collect();
    if writes.is_empty() {
        return view! {
            <div class="empty">
                <h3>{hosted.panel_empty}</h3>
                <p>{hosted.panel_empty_more}</p>
            </div>
        }
        .into_any();
    }
    // What somebody has to do something about comes first, then in the order of sending.
    writes.sort_by_key(|write| {
        let urgency = match write.state {
            WriteState::Undecided | WriteState::Held => 0,
            WriteState::Failed => 1,
            _ => 2,
        };
        (urgency, write.created_at)
    });
    let rows = writes
        .into_iter()
        .map(|write| view! { <WriteRow write decided /> });
    view! {
        <p class="quiet">{hosted.panel_more}</p>
        <ul>{rows.collect_view()}</ul>
    }
    .into_any()
}

#[component]
fn Bones() -> impl IntoView {
    (0..3)
        .map(|_| {
            view! {
                <span class="bone short"></span>
                <span class="bone"></span>
            }
        })
        .collect_view()
}
