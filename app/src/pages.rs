//! What has an address.
//!
//! The pages are not in the program that starts: each group of them is a file of its own, fetched
//! when one of its pages is first shown, with the style sheets of the group. `cargo xtask build`
//! divides the program along these functions.

pub mod attention;
pub mod home;
pub mod kpi;
pub mod kpis;
pub mod okr;
pub mod okrs;
pub mod password_link;
pub mod recover;
pub mod set_up;
pub mod settings;
pub mod sign_in;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::LazyRoute;

use crate::components::later::later_with;
use crate::components::loaded::NotLoaded;
use crate::styles;

/// The style sheets of a group, in `app/style`, beyond those that every page has.
fn sheets(group: &str) -> &'static [&'static str] {
    match group {
        "way_in" => &["panel", "begin"],
        "home" => &["home"],
        "work" => &["home", "okrs", "okr", "kpis", "panel", "hosted"],
        "settings" => &["home", "okrs", "panel", "settings", "hosted", "begin"],
        _ => &[],
    }
}

/// Makes a route of a component: its group of pages, its name as a route, the component.
macro_rules! later {
    ($group:ident, $Route:ident, $load:ident, $fetch:ident, $page:expr) => {
        #[doc = concat!("Its code comes with the group `", stringify!($group), "`.")]
        pub struct $Route;

        impl LazyRoute for $Route {
            fn data() -> Self {
                Self
            }

            async fn view(_: Self) -> AnyView {
                let sheets = styles::ready(sheets(stringify!($group)));
                // Both come at once; what is made before its style is there would not be seen.
                let page = match $fetch().await {
                    Ok(()) => {
                        sheets.await;
                        $load().await
                    }
                    Err(error) => Err(error),
                };
                page.unwrap_or_else(|_| view! { <NotLoaded /> }.into_any())
            }
        }

        #[wasm_split($group, wasm_split_path = leptos::wasm_split, fallible, preload($fetch))]
        fn $load() -> Result<AnyView, SplitLoaderError> {
            Ok($page().into_any())
        }
    };
}

later!(
    way_in,
    SignIn,
    sign_in_page,
    fetch_sign_in_page,
    sign_in::SignInPage
);
later!(
    way_in,
    SetUp,
    set_up_page,
    fetch_set_up_page,
    set_up::SetUpPage
);
later!(
    way_in,
    FirstCycle,
    first_cycle_page,
    fetch_first_cycle_page,
    set_up::FirstCyclePage
);
later!(
    way_in,
    PasswordLink,
    password_link_page,
    fetch_password_link_page,
    password_link::PasswordLinkPage
);
later!(
    way_in,
    Recover,
    recover_page,
    fetch_recover_page,
    recover::RecoverPage
);
later!(home, Home, home_page, fetch_home_page, home::HomePage);
/// What Home shows those who lead. Its code is in the file of the pages that it leads to; what begins to fetch a file
/// may not be in a file that was fetched, so Home is handed this.
#[derive(Clone, Copy)]
pub struct ForLeaders(pub fn() -> AnyView);

impl ForLeaders {
    /// As the program that starts makes it.
    pub fn new() -> Self {
        Self(|| later_with(&["attention"], attention_part()))
    }
}

#[wasm_split(work, wasm_split_path = leptos::wasm_split, fallible)]
fn attention_part() -> Result<AnyView, SplitLoaderError> {
    Ok(attention::AttentionPart().into_any())
}

later!(work, Okrs, okrs_page, fetch_okrs_page, okrs::OkrsPage);
later!(work, Okr, okr_page, fetch_okr_page, okr::OkrPage);
later!(work, Kpis, kpis_page, fetch_kpis_page, kpis::KpisPage);
later!(work, Kpi, kpi_page, fetch_kpi_page, kpi::KpiPage);
later!(
    settings,
    Settings,
    settings_page,
    fetch_settings_page,
    settings::SettingsPage
);
later!(
    settings,
    Profile,
    profile_page,
    fetch_profile_page,
    settings::ProfilePage
);
later!(
    settings,
    Sessions,
    sessions_page,
    fetch_sessions_page,
    settings::SessionsPage
);
later!(
    settings,
    ApiKeys,
    api_keys_page,
    fetch_api_keys_page,
    settings::ApiKeysPage
);
later!(
    settings,
    Assistants,
    assistants_page,
    fetch_assistants_page,
    settings::AssistantsPage
);
later!(
    settings,
    Members,
    members_page,
    fetch_members_page,
    settings::MembersPage
);
later!(
    settings,
    ImportPeople,
    import_people_page,
    fetch_import_people_page,
    settings::ImportPage
);
later!(
    settings,
    Teams,
    teams_page,
    fetch_teams_page,
    settings::TeamsPage
);
later!(
    settings,
    Cycles,
    cycles_page,
    fetch_cycles_page,
    settings::CyclesPage
);
later!(
    settings,
    Workspace,
    workspace_page,
    fetch_workspace_page,
    settings::WorkspacePage
);
later!(
    settings,
    HostedService,
    hosted_service_page,
    fetch_hosted_service_page,
    settings::HostedServicePage
);
