//! The sections of the settings in groups, each with a sentence. Where they would take too much of the screen, a button
//! that says which one is shown opens them.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;
use okrs_shared::permission::Action;

use crate::capabilities::{capabilities, is_hosted};
use crate::components::ui::icon::{Icon, Shape};
use crate::paths;
use crate::session::session;
use crate::words;

/// Its address, what it is called, and whether it is there.
type Section = (&'static str, &'static str, Signal<bool>);

/// The way to each that somebody may see.
#[component]
pub fn Sections() -> impl IntoView {
    let settings = words::settings();
    let groups = [
        (settings.me, settings.me_more, mine().to_vec()),
        (
            settings.workspace,
            settings.workspace_more,
            of_workspace().to_vec(),
        ),
        (
            settings.developers,
            settings.developers_more,
            of_developers().to_vec(),
        ),
    ];
    let all: Vec<Section> = groups.iter().flat_map(|(_, _, all)| all.clone()).collect();
    let pathname = use_location().pathname;
    let is_open = RwSignal::new(false);
    Effect::new(move || {
        pathname.track();
        is_open.set(false);
    });
    // What lies below a section is part of it; the profile's address is the beginning of all.
    let current = move || {
        let path = pathname.read();
        let shown = all.iter().filter(|(address, ..)| path.starts_with(address));
        let shown = shown.max_by_key(|(address, ..)| address.len());
        shown.map(|(_, label, _)| *label)
    };
    let groups = groups.map(|(title, more, sections)| view! { <Group title more sections /> });
    view! {
        <nav class="sections" class:is-open=is_open aria-label=settings.sections>
            <button
                type="button"
                class="button sections-button"
                aria-expanded=move || is_open.get().to_string()
                aria-controls="sections-groups"
                on:click=move |_| is_open.update(|now| *now = !*now)
            >
                {current}
                <Icon shape=Shape::ChevronDown />
            </button>
            <div id="sections-groups" class="sections-groups">
                {groups.collect_view()}
            </div>
        </nav>
    }
}

#[component]
fn Group(title: &'static str, more: &'static str, sections: Vec<Section>) -> impl IntoView {
    let links = sections.into_iter().map(|(path, label, is_there)| {
        // The address of the profile is the beginning of all others.
        let is_exact = path == paths::SETTINGS;
        view! {
            <Show when=move || is_there.get()>
                <A href=path exact=is_exact>
                    {label}
                </A>
            </Show>
        }
    });
    view! {
        <div class="sections-group" role="group" aria-label=title>
            <p class="sections-title">
                <b>{title}</b>
                " "
                <span>{more}</span>
            </p>
            <div class="sections-links">{links.collect_view()}</div>
        </div>
    }
}

fn mine() -> [Section; 2] {
    let settings = words::settings();
    [
        (paths::SETTINGS, settings.profile, Signal::stored(true)),
        (paths::SESSIONS, settings.sessions, Signal::stored(true)),
    ]
}

fn of_workspace() -> [Section; 5] {
    let settings = words::settings();
    let plans =
        Signal::derive(|| session().may(Action::CloneCycle) && capabilities().change_cycles);
    let hosted = Signal::derive(|| session().may(Action::ChangeWorkspace) && is_hosted());
    [
        (paths::MEMBERS, settings.members, may(Action::ManageMembers)),
        (paths::TEAMS, words::teams().title, Signal::stored(true)),
        (paths::CYCLES, words::cycles().title, plans),
        (
            paths::WORKSPACE,
            settings.general,
            may(Action::ChangeWorkspace),
        ),
        (paths::HOSTED_SERVICE, words::hosted().title, hosted),
    ]
}

fn of_developers() -> [Section; 2] {
    let settings = words::settings();
    [
        (
            paths::API_KEYS,
            settings.api_keys,
            may(Action::ManageApiKeys),
        ),
        (
            paths::ASSISTANTS,
            words::assistants().title,
            Signal::stored(true),
        ),
    ]
}

fn may(action: Action) -> Signal<bool> {
    let session = session();
    Signal::derive(move || session.may(action))
}
