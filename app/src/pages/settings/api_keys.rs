//! The keys of programs.

mod decisions;
mod new_key;
mod reveal;
mod table;

use leptos::html::H1;
use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::api_key::{ApiKey, RevealedApiKey};
use okrs_shared::permission::Action;

use self::decisions::{RevokeDialog, RollDialog};
use self::new_key::NewKeyPanel;
use self::reveal::RevealDialog;
use self::table::KeyTables;
use super::sessions::RowBones;
use crate::api;
use crate::components::loaded::{Loaded, NotFound};
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::fetched::Fetched;
use crate::session::session;
use crate::words;

/// What is asked or shown in a dialog.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Roll(ApiKey),
    Revoke(ApiKey),
    Reveal(RevealedApiKey),
}

/// All keys of the workspace, for those who may make them.
#[component]
pub fn ApiKeysPage() -> impl IntoView {
    if !untrack(|| session().may(Action::ManageApiKeys)) {
        return view! { <NotFound /> }.into_any();
    }
    let api_keys = words::api_keys();
    let keys = Fetched::new(api::api_keys::list);
    let heading = NodeRef::<H1>::new();
    let is_creating = RwSignal::new(false);
    let step = RwSignal::new(None::<Step>);
    use_shortcut("n", move || is_creating.set(true));
    let changed = Callback::new(move |()| {
        keys.refetch();
        // The button that had the focus may be gone with its row.
        if let Some(heading) = heading.get_untracked() {
            let _ = heading.focus();
        }
    });
    view! {
        <Title text=api_keys.title />
        <div class="page-head">
            <h1 node_ref=heading tabindex="-1">{api_keys.title}</h1>
            <div class="page-action">
                <button type="button" class="button primary" title="N" on:click=move |_| is_creating.set(true)>
                    <Icon shape=Shape::Plus />
                    {api_keys.new_key}
                </button>
            </div>
        </div>
        <p class="lead">
            {api_keys.more} " "
            <a rel="external" href=api::api_keys::REFERENCE>{api_keys.reference}</a>
        </p>
        <Loaded from=keys skeleton=|| view! { <RowBones /> } let:keys>
            <KeyTables keys step />
        </Loaded>
        <NewKeyPanel is_open=is_creating created=move |key| step.set(Some(Step::Reveal(key))) />
        <Steps step changed />
    }
    .into_any()
}

/// The dialog of the moment. A key that was made is revealed in the next one.
#[component]
fn Steps(step: RwSignal<Option<Step>>, changed: Callback<()>) -> impl IntoView {
    let next = Callback::new(move |next: Option<Step>| step.set(next));
    move || {
        Some(match step.get()? {
            Step::Roll(key) => view! { <RollDialog key next /> }.into_any(),
            Step::Revoke(key) => view! { <RevokeDialog key next changed /> }.into_any(),
            Step::Reveal(revealed) => view! { <RevealDialog revealed next changed /> }.into_any(),
        })
    }
}
