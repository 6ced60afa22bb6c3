//! Who sees what the hosted service does not say who it is for.

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::upstream::UnknownVisibility;
use okrs_shared::workspace::WorkspacePatch;

use crate::api;
use crate::components::ui::toast::toasts;
use crate::session::session;
use crate::words;

/// Saves at once; what the server refuses goes back to what it was.
#[component]
pub fn UnknownChoice(unknown: UnknownVisibility) -> impl IntoView {
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
