//! Tools about OKRs.

use okrs_shared::id::OkrId;
use okrs_shared::status::Status;
use serde_json::{Value, json};

use super::{Arguments, cycle_id, okr_id, text};
use crate::caller::Caller;
use crate::error::Result;
use crate::mcp::shapes;
use crate::ops;
use crate::store::Db;

/// More OKRs than this are cut off, as in the public API.
const MOST_OKRS: usize = 500;

/// `get_okrs(cycle_id?, status?)`
pub async fn list(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let status = text(&arguments, "status");
    let cycle_id = cycle_id(&arguments);
    let standing = ops::standing::of_cycle(db, caller, cycle_id.as_ref()).await?;
    let okrs: Vec<_> = standing
        .okrs
        .iter()
        .filter(|okr| status.is_none_or(|status| status == Status::as_str(okr.figures.status)))
        .collect();
    let shown = okrs.iter().take(MOST_OKRS);
    Ok(json!({
        "cycle": standing.cycle.as_ref().map(|cycle| shapes::cycle(cycle, caller)),
        "okrs": shown.map(|okr| shapes::okr(okr)).collect::<Vec<_>>(),
        "is_truncated": okrs.len() > MOST_OKRS,
    }))
}

/// `get_okr(okr_id)`
pub async fn get(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    whole(db, caller, &okr_id(&arguments)).await
}

/// An OKR with what stands around it.
pub async fn whole(db: &Db, caller: &Caller, id: &OkrId) -> Result<Value> {
    let standing = ops::standing::of_okr(db, caller, id).await?;
    let initiatives = standing.initiatives.iter();
    Ok(json!({
        "okr": shapes::okr(&standing.okr),
        "cycle": shapes::cycle(&standing.okr.cycle, caller),
        "parent": standing.parent,
        "initiatives": initiatives.map(shapes::initiative).collect::<Vec<_>>(),
    }))
}

/// `search_okrs(query, cycle_id?)`
pub async fn search(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let query = text(&arguments, "query").unwrap_or_default();
    let cycle_id = cycle_id(&arguments);
    let found = ops::search::okrs(db, caller, query, cycle_id.as_ref()).await?;
    let cycle = |id| found.cycles.iter().find(|cycle| cycle.id == id);
    let hits = found.hits.into_iter().map(|hit| {
        json!({
            "type": hit.kind,
            "id": hit.id,
            "title": hit.title,
            "okr_id": hit.okr_id,
            "okr": hit.okr,
            "cycle": cycle(hit.cycle_id).map(|cycle| &cycle.name),
        })
    });
    Ok(json!({ "results": hits.collect::<Vec<_>>(), "is_truncated": found.is_truncated }))
}

/// `explain_health(okr_id)`
pub async fn explain_health(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let standing = ops::standing::of_okr(db, caller, &okr_id(&arguments)).await?;
    Ok(shapes::health::explained(&standing.okr, caller))
}
