//! Resources: an OKR and a cycle, to be read like files.

use okrs_shared::api_key::Scope;
use okrs_shared::id::{CycleId, OkrId};
use serde_json::{Value, json};

use super::filters::Filter;
use super::pages::Page;
use super::tokens::line;
use super::{plain_text, reading_order, shapes, tools};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::ops::standing;
use crate::store::Db;

/// What a key must have to list and read them.
pub const SCOPE: Scope = Scope::OkrsRead;

const OKR: &str = "okrs-edge://okr/";
const CYCLE: &str = "okrs-edge://cycle/";
/// So many are listed at once.
const USUAL: usize = 50;

/// How many there are in all.
const TOTAL: &str = "okrs-edge/total";

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
            "description": "A cycle with its health and its newest OKRs; get_okrs with its cycle_id has all.",
            "mimeType": JSON,
        },
    ])
}

/// The present cycle and its OKRs by the names that people gave them, in pages. How many there are
/// stands in `_meta`.
pub async fn list(db: &Db, caller: &Caller, cursor: Option<&str>) -> Result<Value> {
    let page = Page::after(cursor, USUAL);
    let (standing, total) =
        tools::page_of_cycle(db, caller, None, &page, &Filter::default()).await?;
    let cycle = standing.cycle.iter().filter(|_| page.is_first());
    let cycle = cycle.map(|cycle| {
        let row = listed(&format!("{CYCLE}{}", cycle.id), &cycle.name);
        (String::new(), row)
    });
    let okrs = standing.okrs.iter().map(|okr| {
        let row = listed(&format!("{OKR}{}", okr.row.id), &okr.row.title);
        (okr.row.id.to_string(), row)
    });
    let head = json!({ "_meta": { TOTAL: total + standing.cycle.iter().count() } });
    let mut list = page.fill(head, "resources", cycle.chain(okrs));
    if let Value::Object(fields) = &mut list
        && let Some(next) = fields.remove("next_cursor")
    {
        // The protocol has its own spelling.
        fields.insert("nextCursor".to_owned(), next);
    }
    Ok(list)
}

/// A resource as JSON.
pub async fn read(db: &Db, caller: &Caller, uri: &str) -> Result<Value> {
    let mut value = if let Some(id) = uri.strip_prefix(OKR) {
        tools::whole_okr(db, caller, &OkrId::from(id), &Page::after(None, USUAL)).await?
    } else if let Some(id) = uri.strip_prefix(CYCLE) {
        let standing = standing::of_cycle(db, caller, Some(&CycleId::from(id))).await?;
        let head = json!({
            "cycle": shapes::cycle_of(&standing, caller),
            "health": standing::health(&standing, caller).map(shapes::health::of_cycle),
            "total": standing.okrs.len(),
        });
        let page = Page::after(None, tools::USUAL_OKRS);
        let head = shapes::with_figures(head, caller);
        page.fill(head, "okrs", tools::okr_rows(&standing, false))
    } else {
        return Err(Error::NotFound("There is no such resource"));
    };
    plain_text::make_visible(&mut value);
    Ok(
        json!({ "contents": [{ "uri": uri, "mimeType": JSON, "text": reading_order::text(&value) }] }),
    )
}

fn listed(uri: &str, name: &str) -> Value {
    json!({ "uri": uri, "name": line(name) })
}
