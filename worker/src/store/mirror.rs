//! The copy of what the hosted service lists. SQLite reads the service's own JSON and compares it
//! with the rows, so a list costs one batch, however long it is.
//!
//! What the service does not say stays as it is here: weights, parents, descriptions, directions.
//! Enum values that this version does not know become the nearest that it knows; the public API
//! passes the service's own on.

mod kpis;
mod okrs;
mod planning;

use okrs_shared::id::OrganisationId;
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::{Db, Statement, params, sql};
use crate::error::Result;

/// What has changed in a list since it was copied last.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The new and changed items: a JSON array.
    pub items: String,
    /// How many items stood before these, if the list is copied in parts: those are newer.
    pub before: u32,
    /// The ids that are gone: a JSON array.
    pub gone: String,
    /// All ids of the list, a JSON array, if whatever else there is is gone as well.
    pub all: Option<String>,
}

/// Whose copy it is, and as of when.
#[derive(Clone, Debug)]
pub struct Place {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// When the list was read.
    pub now: Timestamp,
    /// That day in the organisation's time zone: `2026-04-19`.
    pub today: String,
}

#[derive(Deserialize)]
struct OrganisationRow {
    id: OrganisationId,
    timezone: String,
}

#[derive(Deserialize)]
struct RevisionRow {
    revision: u64,
}

/// The organisation with this tag, and its time zone.
pub async fn organisation(db: &Db, tag: &str) -> Result<Option<(OrganisationId, String)>> {
    let query = sql(
        "SELECT id, timezone FROM organisations WHERE tag = ?",
        params![tag],
    );
    let row: Option<OrganisationRow> = db.query(query).await?.first()?;
    Ok(row.map(|row| (row.id, row.timezone)))
}

/// Takes the changes of a list over. The address of anything else changes nothing.
pub async fn apply(db: &Db, place: &Place, address: &str, changes: &Changes) -> Result<()> {
    let texts = match address {
        "/cycles" => planning::CYCLES,
        "/okrs" => okrs::OKRS,
        "/kpis" => kpis::KPIS,
        "/initiatives" => planning::INITIATIVES,
        _ => return Ok(()),
    };
    let mut statements: Vec<Statement> = texts
        .iter()
        .map(|text| statement(place, changes, text))
        .collect();
    statements.push(sql(
        "UPDATE organisations SET revision = revision + 1 WHERE id = ? RETURNING revision",
        params![place.organisation_id],
    ));
    let results = db.batch(&statements).await?;
    let row: Option<RevisionRow> = results.last().map_or(Ok(None), super::Rows::first)?;
    if let Some(row) = row {
        db.committed(row.revision, false);
    }
    Ok(())
}

/// A statement in which these names, with a colon before them, stand for their values.
fn statement(place: &Place, changes: &Changes, text: &str) -> Statement {
    let values = params![
        place.organisation_id,
        place.now,
        changes.items,
        changes.gone,
        changes.all,
        changes.before,
        place.today
    ];
    let names = [
        "organisation",
        "now",
        "items",
        "gone",
        "all",
        "before",
        "today",
    ];
    // SQLite takes as many values as the highest number says.
    let mut highest = 0;
    let mut numbered = text.to_owned();
    for (nth, name) in (1..).zip(names) {
        let name = format!(":{name}");
        if numbered.contains(&name) {
            highest = nth;
            numbered = numbered.replace(&name, &format!("?{nth}"));
        }
    }
    sql(numbered, values.into_iter().take(highest).collect())
}
