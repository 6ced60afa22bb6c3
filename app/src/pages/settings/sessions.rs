//! Where one is signed in.

use leptos::html::H1;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use okrs_shared::id::SessionId;
use okrs_shared::sign_in::Session;

use super::user_agent;
use crate::api::{self, Answer};
use crate::components::loaded::Loaded;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::toast::toasts;
use crate::fetched::Fetched;
use crate::locale;
use crate::session::session;
use crate::words;

/// One's browsers, and signing them out.
#[component]
pub fn SessionsPage() -> impl IntoView {
    let settings = words::settings();
    let sessions = Fetched::new(api::me::sessions);
    let heading = NodeRef::<H1>::new();
    let (me, toasts) = (session(), toasts());
    let end = Callback::new(move |(ids, said): (Vec<SessionId>, String)| {
        spawn_local(async move {
            match end_all(&ids).await {
                Ok(()) => toasts.say(said),
                Err(problem) => {
                    me.notice(&problem);
                    toasts.say(problem.in_words());
                }
            }
            sessions.refetch();
            // The button that had the focus is gone with its row.
            if let Some(heading) = heading.get_untracked() {
                let _ = heading.focus();
            }
        });
    });
    view! {
        <Title text=settings.sessions />
        <div class="page-head">
            <h1 node_ref=heading tabindex="-1">{settings.sessions}</h1>
        </div>
        <p class="lead">{settings.sessions_more}</p>
        <Loaded from=sessions skeleton=|| view! { <RowBones /> } let:sessions>
            <SessionList sessions end />
        </Loaded>
    }
}

async fn end_all(ids: &[SessionId]) -> Answer<()> {
    for id in ids {
        match api::me::end_session(id).await {
            // It has ended meanwhile.
            Err(problem) if problem.is_not_found() => {}
            answer => answer?,
        }
    }
    Ok(())
}

#[component]
fn SessionList(sessions: Vec<Session>, end: Callback<(Vec<SessionId>, String)>) -> impl IntoView {
    let settings = words::settings();
    let (here, others): (Vec<_>, Vec<_>) =
        sessions.into_iter().partition(|session| session.is_current);
    let ids: Vec<SessionId> = others.iter().map(|session| session.id.clone()).collect();
    let below = if ids.is_empty() {
        view! { <p class="quiet after-rows">{settings.only_here}</p> }.into_any()
    } else {
        let end_others = move |_| {
            end.run((ids.clone(), settings.signed_out_elsewhere.to_owned()));
        };
        view! {
            <button type="button" class="button after-rows" on:click=end_others>
                {settings.sign_out_elsewhere}
            </button>
        }
        .into_any()
    };
    let rows = here.into_iter().chain(others);
    view! {
        <ul class="plain-rows">
            {rows.map(|session| view! { <SessionRow session end /> }).collect_view()}
        </ul>
        {below}
    }
}

#[component]
fn SessionRow(session: Session, end: Callback<(Vec<SessionId>, String)>) -> impl IntoView {
    let settings = words::settings();
    let name = name(session.user_agent.as_deref());
    let began_at = session.created_at.to_string();
    let seen_at = session.last_seen_at.to_string();
    let began = (settings.began)(method(&session.method), &locale::ago(&began_at));
    let seen = (settings.last_seen)(&locale::ago(&seen_at));
    let action = if session.is_current {
        view! {
            <span class="flag on-track">
                <Icon shape=Shape::Check />
                {settings.this_browser}
            </span>
        }
        .into_any()
    } else {
        let label = (settings.sign_out_of)(&name);
        let said = (settings.signed_out_there)(&name);
        let id = session.id;
        view! {
            <button type="button" class="button" aria-label=label on:click=move |_| end.run((vec![id.clone()], said.clone()))>
                {settings.sign_out_there}
            </button>
        }
        .into_any()
    };
    view! {
        <li>
            <div>
                <strong>{name}</strong>
                <p class="quiet">
                    <span title=locale::instant(&began_at)>{began}</span>
                    " · "
                    <span title=locale::instant(&seen_at)>{seen}</span>
                </p>
            </div>
            {action}
        </li>
    }
}

/// "Firefox on Windows"
fn name(user_agent: Option<&str>) -> String {
    let settings = words::settings();
    let (browser, system) = user_agent::read(user_agent.unwrap_or_default());
    let browser = browser.unwrap_or(settings.unknown_browser);
    match system {
        Some(system) => (settings.on)(browser, system),
        None => browser.to_owned(),
    }
}

/// How a session began, as the server spells it.
fn method(method: &str) -> &'static str {
    let settings = words::settings();
    match method {
        "oidc" => settings.by_oidc,
        "access" => settings.by_access,
        "invitation" => settings.by_invitation,
        "reset" => settings.by_reset,
        "set_up" => settings.by_set_up,
        _ => settings.by_password,
    }
}

/// Some rows that are not there yet.
#[component]
pub fn RowBones() -> impl IntoView {
    view! {
        <ul class="plain-rows">
            {(0..4)
                .map(|_| {
                    view! {
                        <li>
                            <div>
                                <span class="bone short"></span>
                                <span class="bone"></span>
                            </div>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
