//! Checking in one key result from the page of its OKR.

use leptos::prelude::*;
use okrs_shared::okr_detail::ListedKeyResult;

use crate::components::check_in::panel::CheckInPanel;
use crate::words;

/// The button, and the panel that it opens.
#[component]
pub fn CheckInButton(
    key_result: ListedKeyResult,
    /// Something was recorded.
    done: Callback<()>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let id = format!("check-in-{}", key_result.id);
    view! {
        <button type="button" class="button" id=id on:click=move |_| is_open.set(true)>
            {words::home().check_in}
        </button>
        <CheckInPanel key_results=vec![key_result] is_open done />
    }
}
