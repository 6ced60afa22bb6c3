//! Tools about KPIs.

use okrs_shared::id::KpiId;
use okrs_shared::status::Status;
use serde_json::{Value, json};

use super::check_ins::repeatable;
use super::{Arguments, text};
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::mcp::shapes;
use crate::ops;
use crate::store::Db;

/// `get_kpis(status?)`
pub async fn list(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let status = text(&arguments, "status");
    let kpis = ops::kpis::standings(db, caller).await?;
    let kpis = kpis
        .iter()
        .filter(|(_, standing)| {
            status.is_none_or(|status| status == Status::as_str(standing.status))
        })
        .map(|(row, standing)| shapes::kpi(row, standing));
    Ok(json!({ "kpis": kpis.collect::<Vec<_>>() }))
}

/// `update_kpi(kpi_id, value, comment?)`
pub async fn update(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let id = KpiId::from(text(&arguments, "kpi_id").unwrap_or_default());
    let body = Unparsed::new(
        body(&arguments).to_string(),
        Some(repeatable("update_kpi", &arguments)),
    );
    let update = ops::kpis::record(db, caller, &id, body).await?;
    Ok(serde_json::to_value(update.committed()?)?)
}

/// The measurement that is asked for, as the public API takes it.
pub fn body(arguments: &Arguments) -> Value {
    json!({ "value": arguments.get("value"), "comment": arguments.get("comment") })
}
