//! A labelled field for more than one line of text.

use leptos::html::Textarea;
use leptos::prelude::*;

use crate::components::ui::focus::focus_when_there;
use crate::components::ui::labelled::Labelled;

/// Grows with what is typed.
#[component]
pub fn TextArea(
    /// Unique on the page; also the name in the form.
    name: &'static str,
    /// What it is called.
    label: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// Whether typing begins here.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let labelled = Labelled::new(name, label, None);
    let input = NodeRef::<Textarea>::new();
    if autofocus {
        focus_when_there(input);
    }
    labelled.clone().around(view! {
        <textarea
            dir="auto"
            node_ref=input
            id=name
            name=name
            aria-invalid=labelled.is_invalid()
            aria-describedby=labelled.described_by()
            prop:value=value
            on:input:target=move |event| value.set(event.target().value())
        ></textarea>
    })
}
