//! What holds for everybody in a workspace whose data is with the hosted service.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use okrs_shared::permission::Action;
use okrs_shared::upstream::UnknownVisibility;
use okrs_shared::workspace::WorkspacePatch;

use crate::api;
use crate::components::loaded::NotFound;
use crate::components::ui::toast::toasts;
use crate::session::session;
use crate::words;

/// For admins.
#[component]
pub fn WorkspacePage() -> impl IntoView {
    let hosted = words::hosted();
    let session = session();
    let unknown = untrack(|| session.me().workspace.unknown_visibility);
    let may = untrack(|| session.may(Action::ChangeWorkspace));
    let Some(unknown) = unknown.filter(|_| may) else {
        return view! { <NotFound /> }.into_any();
    };
    view! {
        <Title text=hosted.workspace />
        <div class="page-head">
            <h1>{hosted.workspace}</h1>
        </div>
        <p class="lead">{hosted.workspace_lead}</p>
        <UnknownChoice unknown />
    }
    .into_any()
}

/// Saves at once; what the server refuses goes back to what it was.
#[component]
fn UnknownChoice(unknown: UnknownVisibility) -> impl IntoView {
    let hosted = words::hosted();
    let (session, toasts) = (session(), toasts());
    let chosen = RwSignal::new(unknown);
    let choose = move |now: UnknownVisibility| {
        let before = chosen.get_untracked();
        chosen.set(now);
        spawn_local(async move {
            let patch = WorkspacePatch {
                unknown_visibility: Some(now),
                ..WorkspacePatch::default()
            };
            match api::workspace::update(&patch).await {
                Ok(workspace) => {
                    session.set_workspace(workspace);
                    toasts.say(hosted.unknown_saved);
                }
                Err(problem) => {
                    session.notice(&problem);
                    chosen.try_set(before);
                    toasts.say(problem.in_words());
                }
            }
        });
    };
    let choices = [
        (
            UnknownVisibility::AdminsOnly,
            hosted.for_admins,
            hosted.for_admins_more,
        ),
        (
            UnknownVisibility::Everyone,
            hosted.for_everyone,
            hosted.for_everyone_more,
        ),
    ];
    let choices = choices.map(|(choice, label, more)| {
        view! {
            <label class="tick">
                <input
                    type="radio"
                    name="unknown-visibility"
                    prop:checked=move || chosen.get() == choice
                    on:change=move |_| choose(choice)
                />
                <span>
                    {label}
                    <span class="quiet">{more}</span>
                </span>
            </label>
        }
    });
    view! {
        <fieldset class="ticks">
            <legend>{hosted.unknown_legend}</legend>
            {choices.collect_view()}
        </fieldset>
        <p class="quiet after-rows">{hosted.unknown_more}</p>
    }
}
