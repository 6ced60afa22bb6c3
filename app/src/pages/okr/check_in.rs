//! Checking in one key result from the page of its OKR.

use std::time::Duration;

use leptos::prelude::*;
use okrs_shared::okr_detail::ListedKeyResult;

use crate::components::check_in::CheckInRow;
use crate::components::ui::panel::{ClosePanel, Panel};
use crate::words;

/// How long the recorded value is seen before the panel closes.
const SEEN: Duration = Duration::from_millis(900);

/// The button, and the panel that it opens.
#[component]
pub fn CheckInButton(
    key_result: ListedKeyResult,
    /// Something was recorded.
    done: Callback<()>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let label = words::home().check_in;
    let id = format!("check-in-{}", key_result.id);
    let key_result = StoredValue::new(key_result);
    view! {
        <button type="button" class="button" id=id on:click=move |_| is_open.set(true)>
            {label}
        </button>
        <Panel title=label is_open>
            <CheckInForm key_result=key_result.get_value() done />
        </Panel>
    }
}

#[component]
fn CheckInForm(key_result: ListedKeyResult, done: Callback<()>) -> impl IntoView {
    let panel = expect_context::<ClosePanel>();
    let is_dirty = RwSignal::new(false);
    panel.is_dirty.set_value(is_dirty.into());
    let title = key_result.title.clone();
    let on_done = move |()| {
        set_timeout(
            move || {
                panel.close.try_run(());
                // What is kept for later changes nothing that the server could show.
                if window().navigator().on_line() {
                    done.try_run(());
                }
            },
            SEEN,
        );
    };
    view! {
        <ul class="panel-body">
            <CheckInRow
                key_result
                title=move || view! { <h3 dir="auto">{title.clone()}</h3> }
                autofocus=true
                on_done
                on_change=move |is_changed| is_dirty.set(is_changed)
                send_all=Signal::from(0)
            />
        </ul>
    }
}
