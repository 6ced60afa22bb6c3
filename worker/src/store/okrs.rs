//! OKRs in the database.

use std::collections::HashMap;

use okrs_shared::id::{CycleId, DepartmentId, MemberId, OkrId, TeamId};
use okrs_shared::okr::{NewOkr, Okr, OkrPatch, OkrType};
use okrs_shared::permission::Action;
use okrs_shared::status::Status;
use okrs_shared::upstream::Backend;
use serde::Deserialize;

use super::assignments::Assignments;
use super::change::Change;
use super::cycles::{self, CycleRow};
use super::key_results::{self, KeyResultRow, Shown};
use super::relations::{self, Move, thing};
use super::{Db, MOST_RECORDS, Sql, Written, json_text, last_change, read_last_change, sql};
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Idempotency;

/// An OKR as the list needs it.
#[derive(Debug, Deserialize)]
pub struct OkrRow {
    pub id: OkrId,
    pub title: String,
    #[serde(rename = "type")]
    pub okr_type: OkrType,
    pub owner: Option<String>,
    pub cycle_id: CycleId,
    pub listed_status: Option<Status>,
    pub listed_health: Option<u8>,
    /// Oldest first.
    #[serde(deserialize_with = "json_text")]
    pub key_results: Vec<KeyResultRow>,
}

/// Everything that the list of OKRs is made of, as of one change.
pub struct OkrList {
    pub last_change_id: String,
    /// All cycles: they are few, and reading each once beats joining one to every OKR.
    pub cycles: HashMap<CycleId, CycleRow>,
    /// Newest first, at most 500.
    pub okrs: Vec<OkrRow>,
}

/// The newest 500 OKRs of the caller's organisation with their key results, in one round trip.
pub async fn list(db: &Db, caller: &Caller) -> Result<OkrList> {
    let newest = sql!(
        caller,
        "WHERE o.organisation_id = :organisation AND o.deleted_at IS NULL AND o.archived_at IS NULL AND :sees \
         ORDER BY o.created_at DESC, o.id DESC LIMIT :most",
        sees = relations::sees(caller, "o"),
        most = MOST_RECORDS
    );
    let shown = Shown::Figures;
    let okrs = sql!(
        "SELECT o.id, o.title, o.type, m.name AS owner, o.cycle_id, :listed :key_results AS key_results \
         FROM okrs o LEFT JOIN members m ON m.id = o.owner_id :newest",
        listed = listed(caller),
        key_results = key_results::first_of_okr(shown),
        newest
    );
    let ids = sql!("SELECT o.id FROM okrs o :newest", newest);
    let others = key_results::others_of_okrs(&ids, shown);
    let results = db
        .batch(&[last_change(caller), cycles::all(caller), okrs, others])
        .await?;
    let cycles: Vec<CycleRow> = results[1].read()?;
    let mut okrs: Vec<OkrRow> = results[2].read()?;
    key_results::append(&mut okrs, &results[3], |okr| {
        (&okr.id, &mut okr.key_results)
    })?;
    Ok(OkrList {
        last_change_id: read_last_change(&results[0])?,
        cycles: cycles
            .into_iter()
            .map(|row| (row.id.clone(), row))
            .collect(),
        okrs,
    })
}

/// Columns of the OKR `o`, with a comma behind: what the hosted service says of how it stands, for whom that counts.
pub fn listed(caller: &Caller) -> Sql {
    Sql::text(match caller.backend {
        Backend::D1 => "",
        Backend::Upstream => "o.listed_status, o.listed_health,",
    })
}

/// Creates an OKR in the caller's organisation.
pub async fn create(
    db: &Db,
    caller: &Caller,
    new: NewOkr,
    idempotency: Option<&Idempotency>,
) -> Result<Written<Okr>> {
    let id = OkrId(db.new_id());
    let change = Change::new(caller, "okr.create", id.as_str())
        .require_permitted(
            caller,
            Action::creating_okr(new.okr_type),
            thing::to_come(new.owner_id.as_ref(), new.team_id.as_ref(), new.department_id.as_ref()),
        )
        .require_own_team(caller, new.okr_type, new.team_id.as_ref())
        .require_cycle(caller, Some(&new.cycle_id))
        .require_owner(caller, new.owner_id.as_ref())
        .require_department(caller, new.department_id.as_ref())
        .require_team(caller, new.team_id.as_ref())
        .require_room_for_okrs(caller, &new.cycle_id, 1)
        .effect(sql!(
            caller,
            "INSERT INTO okrs (id, organisation_id, cycle_id, title, description, type, owner_id, department_id, \
                               team_id, visibility, created_at, updated_at) \
             SELECT :id, :organisation, :cycle_id, :title, :description, :okr_type, :owner_id, :department_id, \
             :team_id, :visibility, :now, :now WHERE 1",
            id,
            cycle_id = new.cycle_id,
            title = new.title,
            description = new.description,
            okr_type = new.okr_type.as_str(),
            owner_id = new.owner_id,
            department_id = new.department_id,
            team_id = new.team_id,
            visibility = new.visibility.as_str()
        ));
    let okr = Okr {
        id,
        title: new.title.to_string(),
        description: new.description.clone().map(String::from),
        okr_type: new.okr_type,
        cycle_id: new.cycle_id.clone(),
        owner_id: new.owner_id.clone(),
        department_id: new.department_id.clone(),
        team_id: new.team_id.clone(),
        visibility: new.visibility,
        created_at: caller.now,
        updated_at: None,
    };
    change
        .answer(idempotency, &okr)?
        .commit_or_rehearse(db, &new, |_| Ok(okr))
        .await
}

/// Changes the fields that the patch names.
pub async fn update(db: &Db, caller: &Caller, id: &OkrId, patch: OkrPatch) -> Result<Written<Okr>> {
    let update = Assignments::default()
        .set("title", patch.title.as_ref())
        .set("description", patch.description.as_ref())
        .set("type", patch.okr_type.map(OkrType::as_str))
        .set("cycle_id", patch.cycle_id.as_ref())
        .set("owner_id", patch.owner_id.as_ref())
        .set("department_id", patch.department_id.as_ref())
        .set("team_id", patch.team_id.as_ref())
        .set(
            "visibility",
            patch.visibility.map(|visibility| visibility.as_str()),
        )
        .set("visibility_known", patch.visibility.map(|_| true))
        .set("updated_at", Some(caller.now))
        .update(
            "okrs",
            sql!(
                caller,
                "WHERE id = :id AND organisation_id = :organisation",
                id
            ),
        );
    let to = Move {
        id: id.as_str(),
        okr_type: patch.okr_type,
        owner_id: named(patch.owner_id.as_ref(), MemberId::as_str),
        team_id: named(patch.team_id.as_ref(), TeamId::as_str),
        department_id: named(patch.department_id.as_ref(), DepartmentId::as_str),
    };
    existing(Change::new(caller, "okr.update", id.as_str()), caller, id)
        .require_permitted_move(caller, &to)
        .require_cycle(caller, patch.cycle_id.as_ref())
        .require_owner(caller, patch.owner_id.as_ref().and_then(Option::as_ref))
        .require_department(caller, patch.department_id.as_ref().and_then(Option::as_ref))
        .require_team(caller, patch.team_id.as_ref().and_then(Option::as_ref))
        .require_room_for_moved_okr(caller, id, patch.cycle_id.as_ref())
        .effect_returning(
            update,
            sql!(
                "RETURNING id, title, description, type, cycle_id, owner_id, department_id, team_id, visibility, \
                 created_at, updated_at"
            ),
        )
        .commit_or_rehearse(db, &patch, |committed| committed.returned(0))
        .await
}

/// Deletes an OKR and its key results. The rows stay for an undo, out of everyone's sight.
pub async fn delete(db: &Db, caller: &Caller, id: &OkrId) -> Result<Written<()>> {
    existing(Change::new(caller, "okr.delete", id.as_str()), caller, id)
        .effect(sql!(
            caller,
            "UPDATE okrs SET deleted_at = :now WHERE id = :id AND organisation_id = :organisation",
            id
        ))
        .effect(sql!(
            caller,
            "UPDATE key_results SET deleted_at = :now \
             WHERE okr_id = :id AND organisation_id = :organisation AND deleted_at IS NULL",
            id
        ))
        .commit_or_rehearse(db, &(), |_| Ok(()))
        .await
}

fn named<T>(field: Option<&Option<T>>, id: fn(&T) -> &str) -> Option<Option<&str>> {
    field.map(|value| value.as_ref().map(id))
}

/// A change of an OKR that must exist, with how it was before for the audit log.
pub fn existing<'a>(change: Change<'a>, caller: &Caller, id: &OkrId) -> Change<'a> {
    change
        .before(sql!(
            caller,
            "(SELECT json_object('title', title, 'description', description, 'type', type, 'cycle_id', cycle_id, \
                                'owner_id', owner_id, 'department_id', department_id, 'team_id', team_id, \
                                'visibility', visibility, 'parent_id', parent_id, 'weight', weight, \
                                'archived', json(iif(archived_at IS NULL, 'false', 'true'))) \
             FROM okrs WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require_visible_okr(caller, id.as_str())
        .require_permitted(caller, Action::ChangeOkr, thing::okr(caller, id.as_str()))
}
