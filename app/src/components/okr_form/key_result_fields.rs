//! The fields of one key result.

use leptos::prelude::*;
use okrs_shared::key_result::MetricType;
use web_sys::FocusEvent;

use super::coach;
use super::draft::OkrDraft;
use super::fields::Coach;
use super::key_result_draft::{FIELDS, KeyResultDraft};
use crate::capabilities::{capabilities, is_hosted};
use crate::components::ui::choice::{Choice, Options, with_none};
use crate::components::ui::field::Field;
use crate::components::ui::icon::{Icon, Shape};
use crate::locale;
use crate::words;

/// What is measured, from where to where, by whom.
#[component]
pub fn KeyResultFields(
    okr: OkrDraft,
    draft: KeyResultDraft,
    /// Its place among the others, from 0.
    nth: Signal<usize>,
    owners: Options,
    /// The OKRs that it can be moved to, with its own.
    homes: Options,
) -> impl IntoView {
    let form = words::okr_form();
    let name = move |field: &str| format!("key-result-{}-{field}", draft.key);
    let leave = move |event: FocusEvent| {
        let left = event_target::<web_sys::Element>(&event).id();
        if let Some(field) = FIELDS.into_iter().find(|field| name(field) == left) {
            draft.touched.update(|touched| {
                touched.insert(field);
            });
        }
    };
    let legend = move || (form.key_result_nth)(nth.get() + 1);
    let is_task = move || draft.title.with(|title| coach::is_task_in_disguise(title));
    let has_values = move || draft.metric_type.get() != MetricType::Boolean;
    let has_unit = move || {
        matches!(
            draft.metric_type.get(),
            MetricType::Number | MetricType::Currency
        )
    };
    let owners = with_none(form.nobody, owners);
    let has_choice = homes.len() > 1;
    let can_move =
        move || has_choice && draft.saved.read().is_some() && capabilities().move_key_results;
    // The hosted service moves targets, but keeps no reason.
    let asks_reason = move || draft.moves_target() && !is_hosted();
    let homes = StoredValue::new(homes);
    view! {
        <fieldset class="key-result-fields form" on:focusout=leave>
            <legend>{legend}</legend>
            <button
                type="button"
                class="button plain icon-only remove"
                title=form.remove_key_result
                aria-label=move || format!("{}: {}", legend(), form.remove_key_result)
                on:click=move |_| okr.remove_key_result(draft)
            >
                <Icon shape=Shape::Bin />
            </button>
            <Field name=name("title") label=form.key_result value=draft.title error=draft.error_of("title") />
            <Show when=is_task>
                <Coach says=form.coach_task />
            </Show>
            <div class="fields-row">
                <MetricChoice draft name=name("metric_type") />
                <Show when=has_unit>
                    <Field name=name("unit") label=form.unit value=draft.unit error=draft.error_of("unit") />
                </Show>
            </div>
            <Show when=has_values>
                <div class="fields-row">
                    <Field name=name("start_value") label=form.start inputmode="decimal" value=draft.start error=draft.error_of("start_value") />
                    <Field name=name("target_value") label=form.target inputmode="decimal" value=draft.target error=draft.error_of("target_value") />
                </div>
                <ValuesCoach draft />
                <Show when=asks_reason>
                    <Field name=name("reason") label=form.reason hint=form.reason_hint value=draft.reason error=draft.error_of("reason") />
                </Show>
            </Show>
            <div class="fields-row">
                <Choice name=name("owner_id") label=form.owner value=draft.owner_id options=owners error=draft.error_of("owner_id") />
                <Field
                    name=name("weight")
                    label=form.weight
                    hint=form.weight_hint
                    inputmode="decimal"
                    value=draft.weight
                    error=draft.error_of("weight")
                />
            </div>
            <Show when=can_move>
                <Choice name=name("okr_id") label=form.belongs_to value=draft.okr_id options=homes.get_value() error=draft.error_of("okr_id") />
            </Show>
        </fieldset>
    }
}

#[component]
fn ValuesCoach(draft: KeyResultDraft) -> impl IntoView {
    let form = words::okr_form();
    let hint = move || {
        let [start, target] = [draft.start, draft.target].map(|text| text.get());
        if start.trim().is_empty() && !target.trim().is_empty() {
            return Some(form.coach_no_baseline);
        }
        let measure = draft.measure();
        let read = |text: String| locale::read_number(&text, &measure.beside());
        let [start, target] = [start, target].map(read);
        (start.is_ok() && start == target).then_some(form.coach_no_way)
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
