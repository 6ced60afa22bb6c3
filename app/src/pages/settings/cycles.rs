//! The cycles of the workspace. Admins look after them; managers clone what an ended one left over.

mod clone;
mod edit;
mod new;
mod strip;
mod table;
mod year;

use leptos::html::H1;
use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::cycle::CycleOverview;
use okrs_shared::permission::Action;

use self::clone::ClonePanel;
use self::edit::EditPanel;
use self::new::NewPanel;
use self::strip::YearStrip;
use self::table::CycleTable;
use super::sessions::RowBones;
use crate::api;
use crate::capabilities::capabilities;
use crate::components::loaded::{Loaded, NotFound};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::cycles::cycles;
use crate::fetched::Fetched;
use crate::paths;
use crate::session::session;
use crate::words;

/// What is open beside the table, for which cycle.
#[derive(Clone, Copy)]
struct Panels {
    is_new: RwSignal<bool>,
    edits: RwSignal<Option<CycleOverview>>,
    clones: RwSignal<Option<CycleOverview>>,
}

/// A year at a glance, and all cycles in a table.
#[component]
pub fn CyclesPage() -> impl IntoView {
    let session = session();
    if !untrack(|| session.may(Action::CloneCycle)) {
        return view! { <NotFound /> }.into_any();
    }
    let words = words::cycles();
    let all = Fetched::new(api::cycles::overview);
    let (heading, known) = (NodeRef::<H1>::new(), cycles());
    let panels = Panels {
        is_new: RwSignal::new(paths::asks_for_new()),
        edits: RwSignal::new(None),
        clones: RwSignal::new(None),
    };
    let may_manage =
        Signal::derive(move || session.may(Action::ManageCycles) && capabilities().change_cycles);
    use_shortcut("n", move || {
        if may_manage.get_untracked() {
            panels.is_new.set(true);
        }
    });
    let changed = Callback::new(move |()| {
        all.refetch();
        known.refetch();
        // The button that had the focus may be gone with its row.
        if let Some(heading) = heading.get_untracked() {
            let _ = heading.focus();
        }
    });
    let lead = move || match may_manage.get() {
        true => words.lead,
        false => words.lead_clone,
    };
    view! {
        <Title text=words.title />
        <div class="page-head">
            <h1 node_ref=heading tabindex="-1">{words.title}</h1>
            <Show when=move || may_manage.get()>
                <div class="page-action">
                    <button type="button" class="button primary" title="N" on:click=move |_| panels.is_new.set(true)>
                        <Icon shape=Shape::Plus />
                        {words.new}
                    </button>
                </div>
            </Show>
        </div>
        <p class="lead">{lead}</p>
        <Loaded from=all skeleton=|| view! { <RowBones /> } let:all>
            <AllCycles all panels may_manage changed />
        </Loaded>
    }
    .into_any()
}

#[component]
fn AllCycles(
    all: Vec<CycleOverview>,
    panels: Panels,
    may_manage: Signal<bool>,
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::cycles();
    let (archived, in_use): (Vec<_>, Vec<_>) = all
        .iter()
        .cloned()
        .partition(|cycle| cycle.archived_at.is_some());
    let table = match in_use.is_empty() {
        true => view! {
            <div class="empty">
                <h2>{words.none_title}</h2>
                <p>{words.none_more}</p>
            </div>
        }
        .into_any(),
        false => view! {
            <YearStrip cycles=in_use.clone() />
            <CycleTable cycles=in_use.clone() panels may_manage changed />
        }
        .into_any(),
    };
    let put_away = (!archived.is_empty()).then(|| {
        view! {
            <details class="ended">
                <summary>{(words.archived)(archived.len())}</summary>
                <CycleTable cycles=archived panels may_manage changed />
            </details>
        }
    });
    let made = in_use.clone();
    view! {
        {table}
        {put_away}
        <Show when=move || may_manage.get()>
            <NewPanel is_open=panels.is_new cycles=made.clone() changed />
        </Show>
        <EditPanel edits=panels.edits changed />
        <ClonePanel clones=panels.clones cycles=in_use changed />
    }
}
