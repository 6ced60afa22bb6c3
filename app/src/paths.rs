//! Every address of the app. Links are made here and nowhere else.

use leptos::prelude::{GetUntracked, WithUntracked};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_query_map};
use okrs_shared::id::CycleId;

/// My check-ins and what else is due.
pub const HOME: &str = "/";
/// All OKRs of a cycle.
pub const OKRS: &str = "/okrs";
/// All KPIs.
pub const KPIS: &str = "/kpis";
/// My profile; below it everything else that is set.
pub const SETTINGS: &str = "/settings";
/// Where I am signed in.
pub const SESSIONS: &str = "/settings/sessions";
/// API keys.
pub const API_KEYS: &str = "/settings/api-keys";
/// How assistants are connected.
pub const ASSISTANTS: &str = "/settings/assistants";
/// The people of the workspace.
pub const MEMBERS: &str = "/settings/members";
/// Importing people.
pub const IMPORT_PEOPLE: &str = "/settings/members/import";
/// The cycles of the workspace.
pub const CYCLES: &str = "/settings/cycles";
/// The departments and teams of the workspace.
pub const TEAMS: &str = "/settings/teams";
/// What holds for everybody in the workspace.
pub const WORKSPACE: &str = "/settings/workspace";
/// How this deployment stands in front of the hosted service.
pub const HOSTED_SERVICE: &str = "/settings/hosted-service";
/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// In its query: one was signed in.
pub const SESSION_ENDED: &str = "ended";
/// Coming back into a workspace that no admin gets into.
pub const RECOVER: &str = "/recover";
/// The first workspace of a deployment, or another one.
pub const SET_UP: &str = "/set-up";
/// The first cycle of a workspace that was just set up.
pub const FIRST_CYCLE: &str = "/set-up/cycle";
/// What a page adds to its address to open what makes a new thing.
const NEW: &str = "new";

/// Inviting somebody.
pub fn invite() -> String {
    format!("{MEMBERS}?{NEW}=")
}

/// Writing an OKR.
pub fn new_okr() -> String {
    format!("{OKRS}?{NEW}=")
}

/// Planning a cycle.
pub fn new_cycle() -> String {
    format!("{CYCLES}?{NEW}=")
}

/// Whether the address asks for a new thing.
pub fn asks_for_new() -> bool {
    use_query_map().with_untracked(|query| query.get_str(NEW).is_some())
}

/// One OKR.
pub fn okr(id: &str) -> String {
    format!("{OKRS}/{id}")
}

/// The OKRs of a cycle; of the running one when none is named.
pub fn okrs_in(cycle: Option<&CycleId>) -> String {
    match cycle {
        Some(id) => format!("{OKRS}?cycle={}", js_sys::encode_uri_component(id.as_str())),
        None => OKRS.to_owned(),
    }
}

/// The OKRs that somebody owns.
pub fn okrs_of(owner_id: &str) -> String {
    format!("{OKRS}?owner={owner_id}")
}

/// A key result on the page of its OKR.
pub fn key_result(okr_id: &str, id: &str) -> String {
    format!("{OKRS}/{okr_id}#{id}")
}

/// One KPI.
pub fn kpi(id: &str) -> String {
    format!("{KPIS}/{id}")
}

/// Signing in, and coming back to where one is.
pub fn sign_in_and_return(to: &str) -> String {
    if to == HOME || !to.starts_with('/') {
        return SIGN_IN.to_owned();
    }
    format!("{SIGN_IN}?return_to={}", js_sys::encode_uri_component(to))
}

/// The same for whose session has ended, which is said there.
pub fn sign_in_again(to: &str) -> String {
    let path = sign_in_and_return(to);
    let separator = if path.contains('?') { '&' } else { '?' };
    format!("{path}{separator}{SESSION_ENDED}")
}

/// What the sign-in page says of a browser that keeps no cookie.
pub const NO_COOKIE: &str = "no_cookie";

/// Signing in where it does no good, which the page says.
pub fn sign_in_without_cookie() -> String {
    format!("{SIGN_IN}?problem={NO_COOKIE}")
}

/// Where to go after signing in: an address of this app and of no other.
pub fn after_sign_in(return_to: Option<String>) -> String {
    return_to
        .filter(|to| to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'))
        .unwrap_or_else(|| HOME.to_owned())
}

/// For going to an address in place of the present one, to which nobody wants to come back.
pub fn instead() -> NavigateOptions {
    NavigateOptions {
        replace: true,
        ..Default::default()
    }
}

/// The address that is shown now, with its query.
pub fn current() -> String {
    let location = use_location();
    let (path, query) = (
        location.pathname.get_untracked(),
        location.search.get_untracked(),
    );
    if query.is_empty() {
        path
    } else {
        format!("{path}?{}", query.trim_start_matches('?'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_leads_to_another_site() {
        let to = |path: &str| after_sign_in(Some(path.to_owned()));
        assert_eq!(to("/okrs?cycle=1"), "/okrs?cycle=1");
        for elsewhere in ["//evil.test", "https://evil.test", "/\\evil.test", ""] {
            assert_eq!(to(elsewhere), HOME, "{elsewhere}");
        }
        assert_eq!(after_sign_in(None), HOME);
    }

    #[test]
    fn whose_session_has_ended_is_told_so_and_comes_back_to_the_same_place() {
        assert_eq!(sign_in_again(HOME), "/sign-in?ended");
        assert_eq!(sign_in_again(""), "/sign-in?ended");
    }
}
