//! One of several that can be chosen together.

use leptos::prelude::*;

/// A tick that puts its value among the chosen ones, and takes it away again.
#[component]
pub fn Tick<T: Clone + PartialEq + Send + Sync + 'static>(
    /// What all of them are called in the form.
    name: &'static str,
    /// What is chosen by it.
    value: T,
    /// What that is called; people wrote it.
    label: String,
    /// The values that are chosen, in the order in which they were.
    chosen: RwSignal<Vec<T>>,
) -> impl IntoView {
    let shown = value.clone();
    let toggle = move |_| {
        chosen.update(|chosen| match chosen.contains(&value) {
            true => chosen.retain(|other| *other != value),
            false => chosen.push(value.clone()),
        });
    };
    view! {
        <label class="tick">
            <input type="checkbox" name=name prop:checked=move || chosen.read().contains(&shown) on:change=toggle />
            <span dir="auto">{label}</span>
        </label>
    }
}
