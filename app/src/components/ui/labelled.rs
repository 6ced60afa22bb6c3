//! What stands around every input of a form: its label above, and below what is wrong or what helps.

use leptos::prelude::*;

use crate::components::ui::submit::error_here;

/// The surroundings of one input.
#[derive(Clone)]
pub struct Labelled {
    name: String,
    label: &'static str,
    hint: Option<&'static str>,
    error: Signal<Option<String>>,
}

impl Labelled {
    /// The name is the input's in the form and its id on the page; the form that it stands in says what is
    /// wrong with it.
    pub fn new(name: &str, label: &'static str, hint: Option<&'static str>) -> Self {
        Self {
            name: name.to_owned(),
            label,
            hint,
            error: error_here(name),
        }
    }

    /// For the input's `aria-invalid`.
    pub fn is_invalid(&self) -> impl Fn() -> Option<&'static str> + Copy + use<> {
        let error = self.error;
        move || error.read().is_some().then_some("true")
    }

    /// For the input's `aria-describedby`.
    pub fn described_by(&self) -> impl Fn() -> Option<String> + use<> {
        let (error, hint) = (self.error, self.hint);
        let (error_id, hint_id) = (self.error_id(), self.hint_id());
        move || match error.read().is_some() {
            true => Some(error_id.clone()),
            false => hint.is_some().then(|| hint_id.clone()),
        }
    }

    /// The label, the input and what is said about it.
    pub fn around(self, input: impl IntoView) -> AnyView {
        let (error_id, hint_id) = (self.error_id(), self.hint_id());
        let hint = self.hint;
        let below = move || match self.error.get() {
            Some(error) => {
                view! { <p class="field-error" id=error_id.clone()>{error}</p> }.into_any()
            }
            None => hint
                .map(|hint| view! { <p class="field-hint" id=hint_id.clone()>{hint}</p> })
                .into_any(),
        };
        view! {
            <div class="field">
                <label for=self.name>{self.label}</label>
                {input.into_any()}
                {below}
            </div>
        }
        .into_any()
    }

    fn error_id(&self) -> String {
        format!("{}-error", self.name)
    }

    fn hint_id(&self) -> String {
        format!("{}-hint", self.name)
    }
}
