//! A labelled input with its hint and what is wrong with it.

use leptos::prelude::*;

use crate::components::ui::focus::focus_when_there;
use crate::components::ui::labelled::Labelled;

/// One line of text.
#[component]
pub fn Field(
    /// Unique on the page; also the name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    label: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// Of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// Which keys a phone shows: `decimal` for numbers.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// What a password manager may put there.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What is offered while one types, by the browser's own list.
    #[prop(into, optional)]
    suggestions: Signal<Vec<String>>,
    /// Whether typing begins here.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let labelled = Labelled::new(&name, label, hint);
    let input = NodeRef::<leptos::html::Input>::new();
    if autofocus {
        focus_when_there(input);
    }
    let list_id = format!("{name}-list");
    let list = {
        let list_id = list_id.clone();
        move || (!suggestions.read().is_empty()).then(|| list_id.clone())
    };
    let offers = move || {
        let offered = suggestions.get().into_iter();
        let offered = offered.map(|text| view! { <option value=text></option> });
        let offered = offered.collect_view();
        (!suggestions.read().is_empty())
            .then(|| view! { <datalist id=list_id.clone()>{offered}</datalist> })
    };
    labelled.clone().around(view! {
        <input
            node_ref=input
            id=name.clone()
            name=name
            type=kind
            inputmode=inputmode
            dir="auto"
            autocomplete=autocomplete
            list=list
            aria-invalid=labelled.is_invalid()
            aria-describedby=labelled.described_by()
            prop:value=value
            on:input:target=move |event| value.set(event.target().value())
        />
        {offers}
    })
}
