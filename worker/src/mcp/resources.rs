//! Resources: an OKR and a cycle, to be read like files.

use okrs_shared::api_key::Scope;
use okrs_shared::id::{CycleId, OkrId};
use serde_json::{Value, json};

use super::{plain_text, shapes, tools};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::ops::standing;
use crate::store::Db;

/// What a key must have to list and read them.
pub const SCOPE: Scope = Scope::OkrsRead;

const OKR: &str = "okrs-edge://okr/";
const CYCLE: &str = "okrs-edge://cycle/";
const JSON: &str = "application/json";

/// What can be read when an id is known.
pub fn templates() -> Value {
    json!([
        {
            "uriTemplate": "okrs-edge://okr/{okr_id}",
            "name": "okr",
            "title": "OKR",
            "description": "An OKR with its key results and initiatives, as get_okr shows it.",
            "mimeType": JSON,
        },
        {
            "uriTemplate": "okrs-edge://cycle/{cycle_id}",
            "name": "cycle",
            "title": "Cycle",
            "description": "A cycle with its health and its OKRs.",
            "mimeType": JSON,
        },
    ])
}

/// The present cycle and its OKRs.
pub async fn list(db: &Db, caller: &Caller) -> Result<Vec<Value>> {
    let standing = standing::of_cycle(db, caller, None).await?;
    let cycle = standing.cycle.iter().map(|cycle| {
        let uri = format!("{CYCLE}{}", cycle.id);
        listed(
            &uri,
            &cycle.name,
            "The present cycle with its health and its OKRs.",
        )
    });
    let okrs = standing.okrs.iter().map(|okr| {
        let uri = format!("{OKR}{}", okr.row.id);
        listed(
            &uri,
            &okr.row.title,
            "An OKR with its key results and initiatives.",
        )
    });
    Ok(cycle.chain(okrs).collect())
}

/// A resource as JSON.
pub async fn read(db: &Db, caller: &Caller, uri: &str) -> Result<Value> {
    let mut value = if let Some(id) = uri.strip_prefix(OKR) {
        tools::whole_okr(db, caller, &OkrId::from(id)).await?
    } else if let Some(id) = uri.strip_prefix(CYCLE) {
        let standing = standing::of_cycle(db, caller, Some(&CycleId::from(id))).await?;
        json!({
            "cycle": standing.cycle.as_ref().map(|cycle| shapes::cycle(cycle, caller)),
            "health": standing::health(&standing, caller).map(shapes::health::of_cycle),
            "okrs": standing.okrs.iter().map(shapes::okr).collect::<Vec<_>>(),
        })
    } else {
        return Err(Error::NotFound("There is no such resource"));
    };
    plain_text::make_visible(&mut value);
    Ok(json!({ "contents": [{ "uri": uri, "mimeType": JSON, "text": value.to_string() }] }))
}

fn listed(uri: &str, title: &str, description: &str) -> Value {
    json!({ "uri": uri, "name": uri, "title": title, "description": description, "mimeType": JSON })
}
