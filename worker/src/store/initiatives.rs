//! Initiatives in the database.

use okrs_shared::days;
use okrs_shared::id::{InitiativeId, MemberId, OkrId};
use okrs_shared::initiative::{
    Initiative, InitiativeFilter, InitiativePatch, InitiativeStatus, NewInitiative, Priority,
};
use okrs_shared::permission::Action;
use serde::Deserialize;
use wasm_bindgen::JsValue;

use super::assignments::Assignments;
use super::change::Change;
use super::relations::{self, Thing};
use super::{Db, MOST_RECORDS, Statement, params, read_revision, revision, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Idempotency;

/// A link to something deleted is shown as no link; it comes back if the delete is undone.
const SELECT: &str = "SELECT i.id, i.title, i.description, i.status, i.priority, i.start_date, i.end_date, i.owner_id, \
     (SELECT k.id FROM initiative_key_results l JOIN key_results k ON k.id = l.key_result_id \
      WHERE l.initiative_id = i.id AND k.deleted_at IS NULL ORDER BY k.id LIMIT 1) AS kr_id, \
     (SELECT o.id FROM okrs o WHERE o.id = i.okr_id AND o.deleted_at IS NULL) AS okr_id, \
     i.created_at, i.updated_at \
     FROM initiatives i WHERE i.organisation_id = ? AND i.deleted_at IS NULL";

/// The newest 500 initiatives that pass the filter, and the revision they are of.
pub async fn list(
    db: &Db,
    caller: &Caller,
    filter: &InitiativeFilter,
) -> Result<(u64, Vec<Initiative>)> {
    let Statement {
        sql: mut text,
        params: mut values,
    } = all(caller);
    let mut only = |condition: &str, value: Option<JsValue>| {
        if let Some(value) = value {
            text.to_mut().push_str(" AND ");
            text.to_mut().push_str(condition);
            values.push(value);
        }
    };
    only(
        "i.status = ?",
        filter.status.map(|status| status.as_str().into()),
    );
    only(
        "i.priority = ?",
        filter.priority.map(|priority| priority.as_str().into()),
    );
    only(
        "i.okr_id = ? AND EXISTS (SELECT 1 FROM okrs o WHERE o.id = i.okr_id AND o.deleted_at IS NULL)",
        filter.okr_id.as_ref().map(|id| id.as_str().into()),
    );
    only(
        "i.id IN (SELECT l.initiative_id FROM initiative_key_results l JOIN key_results k ON k.id = l.key_result_id \
                  WHERE k.id = ? AND k.deleted_at IS NULL)",
        filter.kr_id.as_ref().map(|id| id.as_str().into()),
    );
    text += " ORDER BY i.created_at DESC, i.id DESC LIMIT ?";
    values.extend(params![MOST_RECORDS]);
    let results = db.batch(&[revision(caller), sql(text, values)]).await?;
    Ok((read_revision(&results[0])?, results[1].read()?))
}

/// One initiative; `None` if it does not exist.
pub async fn get(db: &Db, caller: &Caller, id: &InitiativeId) -> Result<Option<Initiative>> {
    db.query(one(caller, id)).await?.first()
}

/// The initiatives of an OKR that the caller sees, newest first.
pub fn of_okr(caller: &Caller, id: &OkrId) -> Statement {
    let mut of_okr = all(caller);
    of_okr.sql += " AND i.okr_id = ? ORDER BY i.created_at DESC, i.id DESC";
    of_okr.params.extend(params![id]);
    of_okr
}

/// The initiatives of a member that are not done and that the caller sees, newest first.
pub fn open_of_owner(caller: &Caller, owner_id: &MemberId) -> Statement {
    let mut open = all(caller);
    open.sql += " AND i.owner_id = ? AND i.status <> 'done' ORDER BY i.created_at DESC, i.id DESC";
    open.params.extend(params![owner_id]);
    open
}

/// All that the caller sees: what is linked to an OKR is hidden with it.
fn all(caller: &Caller) -> Statement {
    let mut values = params![caller.organisation_id];
    let mut text = SELECT.to_owned();
    if caller.limited().is_some() {
        let sees = relations::sees(caller, "o");
        text = text
            + " AND (i.okr_id IS NULL OR EXISTS (SELECT 1 FROM okrs o WHERE o.id = i.okr_id AND "
            + &sees.sql
            + "))";
        values.extend(sees.params);
    }
    Statement {
        sql: text.into(),
        params: values,
    }
}

fn one(caller: &Caller, id: &InitiativeId) -> Statement {
    let mut one = all(caller);
    one.sql.to_mut().push_str(" AND i.id = ?");
    one.params.extend(params![id]);
    one
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
) -> Result<Initiative> {
    let initiative = Initiative {
        id: InitiativeId(db.new_id()),
        title: new.title.clone(),
        description: new.description.clone(),
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
        .effect_returning(
            "INSERT INTO initiatives (id, organisation_id, title, description, status, priority, start_date, end_date, \
                                      owner_id, okr_id, created_at, updated_at) \
             SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, COALESCE((SELECT okr_id FROM key_results WHERE id = ?), ?), ?, ? WHERE 1",
            params![
                id,
                caller.organisation_id,
                new.title,
                new.description,
                new.status.as_str(),
                new.priority.map(Priority::as_str),
                new.start_date,
                new.end_date,
                new.owner_id,
                new.kr_id,
                new.okr_id,
                caller.now,
                caller.now,
            ],
            " RETURNING okr_id",
        )
        .effect(
            "INSERT INTO initiative_key_results (initiative_id, key_result_id, organisation_id) \
             SELECT ?, id, organisation_id FROM key_results WHERE id = ? AND organisation_id = ?",
            params![id, new.kr_id, caller.organisation_id],
        )
        .answer_sql(
            idempotency,
            "json_set(?, '$.okr_id', (SELECT okr_id FROM initiatives WHERE id = ?))",
            params![serde_json::to_string(&initiative)?, id],
        );
    change
        .commit_with(db, &new, |committed| {
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
) -> Result<Initiative> {
    let organisation = &caller.organisation_id;
    let (update, values) = Assignments::default()
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
            "WHERE id = ? AND organisation_id = ?",
            params![id, organisation],
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
            "EXISTS (SELECT 1 FROM initiatives WHERE id = ? AND (start_date IS NULL OR start_date <= ?))",
            params![id, end],
            Error::Invalid(days::out_of_order()),
        );
    }
    if let (Some(Some(start)), None) = (patch.start_date, patch.end_date) {
        change = change.require(
            "EXISTS (SELECT 1 FROM initiatives WHERE id = ? AND (end_date IS NULL OR end_date >= ?))",
            params![id, start],
            Error::Invalid(days::out_of_order()),
        );
    }
    change = change.effect(update, values);
    let mut read_at = 1;
    if let Some(key_result) = &patch.kr_id {
        change = change
            .effect(
                "DELETE FROM initiative_key_results WHERE initiative_id = ? AND organisation_id = ?",
                params![id, organisation],
            )
            .effect(
                "INSERT INTO initiative_key_results (initiative_id, key_result_id, organisation_id) \
                 SELECT ?, id, organisation_id FROM key_results WHERE id = ? AND organisation_id = ?",
                params![id, key_result, organisation],
            )
            .effect(
                "UPDATE initiatives SET okr_id = COALESCE((SELECT okr_id FROM key_results WHERE id = ?), okr_id) \
                 WHERE id = ? AND organisation_id = ?",
                params![key_result, id, organisation],
            );
        read_at = 4;
    }
    let Statement { sql: read, params } = one(caller, id);
    change
        .effect(read, params)
        .commit_with(db, &patch, |committed| committed.returned(read_at))
        .await
}

/// Deletes an initiative and its link. The rows stay for an undo, out of everyone's sight.
pub async fn delete(db: &Db, caller: &Caller, id: &InitiativeId) -> Result<()> {
    existing(
        Change::new(caller, "initiative.delete", id.as_str()),
        caller,
        id,
    )
    .effect(
        "UPDATE initiatives SET deleted_at = ? WHERE id = ? AND organisation_id = ?",
        params![caller.now, id, caller.organisation_id],
    )
    .commit(db, &(), ())
    .await
}

/// A change of an initiative that must exist, with how it was before for the audit log.
fn existing<'a>(change: Change<'a>, caller: &Caller, id: &InitiativeId) -> Change<'a> {
    let seen = one(caller, id);
    change
        .before(
            "(SELECT json_object('title', title, 'description', description, 'status', status, 'priority', priority, \
                                 'start_date', start_date, 'end_date', end_date, 'owner_id', owner_id, \
                                 'okr_id', okr_id) \
              FROM initiatives WHERE id = ? AND organisation_id = ?)",
            params![id, caller.organisation_id],
        )
        .require(
            format!("EXISTS ({})", seen.sql),
            seen.params,
            Error::NotFound("Initiative not found"),
        )
        .require_permitted(
            caller,
            Action::ChangeInitiative,
            Thing::initiative(caller, id.as_str()),
        )
}
