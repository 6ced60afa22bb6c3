//! Settings: what is mine, and what admins look after.

mod api_keys;
mod archiving;
mod assistants;
mod comparison;
mod cycles;
mod hosted_people;
mod hosted_service;
mod import;
mod members;
mod password;
mod profile;
mod provider;
mod sections;
mod sessions;
mod teams;
mod user_agent;
mod workspace;

use leptos::prelude::*;
use leptos_router::components::Outlet;

pub use self::api_keys::ApiKeysPage;
pub use self::assistants::AssistantsPage;
pub use self::cycles::CyclesPage;
pub use self::hosted_service::HostedServicePage;
pub use self::import::ImportPage;
pub use self::members::MembersPage;
pub use self::profile::ProfilePage;
use self::sections::Sections;
pub use self::sessions::SessionsPage;
pub use self::teams::TeamsPage;
pub use self::workspace::WorkspacePage;

/// The sections, and the one that is shown.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! {
        <Sections />
        <Outlet />
    }
}
