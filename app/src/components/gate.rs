//! What stands before the app: the page around everything that asks who somebody is.

use leptos::prelude::*;

use crate::words;

/// The product's mark, the workspace as far as one knows which, and what is asked.
#[component]
pub fn Gate(
    /// Where one is about to be.
    #[prop(into, optional)]
    workspace: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    view! {
        <main class="gate">
            <header class="gate-head">
                <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
                    <path d="M5 25 13 16l6 4 8-13" />
                    <path d="M5 29.5h22" />
                </svg>
                <p class="gate-name">{words::common().product}</p>
                {move || workspace.get().map(|name| view! { <p class="gate-workspace">{name}</p> })}
            </header>
            <div class="gate-panel">{children()}</div>
        </main>
    }
}

const KEY: &str = "workspace";

/// In which workspace this browser was last, for whoever comes back to it.
pub fn last_workspace() -> Option<String> {
    let storage = window().local_storage().ok().flatten()?;
    storage.get_item(KEY).ok().flatten()
}

/// Notes which workspace this browser is in.
pub fn remember_workspace(name: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or forbidden storage costs only the memory of it.
        let _ = storage.set_item(KEY, name);
    }
}
