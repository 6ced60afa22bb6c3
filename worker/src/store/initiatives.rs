//! Initiatives in the database.

use chrono::NaiveDate;
use okrs_shared::days;
use okrs_shared::id::{InitiativeId, KeyResultId, MemberId, OkrId};
use okrs_shared::initiative::{
    Initiative, InitiativeFilter, InitiativePatch, InitiativeStatus, NewInitiative, Priority,
};
use okrs_shared::permission::Action;
use serde::Deserialize;

use super::assignments::Assignments;
use super::change::Change;
use super::relations::{self, thing};
use super::slices::{Counted, Slice};
use super::{Db, MOST_RECORDS, Sql, Written, last_change, read_last_change, sql, versions};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Idempotency;

/// A link to something deleted is shown as no link; it comes back if the delete is undone.
fn select(caller: &Caller) -> Sql {
    sql!(
        caller,
        "SELECT i.id, i.title, i.description, i.status, i.priority, i.start_date, i.end_date, i.owner_id, \
         (SELECT k.id FROM initiative_key_results l JOIN key_results k ON k.id = l.key_result_id \
          WHERE l.initiative_id = i.id AND k.deleted_at IS NULL ORDER BY k.id LIMIT 1) AS kr_id, \
         (SELECT o.id FROM okrs o WHERE o.id = i.okr_id AND o.deleted_at IS NULL) AS okr_id, \
         i.created_at, i.updated_at \
         FROM initiatives i WHERE i.organisation_id = :organisation AND i.deleted_at IS NULL"
    )
}

/// The newest 500 initiatives that pass the filter, and the last change that they have.
pub async fn list(
    db: &Db,
    caller: &Caller,
    filter: &InitiativeFilter,
) -> Result<(String, Vec<Initiative>)> {
    let list = sql!(
        ":passing ORDER BY i.created_at DESC, i.id DESC LIMIT :most",
        passing = passing(caller, filter),
        most = MOST_RECORDS
    );
    let results = db.batch(&[last_change(caller), list]).await?;
    Ok((read_last_change(&results[0])?, results[1].read()?))
}

/// All that pass the filter.
fn passing(caller: &Caller, filter: &InitiativeFilter) -> Sql {
    let passes = [
        filter
            .status
            .map(|status| sql!(" AND i.status = :status", status = status.as_str())),
        filter
            .priority
            .map(|priority| sql!(
                " AND i.priority = :priority",
                priority = priority.as_str()
            )),
        filter.okr_id.as_ref().map(|okr_id| {
            sql!(
                " AND i.okr_id = :okr_id AND EXISTS (SELECT 1 FROM okrs o \
                 WHERE o.id = i.okr_id AND o.deleted_at IS NULL)",
                okr_id
            )
        }),
        filter.kr_id.as_ref().map(|kr_id| {
            sql!(
                " AND i.id IN (SELECT l.initiative_id FROM initiative_key_results l \
                 JOIN key_results k ON k.id = l.key_result_id WHERE k.id = :kr_id AND k.deleted_at IS NULL)",
                kr_id
            )
        }),
    ];
    sql!(
        ":all:passes",
        all = all(caller),
        passes = Sql::join(passes.into_iter().flatten(), "")
    )
}

/// An initiative as a row of a list: of its description only the beginning is read.
#[derive(Debug, Deserialize)]
pub struct ListedRow {
    pub id: InitiativeId,
    pub title: String,
    pub description: Option<String>,
    /// How many the whole description has.
    pub characters: Option<usize>,
    pub status: InitiativeStatus,
    pub priority: Option<Priority>,
    #[serde(deserialize_with = "days::read_optional")]
    pub start_date: Option<NaiveDate>,
    #[serde(deserialize_with = "days::read_optional")]
    pub end_date: Option<NaiveDate>,
    pub owner_id: Option<MemberId>,
    pub owner: Option<String>,
    pub kr_id: Option<KeyResultId>,
    pub okr_id: Option<OkrId>,
}

/// Part of the initiatives that pass the filter, newest first.
pub async fn page(
    db: &Db,
    caller: &Caller,
    filter: &InitiativeFilter,
    slice: Slice<'_>,
) -> Result<(Vec<ListedRow>, Counted)> {
    let results = db.batch(&page_and_count(caller, filter, slice)).await?;
    Ok((results[0].read()?, Counted::read(&results[1])?))
}

/// The statements for [`ListedRow`]s and for how many there are.
pub fn page_and_count(caller: &Caller, filter: &InitiativeFilter, slice: Slice<'_>) -> [Sql; 2] {
    let passing = passing(caller, filter);
    let page = sql!(
        caller,
        "SELECT r.id, r.title, substr(r.description, 1, 200) AS description, length(r.description) AS characters, \
                r.status, r.priority, r.start_date, r.end_date, r.owner_id, m.name AS owner, r.kr_id, r.okr_id \
         FROM (:all AND i.id IN (:ids)) r LEFT JOIN members m ON m.id = r.owner_id \
         ORDER BY r.created_at DESC, r.id DESC",
        all = all(caller),
        ids = slice.ids(caller, "initiatives", &passing)
    );
    [page, slice.count(caller, "initiatives", &passing)]
}

/// One initiative; `None` if it does not exist.
pub async fn get(db: &Db, caller: &Caller, id: &InitiativeId) -> Result<Option<Initiative>> {
    let version = versions::select(caller, id.as_str());
    let results = db.batch(&[one(caller, id), version]).await?;
    db.shows(&results[1])?;
    results[0].first()
}

/// The initiatives of an OKR that the caller sees, newest first.
pub fn of_okr(caller: &Caller, id: &OkrId) -> Sql {
    let all = all(caller);
    sql!(
        ":all AND i.okr_id = :id ORDER BY i.created_at DESC, i.id DESC",
        all,
        id
    )
}

/// The caller's own initiatives that are not done, newest first.
pub fn own_and_open(caller: &Caller) -> Sql {
    sql!(
        caller,
        ":open AND i.owner_id = :me ORDER BY i.created_at DESC, i.id DESC",
        open = open(caller)
    )
}

/// The initiatives `i` that the caller sees and that are not done.
pub(super) fn open(caller: &Caller) -> Sql {
    sql!(":all AND i.status <> 'done'", all = all(caller))
}

/// All that the caller sees: what is linked to an OKR is hidden with it.
fn all(caller: &Caller) -> Sql {
    let select = select(caller);
    if caller.limited().is_none() {
        return select;
    }
    sql!(
        ":select AND (i.okr_id IS NULL OR EXISTS (SELECT 1 FROM okrs o WHERE o.id = i.okr_id AND :sees))",
        select,
        sees = relations::sees(caller, "o")
    )
}

pub(super) fn one(caller: &Caller, id: &InitiativeId) -> Sql {
    let all = all(caller);
    sql!(":all AND i.id = :id", all, id)
}

#[derive(Deserialize)]
struct InsertedRow {
    okr_id: Option<OkrId>,
}

/// Creates an initiative in the caller's organisation. The key result's OKR wins over `okr_id`.
pub async fn create(
    db: &Db,
    caller: &Caller,
    new: NewInitiative,
    idempotency: Option<&Idempotency>,
) -> Result<Written<Initiative>> {
    let initiative = Initiative {
        id: InitiativeId(db.new_id()),
        title: new.title.to_string(),
        description: new.description.clone().map(String::from),
        status: new.status,
        priority: new.priority,
        start_date: new.start_date,
        end_date: new.end_date,
        owner_id: new.owner_id.clone(),
        kr_id: new.kr_id.clone(),
        // Known when the row has been written.
        okr_id: None,
        created_at: caller.now,
        updated_at: caller.now,
    };
    let id = &initiative.id;
    let change = Change::new(caller, "initiative.create", id.as_str())
        .require_owner(caller, new.owner_id.as_ref())
        .require_okr_reference(caller, "okr_id", new.okr_id.as_ref())
        .require_key_result_reference(caller, new.kr_id.as_ref())
        .require_room_for_initiative(caller)
        .effect_returning(
            sql!(
                caller,
                "INSERT INTO initiatives (id, organisation_id, title, description, status, priority, start_date, \
                                          end_date, owner_id, okr_id, created_at, updated_at) \
                 SELECT :id, :organisation, :title, :description, :status, :priority, :start_date, :end_date, \
                 :owner_id, COALESCE((SELECT okr_id FROM key_results WHERE id = :kr_id), :okr_id), :now, :now WHERE 1",
                id,
                title = new.title,
                description = new.description,
                status = new.status.as_str(),
                priority = new.priority.map(Priority::as_str),
                start_date = new.start_date,
                end_date = new.end_date,
                owner_id = new.owner_id,
                kr_id = new.kr_id,
                okr_id = new.okr_id
            ),
            sql!("RETURNING okr_id"),
        )
        .effect(sql!(
            caller,
            "INSERT INTO initiative_key_results (initiative_id, key_result_id, organisation_id) \
             SELECT :id, id, organisation_id FROM key_results WHERE id = :kr_id AND organisation_id = :organisation",
            id,
            kr_id = new.kr_id
        ))
        .answer_sql(
            idempotency,
            sql!(
                caller,
                "json_set(:initiative, '$.okr_id', \
                 (SELECT okr_id FROM initiatives WHERE id = :id AND organisation_id = :organisation))",
                initiative = serde_json::to_string(&initiative)?,
                id
            ),
        );
    change
        .commit_or_rehearse(db, &new, |committed| {
            let row: InsertedRow = committed.returned(0)?;
            Ok(Initiative {
                okr_id: row.okr_id,
                ..initiative.clone()
            })
        })
        .await
}

/// Changes the fields that the patch names. A new `kr_id` replaces the link and brings its OKR.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &InitiativeId,
    patch: InitiativePatch,
) -> Result<Written<Initiative>> {
    let update = Assignments::default()
        .set("title", patch.title.as_ref())
        .set("description", patch.description.as_ref())
        .set("status", patch.status.map(InitiativeStatus::as_str))
        .set(
            "priority",
            patch
                .priority
                .map(|priority| priority.map(Priority::as_str)),
        )
        .set("start_date", patch.start_date)
        .set("end_date", patch.end_date)
        .set("owner_id", patch.owner_id.as_ref())
        .set("updated_at", Some(caller.now))
        .update(
            "initiatives",
            sql!(
                caller,
                "WHERE id = :id AND organisation_id = :organisation",
                id
            ),
        );
    let mut change = existing(
        Change::new(caller, "initiative.update", id.as_str()),
        caller,
        id,
    )
    .require_owner(caller, patch.owner_id.as_ref().and_then(Option::as_ref))
    .require_key_result_reference(caller, patch.kr_id.as_ref().and_then(Option::as_ref));
    // A patch with one end of the time span must fit the other end as it is stored.
    if let (Some(Some(end)), None) = (patch.end_date, patch.start_date) {
        change = change.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM initiatives WHERE id = :id AND organisation_id = :organisation \
                 AND (start_date IS NULL OR start_date <= :end))",
                id,
                end
            ),
            Error::Invalid(days::out_of_order()),
        );
    }
    if let (Some(Some(start)), None) = (patch.start_date, patch.end_date) {
        change = change.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM initiatives WHERE id = :id AND organisation_id = :organisation \
                 AND (end_date IS NULL OR end_date >= :start))",
                id,
                start
            ),
            Error::Invalid(days::out_of_order()),
        );
    }
    change = change.effect(update);
    let mut read_at = 1;
    if let Some(key_result) = &patch.kr_id {
        change = change
            .effect(sql!(
                caller,
                "DELETE FROM initiative_key_results WHERE initiative_id = :id AND organisation_id = :organisation",
                id
            ))
            .effect(sql!(
                caller,
                "INSERT INTO initiative_key_results (initiative_id, key_result_id, organisation_id) \
                 SELECT :id, id, organisation_id FROM key_results \
                 WHERE id = :key_result AND organisation_id = :organisation",
                id,
                key_result
            ))
            .effect(sql!(
                caller,
                "UPDATE initiatives SET okr_id = COALESCE((SELECT okr_id FROM key_results \
                 WHERE id = :key_result), okr_id) \
                 WHERE id = :id AND organisation_id = :organisation",
                key_result,
                id
            ));
        read_at = 4;
    }
    change
        .effect(one(caller, id))
        .commit_or_rehearse(db, &patch, |committed| committed.returned(read_at))
        .await
}

/// Deletes an initiative and its link. The rows stay for an undo, out of everyone's sight.
pub async fn delete(db: &Db, caller: &Caller, id: &InitiativeId) -> Result<Written<()>> {
    existing(
        Change::new(caller, "initiative.delete", id.as_str()),
        caller,
        id,
    )
    .effect(sql!(
        caller,
        "UPDATE initiatives SET deleted_at = :now WHERE id = :id AND organisation_id = :organisation",
        id
    ))
    .commit_or_rehearse(db, &(), |_| Ok(()))
    .await
}

/// A change of an initiative that must exist, with how it was before for the audit log.
fn existing<'a>(change: Change<'a>, caller: &Caller, id: &InitiativeId) -> Change<'a> {
    let seen = one(caller, id);
    change
        .before(sql!(
            caller,
            "(SELECT json_object('title', title, 'description', description, 'status', status, 'priority', priority, \
                                'start_date', start_date, 'end_date', end_date, 'owner_id', owner_id, \
                                'okr_id', okr_id) \
             FROM initiatives WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require(
            sql!("EXISTS (:seen)", seen),
            Error::NotFound("Initiative not found"),
        )
        .require_permitted(
            caller,
            Action::ChangeInitiative,
            thing::initiative(caller, id.as_str()),
        )
}
