//! The fields of one key result.

use leptos::context::Provider;
use leptos::prelude::*;
use okrs_shared::key_result::MetricType;

use super::coach;
use super::draft::OkrDraft;
use super::fields::Coach;
use super::key_result_draft::{KeyResultDraft, eases_target, moves_target};
use crate::capabilities::capabilities;
use crate::components::ui::choice::{Choice, Options, with_none};
use crate::components::ui::field::Field;
use crate::components::ui::form::Form;
use crate::components::ui::icon::{Icon, Shape};
use crate::locale;
use crate::words;

/// What is measured, from where to where, by whom.
#[component]
pub fn KeyResultFields(
    okr: OkrDraft,
    form: Form<KeyResultDraft>,
    /// The key result's place in the form, from 0.
    nth: Signal<usize>,
    owners: Options,
    /// The OKRs that it can be moved to, with its own.
    destinations: Options,
) -> impl IntoView {
    let Form {
        draft, submission, ..
    } = form;
    let words = words::okr_form();
    let name = move |field: &str| format!("key-result-{}-{field}", draft.key);
    let legend = move || (words.key_result_nth)(nth.get() + 1);
    let is_task = move || draft.title.with(|title| coach::is_task_in_disguise(title));
    let has_values = move || draft.metric_type.get() != MetricType::Boolean;
    let has_unit = move || {
        matches!(
            draft.metric_type.get(),
            MetricType::Number | MetricType::Currency
        )
    };
    let owners = with_none(words.nobody, owners);
    let has_choice = destinations.len() > 1;
    let can_move =
        move || has_choice && draft.id.read().is_some() && capabilities().move_key_results;
    let asks_reason = move || moves_target(form) && draft.keeps_reasons.get();
    let destinations = StoredValue::new(destinations);
    view! {
        <Provider value=submission>
            <fieldset class="key-result-fields form" on:focusout=move |event| submission.leave(&event)>
                <legend>{legend}</legend>
                <button
                    type="button"
                    class="button plain icon-only remove"
                    title=words.remove_key_result
                    aria-label=move || format!("{}: {}", legend(), words.remove_key_result)
                    on:click=move |_| okr.remove_key_result(draft)
                >
                    <Icon shape=Shape::Bin />
                </button>
                <Field name=name("title") label=words.key_result value=draft.title />
                <Show when=is_task>
                    <Coach says=words.coach_task />
                </Show>
                <div class="fields-row">
                    <MetricChoice draft name=name("metric_type") />
                    <Show when=has_unit>
                        <Field name=name("unit") label=words.unit value=draft.unit />
                    </Show>
                </div>
                <Show when=has_values>
                    <div class="fields-row">
                        <Field name=name("start_value") label=words.start inputmode="decimal" value=draft.start />
                        <Field name=name("target_value") label=words.target inputmode="decimal" value=draft.target />
                    </div>
                    <ValuesCoach key_result=form />
                    <Show when=asks_reason>
                        <Field name=name("reason") label=words.reason hint=words.reason_hint value=draft.reason />
                    </Show>
                </Show>
                <div class="fields-row">
                    <Choice name=name("owner_id") label=words.owner value=draft.owner_id options=owners />
                    <Field
                        name=name("weight")
                        label=words.weight
                        hint=words.weight_hint
                        inputmode="decimal"
                        value=draft.weight
                    />
                </div>
                <Show when=can_move>
                    <Choice name=name("okr_id") label=words.belongs_to value=draft.okr_id options=destinations.get_value() />
                </Show>
            </fieldset>
        </Provider>
    }
}

#[component]
fn ValuesCoach(key_result: Form<KeyResultDraft>) -> impl IntoView {
    let (draft, words) = (key_result.draft, words::okr_form());
    let hint = move || {
        let [start, target] = [draft.start, draft.target].map(|text| text.get());
        if start.trim().is_empty() && !target.trim().is_empty() {
            return Some(words.coach_no_baseline);
        }
        let measure = draft.measure();
        let read = |text: String| locale::read_number(&text, &measure.beside());
        let [start, target] = [start, target].map(read);
        if start.is_ok() && start == target {
            return Some(words.coach_no_way);
        }
        (eases_target(key_result) && draft.keeps_reasons.get()).then_some(words.coach_eased)
    };
    move || hint().map(|says| view! { <Coach says /> })
}

#[component]
fn MetricChoice(draft: KeyResultDraft, name: String) -> impl IntoView {
    let form = words::okr_form();
    let kinds = [
        (MetricType::Number, form.number),
        (MetricType::Percentage, form.percentage),
        (MetricType::Currency, form.currency),
        (MetricType::Boolean, form.boolean),
    ];
    let options: Options = kinds
        .iter()
        .map(|(kind, label)| (kind.as_str().to_owned(), (*label).to_owned()))
        .collect();
    let chosen = RwSignal::new(draft.metric_type.get_untracked().as_str().to_owned());
    Effect::new(move || {
        let chosen = chosen.get();
        if let Some((kind, _)) = kinds.iter().find(|(kind, _)| kind.as_str() == chosen) {
            draft.metric_type.set(*kind);
        }
    });
    view! { <Choice name label=form.metric value=chosen options /> }
}
