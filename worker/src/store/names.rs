//! What things and people are called.

use std::collections::HashMap;

use okrs_shared::key_result::MetricType;
use serde::Deserialize;

use super::{Db, sql};
use crate::caller::Caller;
use crate::error::Result;

/// What something is called, and in what its values are.
#[derive(Deserialize)]
pub struct Named {
    id: String,
    pub name: String,
    /// Of a key result.
    pub metric_type: Option<MetricType>,
    /// Of a key result or a KPI.
    pub unit: Option<String>,
}

/// The names of OKRs, key results, KPIs, initiatives and members of the organisation by their ids, also
/// of those that were deleted. Ids of nothing are left out.
pub async fn of(db: &Db, caller: &Caller, ids: &[&str]) -> Result<HashMap<String, Named>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = sql!(
        caller,
        "WITH wanted AS (SELECT value AS id FROM json_each(:ids)) \
         SELECT id, title AS name, NULL AS metric_type, NULL AS unit FROM okrs \
           WHERE organisation_id = :organisation AND id IN wanted \
         UNION ALL SELECT id, title, metric_type, unit FROM key_results \
           WHERE organisation_id = :organisation AND id IN wanted \
         UNION ALL SELECT id, name, NULL, unit FROM kpis WHERE organisation_id = :organisation AND id IN wanted \
         UNION ALL SELECT id, title, NULL, NULL FROM initiatives \
           WHERE organisation_id = :organisation AND id IN wanted \
         UNION ALL SELECT id, name, NULL, NULL FROM members WHERE organisation_id = :organisation AND id IN wanted",
        ids = serde_json::to_string(ids)?
    );
    let rows: Vec<Named> = db.query(query).await?.read()?;
    Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
}
