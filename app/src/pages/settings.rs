//! Settings: what is mine, and what admins look after.

mod api_keys;
mod assistants;
mod comparison;
mod hosted_service;
mod members;
mod password;
mod profile;
mod sessions;
mod user_agent;
mod workspace;

use leptos::prelude::*;
use leptos_router::components::{A, Outlet};
use okrs_shared::permission::Action;

pub use self::api_keys::ApiKeysPage;
pub use self::assistants::AssistantsPage;
pub use self::hosted_service::HostedServicePage;
pub use self::members::MembersPage;
pub use self::profile::ProfilePage;
pub use self::sessions::SessionsPage;
pub use self::workspace::WorkspacePage;
use crate::capabilities::is_hosted;
use crate::paths;
use crate::session::session;
use crate::words::words;

/// The sections, and the one that is shown.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let settings = &words().settings;
    let may = |action| session().may(action);
    let sections = [
        (paths::SETTINGS, settings.profile, true),
        (paths::SESSIONS, settings.sessions, true),
        (
            paths::API_KEYS,
            settings.api_keys,
            may(Action::ManageApiKeys),
        ),
        (paths::ASSISTANTS, words().assistants.title, true),
        (paths::MEMBERS, settings.members, may(Action::ManageMembers)),
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
    let looks_after_all = may(Action::ChangeWorkspace);
    let of_hosted = move || {
        let is_open = looks_after_all && is_hosted();
        [
            (paths::WORKSPACE, words().hosted.workspace, is_open),
            (paths::HOSTED_SERVICE, words().hosted.title, is_open),
        ]
        .map(link)
        .collect_view()
    };
    view! {
        <nav class="sections" aria-label=settings.sections>
            {sections.map(link).collect_view()}
            {of_hosted}
        </nav>
        <Outlet />
    }
}
