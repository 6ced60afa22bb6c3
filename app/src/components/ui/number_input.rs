//! A field whose number is there already: coming to it selects it, so that typing replaces it.

use std::mem;

use leptos::prelude::*;
use web_sys::HtmlInputElement;

/// The field alone; what it is called is not shown.
#[component]
pub fn NumberInput(
    label: &'static str,
    /// Of the style sheets.
    #[prop(default = "number")]
    class: &'static str,
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// The id of what says so.
    error_id: String,
    /// Takes over what is typed.
    #[prop(into)]
    typed: Callback<String>,
) -> impl IntoView {
    // Whether a click has brought the focus. With it the caret comes to where the click was, in WebKit before
    // the value, so what the focus has selected is not selected any more when the button is let go.
    let has_entered = StoredValue::new(false);
    let release = move |input: HtmlInputElement| {
        let has_entered = has_entered.try_update_value(mem::take);
        // Whoever has dragged over a part of it means that part.
        let has_chosen = input.selection_start() != input.selection_end();
        if has_entered == Some(true) && !has_chosen {
            input.select();
        }
    };
    let is_wrong = move || error.read().is_some();
    view! {
        <input
            aria-label=label
            class=class
            type="text"
            inputmode="decimal"
            autocomplete="off"
            aria-invalid=move || is_wrong().then_some("true")
            aria-describedby=move || is_wrong().then(|| error_id.clone())
            prop:value=value
            on:mousedown:target=move |event| has_entered.set_value(!has_focus(&event.target()))
            on:focus:target=move |event| event.target().select()
            on:click:target=move |event| release(event.target())
            on:input:target=move |event| typed.run(event.target().value())
        />
    }
}

fn has_focus(input: &HtmlInputElement) -> bool {
    document().active_element().as_ref() == Some(input.as_ref())
}
