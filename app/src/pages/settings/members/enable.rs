//! Letting somebody in again.

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::member::Member;

use crate::api;
use crate::components::ui::toast::toasts;
use crate::session::session;
use crate::words;

/// A button that does it at once.
#[component]
pub fn EnableButton(
    member: Member,
    /// They can sign in again.
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::members();
    let (session, toasts) = (session(), toasts());
    let label = (words.act_on)(words.enable, &member.name);
    let enable = move |_| {
        let id = member.id.clone();
        spawn_local(async move {
            match api::members::enable(&id).await {
                Ok(member) => {
                    toasts.say((words.enabled_now)(&member.name));
                    changed.try_run(());
                }
                Err(problem) => {
                    session.notice(&problem);
                    toasts.say(problem.in_words());
                }
            }
        });
    };
    view! {
        <button type="button" class="button plain" aria-label=label on:click=enable>
            {words.enable}
        </button>
    }
}
