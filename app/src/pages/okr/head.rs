//! The objective, how it stands, and what may be done to it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use okrs_shared::alignment::OkrAlignmentPatch;
use okrs_shared::id::OkrId;
use okrs_shared::okr_detail::OkrDetail;
use okrs_shared::permission::Action;
use okrs_shared::upstream::{UnknownVisibility, WriteState};

use super::final_delete::FinalDelete;
use crate::api::{self, Sent};
use crate::capabilities::capabilities;
use crate::components::health::{HealthFigure, Subject};
use crate::components::okr_parts::{Flags, Progress, TypeMark, type_word};
use crate::components::status::StatusMark;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::components::ui::toast::{Toasts, toasts};
use crate::hosted::say_kept;
use crate::locale;
use crate::paths;
use crate::session::session;
use crate::words;

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
    let archived = okr.archived.then_some(words::okr().archived);
    let parent = detail.parent.clone().map(|parent| {
        view! {
            <p class="okr-parent">
                {words::okr().aligned_to} " " <a href=paths::okr(parent.id.as_str())>{parent.title}</a>
            </p>
        }
    });
    let is_for_admins =
        session().me().workspace.unknown_visibility == Some(UnknownVisibility::AdminsOnly);
    let unknown = (!okr.visibility_known && is_for_admins).then(|| {
        let may_change = okr.may.contains(&Action::ChangeOkr);
        view! { <Unknown may_change is_editing /> }
    });
    view! {
        <header class="okr-head">
            <nav class="crumbs" aria-label=words::shell().okrs>
                <a href=format!("{}?cycle={}", paths::OKRS, okr.cycle_id)>
                    {words::shell().okrs} " " {okr.cycle.clone()}
                </a>
                <span class="quiet">
                    <TypeMark okr_type=okr.okr_type />
                    {place}
                </span>
                <span class="quiet">{archived}</span>
            </nav>
            <div class="page-head">
                <h1 dir="auto">{okr.title.clone()}</h1>
                <Actions detail=detail.clone() is_editing reload />
            </div>
            {unknown}
            {parent}
            {okr.description.clone().map(|text| view! { <p class="okr-description" dir="auto">{text}</p> })}
            <Figures detail=detail.clone() />
        </header>
    }
}

/// That the hosted service does not say who it is for, and the way to say so here.
#[component]
fn Unknown(may_change: bool, is_editing: RwSignal<bool>) -> impl IntoView {
    let hosted = words::hosted();
    let choose = may_change.then(|| {
        view! {
            <button type="button" class="button" on:click=move |_| is_editing.set(true)>
                {hosted.choose_visibility}
            </button>
        }
    });
    view! {
        <div class="notice at-risk with-action">
            <p>
                <Icon shape=Shape::Warning />
                {hosted.admins_only_more}
            </p>
            {choose}
        </div>
    }
}

#[component]
fn Figures(detail: Arc<OkrDetail>) -> impl IntoView {
    let words = words::okrs();
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
    let computed_here = okr.computed_here;
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
                <dd><HealthFigure score computed_here=move || computed_here subject /></dd>
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
    let say = (toasts, say_kept());
    let (id, title, archived) = (
        detail.okr.id.clone(),
        detail.okr.title.clone(),
        detail.okr.archived,
    );
    let name = title.clone();
    let archive = Callback::new(move |()| {
        set_archived(id.clone(), title.clone(), !archived, toasts, reload);
    });
    let is_asking = RwSignal::new(false);
    let delete = Callback::new(move |()| {
        let navigate = navigate.clone();
        delete(
            detail.clone(),
            move |path: &str| navigate(path, Default::default()),
            say,
        );
    });
    // What can't be brought back is asked first.
    let ask = move |_| match untrack(capabilities).restore {
        true => delete.run(()),
        false => is_asking.set(true),
    };
    let label = words::okr_form().delete_okr;
    let okr_words = words::okr();
    view! {
        <Show when=move || may_change>
            <div class="page-action">
                <button type="button" class="button plain icon-only" aria-label=label title=label on:click=ask>
                    <Icon shape=Shape::Bin />
                </button>
                <button type="button" class="button plain" id="archive-okr" on:click=move |_| archive.run(())>
                    <Icon shape=Shape::Archive />
                    {if archived { okr_words.bring_back } else { okr_words.archive }}
                </button>
                <button type="button" class="button" id="edit-okr" title="E" on:click=move |_| is_editing.set(true)>
                    <Icon shape=Shape::Pencil />
                    {words::common().edit}
                </button>
            </div>
        </Show>
        <Show when=move || is_asking.get()>
            <FinalDelete title=name.clone() is_open=is_asking delete />
        </Show>
    }
}

/// Goes to the list, where a toast offers the way back, if there is one.
fn delete(
    detail: Arc<OkrDetail>,
    navigate: impl Fn(&str) + Clone + Send + Sync + 'static,
    (toasts, say_kept): (Toasts, impl Fn(WriteState) + 'static),
) {
    let can_restore = untrack(capabilities).restore;
    spawn_local(async move {
        let (id, title) = (detail.okr.id.clone(), detail.okr.title.clone());
        let sent = match api::okrs::delete(&id).await {
            Err(problem) => return toasts.say(problem.in_words()),
            Ok(sent) => sent,
        };
        navigate(&paths::okrs_in(Some(&detail.okr.cycle_id)));
        let form = words::okr_form();
        match sent {
            Sent::Waits(state) => say_kept(state),
            Sent::Done(()) if !can_restore => toasts.say((form.deleted)(&title)),
            Sent::Done(()) => {
                let said = (form.deleted)(&title);
                let undo = move || restore(id.clone(), title.clone(), navigate.clone(), toasts);
                toasts.offer(said, words::common().undo, undo);
            }
        }
    });
}

fn restore(id: OkrId, title: String, navigate: impl Fn(&str) + 'static, toasts: Toasts) {
    spawn_local(async move {
        match api::okrs::restore(&id).await {
            Err(problem) => toasts.say(problem.in_words()),
            Ok(()) => {
                toasts.say((words::okr_form().restored)(&title));
                navigate(&paths::okr(id.as_str()));
            }
        }
    });
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
        let words = words::okr();
        match archived {
            true => {
                let undo = {
                    let title = title.clone();
                    move || set_archived(id.clone(), title.clone(), false, toasts, reload)
                };
                let common = &words::common();
                toasts.offer((words.was_archived)(&title), common.undo, undo);
            }
            false => toasts.say((words.was_brought_back)(&title)),
        }
    });
}
