//! The one time that a key is shown.

use leptos::prelude::*;
use okrs_shared::api_key::RevealedApiKey;

use super::Step;
use crate::api;
use crate::components::ui::copy::CopyText;
use crate::components::ui::dialog::{Dialog, Done};
use crate::words;

/// The Escape key closes it only once the key is copied: it would be lost.
#[component]
pub fn RevealDialog(
    revealed: RevealedApiKey,
    next: Callback<Option<Step>>,
    /// There is a new key.
    changed: Callback<()>,
) -> impl IntoView {
    let api_keys = words::api_keys();
    let RevealedApiKey { key, api_key } = revealed;
    let is_copied = RwSignal::new(false);
    let on_close = Callback::new(move |()| {
        next.run(None);
        changed.run(());
    });
    let snippet = api::api_keys::snippet(&key, &api_key.scopes);
    let snippet = snippet.map(|snippet| {
        view! { <CopyText label=api_keys.snippet text=snippet /> }
    });
    view! {
        <Dialog title=(api_keys.reveal_title)(&api_key.name) on_close can_escape=is_copied>
            <p class="notice at-risk">{api_keys.reveal_more}</p>
            <CopyText label=api_keys.the_key text=key on_copy=Callback::new(move |()| is_copied.set(true)) />
            {snippet}
            <Done label=api_keys.done />
        </Dialog>
    }
}
