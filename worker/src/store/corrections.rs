//! Corrections of check-ins, in the database.

use okrs_shared::checkin::{CheckInPatch, CheckInStatus, NewCheckIn};
use okrs_shared::id::{CheckInId, KeyResultId};
use okrs_shared::status::Status;
use serde::Deserialize;

use super::change::Change;
use super::relations::{self, Related};
use super::{Db, sql};
use crate::caller::Caller;
use crate::error::Result;

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
        .before(sql!(
            caller,
            "(SELECT json_object('value', value, 'status', status, 'comment', comment, \
                                'blocker_note', blocker_note) \
             FROM check_ins WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
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
