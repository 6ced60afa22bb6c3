//! One of a few, all of them in sight.

use leptos::prelude::*;

/// A row of labels of which one is chosen, by radio buttons.
#[component]
pub fn Segmented<T: Copy + PartialEq + Send + Sync + 'static>(
    /// The buttons' name in the form; unique on the page.
    name: &'static str,
    /// What is chosen.
    legend: &'static str,
    /// What can be chosen, and what it is called.
    #[prop(into)]
    options: Signal<Vec<(T, &'static str)>>,
    /// What is chosen, if anything is.
    chosen: impl Fn() -> Option<T> + Copy + Send + Sync + 'static,
    /// Somebody chose this.
    choose: impl Fn(T) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let one = move |(value, label)| {
        view! {
            <label>
                <input
                    type="radio"
                    name=name
                    prop:checked=move || chosen() == Some(value)
                    on:change=move |_| choose(value)
                />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="segmented" class:unsaid=move || chosen().is_none()>
            <legend>{legend}</legend>
            {move || options.get().into_iter().map(one).collect_view()}
        </fieldset>
    }
}
