//! KPIs with names, latest values and what the viewer may do, in the database.

use chrono::NaiveDate;
use okrs_shared::id::{KpiId, MemberId, TeamId};
use okrs_shared::kpi::{Direction, KpiCategory, UpdateFrequency};
use okrs_shared::kpi_detail::KpiEntry;
use okrs_shared::number::Number;
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::relations::{self, Condition, Related};
use super::{Db, MOST_RECORDS, Statement, json_text, params, read_revision, revision, sql};
use crate::caller::Caller;
use crate::error::Result;

/// A KPI, before it is known how it stands today.
#[derive(Debug, Deserialize)]
pub struct DetailedRow {
    pub id: KpiId,
    pub name: String,
    pub description: Option<String>,
    pub category: KpiCategory,
    pub group_name: Option<String>,
    pub owner_id: Option<MemberId>,
    pub owner: Option<String>,
    pub team_id: Option<TeamId>,
    pub team: Option<String>,
    pub current_value: Option<Number>,
    pub target_value: Option<Number>,
    pub unit: Option<String>,
    pub direction: Direction,
    pub update_frequency: UpdateFrequency,
    pub measured_on: NaiveDate,
    pub last_updated_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// The last twelve, newest first: texts, which keep all their digits.
    #[serde(deserialize_with = "json_text")]
    pub recent_values: Vec<String>,
    /// The value before the last.
    pub previous_value: Option<Number>,
    #[serde(flatten)]
    pub related: Related,
}

/// All KPIs of the caller's organisation, newest first, and the revision they are of.
pub async fn list(db: &Db, caller: &Caller) -> Result<(u64, Vec<DetailedRow>)> {
    let results = db
        .batch(&[revision(caller), select(caller, Condition::from("1"))])
        .await?;
    Ok((read_revision(&results[0])?, results[1].read()?))
}

/// One KPI with its newest 500 measurements; `None` if it does not exist.
pub async fn get(
    db: &Db,
    caller: &Caller,
    id: &KpiId,
) -> Result<Option<(DetailedRow, Vec<KpiEntry>)>> {
    let only = Condition {
        sql: "k.id = ?".to_owned(),
        params: params![id],
    };
    let results = db
        .batch(&[
            select(caller, only),
            sql(
                "SELECT u.id, u.previous_value, u.new_value, u.comment, u.created_by AS author_id, \
                        m.name AS author, u.created_at \
                 FROM kpi_updates u LEFT JOIN members m ON m.id = u.created_by \
                 WHERE u.kpi_id = ? AND u.organisation_id = ? ORDER BY u.created_at DESC, u.id DESC LIMIT ?",
                params![id, caller.organisation_id, MOST_RECORDS],
            ),
        ])
        .await?;
    let Some(kpi) = results[0].first()? else {
        return Ok(None);
    };
    Ok(Some((kpi, results[1].read()?)))
}

/// The KPIs called `k` for which `condition` holds, newest first. Of the history only the last
/// twelve values are read.
pub fn select(caller: &Caller, condition: Condition) -> Statement {
    let related = relations::columns(caller);
    let text = format!(
        "SELECT r.*, {} FROM ( \
           SELECT k.id, k.name, k.description, k.category, k.group_name, k.owner_id, m.name AS owner, k.team_id, \
                  t.name AS team, k.current_value, k.target_value, k.unit, k.direction, k.update_frequency, \
                  k.measured_on, k.last_updated_at, k.created_at, k.updated_at, \
                  NULL AS also_owner_id, NULL AS department_id, \
                  (SELECT json_group_array(format('%!.17g', new_value)) \
                   FROM (SELECT new_value FROM kpi_updates u WHERE u.kpi_id = k.id \
                         ORDER BY u.created_at DESC, u.id DESC LIMIT 12)) AS recent_values, \
                  (SELECT u.previous_value FROM kpi_updates u WHERE u.kpi_id = k.id \
                   ORDER BY u.created_at DESC, u.id DESC LIMIT 1) AS previous_value \
           FROM kpis k LEFT JOIN members m ON m.id = k.owner_id LEFT JOIN teams t ON t.id = k.team_id \
           WHERE k.organisation_id = ? AND k.deleted_at IS NULL AND ({})) r \
         ORDER BY r.created_at DESC, r.id DESC",
        related.sql, condition.sql
    );
    let values = [
        related.params,
        params![caller.organisation_id],
        condition.params,
    ];
    sql(text, values.concat())
}
