//! Tools about initiatives.

use okrs_shared::initiative::InitiativeFilter;
use serde_json::{Value, json};

use super::Arguments;
use crate::caller::Caller;
use crate::error::Result;
use crate::mcp::filters::{Facts, Filter};
use crate::mcp::pages::{Page, gone};
use crate::mcp::shapes;
use crate::ops;
use crate::store::Db;
use crate::store::initiatives::ListedRow;
use crate::store::slices::Slice;

/// So many are listed unless another number is asked for.
const USUAL: usize = 20;

/// `list_initiatives(okr_id?, kr_id?, status?, priority?, owner?, words?, limit?, cursor?)`
pub async fn list(db: &Db, caller: &Caller, mut arguments: Arguments) -> Result<Value> {
    let page = Page::asked(&arguments, USUAL);
    let known = ["okr_id", "kr_id", "status", "priority"];
    let others = Filter::asked(&arguments).without_status();
    arguments.retain(|name, _| known.contains(&&**name));
    let filter: InitiativeFilter = serde_json::from_value(Value::Object(arguments))?;
    let slice = if others.is_empty() {
        page.slice()
    } else {
        Slice::ALL
    };
    let read = ops::initiatives::page(db, caller, filter, slice).await?;
    let (mut rows, mut total) = read.ok_or_else(gone)?;
    if !others.is_empty() {
        let rest = rows.split_off(page.begin(&rows, |row| row.id.to_string())?);
        let passes = |row: &ListedRow| others.passes(&facts(row));
        let before = rows.iter().filter(|row| passes(row)).count();
        rows = rest.into_iter().filter(|row| passes(row)).collect();
        total = before + rows.len();
    }
    let rows = rows
        .iter()
        .map(|row| (row.id.to_string(), shapes::initiative(row)));
    Ok(page.fill(json!({ "total": total }), "initiatives", rows))
}

fn facts(row: &ListedRow) -> Facts<'_> {
    let owner = row.owner_id.as_ref().map(|id| id.as_str());
    Facts {
        owners: vec![(owner, row.owner.as_deref())],
        words: [&*row.title]
            .into_iter()
            .chain(row.description.as_deref())
            .collect(),
        ..Facts::default()
    }
}
