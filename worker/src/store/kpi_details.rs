//! KPIs with names, latest values and what the viewer may do, in the database.

use chrono::NaiveDate;
use okrs_shared::days;
use okrs_shared::id::{KpiId, MemberId, TeamId};
use okrs_shared::kpi::{Direction, KpiCategory, UpdateFrequency};
use okrs_shared::kpi_detail::{KpiEntry, KpiPatch};
use okrs_shared::number::Number;
use okrs_shared::permission::Action;
use okrs_shared::status::Status;
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::assignments::Assignments;
use super::change::Change;
use super::relations::{self, Related, thing};
use super::slices::{Counted, Slice};
use super::{Db, MOST_RECORDS, Sql, json_text, kpis, last_change, read_last_change, sql, versions};
use crate::caller::Caller;
use crate::error::{Error, Result};

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
    #[serde(deserialize_with = "days::read")]
    pub measured_on: NaiveDate,
    pub last_updated_at: Option<Timestamp>,
    /// What the hosted service says, for whom that counts.
    pub listed_status: Option<Status>,
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

/// All KPIs of the caller's organisation, newest first, and the last change that they have.
pub async fn list(db: &Db, caller: &Caller) -> Result<(String, Vec<DetailedRow>)> {
    let results = db
        .batch(&[last_change(caller), select(caller, &Sql::text("1"))])
        .await?;
    Ok((read_last_change(&results[0])?, results[1].read()?))
}

/// Part of the KPIs, newest first.
pub async fn page(
    db: &Db,
    caller: &Caller,
    slice: Slice<'_>,
) -> Result<(Vec<DetailedRow>, Counted)> {
    let all = sql!(
        caller,
        "SELECT id, created_at FROM kpis WHERE organisation_id = :organisation AND deleted_at IS NULL"
    );
    let ids = slice.ids(caller, "kpis", &all);
    let results = db
        .batch(&[
            select(caller, &sql!("k.id IN (:ids)", ids)),
            slice.count(caller, "kpis", &all),
        ])
        .await?;
    Ok((results[0].read()?, Counted::read(&results[1])?))
}

/// One KPI with its newest 500 measurements; `None` if it does not exist.
pub async fn get(
    db: &Db,
    caller: &Caller,
    id: &KpiId,
) -> Result<Option<(DetailedRow, Vec<KpiEntry>)>> {
    let results = db
        .batch(&[
            select(caller, &sql!("k.id = :id", id)),
            sql!(
                caller,
                "SELECT u.id, u.previous_value, u.new_value, u.comment, u.created_by AS author_id, \
                        m.name AS author, u.created_at \
                 FROM kpi_updates u LEFT JOIN members m ON m.id = u.created_by \
                 WHERE u.kpi_id = :id AND u.organisation_id = :organisation \
                 ORDER BY u.created_at DESC, u.id DESC LIMIT :most",
                id,
                most = MOST_RECORDS
            ),
            versions::select(caller, id.as_str()),
        ])
        .await?;
    let Some(kpi) = results[0].first()? else {
        return Ok(None);
    };
    db.shows(&results[2])?;
    Ok(Some((kpi, results[1].read()?)))
}

/// The KPIs called `k` for which `condition` holds, newest first. Of the history only the last
/// twelve values are read.
pub fn select(caller: &Caller, condition: &Sql) -> Sql {
    sql!(
        caller,
        "SELECT r.*, :related FROM ( \
           SELECT k.id, k.name, k.description, k.category, k.group_name, k.owner_id, m.name AS owner, k.team_id, \
                  t.name AS team, k.current_value, k.target_value, k.unit, k.direction, k.update_frequency, \
                  k.measured_on, k.last_updated_at, :listed k.created_at, k.updated_at, \
                  NULL AS also_owner_id, NULL AS department_id, \
                  (SELECT json_group_array(format('%!.17g', new_value)) \
                   FROM (SELECT new_value FROM kpi_updates u WHERE u.kpi_id = k.id \
                         ORDER BY u.created_at DESC, u.id DESC LIMIT 12)) AS recent_values, \
                  (SELECT u.previous_value FROM kpi_updates u WHERE u.kpi_id = k.id \
                   ORDER BY u.created_at DESC, u.id DESC LIMIT 1) AS previous_value \
           FROM kpis k LEFT JOIN members m ON m.id = k.owner_id LEFT JOIN teams t ON t.id = k.team_id \
           WHERE k.organisation_id = :organisation AND k.deleted_at IS NULL AND (:condition)) r \
         ORDER BY r.created_at DESC, r.id DESC",
        related = relations::columns(caller),
        listed = kpis::listed(caller),
        condition
    )
}

/// Changes the fields that the patch names.
pub async fn update(db: &Db, caller: &Caller, id: &KpiId, patch: &KpiPatch) -> Result<()> {
    let update = Assignments::default()
        .set("name", patch.name.as_ref())
        .set("description", patch.description.as_ref())
        .set("category", patch.category.map(KpiCategory::as_str))
        .set("group_name", patch.group_name.as_ref())
        .set("owner_id", patch.owner_id.as_ref())
        .set("team_id", patch.team_id.as_ref())
        .set("target_value", patch.target_value)
        .set("unit", patch.unit.as_ref())
        .set(
            "update_frequency",
            patch.update_frequency.map(UpdateFrequency::as_str),
        )
        .set("direction", patch.direction.map(Direction::as_str))
        .set("updated_at", Some(caller.now))
        .update(
            "kpis",
            sql!(
                caller,
                "WHERE id = :id AND organisation_id = :organisation",
                id
            ),
        );
    let owner = patch.owner_id.as_ref().and_then(Option::as_ref);
    let mut change = existing(Change::new(caller, "kpi.update", id.as_str()), caller, id)
        .require_owner(caller, owner)
        .require_team(caller, patch.team_id.as_ref().and_then(Option::as_ref));
    if let Some(team) = &patch.team_id {
        // Whoever moves a KPI to another team must be permitted to create one there.
        change = change.require_permitted(
            caller,
            Action::CreateKpi,
            thing::kpi_moved(caller, id.as_str(), team.as_ref(), patch.owner_id.as_ref()),
        );
        change = change.require_own_team_of_kpi(caller, id, team.as_ref());
    }
    change.effect(update).commit(db, patch, ()).await
}

/// Deletes a KPI. The row stays for an undo, out of everyone's sight.
pub async fn delete(db: &Db, caller: &Caller, id: &KpiId) -> Result<()> {
    existing(Change::new(caller, "kpi.delete", id.as_str()), caller, id)
        .effect(sql!(
            caller,
            "UPDATE kpis SET deleted_at = :now WHERE id = :id AND organisation_id = :organisation",
            id
        ))
        .commit(db, &(), ())
        .await
}

/// A change of a KPI that must exist, with how it was before for the audit log.
fn existing<'a>(change: Change<'a>, caller: &Caller, id: &KpiId) -> Change<'a> {
    change
        .before(sql!(
            caller,
            "(SELECT json_object('name', name, 'description', description, 'category', category, \
                                'group_name', group_name, 'owner_id', owner_id, 'team_id', team_id, \
                                'target_value', target_value, 'unit', unit, \
                                'update_frequency', update_frequency, 'direction', direction) \
             FROM kpis WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM kpis WHERE id = :id AND organisation_id = :organisation \
                 AND deleted_at IS NULL)",
                id
            ),
            Error::NotFound("KPI not found"),
        )
        .require_permitted(
            caller,
            Action::ChangeKpi,
            thing::kpi(caller, id.as_str()),
        )
}
