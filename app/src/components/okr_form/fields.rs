//! The fields of an OKR.

use leptos::prelude::*;
use okrs_shared::okr::{OkrType, Visibility};
use okrs_shared::upstream::UnknownVisibility;
use web_sys::FocusEvent;

use super::choices::OkrChoices;
use super::coach::{self, MOST_KEY_RESULTS};
use super::draft::{self, OkrDraft};
use super::key_result_fields::KeyResultFields;
use super::okr_types;
use crate::components::okr_parts::type_word;
use crate::components::ui::choice::{Choice, Options, with_none};
use crate::components::ui::field::Field;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::text_area::TextArea;
use crate::session::session;
use crate::words;

/// The objective, where it belongs, and its key results.
#[component]
pub fn OkrFields(draft: OkrDraft, choices: OkrChoices) -> impl IntoView {
    let form = words::okr_form();
    let is_task = move || draft.title.with(|title| coach::is_task_in_disguise(title));
    let nobody = with_none(form.nobody, choices.owners.clone());
    let parents = with_none(form.no_parent, choices.parents.clone());
    let leave = move |event: FocusEvent| {
        let left = event_target::<web_sys::Element>(&event).id();
        if let Some(field) = draft::FIELDS.into_iter().find(|field| *field == left) {
            draft.touched.update(|touched| {
                touched.insert(field);
            });
        }
    };
    view! {
        <div class="form" on:focusout=leave>
            <TextArea name="title" label=form.objective value=draft.title error=draft.error_of("title") autofocus=true />
            <Show when=is_task fallback=|| view! { <p class="field-hint after">{words::okr_form().objective_hint}</p> }>
                <Coach says=form.coach_task />
            </Show>
            <TypeChoice draft />
            <WhereFields draft choices=choices.clone() />
            <Choice name="owner_id" label=form.owner value=draft.owner_id options=nobody error=draft.error_of("owner_id") />
            <VisibilityChoice draft />
            <Choice name="parent_id" label=form.parent value=draft.parent_id options=parents error=draft.error_of("parent_id") />
            <Show when=move || !draft.parent_id.read().is_empty()>
                <Field
                    name="weight"
                    label=form.weight_in_parent
                    hint=form.weight_hint
                    inputmode="decimal"
                    value=draft.weight
                    error=draft.error_of("weight")
                />
            </Show>
            <TextArea name="description" label=form.description value=draft.description error=draft.error_of("description") />
        </div>
        <KeyResults draft owners=choices.owners homes=choices.homes />
    }
}

#[component]
fn TypeChoice(draft: OkrDraft) -> impl IntoView {
    let types = okr_types();
    // One that exists may be of a type that they could not create.
    let current = draft.okr_type.get_untracked();
    let types = match types.contains(&current) {
        true => types,
        false => vec![current],
    };
    view! {
        <fieldset class="segmented">
            <legend>{words::okr_form().okr_type}</legend>
            {types
                .into_iter()
                .map(|okr_type| {
                    view! {
                        <label>
                            <input
                                type="radio"
                                name="type"
                                prop:checked=move || draft.okr_type.get() == okr_type
                                on:change=move |_| draft.okr_type.set(okr_type)
                            />
                            <span>{type_word(okr_type)}</span>
                        </label>
                    }
                })
                .collect_view()}
        </fieldset>
    }
}

#[component]
fn WhereFields(draft: OkrDraft, choices: OkrChoices) -> impl IntoView {
    let form = words::okr_form();
    let departments = with_none(form.choose, choices.departments);
    let teams = with_none(form.choose, choices.teams);
    move || {
        match draft.okr_type.get() {
        OkrType::Org => ().into_any(),
        OkrType::Department => view! {
            <Choice name="department_id" label=form.department value=draft.department_id options=departments.clone() error=draft.error_of("department_id") />
        }
        .into_any(),
        OkrType::Team => view! {
            <Choice name="team_id" label=form.team value=draft.team_id options=teams.clone() error=draft.error_of("team_id") />
        }
        .into_any(),
    }
    }
}

#[component]
fn VisibilityChoice(draft: OkrDraft) -> impl IntoView {
    let form = words::okr_form();
    let choices = move || -> Vec<(Visibility, &'static str)> {
        let everybody = (Visibility::Organisation, form.everybody);
        match draft.okr_type.get() {
            OkrType::Org => vec![everybody],
            OkrType::Department => vec![everybody, (Visibility::Department, form.its_department)],
            OkrType::Team => vec![everybody, (Visibility::Team, form.its_team)],
        }
    };
    // Nothing is chosen where nobody said who it is for.
    let is_said = move || draft.visibility_known.get() || draft.visibility_chosen.get();
    let is_asked = move || choices().len() > 1 || !draft.visibility_known.get();
    view! {
        <Show when=is_asked>
            <fieldset class="segmented" class:unsaid=move || !is_said()>
                <legend>{form.visibility}</legend>
                {move || {
                    choices()
                        .into_iter()
                        .map(|(visibility, label)| {
                            view! {
                                <label>
                                    <input
                                        type="radio"
                                        name="visibility"
                                        prop:checked=move || is_said() && draft.visibility.get() == visibility
                                        on:change=move |_| {
                                            draft.visibility_chosen.set(true);
                                            draft.visibility.set(visibility);
                                        }
                                    />
                                    <span>{label}</span>
                                </label>
                            }
                        })
                        .collect_view()
                }}
            </fieldset>
            <Show when=move || !is_said()>
                <p class="field-hint after">{unknown_hint()}</p>
            </Show>
        </Show>
    }
}

/// Who sees an OKR for now of which nobody said who it is for.
fn unknown_hint() -> &'static str {
    let hosted = words::hosted();
    match session().me().workspace.unknown_visibility {
        Some(UnknownVisibility::Everyone) => hosted.unknown_everyone_hint,
        _ => hosted.unknown_hint,
    }
}

#[component]
fn KeyResults(draft: OkrDraft, owners: Options, homes: Options) -> impl IntoView {
    let form = words::okr_form();
    let are_many = move || draft.key_results.read().len() > MOST_KEY_RESULTS;
    view! {
        <section class="form key-results-form">
            <header>
                <h3>{form.key_results}</h3>
                <p class="quiet">{form.key_results_hint}</p>
            </header>
            <ForEnumerate
                each=move || draft.key_results.get()
                key=|draft| draft.key
                children=move |nth, key_result| {
                    let (owners, homes) = (owners.clone(), homes.clone());
                    view! { <KeyResultFields okr=draft draft=key_result nth=nth.into() owners homes /> }
                }
            />
            <Show when=are_many>
                <Coach says=form.coach_too_many />
            </Show>
            <button type="button" class="button" on:click=move |_| draft.add_key_result()>
                <Icon shape=Shape::Plus />
                {form.add_key_result}
            </button>
        </section>
    }
}

/// A hint, read out when it appears.
#[component]
pub fn Coach(says: &'static str) -> impl IntoView {
    view! {
        <p class="coach" role="status">
            <Icon shape=Shape::Bulb />
            {says}
        </p>
    }
}
