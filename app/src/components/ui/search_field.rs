//! A field that narrows a list down as one types.

use leptos::html::Input;
use leptos::prelude::*;

use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;

/// `/` leads to it from anywhere on the page.
#[component]
pub fn SearchField(
    /// What it is called.
    label: &'static str,
    /// What is searched for.
    #[prop(into)]
    value: Signal<String>,
    /// Somebody typed this.
    search: impl Fn(String) + 'static,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    use_shortcut("/", move || {
        if let Some(input) = input.get_untracked() {
            // A field that is gone needs no focus.
            let _ = input.focus();
            input.select();
        }
    });
    view! {
        <label class="search">
            <Icon shape=Shape::Search />
            <span class="visually-hidden">{label}</span>
            <input
                node_ref=input
                type="search"
                placeholder=label
                title="/"
                autocomplete="off"
                prop:value=value
                on:input:target=move |event| search(event.target().value())
            />
        </label>
    }
}
