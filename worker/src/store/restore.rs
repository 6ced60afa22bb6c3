//! Undoing deletes, in the database.

use chrono::TimeDelta;
use okrs_shared::id::{KeyResultId, KpiId, OkrId};
use okrs_shared::permission::{Action, Person};
use okrs_shared::restore::{RESTORABLE_DAYS, Restorable};
use okrs_shared::timestamp::Timestamp;
use okrs_shared::validation::Invalid;
use serde::Deserialize;

use super::change::Change;
use super::relations::{self, Related, thing};
use super::{Db, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Idempotency;

/// What was deleted before this stays deleted.
fn oldest(caller: &Caller) -> Timestamp {
    Timestamp::new(caller.now.get() - TimeDelta::days(RESTORABLE_DAYS))
}

fn too_old() -> Error {
    Error::Gone("It was deleted more than 30 days ago")
}

/// What the person could restore, the latest delete first.
pub async fn list(db: &Db, caller: &Caller, person: &Person) -> Result<Vec<Restorable>> {
    #[derive(Deserialize)]
    struct Row {
        #[serde(flatten)]
        item: Restorable,
        #[serde(flatten)]
        related: Related,
    }
    let (related, oldest) = (relations::columns(caller), oldest(caller));
    let of_okrs = sql!(
        caller,
        "SELECT r.*, :related FROM ( \
         SELECT iif(x.is_okr, 'okr', 'key_result') AS kind, x.id, x.title, o.id AS okr_id, o.title AS okr, \
                x.deleted_at, o.owner_id, NULL AS also_owner_id, o.team_id, o.department_id \
         FROM (SELECT 1 AS is_okr, id, title, id AS okr_id, deleted_at FROM okrs \
               WHERE organisation_id = :organisation AND deleted_at >= :oldest \
               UNION ALL \
               SELECT 0, k.id, k.title, k.okr_id, k.deleted_at FROM key_results k \
               WHERE k.organisation_id = :organisation AND k.deleted_at >= :oldest) x \
         JOIN okrs o ON o.id = x.okr_id \
         WHERE (x.is_okr OR o.deleted_at IS NULL) AND :sees) r",
        related,
        oldest,
        sees = relations::sees(caller, "o")
    );
    let kpis = sql!(
        caller,
        "SELECT r.*, :related FROM ( \
         SELECT 'kpi' AS kind, id, name AS title, NULL AS okr_id, NULL AS okr, deleted_at, owner_id, \
                NULL AS also_owner_id, team_id, NULL AS department_id \
         FROM kpis WHERE organisation_id = :organisation AND deleted_at >= :oldest) r",
        related,
        oldest
    );
    let results = db.batch(&[of_okrs, kpis]).await?;
    let mut items = Vec::new();
    for (rows, action) in results.iter().zip([Action::ChangeOkr, Action::ChangeKpi]) {
        let rows: Vec<Row> = rows.read()?;
        let permitted = rows
            .into_iter()
            .filter(|row| !row.related.may(person, &[action]).is_empty());
        items.extend(permitted.map(|row| row.item));
    }
    items.sort_by(|one, other| (other.deleted_at, &other.id).cmp(&(one.deleted_at, &one.id)));
    Ok(items)
}

/// Brings an OKR back, with the key results that were deleted with it.
pub async fn okr(
    db: &Db,
    caller: &Caller,
    id: &OkrId,
    idempotency: Option<&Idempotency>,
) -> Result<()> {
    Change::new(caller, "okr.restore", id.as_str())
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM okrs o WHERE o.id = :id AND o.organisation_id = :organisation \
                 AND o.deleted_at IS NOT NULL AND :sees)",
                id,
                sees = relations::sees(caller, "o")
            ),
            Error::NotFound("Deleted OKR not found"),
        )
        .require_permitted(caller, Action::ChangeOkr, thing::okr(caller, id.as_str()))
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM okrs WHERE id = :id AND organisation_id = :organisation \
                 AND deleted_at >= :oldest)",
                id,
                oldest = oldest(caller)
            ),
            too_old(),
        )
        .require_room_for_restored_okr(caller, id)
        .effect(sql!(
            caller,
            "UPDATE key_results SET deleted_at = NULL WHERE okr_id = :id AND organisation_id = :organisation \
             AND deleted_at = (SELECT deleted_at FROM okrs WHERE id = :id)",
            id
        ))
        .effect(sql!(
            caller,
            "UPDATE okrs SET deleted_at = NULL WHERE id = :id AND organisation_id = :organisation",
            id
        ))
        .answer(idempotency, &())?
        .commit(db, &(), ())
        .await
}

/// Brings a key result back to an OKR that still exists.
pub async fn key_result(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    idempotency: Option<&Idempotency>,
) -> Result<()> {
    Change::new(caller, "key_result.restore", id.as_str())
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM key_results k JOIN okrs o ON o.id = k.okr_id \
                 WHERE k.id = :id AND k.organisation_id = :organisation AND k.deleted_at IS NOT NULL AND :sees)",
                id,
                sees = relations::sees(caller, "o")
            ),
            Error::NotFound("Deleted key result not found"),
        )
        .require_permitted(
            caller,
            Action::ChangeOkr,
            thing::okr_of_key_result(caller, id.as_str()),
        )
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM key_results k JOIN okrs o ON o.id = k.okr_id \
                 WHERE k.id = :id AND k.organisation_id = :organisation AND o.deleted_at IS NULL)",
                id
            ),
            Error::Conflict(Invalid::conflict("Its OKR is deleted, too: restore that first")),
        )
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM key_results WHERE id = :id AND organisation_id = :organisation \
                 AND deleted_at >= :oldest)",
                id,
                oldest = oldest(caller)
            ),
            too_old(),
        )
        .require_room_for_restored_key_result(caller, id)
        .effect(sql!(
            caller,
            "UPDATE key_results SET deleted_at = NULL WHERE id = :id AND organisation_id = :organisation",
            id
        ))
        .answer(idempotency, &())?
        .commit(db, &(), ())
        .await
}

/// Brings a KPI back.
pub async fn kpi(
    db: &Db,
    caller: &Caller,
    id: &KpiId,
    idempotency: Option<&Idempotency>,
) -> Result<()> {
    Change::new(caller, "kpi.restore", id.as_str())
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM kpis WHERE id = :id AND organisation_id = :organisation \
                 AND deleted_at IS NOT NULL)",
                id
            ),
            Error::NotFound("Deleted KPI not found"),
        )
        .require_permitted(caller, Action::ChangeKpi, thing::kpi(caller, id.as_str()))
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM kpis WHERE id = :id AND organisation_id = :organisation \
                 AND deleted_at >= :oldest)",
                id,
                oldest = oldest(caller)
            ),
            too_old(),
        )
        .require_room_for_kpi(caller)
        .effect(sql!(
            caller,
            "UPDATE kpis SET deleted_at = NULL WHERE id = :id AND organisation_id = :organisation",
            id
        ))
        .answer(idempotency, &())?
        .commit(db, &(), ())
        .await
}
