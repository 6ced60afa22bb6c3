//! The frame around every page of somebody signed in.

use leptos::html::Main;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{A, Outlet, Redirect};
use leptos_router::hooks::use_navigate;
use okrs_shared::permission::Role;
use web_sys::MouseEvent;

use crate::api;
use crate::components::loaded::Failure;
use crate::components::theme_choice::ThemeChoice;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::toast::{ToastRegion, Toasts};
use crate::outbox::{Outbox, outbox};
use crate::paths;
use crate::session::{Session, session};
use crate::theme;
use crate::words::words;

/// Finds out who is signed in, then shows the frame with the page in it; sends everybody else to
/// sign in and back.
#[component]
pub fn SignedInOnly() -> impl IntoView {
    let me = LocalResource::new(api::sign_in::me);
    move || {
        match me.get() {
        None => ().into_any(),
        Some(Ok(me)) => {
            provide_context(Session::of(me));
            provide_context(Outbox::open());
            view! { <Shell /> }.into_any()
        }
        Some(Err(api::Problem::SignedOut)) => {
            view! { <Redirect path=paths::sign_in_and_return(&paths::current()) options=paths::instead() /> }.into_any()
        }
        Some(Err(problem)) => {
            let retry = move || me.refetch();
            view! { <main class="content"><Failure problem retry /></main> }.into_any()
        }
    }
    }
}

#[component]
fn Shell() -> impl IntoView {
    let session = session();
    let navigate = use_navigate();
    provide_context(Toasts::default());
    provide_context(RwSignal::new(theme::chosen()));
    Effect::new(move || {
        if session.has_ended() {
            navigate(
                &paths::sign_in_and_return(&paths::current()),
                paths::instead(),
            );
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
            {words().shell.skip}
        </a>
        <div class="shell">
            <Rail />
            <div class="stage">
                <TopBar />
                <Waiting />
                <main id="content" node_ref=content class="content" tabindex="-1">
                    <Outlet />
                </main>
            </div>
        </div>
        <ToastRegion />
    }
}

#[component]
fn Rail() -> impl IntoView {
    let shell = &words().shell;
    let places = [
        (paths::HOME, shell.home, Shape::Home),
        (paths::OKRS, shell.okrs, Shape::Target),
        (paths::KPIS, shell.kpis, Shape::Gauge),
        (paths::SETTINGS, shell.settings, Shape::Settings),
    ];
    view! {
        <nav class="rail" aria-label=shell.navigation>
            <p class="rail-name">{move || session().me().workspace.name}</p>
            <ul>
                {places
                    .map(|(path, label, shape)| {
                        view! {
                            <li>
                                <A href=path exact=path == paths::HOME>
                                    <Icon shape />
                                    <span>{label}</span>
                                </A>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}

/// What the outbox holds, and what the server did not take from it.
#[component]
fn Waiting() -> impl IntoView {
    let (outbox, home) = (outbox(), &words().home);
    let is_offline = RwSignal::new(!window().navigator().on_line());
    let online = window_event_listener(leptos::ev::online, move |_| is_offline.set(false));
    let offline = window_event_listener(leptos::ev::offline, move |_| is_offline.set(true));
    on_cleanup(move || {
        online.remove();
        offline.remove();
    });
    view! {
        <div class="waiting" role="status">
            <Show when=move || is_offline.get()>
                <p class="notice">{words().shell.offline_banner}</p>
            </Show>
            <Show when=move || { outbox.len() > 0 }>
                <p class="notice">
                    {move || (home.waiting)(outbox.len())}
                    <button type="button" class="button plain" on:click=move |_| outbox.send()>
                        {words().common.retry}
                    </button>
                </p>
            </Show>
            <Show when=move || !outbox.refused().is_empty()>
                <div class="notice off-track">
                    {move || {
                        outbox
                            .refused()
                            .into_iter()
                            .map(|(parcel, problem)| {
                                view! { <p>{(home.refused)(&parcel.title, &problem.in_words())}</p> }
                            })
                            .collect_view()
                    }}
                    <button type="button" class="button plain" on:click=move |_| outbox.dismiss()>
                        {home.dismiss}
                    </button>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn TopBar() -> impl IntoView {
    view! {
        <header class="top-bar">
            <span class="top-bar-space"></span>
            <MyMenu />
        </header>
    }
}

/// A popover: the browser closes it on Escape and on a click elsewhere, and returns the focus.
#[component]
fn MyMenu() -> impl IntoView {
    let shell = &words().shell;
    let session = session();
    let role = move || role_word(session.me().role);
    let sign_out = move |_| {
        spawn_local(async move {
            // Whether the server heard it or not: this browser leaves, and starts over.
            let _ = api::sign_in::sign_out().await;
            let _ = window().location().assign(paths::SIGN_IN);
        });
    };
    view! {
        <button type="button" class="me" popovertarget="my-menu">
            <span class="avatar" aria-hidden="true">
                {move || initials(&session.me().name)}
            </span>
            <span class="me-name">{move || session.me().name}</span>
            <span class="visually-hidden">" " {shell.my_menu}</span>
            <Icon shape=Shape::ChevronDown />
        </button>
        <div id="my-menu" popover="auto" class="menu">
            <p class="menu-head">
                <strong>{move || session.me().name}</strong>
                <span>{move || session.me().email}</span>
                <span>{role}</span>
            </p>
            <ThemeChoice name="menu-theme" />
            <button type="button" class="menu-item" on:click=sign_out>
                <Icon shape=Shape::SignOut />
                {shell.sign_out}
            </button>
        </div>
    }
}

/// What a role is called.
pub fn role_word(role: Role) -> &'static str {
    let shell = &words().shell;
    match role {
        Role::Admin => shell.role_admin,
        Role::Manager => shell.role_manager,
        Role::Member => shell.role_member,
    }
}

/// The first letters of the first and the last word of a name.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("Alice Nguyen"), "AN");
        assert_eq!(initials("Ana María de la Cruz"), "AC");
        assert_eq!(initials("Ødegård"), "Ø");
        assert_eq!(initials(""), "");
    }
}
