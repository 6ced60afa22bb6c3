//! The objective, how it stands, and what may be done to it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use okrs_shared::alignment::OkrAlignmentPatch;
use okrs_shared::id::OkrId;
use okrs_shared::okr_detail::OkrDetail;
use okrs_shared::permission::Action;

use crate::api;
use crate::components::health::{HealthFigure, Subject};
use crate::components::okr_parts::{Flags, Progress, TypeMark, type_word};
use crate::components::status::StatusMark;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::components::ui::toast::{Toasts, toasts};
use crate::locale;
use crate::paths;
use crate::session::session;
use crate::words::words;

/// Above everything else.
#[component]
pub fn Head(
    detail: Arc<OkrDetail>,
    is_editing: RwSignal<bool>,
    /// It was changed.
    reload: Callback<()>,
) -> impl IntoView {
    let okr = &detail.okr;
    let place = okr.team.clone().or_else(|| okr.department.clone());
    let place = place.unwrap_or_else(|| type_word(okr.okr_type).to_owned());
    let archived = okr.archived.then_some(words().okr.archived);
    let parent = detail.parent.clone().map(|parent| {
        view! {
            <p class="okr-parent">
                {words().okr.aligned_to} " " <a href=paths::okr(parent.id.as_str())>{parent.title}</a>
            </p>
        }
    });
    view! {
        <header class="okr-head">
            <nav class="crumbs" aria-label=words().shell.okrs>
                <a href=format!("{}?cycle={}", paths::OKRS, okr.cycle_id)>
                    {words().shell.okrs} " " {okr.cycle.clone()}
                </a>
                <span class="quiet">
                    <TypeMark okr_type=okr.okr_type />
                    {place}
                </span>
                <span class="quiet">{archived}</span>
            </nav>
            <div class="page-head">
                <h1>{okr.title.clone()}</h1>
                <Actions detail=detail.clone() is_editing reload />
            </div>
            {parent}
            {okr.description.clone().map(|text| view! { <p class="okr-description">{text}</p> })}
            <Figures detail=detail.clone() />
        </header>
    }
}

#[component]
fn Figures(detail: Arc<OkrDetail>) -> impl IntoView {
    let words = &words().okrs;
    let okr = &detail.okr;
    let score = (!okr.health.needs_setup).then_some(okr.health.score);
    let last = okr.key_results.iter();
    let last = last
        .filter_map(|part| part.last_check_in.map(|last| last.on))
        .max();
    let last = last.map_or(words.never.to_owned(), |on| {
        locale::date_ago(on, session().today())
    });
    let blocked = okr.key_results.iter().filter(|part| part.blocked).count();
    let stale = okr
        .key_results
        .iter()
        .filter(|part| part.health.stalled)
        .count();
    let subject = {
        let detail = detail.clone();
        move || Subject::from(&detail.okr)
    };
    view! {
        <dl class="figures">
            <div>
                <dt>{words.progress}</dt>
                <dd><Progress share=okr.progress.get() mark=okr.status /></dd>
            </div>
            <div>
                <dt>{words.status}</dt>
                <dd>
                    <StatusMark mark=okr.status />
                    <Flags blocked stale />
                </dd>
            </div>
            <div>
                <dt>{words.health}</dt>
                <dd><HealthFigure score subject /></dd>
            </div>
            <div>
                <dt>{words.owner}</dt>
                <dd>{okr.owner.clone().unwrap_or_else(|| words.no_owner.to_owned())}</dd>
            </div>
            <div>
                <dt>{words.last_check_in}</dt>
                <dd>{last}</dd>
            </div>
        </dl>
    }
}

#[component]
fn Actions(
    detail: Arc<OkrDetail>,
    is_editing: RwSignal<bool>,
    reload: Callback<()>,
) -> impl IntoView {
    let may_change = detail.okr.may.contains(&Action::ChangeOkr);
    use_shortcut("e", move || {
        if may_change {
            is_editing.set(true);
        }
    });
    let navigate = use_navigate();
    let toasts = toasts();
    let (id, title, archived) = (
        detail.okr.id.clone(),
        detail.okr.title.clone(),
        detail.okr.archived,
    );
    let archive = Callback::new(move |()| {
        set_archived(id.clone(), title.clone(), !archived, toasts, reload);
    });
    let delete = move |_: web_sys::MouseEvent| {
        let (navigate, detail) = (navigate.clone(), detail.clone());
        spawn_local(async move {
            let (id, title) = (detail.okr.id.clone(), detail.okr.title.clone());
            match api::okrs::delete(&id).await {
                Err(problem) => toasts.say(problem.in_words()),
                Ok(()) => {
                    navigate(
                        &format!("{}?cycle={}", paths::OKRS, detail.okr.cycle_id),
                        Default::default(),
                    );
                    let words = &words().okr_form;
                    toasts.offer(
                        (words.deleted)(&title),
                        crate::words::words().common.undo,
                        move || {
                            let (navigate, id, title) =
                                (navigate.clone(), id.clone(), title.clone());
                            spawn_local(async move {
                                match api::okrs::restore(&id).await {
                                    Err(problem) => toasts.say(problem.in_words()),
                                    Ok(()) => {
                                        toasts.say((words.restored)(&title));
                                        navigate(&paths::okr(id.as_str()), Default::default());
                                    }
                                }
                            });
                        },
                    );
                }
            }
        });
    };
    let delete = StoredValue::new_local(delete);
    let label = words().okr_form.delete_okr;
    let okr_words = &words().okr;
    view! {
        <Show when=move || may_change>
            <div class="page-action">
                <button type="button" class="button plain icon-only" aria-label=label title=label on:click=move |event| delete.with_value(|delete| delete(event))>
                    <Icon shape=Shape::Bin />
                </button>
                <button type="button" class="button plain" on:click=move |_| archive.run(())>
                    {if archived { okr_words.bring_back } else { okr_words.archive }}
                </button>
                <button type="button" class="button" title="E" on:click=move |_| is_editing.set(true)>
                    <Icon shape=Shape::Pencil />
                    {words().common.edit}
                </button>
            </div>
        </Show>
    }
}

/// Takes it out of the ordinary lists or brings it back, and offers the way back.
fn set_archived(id: OkrId, title: String, archived: bool, toasts: Toasts, reload: Callback<()>) {
    spawn_local(async move {
        let body = OkrAlignmentPatch {
            archived: Some(archived),
            ..OkrAlignmentPatch::default()
        };
        if let Err(problem) = api::okrs::align(&id, &body).await {
            return toasts.say(problem.in_words());
        }
        reload.try_run(());
        let words = &words().okr;
        match archived {
            true => {
                let undo = {
                    let title = title.clone();
                    move || set_archived(id.clone(), title.clone(), false, toasts, reload)
                };
                let common = &crate::words::words().common;
                toasts.offer((words.was_archived)(&title), common.undo, undo);
            }
            false => toasts.say((words.was_brought_back)(&title)),
        }
    });
}
