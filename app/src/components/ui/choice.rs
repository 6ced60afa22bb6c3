//! One of several, by the browser's own list.

use leptos::prelude::*;
use okrs_json as json;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::components::ui::labelled::Labelled;

/// What can be chosen: the value and what it is called.
pub type Options = Vec<(String, String)>;

/// A labelled list in a form. The empty value is "none of them".
#[component]
pub fn Choice(
    /// Unique on the page; also the name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    label: &'static str,
    /// The chosen value.
    value: RwSignal<String>,
    /// What helps to choose.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Options>,
) -> impl IntoView {
    let labelled = Labelled::new(&name, label, hint);
    labelled.clone().around(view! {
        <select
            id=name.clone()
            name=name
            aria-invalid=labelled.is_invalid()
            aria-describedby=labelled.described_by()
            on:change:target=move |event| value.set(event.target().value())
        >
            <OptionList options chosen=value />
        </select>
    })
}

/// A list without a label beside it, for a row of them: its first option says what it is about.
#[component]
pub fn InlineChoice(
    /// What it is called, for screen readers and on hover.
    label: &'static str,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// What can be chosen; the first narrows nothing down.
    #[prop(into)]
    options: Signal<Options>,
    /// Somebody chose this value.
    choose: impl Fn(String) + 'static,
) -> impl IntoView {
    let is_set = move || {
        let first = options.with(|options| options.first().map(|(value, _)| value.clone()));
        first.is_some_and(|first| first != value.get())
    };
    view! {
        <select
            class="inline-choice"
            class:is-set=is_set
            aria-label=label
            title=label
            on:change:target=move |event| choose(event.target().value())
        >
            <OptionList options chosen=value />
        </select>
    }
}

#[component]
fn OptionList(options: Signal<Options>, #[prop(into)] chosen: Signal<String>) -> impl IntoView {
    move || {
        let options = options.get();
        options
            .into_iter()
            .map(|(value, label)| {
                let is_chosen = {
                    let value = value.clone();
                    move || chosen.get() == value
                };
                view! {
                    <option value=value prop:selected=is_chosen>
                        {label}
                    </option>
                }
            })
            .collect_view()
    }
}

/// With "none of them" on top.
pub fn with_none(none: &str, mut options: Options) -> Options {
    options.insert(0, (String::new(), none.to_owned()));
    options
}

/// A choice and what it is called.
pub fn option(choice: impl Serialize, label: impl Into<String>) -> (String, String) {
    (value(Some(choice)), label.into())
}

/// As addresses and bodies spell a choice; nothing is empty.
pub fn value(choice: Option<impl Serialize>) -> String {
    let text = json::write(&choice).unwrap_or_default();
    json::read(&text).unwrap_or_default()
}

/// The choice that is spelled so.
pub fn parsed<T: DeserializeOwned>(value: &str) -> Option<T> {
    json::read(&json::write(&value).ok()?).ok()
}
