//! Tools about KPIs.

use okrs_shared::id::KpiId;
use okrs_shared::rules::KpiStanding;
use serde_json::{Value, json};

use super::check_ins::repeatable;
use super::{Arguments, text};
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::mcp::filters::{Facts, Filter};
use crate::mcp::pages::{Page, gone};
use crate::mcp::shapes;
use crate::ops;
use crate::store::Db;
use crate::store::kpi_details::DetailedRow;
use crate::store::slices::Slice;

/// So many are listed unless another number is asked for.
const USUAL: usize = 20;

/// `get_kpis(status?, owner?, team?, words?, limit?, cursor?)`
pub async fn list(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let page = Page::asked(&arguments, USUAL);
    let filter = Filter::asked(&arguments);
    let slice = if filter.is_empty() {
        page.slice()
    } else {
        Slice::ALL
    };
    let read = ops::kpis::page(db, caller, slice).await?;
    let (mut kpis, mut total) = read.ok_or_else(gone)?;
    if !filter.is_empty() {
        let rest = kpis.split_off(page.begin(&kpis, |(row, _)| row.id.to_string())?);
        let passes = |kpi: &Standing| filter.passes(&facts(kpi));
        let before = kpis.iter().filter(|kpi| passes(kpi)).count();
        kpis = rest.into_iter().filter(|kpi| passes(kpi)).collect();
        total = before + kpis.len();
    }
    let rows = kpis
        .iter()
        .map(|(row, standing)| (row.id.to_string(), shapes::kpi(row, standing)));
    let head = shapes::with_figures(json!({ "total": total }), caller);
    Ok(page.fill(head, "kpis", rows))
}

/// A KPI with how it stands.
type Standing = (DetailedRow, KpiStanding);

fn facts((row, standing): &Standing) -> Facts<'_> {
    Facts {
        status: standing.status.as_str(),
        owners: vec![(
            row.owner_id.as_ref().map(|id| id.as_str()),
            row.owner.as_deref(),
        )],
        team: (
            row.team_id.as_ref().map(|id| id.as_str()),
            row.team.as_deref(),
        ),
        words: [&*row.name]
            .into_iter()
            .chain(row.description.as_deref())
            .collect(),
        ..Facts::default()
    }
}

/// `update_kpi(kpi_id, value, comment?)`
pub async fn update(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let id = KpiId::from(text(&arguments, "kpi_id").unwrap_or_default());
    let body = Unparsed::new(
        body(&arguments).to_string(),
        Some(repeatable("update_kpi", &arguments)),
    );
    let update = ops::kpis::record(db, caller, &id, body).await?;
    Ok(shapes::written(serde_json::to_value(update.committed()?)?))
}

/// The measurement that is asked for, as the public API takes it.
pub fn body(arguments: &Arguments) -> Value {
    json!({ "value": arguments.get("value"), "comment": arguments.get("comment") })
}
