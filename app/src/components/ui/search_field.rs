//! A field that narrows a list down as one types.

use leptos::html::Input;
use leptos::prelude::*;

use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::paint::after_paint;
use crate::components::ui::shortcut::use_shortcut;

/// `F` leads to it from anywhere on the page.
#[component]
pub fn SearchField(
    /// What it is called.
    label: &'static str,
    /// What is searched for.
    #[prop(into)]
    value: Signal<String>,
    /// Somebody typed this.
    search: impl Fn(String) + Send + Sync + 'static,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    use_shortcut("f", move || {
        if let Some(input) = input.get_untracked() {
            // A field that is gone needs no focus.
            let _ = input.focus();
            input.select();
        }
    });
    // The letter is painted first, the list after it; letters typed meanwhile are found together.
    let is_waiting = StoredValue::new(false);
    let search = StoredValue::new(search);
    let find = move || {
        is_waiting.try_set_value(false);
        if let Some(input) = input.try_get_untracked().flatten() {
            search.try_with_value(|search| search(input.value()));
        }
    };
    let typed = move |_| {
        if !is_waiting.get_value() {
            is_waiting.set_value(true);
            after_paint(find);
        }
    };
    view! {
        <label class="search">
            <Icon shape=Shape::Search />
            <span class="visually-hidden">{label}</span>
            <input
                node_ref=input
                type="search"
                placeholder=label
                title="F"
                autocomplete="off"
                prop:value=value
                on:input=typed
            />
        </label>
    }
}
