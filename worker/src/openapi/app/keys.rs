//! API keys and the audit log.

use okrs_shared::api_key::{ApiKey, NewApiKey, RevealedApiKey, RollApiKey};
use okrs_shared::audit::AuditPage;
use okrs_shared::permission::Action;
use serde_json::{Value, json};

use crate::openapi::operation::Access::May;
use crate::openapi::operation::{Operation, delete, get, post, query};
use crate::openapi::{csv, type_of, uncapped};

#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    let (manage_keys, read_log) = (May(Action::ManageApiKeys), May(Action::ReadAuditLog));
    vec![
        get("/api-keys", "listApiKeys", "All API keys, the newest first, with how much each is used", manage_keys, uncapped::<ApiKey>()),
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
