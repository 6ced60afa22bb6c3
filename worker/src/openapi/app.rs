//! What each operation of the app's own API is called, takes and gives.

use okrs_shared::about::About;
use okrs_shared::api_key::{ApiKey, NewApiKey, RevealedApiKey, RollApiKey};
use okrs_shared::audit::AuditPage;
use okrs_shared::permission::Action;
use okrs_shared::sign_in::{
    Me, MePatch, NewPassword, PasswordChange, PasswordLink, Session, SetUp, SignIn, SignInOptions,
    SignedIn,
};
use serde_json::{Value, json};

use super::operation::Access::{Anyone, May, SignedIn as Member};
use super::operation::{Operation, change, delete, get, post, query};
use super::{all_of, csv, list_of, type_of};

/// Every operation of the app's own API.
#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    let (manage_keys, read_log) = (May(Action::ManageApiKeys), May(Action::ReadAuditLog));
    vec![
        get("/about", "about", "What is running here", Anyone, type_of::<About>()),

        get("/sign-in-options", "signInOptions", "Which ways in there are", Anyone, type_of::<SignInOptions>()),
        post("/set-up", "setUp", "Make a workspace and sign in as its first admin", Anyone, Some(type_of::<SetUp>()), (201, Some(type_of::<Me>()))),
        post("/sessions", "signIn", "Sign in with a password", Anyone, Some(type_of::<SignIn>()), (200, Some(type_of::<SignedIn>()))),
        get("/password-links/{token}", "getPasswordLink", "What a link that sets a password is for", Anyone, type_of::<PasswordLink>()),
        post("/password-links/{token}", "usePasswordLink", "Set a password by a link, and sign in", Anyone, Some(type_of::<NewPassword>()), (200, Some(type_of::<Me>()))),

        get("/me", "getMe", "Who is signed in", Member, type_of::<Me>()),
        change("PATCH", "/me", "updateMe", "Change one's name", Member, type_of::<MePatch>(), (200, Some(type_of::<Me>()))),
        change("PUT", "/me/password", "changePassword", "Change one's password, which ends all other sessions", Member, type_of::<PasswordChange>(), (204, None)),
        get("/sessions", "listSessions", "One's sessions", Member, list_of::<Session>()),
        delete("/sessions/current", "signOut", "End the session that asks", Member, (204, None)),
        delete("/sessions/{id}", "endSession", "End one of one's sessions", Member, (204, None)),

        get("/api-keys", "listApiKeys", "All API keys, the newest first, with how much each is used", manage_keys, all_of::<ApiKey>()),
        Operation { repeatable: false, ..post("/api-keys", "createApiKey", "Make an API key; only this answer shows it", manage_keys, Some(type_of::<NewApiKey>()), (201, Some(type_of::<RevealedApiKey>()))) },
        delete("/api-keys/{id}", "revokeApiKey", "Take an API key back, at once", manage_keys, (204, None)),
        Operation { repeatable: false, ..post("/api-keys/{id}/roll", "rollApiKey", "Replace an API key that works by a new one; the old one still works for a while", manage_keys, Some(type_of::<RollApiKey>()), (201, Some(type_of::<RevealedApiKey>()))) },

        Operation { query: audit_filter(true), ..get("/audit-log", "listAuditLog", "A page of the audit log, the latest entry first", read_log, type_of::<AuditPage>()) },
        Operation { query: audit_filter(false), ..get("/audit-log.csv", "exportAuditLog", "The latest 10,000 entries of the audit log as a file", read_log, csv()) },
    ]
}

fn audit_filter(has_pages: bool) -> Vec<Value> {
    let text = || json!({ "type": "string", "minLength": 1 });
    let instant = || json!({ "type": "string", "format": "date-time" });
    let mut filter = vec![
        query("action", "Only this action, such as `okr.create`.", text()),
        query(
            "member_id",
            "Only what this member did, be it through a key of theirs.",
            text(),
        ),
        query("api_key_id", "Only what was done with this key.", text()),
        query("subject_id", "Only what was done to this.", text()),
        query("from", "Only from this instant on.", instant()),
        query("to", "Only before this instant.", instant()),
        query("before_id", "Only entries before this one.", text()),
    ];
    if has_pages {
        let size = json!({ "type": "integer", "minimum": 1, "maximum": 200, "default": 50 });
        filter.push(query("limit", "The most entries.", size));
    }
    filter
}
