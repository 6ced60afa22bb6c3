//! What things and people are called.

use std::collections::HashMap;

use serde::Deserialize;

use super::{Db, sql};
use crate::caller::Caller;
use crate::error::Result;

#[derive(Deserialize)]
struct NameRow {
    id: String,
    name: String,
}

/// The names of OKRs, key results, KPIs, initiatives and members of the organisation by their ids, also
/// of those that were deleted. Ids of nothing are left out.
pub async fn of(db: &Db, caller: &Caller, ids: &[&str]) -> Result<HashMap<String, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = sql!(
        caller,
        "WITH wanted AS (SELECT value AS id FROM json_each(:ids)) \
         SELECT id, title AS name FROM okrs WHERE organisation_id = :organisation AND id IN wanted \
         UNION ALL SELECT id, title FROM key_results WHERE organisation_id = :organisation AND id IN wanted \
         UNION ALL SELECT id, name FROM kpis WHERE organisation_id = :organisation AND id IN wanted \
         UNION ALL SELECT id, title FROM initiatives WHERE organisation_id = :organisation AND id IN wanted \
         UNION ALL SELECT id, name FROM members WHERE organisation_id = :organisation AND id IN wanted",
        ids = serde_json::to_string(ids)?
    );
    let rows: Vec<NameRow> = db.query(query).await?.read()?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
