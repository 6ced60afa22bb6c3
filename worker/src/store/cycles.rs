//! Cycles in the database.

use chrono::NaiveDate;
use okrs_shared::id::CycleId;
use serde::Deserialize;

use super::{Db, Statement, params, read_revision, revision, sql};
use crate::caller::Caller;
use crate::error::Result;

/// A cycle, before it is known how it stands today.
#[derive(Clone, Debug, Deserialize)]
pub struct CycleRow {
    pub id: CycleId,
    pub name: String,
    pub start_date: NaiveDate,
    pub end_date: NaiveDate,
}

/// All cycles of the caller's organisation, archived ones too.
pub fn all(caller: &Caller) -> Statement {
    sql(
        "SELECT id, name, start_date, end_date FROM cycles WHERE organisation_id = ?",
        params![caller.organisation_id],
    )
}

/// The cycles of the caller's organisation that are not archived, latest start first, and the
/// revision they are of.
pub async fn list(db: &Db, caller: &Caller) -> Result<(u64, Vec<CycleRow>)> {
    let results = db
        .batch(&[
            revision(caller),
            sql(
                "SELECT id, name, start_date, end_date FROM cycles \
                 WHERE organisation_id = ? AND archived_at IS NULL ORDER BY start_date DESC, id DESC",
                params![caller.organisation_id],
            ),
        ])
        .await?;
    Ok((read_revision(&results[0])?, results[1].read()?))
}
