//! Tools about check-ins.

use chrono::TimeDelta;
use okrs_shared::api_key;
use okrs_shared::id::KeyResultId;
use okrs_shared::validation::Invalid;
use serde_json::{Value, json};

use super::{Arguments, text};
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{Idempotency, Unparsed};
use crate::mcp::pages::{Page, gone};
use crate::mcp::shapes;
use crate::mcp::tokens::line;
use crate::ops;
use crate::store::Db;

/// Assistants try again when an answer takes long: so long the first answer is given again.
const REPEATS_WITHIN: TimeDelta = TimeDelta::minutes(1);

/// As many check-ins are listed unless another number is asked for.
const USUAL_LIMIT: usize = 20;

/// `create_checkin(kr_id, value, note?, status?, blocker_note?)`
///
/// Without a status the last one stays: an assistant must not turn red into green by saying nothing.
pub async fn create(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let id = key_result_id(&arguments);
    let body = Unparsed::new(
        body(&arguments)?.to_string(),
        Some(repeatable("create_checkin", &arguments)),
    );
    let check_in = if arguments.contains_key("status") {
        ops::check_ins::create(db, caller, &id, body).await?
    } else {
        ops::check_ins::create_as_before(db, caller, &id, body).await?
    };
    Ok(shapes::written(serde_json::to_value(
        check_in.committed()?,
    )?))
}

/// The check-in that is asked for, as the public API takes it.
pub fn body(arguments: &Arguments) -> Result<Value> {
    if arguments.contains_key("blocker_note") && !arguments.contains_key("status") {
        let problem = "goes with the status blocked: give both";
        return Err(Invalid::field("blocker_note", problem).into());
    }
    Ok(json!({
        "value": arguments.get("value"),
        "comment": arguments.get("note"),
        "status": arguments.get("status"),
        "blocker_note": arguments.get("blocker_note"),
    }))
}

/// `list_check_ins(kr_id, limit?, cursor?)`
pub async fn list(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let page = Page::asked(&arguments, USUAL_LIMIT);
    let id = key_result_id(&arguments);
    let latest = ops::check_ins::latest(db, caller, &id, page.slice()).await?;
    if !latest.is_known {
        return Err(gone());
    }
    let head = json!({
        "title": line(&latest.title),
        "kr_id": id,
        "check_in_count": latest.check_in_count,
    });
    let rows = latest.entries.iter();
    let rows = rows.map(|row| (row.id.to_string(), shapes::check_in(row)));
    Ok(page.fill(head, "check_ins", rows))
}

/// The key result that is meant.
pub fn key_result_id(arguments: &Arguments) -> KeyResultId {
    KeyResultId::from(text(arguments, "kr_id").unwrap_or_default())
}

/// Makes calls with the same arguments one and the same for a while.
pub fn repeatable(tool: &str, arguments: &Arguments) -> Idempotency {
    let call = json!([tool, arguments]).to_string();
    let hash = api_key::hash_bytes(call.as_bytes());
    Idempotency {
        // A space is in no key that a client may choose.
        key: format!("{tool} {hash}"),
        request_hash: hash,
        kept_for: REPEATS_WITHIN,
    }
}
