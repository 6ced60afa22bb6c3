//! The frame around every page of somebody signed in.

mod cycle_picker;
mod my_menu;
mod newer_version;
mod notices;
mod notifications;
mod pending_writes;
mod rail;
mod search;
mod search_hits;
mod shortcuts;
mod top_bar;
mod upstream_mark;

use leptos::html::Main;
use leptos::prelude::*;
use leptos_router::components::{Outlet, Redirect};
use leptos_router::hooks::use_navigate;
use web_sys::MouseEvent;

pub use self::my_menu::role_word;
use self::notices::Notices;
use self::rail::Rail;
use self::shortcuts::Shortcuts;
use self::top_bar::TopBar;
use self::upstream_mark::pending_writes;
use crate::api;
use crate::capabilities::Known;
use crate::components::later::later_with;
use crate::components::loaded::Failure;
use crate::components::ui::toast::{ToastRegion, Toasts};
use crate::cycles::Cycles;
use crate::fetched::Fetched;
use crate::hosted::{WaitingWrites, waiting};
use crate::locale;
use crate::outbox::Outbox;
use crate::paths;
use crate::session::{Session, session};
use crate::theme;
use crate::words;

/// Finds out who is signed in, then shows the frame with the page in it; sends everybody else to
/// sign in and back.
#[component]
pub fn SignedInOnly() -> impl IntoView {
    let me = Fetched::new(api::sign_in::me);
    provide_context(Known::ask());
    move || match me.get() {
        None => ().into_any(),
        Some(Ok(me)) => {
            locale::use_timezone(&me.workspace.timezone);
            provide_context(Session::of(me));
            provide_context(Cycles::open());
            provide_context(WaitingWrites::default());
            view! { <Shell /> }.into_any()
        }
        Some(Err(api::Problem::SignedOut)) => {
            let path = match api::sign_in::is_cookie_lost() {
                true => paths::sign_in_without_cookie(),
                false => paths::sign_in_and_return(&paths::current()),
            };
            view! { <Redirect path options=paths::instead() /> }.into_any()
        }
        Some(Err(problem)) => {
            let retry = move || me.refetch();
            view! { <main class="content"><Failure problem retry /></main> }.into_any()
        }
    }
}

#[component]
fn Shell() -> impl IntoView {
    let session = session();
    let navigate = use_navigate();
    let are_shortcuts_shown = RwSignal::new(false);
    let waits = waiting();
    provide_context(Toasts::default());
    // It says in a toast what the server keeps.
    provide_context(Outbox::open());
    provide_context(RwSignal::new(theme::chosen()));
    Effect::new(move || {
        if session.has_ended() {
            navigate(&paths::sign_in_again(&paths::current()), paths::instead());
        }
    });
    let content = NodeRef::<Main>::new();
    // The browser and the router would take it for another address.
    let skip = move |event: MouseEvent| {
        event.prevent_default();
        if let Some(content) = content.get_untracked() {
            // Content that is gone again needs no focus.
            let _ = content.focus();
        }
    };
    view! {
        <a class="skip" href="#content" on:click=skip>
            {words::shell().skip}
        </a>
        <div class="shell">
            <Rail />
            <div class="stage">
                <TopBar show_shortcuts=Callback::new(move |()| are_shortcuts_shown.set(true)) />
                <Notices />
                <main id="content" node_ref=content class="content" tabindex="-1">
                    <Outlet />
                </main>
            </div>
        </div>
        <ToastRegion />
        <Show when=move || waits.is_open.get()>{later_with(&["panel", "hosted"], pending_writes(waits.is_open))}</Show>
        <Shortcuts is_shown=are_shortcuts_shown />
    }
}
