//! KPIs and their measurements in the database.

use chrono::NaiveDate;
use okrs_shared::days;
use okrs_shared::id::{KpiId, KpiUpdateId};
use okrs_shared::kpi::{Direction, Kpi, KpiUpdate, NewKpi, NewKpiUpdate, UpdateFrequency};
use okrs_shared::number::Number;
use okrs_shared::permission::Action;
use okrs_shared::status::Status;
use okrs_shared::timestamp::Timestamp;
use okrs_shared::upstream::Backend;
use serde::Deserialize;

use super::change::Change;
use super::relations::thing;
use super::{Db, MOST_RECORDS, Sql, Written, last_change, read_last_change, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Idempotency;

/// A KPI, before it is known how it stands today.
#[derive(Debug, Deserialize)]
pub struct KpiRow {
    pub id: KpiId,
    pub name: String,
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
}

/// The newest 500 KPIs of the caller's organisation and the last change that they have.
pub async fn list(db: &Db, caller: &Caller) -> Result<(String, Vec<KpiRow>)> {
    let results = db
        .batch(&[
            last_change(caller),
            sql!(
                caller,
                "SELECT id, name, current_value, target_value, unit, direction, update_frequency, measured_on, :listed \
                        last_updated_at \
                 FROM kpis k WHERE organisation_id = :organisation AND deleted_at IS NULL \
                 ORDER BY created_at DESC, id DESC LIMIT :most",
                listed = listed(caller),
                most = MOST_RECORDS
            ),
        ])
        .await?;
    Ok((read_last_change(&results[0])?, results[1].read()?))
}

/// A column of the KPI `k`, with a comma behind: what the hosted service says of how it stands, for whom that counts.
pub fn listed(caller: &Caller) -> Sql {
    Sql::text(match caller.backend {
        Backend::D1 => "",
        Backend::Upstream => "k.listed_status,",
    })
}

/// Creates a KPI, in the state `status`, in the caller's organisation.
pub async fn create(
    db: &Db,
    caller: &Caller,
    new: NewKpi,
    status: Status,
    idempotency: Option<&Idempotency>,
) -> Result<Written<Kpi>> {
    let kpi = Kpi {
        id: KpiId(db.new_id()),
        organisation_id: caller.organisation_id.clone(),
        name: new.name.to_string(),
        description: new.description.clone().map(String::from),
        owner_id: new.owner_id.clone(),
        team_id: new.team_id.clone(),
        category: new.category,
        group_name: new.group_name.clone().map(String::from),
        current_value: new.current_value,
        target_value: new.target_value,
        unit: new.unit.clone().map(String::from),
        status,
        update_frequency: new.update_frequency,
        direction: new.direction,
        last_updated_at: None,
        created_by: caller.author().cloned(),
        created_at: caller.now,
        updated_at: caller.now,
    };
    let change = Change::new(caller, "kpi.create", kpi.id.as_str())
        .require_permitted(
            caller,
            Action::CreateKpi,
            thing::to_come(new.owner_id.as_ref(), new.team_id.as_ref(), None::<&str>),
        )
        .require_owner(caller, new.owner_id.as_ref())
        .require_team(caller, new.team_id.as_ref())
        .require_own_team_of_kpi(caller, &kpi.id, new.team_id.as_ref())
        .require_room_for_kpi(caller)
        .effect(sql!(
            caller,
            "INSERT INTO kpis (id, organisation_id, name, description, owner_id, team_id, category, group_name, \
                               current_value, target_value, unit, update_frequency, direction, measured_on, \
                               created_by, created_at, updated_at) \
             SELECT :id, :organisation, :name, :description, :owner_id, :team_id, :category, :group_name, \
             :current_value, :target_value, :unit, :update_frequency, :direction, :today, :me, :now, :now WHERE 1",
            id = kpi.id,
            name = new.name,
            description = new.description,
            owner_id = new.owner_id,
            team_id = new.team_id,
            category = new.category.as_str(),
            group_name = new.group_name,
            current_value = new.current_value,
            target_value = new.target_value,
            unit = new.unit,
            update_frequency = new.update_frequency.as_str(),
            direction = new.direction.as_str()
        ));
    change
        .answer(idempotency, &kpi)?
        .commit_or_rehearse(db, &new, |_| Ok(kpi))
        .await
}

#[derive(Deserialize)]
struct InsertedRow {
    previous_value: Option<Number>,
}

/// Records a measurement and makes it the KPI's current value.
pub async fn record(
    db: &Db,
    caller: &Caller,
    id: &KpiId,
    new: NewKpiUpdate,
    idempotency: Option<&Idempotency>,
) -> Result<Written<KpiUpdate>> {
    let update = KpiUpdate {
        id: KpiUpdateId(db.new_id()),
        kpi_id: id.clone(),
        // Known when the row has been written.
        previous_value: None,
        new_value: new.value,
        created_at: caller.now,
    };
    Change::new(caller, "kpi.update_value", id.as_str())
        .before(sql!(
            caller,
            "(SELECT json_object('current_value', current_value, 'last_updated_at', last_updated_at) \
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
        .require_permitted(caller, Action::RecordKpi, thing::kpi(caller, id.as_str()))
        .effect_returning(
            sql!(
                caller,
                "INSERT INTO kpi_updates (id, organisation_id, kpi_id, previous_value, new_value, comment, \
                                          created_by, created_at) \
                 SELECT :update_id, organisation_id, id, current_value, :value, :comment, :me, :now \
                 FROM kpis WHERE id = :id AND organisation_id = :organisation",
                update_id = update.id,
                value = new.value,
                comment = new.comment,
                id
            ),
            sql!("RETURNING previous_value"),
        )
        .effect(sql!(
            caller,
            "UPDATE kpis SET current_value = :value, last_updated_at = :now, measured_on = :today, updated_at = :now \
             WHERE id = :id AND organisation_id = :organisation",
            value = new.value,
            id
        ))
        .answer_sql(
            idempotency,
            // 17 digits: SQLite's own JSON keeps only 15 of a number.
            sql!(
                caller,
                "json_set(:update, '$.previous_value', \
                 (SELECT json(iif(previous_value IS NULL, 'null', format('%!.17g', previous_value))) \
                  FROM kpi_updates WHERE id = :id AND organisation_id = :organisation))",
                update = serde_json::to_string(&update)?,
                id = update.id
            ),
        )
        .commit_or_rehearse(db, &new, |committed| {
            let row: InsertedRow = committed.returned(0)?;
            Ok(KpiUpdate { previous_value: row.previous_value, ..update })
        })
        .await
}
