//! The fields of an OKR.

use leptos::context::Provider;
use leptos::prelude::*;
use okrs_shared::okr::{OkrType, Visibility};
use okrs_shared::upstream::UnknownVisibility;

use super::choices::OkrChoices;
use super::coach::{self, MOST_KEY_RESULTS};
use super::draft::OkrDraft;
use super::key_result_fields::KeyResultFields;
use super::okr_types;
use crate::components::okr_parts::type_word;
use crate::components::ui::choice::{Choice, Options, with_none};
use crate::components::ui::field::Field;
use crate::components::ui::form::Form;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::segmented::Segmented;
use crate::components::ui::text_area::TextArea;
use crate::session::session;
use crate::words;

/// The objective, where it belongs, and its key results.
#[component]
pub fn OkrFields(form: Form<OkrDraft>, choices: OkrChoices) -> impl IntoView {
    let Form {
        draft, submission, ..
    } = form;
    let form = words::okr_form();
    let is_task = move || draft.title.with(|title| coach::is_task_in_disguise(title));
    let nobody = with_none(form.nobody, choices.owners.clone());
    let parents = with_none(form.no_parent, choices.parents.clone());
    let (owners, destinations) = (choices.owners.clone(), choices.destinations.clone());
    view! {
        <Provider value=submission>
            <div class="form" on:focusout=move |event| submission.leave(&event)>
                <TextArea name="title" label=form.objective value=draft.title autofocus=true />
                <Show when=is_task fallback=|| view! { <p class="field-hint after">{words::okr_form().objective_hint}</p> }>
                    <Coach says=form.coach_task />
                </Show>
                <TypeChoice draft />
                <WhereFields draft choices />
                <Choice name="owner_id" label=form.owner value=draft.owner_id options=nobody />
                <VisibilityChoice draft />
                <Choice name="parent_id" label=form.parent value=draft.parent_id options=parents />
                <Show when=move || !draft.parent_id.read().is_empty()>
                    <Field
                        name="weight"
                        label=form.weight_in_parent
                        hint=form.weight_hint
                        inputmode="decimal"
                        value=draft.weight
                    />
                </Show>
                <TextArea name="description" label=form.description value=draft.description />
            </div>
        </Provider>
        <KeyResults draft owners destinations />
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
    let options: Vec<_> = types
        .into_iter()
        .map(|okr_type| (okr_type, type_word(okr_type)))
        .collect();
    view! {
        <Segmented
            name="type"
            legend=words::okr_form().okr_type
            options
            chosen=move || Some(draft.okr_type.get())
            choose=move |okr_type| draft.okr_type.set(okr_type)
        />
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
            <Choice name="department_id" label=form.department value=draft.department_id options=departments.clone() />
        }
        .into_any(),
        OkrType::Team => view! {
            <Choice name="team_id" label=form.team value=draft.team_id options=teams.clone() />
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
            <Segmented
                name="visibility"
                legend=form.visibility
                options=Signal::derive(choices)
                chosen=move || is_said().then(|| draft.visibility.get())
                choose=move |visibility| {
                    draft.visibility_chosen.set(true);
                    draft.visibility.set(visibility);
                }
            />
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
fn KeyResults(draft: OkrDraft, owners: Options, destinations: Options) -> impl IntoView {
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
                key=|form| form.draft.key
                children=move |nth, key_result| {
                    let (owners, destinations) = (owners.clone(), destinations.clone());
                    view! { <KeyResultFields okr=draft form=key_result nth=nth.into() owners destinations /> }
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
