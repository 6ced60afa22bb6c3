//! Making a key.

use leptos::prelude::*;
use okrs_shared::api_key::{NewApiKey, RevealedApiKey, Scope};
use okrs_shared::validation::Invalid;
use strum::VariantArray as _;

use crate::api;
use crate::components::ui::choice::{Choice, Options};
use crate::components::ui::field::Field;
use crate::components::ui::form::{Form, Typed};
use crate::components::ui::panel::Panel;
use crate::components::ui::panel_form::PanelForm;
use crate::components::ui::submit::error_here;
use crate::words;

/// What can be chosen, in days.
const LIFETIMES: [u32; 4] = [30, 90, 365, 730];

#[derive(Clone, Copy)]
struct KeyDraft {
    name: RwSignal<String>,
    scopes: RwSignal<Vec<Scope>>,
    /// In days; empty for a key that never expires.
    lifetime: RwSignal<String>,
}

impl Typed for KeyDraft {
    type Body = NewApiKey;

    fn read(self, _: Option<&NewApiKey>) -> Result<NewApiKey, Invalid> {
        Ok(NewApiKey {
            name: self.name.get().into(),
            scopes: self.scopes.get(),
            expires_in_days: self.lifetime.read().parse().ok(),
        })
    }
}

/// Asks for what a key needs, and hands over the key.
#[component]
pub fn NewKeyPanel(
    is_open: RwSignal<bool>,
    #[prop(into)] created: Callback<RevealedApiKey>,
) -> impl IntoView {
    let api_keys = words::api_keys();
    view! {
        <Panel title=api_keys.new_key is_open>
            {
                let form = Form::begun(KeyDraft {
                    name: RwSignal::default(),
                    scopes: RwSignal::default(),
                    lifetime: RwSignal::new("365".to_owned()),
                });
                let save = async move |body| api::api_keys::create(&body).await;
                view! {
                    <PanelForm form label=api_keys.create save saved=created>
                        <Fields draft=form.draft />
                    </PanelForm>
                }
            }
        </Panel>
    }
}

#[component]
fn Fields(draft: KeyDraft) -> impl IntoView {
    let api_keys = words::api_keys();
    let mut lifetimes: Options = LIFETIMES
        .map(|days| (days.to_string(), (api_keys.days)(days)))
        .to_vec();
    lifetimes.push((String::new(), api_keys.forever.to_owned()));
    view! {
        <Field name="name" label=api_keys.name hint=api_keys.name_hint value=draft.name autofocus=true />
        <ScopeChoice chosen=draft.scopes />
        <Choice name="expires_in_days" label=api_keys.lifetime value=draft.lifetime options=lifetimes />
    }
}

#[component]
fn ScopeChoice(chosen: RwSignal<Vec<Scope>>) -> impl IntoView {
    let api_keys = words::api_keys();
    let error = error_here("scopes");
    let boxes = Scope::VARIANTS.iter().copied().map(|scope| {
        let is_chosen = move || chosen.read().contains(&scope);
        let toggle = move |_| {
            chosen.update(|chosen| match chosen.contains(&scope) {
                true => chosen.retain(|other| *other != scope),
                false => chosen.push(scope),
            });
        };
        view! {
            <label class="tick">
                <input type="checkbox" name="scopes" prop:checked=is_chosen on:change=toggle />
                <span>
                    {(api_keys.explain)(scope)} <code>{scope.as_str()}</code>
                </span>
            </label>
        }
    });
    let below = move || match error.get() {
        Some(error) => view! { <p class="field-error" id="scopes-below">{error}</p> }.into_any(),
        None => {
            view! { <p class="field-hint" id="scopes-below">{api_keys.scopes_hint}</p> }.into_any()
        }
    };
    view! {
        <fieldset class="ticks" aria-describedby="scopes-below">
            <legend>{api_keys.scopes}</legend>
            {boxes.collect_view()}
            {below}
        </fieldset>
    }
}
