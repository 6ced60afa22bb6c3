//! What may stand after the question mark of an address.

use okrs_shared::initiative::{InitiativeStatus, Priority};
use serde_json::{Value, json};
use utoipa::PartialSchema;

use crate::operation::Query;

/// The parameters, as OpenAPI has them.
pub fn of(query: Query) -> Vec<Value> {
    match query {
        Query::Initiatives => initiatives(),
        Query::Okrs => okrs(),
        Query::Words => words(),
        Query::AuditEntries => audit_entries(),
        Query::AuditPage => audit_page(),
        Query::ReturnTo => return_to(),
        Query::ProviderAnswer => provider_answer(),
    }
}

fn initiatives() -> Vec<Value> {
    let id = || json!({ "type": "string", "format": "uuid" });
    vec![
        parameter(
            "status",
            "Only initiatives in this state.",
            schema_of::<InitiativeStatus>(),
        ),
        parameter(
            "priority",
            "Only initiatives of this priority.",
            schema_of::<Priority>(),
        ),
        parameter("okr_id", "Only initiatives of this OKR.", id()),
        parameter("kr_id", "Only initiatives linked to this key result.", id()),
    ]
}

fn okrs() -> Vec<Value> {
    let text = || json!({ "type": "string" });
    let flag = json!({ "type": "boolean" });
    vec![
        parameter(
            "cycle_id",
            "The cycle; the active one when left out.",
            text(),
        ),
        parameter(
            "after",
            "Only OKRs after this one, `next_after` of the page before.",
            text(),
        ),
        parameter(
            "include_archived",
            "Whether archived OKRs are wanted, too.",
            flag,
        ),
    ]
}

fn words() -> Vec<Value> {
    let text = json!({ "type": "string", "minLength": 1, "maxLength": 200 });
    let description = "Any part of a title, description or name, 1 to 200 characters.";
    vec![parameter("q", description, text)]
}

fn audit_entries() -> Vec<Value> {
    let text = || json!({ "type": "string", "minLength": 1 });
    let instant = || json!({ "type": "string", "format": "date-time" });
    vec![
        parameter("action", "Only this action, such as `okr.create`.", text()),
        parameter(
            "member_id",
            "Only what this member did, be it through a key of theirs.",
            text(),
        ),
        parameter("api_key_id", "Only what was done with this key.", text()),
        parameter("subject_id", "Only what was done to this.", text()),
        parameter("from", "Only from this instant on.", instant()),
        parameter("to", "Only before this instant.", instant()),
        parameter("before_id", "Only entries before this one.", text()),
    ]
}

fn audit_page() -> Vec<Value> {
    let size = json!({ "type": "integer", "minimum": 1, "maximum": 200, "default": 50 });
    let mut parameters = audit_entries();
    parameters.push(parameter("limit", "The most entries.", size));
    parameters
}

fn return_to() -> Vec<Value> {
    let schema = json!({ "type": "string", "pattern": "^/", "maxLength": 1000, "default": "/" });
    vec![parameter(
        "return_to",
        "The page to open in the end.",
        schema,
    )]
}

fn provider_answer() -> Vec<Value> {
    ["code", "state", "iss", "error"]
        .map(|name| {
            let text = json!({ "type": "string" });
            parameter(name, "As OpenID Connect has it.", text)
        })
        .into()
}

fn parameter(name: &str, description: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}

fn schema_of<T: PartialSchema>() -> Value {
    serde_json::to_value(T::schema()).expect("schemas are plain JSON")
}
