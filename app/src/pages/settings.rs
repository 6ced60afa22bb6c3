//! Settings: what is mine, and what admins look after.

mod api_keys;
mod assistants;
mod members;
mod password;
mod profile;
mod sessions;
mod user_agent;

use leptos::prelude::*;
use leptos_router::components::{A, Outlet};
use okrs_shared::permission::Action;

pub use self::api_keys::ApiKeysPage;
pub use self::assistants::AssistantsPage;
pub use self::members::MembersPage;
pub use self::profile::ProfilePage;
pub use self::sessions::SessionsPage;
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
    let links = sections.into_iter().filter(|(.., is_open)| *is_open);
    view! {
        <nav class="sections" aria-label=settings.sections>
            {links
                .map(|(path, label, _)| {
                    view! {
                        <A href=path exact=true>
                            {label}
                        </A>
                    }
                })
                .collect_view()}
        </nav>
        <Outlet />
    }
}
