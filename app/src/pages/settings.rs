//! Settings: what is mine, and what admins look after.

mod api_keys;
mod archiving;
mod assistants;
mod comparison;
mod cycles;
mod hosted_people;
mod hosted_service;
mod members;
mod password;
mod profile;
mod provider;
mod sessions;
mod teams;
mod user_agent;
mod workspace;

use leptos::html::Nav;
use leptos::prelude::*;
use leptos_router::components::{A, Outlet};
use leptos_router::hooks::use_location;
use okrs_shared::permission::Action;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

pub use self::api_keys::ApiKeysPage;
pub use self::assistants::AssistantsPage;
pub use self::cycles::CyclesPage;
pub use self::hosted_service::HostedServicePage;
pub use self::members::MembersPage;
pub use self::profile::ProfilePage;
pub use self::sessions::SessionsPage;
pub use self::teams::TeamsPage;
pub use self::workspace::WorkspacePage;
use crate::capabilities::{capabilities, is_hosted};
use crate::paths;
use crate::session::session;
use crate::words;

/// The sections, and the one that is shown.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let settings = words::settings();
    let may = |action| session().may(action);
    let sections = [
        (paths::SETTINGS, settings.profile, true),
        (paths::SESSIONS, settings.sessions, true),
        (
            paths::API_KEYS,
            settings.api_keys,
            may(Action::ManageApiKeys),
        ),
        (paths::ASSISTANTS, words::assistants().title, true),
        (paths::MEMBERS, settings.members, may(Action::ManageMembers)),
        (paths::TEAMS, words::teams().title, true),
        (
            paths::WORKSPACE,
            words::workspace().title,
            may(Action::ChangeWorkspace),
        ),
    ];
    let link = |(path, label, is_open): (&'static str, &'static str, bool)| {
        is_open.then(|| {
            view! {
                <A href=path exact=true>
                    {label}
                </A>
            }
        })
    };
    let has_cycles = may(Action::CloneCycle);
    let of_cycles = move || {
        let is_open = has_cycles && capabilities().change_cycles;
        link((paths::CYCLES, words::cycles().title, is_open))
    };
    let looks_after_all = may(Action::ChangeWorkspace);
    let of_hosted = move || {
        let is_open = looks_after_all && is_hosted();
        link((paths::HOSTED_SERVICE, words::hosted().title, is_open))
    };
    let sections_bar = NodeRef::<Nav>::new();
    let pathname = use_location().pathname;
    Effect::new(move || {
        pathname.track();
        if let Some(bar) = sections_bar.get() {
            show_current(bar);
        }
    });
    view! {
        <nav class="sections" node_ref=sections_bar aria-label=settings.sections>
            {sections.map(link).collect_view()}
            {of_cycles}
            {of_hosted}
        </nav>
        <Outlet />
    }
}

/// Where not all sections fit, the one that is shown is scrolled to, once it is marked.
fn show_current(bar: HtmlElement) {
    request_animation_frame(move || {
        if let Ok(Some(current)) = bar.query_selector("[aria-current]") {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            options.set_inline(ScrollLogicalPosition::Nearest);
            current.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
