//! Corrections of check-ins, and check-ins that are taken back, in the database.

use okrs_shared::checkin::{CheckInPatch, CheckInStatus, NewCheckIn};
use okrs_shared::id::{CheckInId, KeyResultId};
use okrs_shared::status::Status;
use okrs_shared::validation::Invalid;
use serde::Deserialize;

use super::change::Change;
use super::relations::{self, Related};
use super::{Db, Sql, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};

/// A check-in as it was reported.
#[derive(Deserialize)]
pub struct ReportedRow {
    pub key_result_id: KeyResultId,
    /// The body that would have reported it.
    #[serde(flatten)]
    pub reported: NewCheckIn,
    #[serde(flatten)]
    pub related: Related,
}

/// A check-in of a key result that the caller sees; `None` without one. Edits are no check-ins.
pub async fn find(db: &Db, caller: &Caller, id: &CheckInId) -> Result<Option<ReportedRow>> {
    db.query(sql!(
        caller,
        "SELECT r.*, :related FROM ( \
         SELECT c.key_result_id, c.value, c.status, c.comment, c.blocker_note, c.created_by AS owner_id, \
                NULL AS also_owner_id, NULL AS team_id, NULL AS department_id \
         FROM check_ins c JOIN key_results k ON k.id = c.key_result_id JOIN okrs o ON o.id = k.okr_id \
         WHERE c.id = :id AND c.organisation_id = :organisation AND c.source = 'check_in' AND k.deleted_at IS NULL \
           AND :sees) r",
        related = relations::columns(caller),
        id,
        sees = relations::sees(caller, "o")
    ))
    .await?
    .first()
}

/// How many entries of the same key result are newer than the check-in `:id`.
const NEWER: &str = "SELECT COUNT(*) FROM check_ins c JOIN check_ins n ON n.key_result_id = c.key_result_id \
     WHERE c.id = :id AND n.sequence > c.sequence";

/// Replaces what a check-in says, of which [`find`] has said that the caller may. As far as its key result's row shows it, that is corrected, too:
/// the value among the last six, the current value and the status if nothing newer has set them.
pub async fn correct(
    db: &Db,
    caller: &Caller,
    (id, key_result_id): (&CheckInId, &KeyResultId),
    corrected: &NewCheckIn,
    status: Status,
    asked: &CheckInPatch,
) -> Result<()> {
    let value = corrected.value.number();
    let newer = sql!(caller, NEWER, id);
    let newer_check_ins = sql!(":newer AND n.source = 'check_in'", newer);
    Change::new(caller, "check_in.correct", id.as_str())
        .before(reported(caller, id))
        .require_visible_key_result(caller, key_result_id.as_str())
        .require_fitting_value(caller, key_result_id, corrected)
        .effect(sql!(
            caller,
            "UPDATE check_ins SET value = :value, status = :status, comment = :comment, \
             blocker_note = :blocker_note, corrected_at = :now \
             WHERE id = :id AND organisation_id = :organisation",
            value,
            status = corrected.status.as_str(),
            comment = corrected.comment,
            blocker_note = corrected.blocker_note(),
            id
        ))
        .effect(sql!(
            caller,
            "UPDATE key_results SET \
               recent_check_ins = \
                 json_replace(recent_check_ins, '$[#-' || (1 + (:newer_check_ins)) || '][1]', :value), \
               current_value = iif((:newer) = 0, :value, current_value), \
               status = iif((:newer_check_ins) = 0, :status, status), \
               blocked = iif((:newer_check_ins) = 0, :blocked, blocked), \
               last_check_in_status = iif((:newer_check_ins) = 0, :said, last_check_in_status), \
               updated_at = :now \
             WHERE id = :key_result_id AND organisation_id = :organisation",
            newer_check_ins,
            value,
            newer,
            status = status.as_str(),
            blocked = corrected.status == CheckInStatus::Blocked,
            said = corrected.status.as_str(),
            key_result_id
        ))
        .commit(db, asked, ())
        .await
}

/// Takes a check-in back, of which [`find`] has said that it is the caller's: its key result's row says again what
/// it said before. That holds only as long as the check-in is the last thing that the row has taken in.
pub async fn take_back(
    db: &Db,
    caller: &Caller,
    id: &CheckInId,
    key_result_id: &KeyResultId,
) -> Result<()> {
    Change::new(caller, "check_in.take_back", id.as_str())
        .before(reported(caller, id))
        .require_visible_key_result(caller, key_result_id.as_str())
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM check_ins c JOIN key_results k ON k.id = c.key_result_id \
                         WHERE c.id = :id AND c.organisation_id = :organisation AND c.replaced IS NOT NULL \
                           AND k.last_check_in_on = :today \
                           AND NOT EXISTS (SELECT 1 FROM check_ins e \
                                           WHERE e.key_result_id = k.id AND e.id <> c.id \
                                             AND e.corrected_at >= c.created_at)) \
                 AND (:newer) = 0",
                id,
                newer = sql!(caller, NEWER, id)
            ),
            Error::Conflict(Invalid::conflict(
                "A check-in can be taken back on its day, until the key result's history has changed again",
            )),
        )
        .effect(sql!(
            caller,
            "UPDATE key_results AS k SET \
               current_value = CAST(c.replaced ->> 'current_value' AS REAL), status = c.replaced ->> 'status', \
               blocked = c.replaced ->> 'blocked', last_check_in_at = c.replaced ->> 'last_check_in_at', \
               last_check_in_on = c.replaced ->> 'last_check_in_on', \
               last_check_in_status = c.replaced ->> 'last_check_in_status', \
               recent_check_ins = c.replaced -> 'recent_check_ins', check_in_count = k.check_in_count - 1, \
               updated_at = :now \
             FROM check_ins c WHERE c.id = :id AND k.id = c.key_result_id AND k.organisation_id = :organisation",
            id
        ))
        // By itself: the trigger that keeps the weeks has just moved them back, without those that were too old.
        .effect(sql!(
            caller,
            "UPDATE key_results AS k SET check_in_weeks = c.replaced ->> 'check_in_weeks' \
             FROM check_ins c WHERE c.id = :id AND k.id = c.key_result_id AND k.organisation_id = :organisation",
            id
        ))
        .effect(sql!(
            caller,
            "DELETE FROM check_ins WHERE id = :id AND organisation_id = :organisation",
            id
        ))
        .commit(db, &(), ())
        .await
}

/// An SQL expression: what [`take_back`] needs to know of a key result's row, before a check-in changes it. The
/// value is a text with 17 digits: SQLite's JSON keeps only 15 of a number.
pub fn row_before() -> Sql {
    Sql::text(
        "json_object('current_value', format('%!.17g', current_value), 'status', status, 'blocked', blocked, \
                     'last_check_in_at', last_check_in_at, 'last_check_in_on', last_check_in_on, \
                     'last_check_in_status', last_check_in_status, 'recent_check_ins', json(recent_check_ins), \
                     'check_in_weeks', check_in_weeks)",
    )
}

/// That what the row `a` of the audit log tells of was not taken back: the check-in that it recorded is there. Rows of
/// earlier versions don't name theirs, and none of those could be taken back.
pub fn stands(caller: &Caller) -> Sql {
    sql!(
        caller,
        "(a.action <> 'key_result.check_in' OR a.after ->> 'check_in_id' IS NULL \
          OR EXISTS (SELECT 1 FROM check_ins t \
                     WHERE t.id = a.after ->> 'check_in_id' AND t.organisation_id = :organisation))"
    )
}

/// What a check-in says, for the audit log.
fn reported(caller: &Caller, id: &CheckInId) -> Sql {
    sql!(
        caller,
        "(SELECT json_object('value', value, 'status', status, 'comment', comment, 'blocker_note', blocker_note) \
         FROM check_ins WHERE id = :id AND organisation_id = :organisation)",
        id
    )
}
