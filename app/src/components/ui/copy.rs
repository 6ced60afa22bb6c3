//! Text that is there to be taken elsewhere.

use std::time::Duration;

use leptos::html::Pre;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::components::ui::icon::{Icon, Shape};
use crate::words;

/// How long the button says that it did it.
const SAYS: Duration = Duration::from_secs(3);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    Copied,
    Selected,
}

/// A text with a button that copies it. Where the browser does not let it, the text is selected.
#[component]
pub fn CopyText(
    /// What it is.
    label: &'static str,
    /// What is copied.
    #[prop(into)]
    text: String,
    /// It was copied, or selected for copying.
    #[prop(into, optional)]
    on_copy: Option<Callback<()>>,
) -> impl IntoView {
    let shown = NodeRef::<Pre>::new();
    let outcome = RwSignal::new(None::<Taken>);
    let copied = text.clone();
    let copy = move |_| {
        let text = copied.clone();
        spawn_local(async move {
            let found = if write(&text).await {
                Taken::Copied
            } else {
                select(shown);
                Taken::Selected
            };
            outcome.try_set(Some(found));
            if let Some(on_copy) = on_copy {
                on_copy.run(());
            }
            set_timeout(
                move || {
                    outcome.try_set(None);
                },
                SAYS,
            );
        });
    };
    let word = move || match outcome.get() {
        None => words::common().copy,
        Some(Taken::Copied) => words::common().copied,
        Some(Taken::Selected) => words::common().selected,
    };
    let shape = move || match outcome.get() {
        Some(Taken::Copied) => Shape::Check,
        _ => Shape::Copy,
    };
    view! {
        <div class="copy-text">
            <p class="copy-label">{label}</p>
            <pre node_ref=shown tabindex="0" aria-label=label>{text}</pre>
            <button type="button" class="button" aria-label=move || format!("{}: {label}", word()) on:click=copy>
                {move || view! { <Icon shape=shape() /> }}
                {word}
            </button>
            <span class="visually-hidden" role="status">
                {move || outcome.get().map(|_| word())}
            </span>
        </div>
    }
}

/// Whether it is in the clipboard now.
async fn write(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    // Pages that came over an insecure connection have none.
    !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

fn select(shown: NodeRef<Pre>) {
    let selection = window().get_selection().ok().flatten();
    if let (Some(selection), Some(shown)) = (selection, shown.get_untracked()) {
        // Without a selection there is still the text.
        let _ = selection.select_all_children(&shown);
    }
}
