//! Tools about initiatives.

use okrs_shared::initiative::InitiativeFilter;
use serde_json::{Value, json};

use super::Arguments;
use crate::caller::Caller;
use crate::error::Result;
use crate::mcp::shapes;
use crate::ops;
use crate::store::Db;

/// `list_initiatives(okr_id?, kr_id?, status?, priority?)`
pub async fn list(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let filter: InitiativeFilter = serde_json::from_value(Value::Object(arguments))?;
    let initiatives = ops::initiatives::filtered(db, caller, filter).await?;
    let initiatives = initiatives.iter().map(shapes::initiative);
    Ok(json!({ "initiatives": initiatives.collect::<Vec<_>>() }))
}
