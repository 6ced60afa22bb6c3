//! A labelled field for more than one line of text.

use leptos::html::Textarea;
use leptos::prelude::*;

use crate::components::ui::focus::focus_when_there;
use crate::components::ui::submit::error_here;

/// Grows with what is typed.
#[component]
pub fn TextArea(
    /// Unique on the page; also the name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    label: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it, below it; otherwise what its form says.
    #[prop(into, optional)]
    error: Option<Signal<Option<String>>>,
    /// Whether typing begins here.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let error = error.unwrap_or_else(|| error_here(&name));
    let input = NodeRef::<Textarea>::new();
    if autofocus {
        focus_when_there(input);
    }
    let error_id = format!("{name}-error");
    let described_by = {
        let error_id = error_id.clone();
        move || error.get().is_some().then(|| error_id.clone())
    };
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            <textarea
                dir="auto"
                node_ref=input
                id=name.clone()
                name=name
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby=described_by
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            ></textarea>
            {move || {
                error
                    .get()
                    .map(|error| view! { <p class="field-error" id=error_id.clone()>{error}</p> })
            }}
        </div>
    }
}
