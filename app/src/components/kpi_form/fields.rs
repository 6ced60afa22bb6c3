//! The fields of a KPI.

use leptos::prelude::*;
use okrs_shared::kpi::{Direction, KpiCategory, UpdateFrequency};
use strum::VariantArray as _;

use super::choices::{self, KpiChoices, with_chosen};
use super::draft::KpiDraft;
use crate::capabilities::capabilities;
use crate::components::kpi_parts::{category_word, direction_word, frequency_word};
use crate::components::ui::choice::{Choice, Options, option, with_none};
use crate::components::ui::field::Field;
use crate::components::ui::segmented::Segmented;
use crate::components::ui::text_area::TextArea;
use crate::fetched::Fetched;
use crate::words;

/// What is measured, what it is held against, where it belongs.
#[component]
pub fn KpiFields(draft: KpiDraft) -> impl IntoView {
    let form = words::kpi_form();
    let frequencies = UpdateFrequency::VARIANTS.iter();
    let frequencies: Options = frequencies
        .map(|frequency| option(frequency, frequency_word(*frequency)))
        .collect();
    let directions = Direction::VARIANTS.iter();
    let directions: Vec<_> = directions
        .map(|direction| (*direction, direction_word(*direction)))
        .collect();
    let current = draft.is_new.then(|| {
        view! { <Field name="current_value" label=form.current inputmode="decimal" value=draft.current /> }
    });
    // The hosted service defines a KPI once.
    let can_define = move || draft.is_new || capabilities().change_kpis;
    view! {
        <div class="form">
            <Show when=can_define>
                <Field name="name" label=form.name hint=form.name_hint value=draft.name autofocus=true />
            </Show>
            <div class="fields-row">
                {current}
                <Show when=can_define>
                    <Field name="target_value" label=form.target inputmode="decimal" value=draft.target />
                    <Field name="unit" label=form.unit value=draft.unit />
                </Show>
                <Choice name="update_frequency" label=form.frequency value=draft.frequency options=frequencies />
            </div>
            <Segmented
                name="direction"
                legend=form.better
                options=directions
                chosen=move || Some(draft.direction.get())
                choose=move |direction| draft.direction.set(direction)
            />
            <Belongings draft />
            <TextArea name="description" label=form.description value=draft.description />
        </div>
    }
}

/// Until the choices are there, what is chosen stands alone.
#[component]
fn Belongings(draft: KpiDraft) -> impl IntoView {
    let form = words::kpi_form();
    let loaded = Fetched::new(choices::load);
    let choices = Memo::new(move |_| match &*loaded.read() {
        Some(Ok(choices)) => choices.clone(),
        _ => KpiChoices::default(),
    });
    let options = move |none: &'static str, nth: usize, of: fn(&KpiChoices) -> &Options| {
        Signal::derive(move || {
            let found = choices.with(|choices| of(choices).clone());
            let chosen = draft.chosen.with_value(|chosen| chosen[nth].clone());
            with_none(none, with_chosen(found, chosen.as_ref()))
        })
    };
    let categories = KpiCategory::VARIANTS.iter();
    let categories: Options = categories
        .map(|category| option(category, category_word(*category)))
        .collect();
    let groups = Signal::derive(move || choices.with(|choices| choices.groups.clone()));
    let owners = options(words::common().nobody, 0, |choices| &choices.owners);
    let teams = options(form.no_team, 1, |choices| &choices.teams);
    view! {
        <div class="fields-row">
            <Field name="group_name" label=form.group value=draft.group suggestions=groups />
            <Choice name="category" label=form.category value=draft.category options=categories />
            <Choice name="owner_id" label=form.owner value=draft.owner_id options=owners />
            <Choice name="team_id" label=form.team value=draft.team_id options=teams />
        </div>
    }
}
