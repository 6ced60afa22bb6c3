//! A labelled input with its hint and what is wrong with it.

use leptos::prelude::*;

use crate::components::ui::focus::focus_when_there;
use crate::components::ui::submit::error_here;

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
    /// What is wrong with it, below it; otherwise what its form says.
    #[prop(into, optional)]
    error: Option<Signal<Option<String>>>,
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
    let error = error.unwrap_or_else(|| error_here(&name));
    let input = NodeRef::<leptos::html::Input>::new();
    if autofocus {
        focus_when_there(input);
    }
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-error");
    let list_id = format!("{name}-list");
    let list = {
        let list_id = list_id.clone();
        move || (!suggestions.read().is_empty()).then(|| list_id.clone())
    };
    let described_by = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || match (error.get().is_some(), hint.is_some()) {
            (true, _) => Some(error_id.clone()),
            (false, true) => Some(hint_id.clone()),
            (false, false) => None,
        }
    };
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            <input
                node_ref=input
                id=name.clone()
                name=name
                type=kind
                inputmode=inputmode
                dir="auto"
                autocomplete=autocomplete
                list=list
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby=described_by
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
            {move || {
                let offered = suggestions.get().into_iter();
                let offered = offered.map(|text| view! { <option value=text></option> });
                let offered = offered.collect_view();
                (!suggestions.read().is_empty())
                    .then(|| view! { <datalist id=list_id.clone()>{offered}</datalist> })
            }}
            {move || match error.get() {
                Some(error) => {
                    view! { <p class="field-error" id=error_id.clone()>{error}</p> }.into_any()
                }
                None => {
                    hint
                        .map(|hint| view! { <p class="field-hint" id=hint_id.clone()>{hint}</p> })
                        .into_any()
                }
            }}
        </div>
    }
}
