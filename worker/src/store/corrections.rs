//! Corrections of check-ins, in the database.

use okrs_shared::checkin::{CheckInPatch, CheckInStatus, CheckInValue, NewCheckIn};
use okrs_shared::id::{CheckInId, KeyResultId};
use okrs_shared::number::Number;
use okrs_shared::permission::Action;
use okrs_shared::status::Status;
use serde::Deserialize;

use super::change::Change;
use super::relations::{self, Related, Thing};
use super::{Db, params, sql};
use crate::caller::Caller;
use crate::error::Result;

/// A check-in as it was reported.
#[derive(Deserialize)]
pub struct ReportedRow {
    pub key_result_id: KeyResultId,
    value: Number,
    status: CheckInStatus,
    comment: Option<String>,
    blocker_note: Option<String>,
    #[serde(flatten)]
    pub related: Related,
}

impl ReportedRow {
    /// The body that would have reported it.
    pub fn into_reported(self) -> NewCheckIn {
        NewCheckIn {
            value: CheckInValue::Number(self.value),
            comment: self.comment,
            status: self.status,
            blocker_note: self.blocker_note,
        }
    }
}

/// A check-in of a key result that the caller sees; `None` without one. Edits are no check-ins.
pub async fn find(db: &Db, caller: &Caller, id: &CheckInId) -> Result<Option<ReportedRow>> {
    let related = relations::columns(caller);
    let sees = relations::sees(caller, "o");
    let text = format!(
        "SELECT r.*, {} FROM ( \
           SELECT c.key_result_id, c.value, c.status, c.comment, c.blocker_note, c.created_by AS owner_id, \
                  NULL AS also_owner_id, NULL AS team_id, NULL AS department_id \
           FROM check_ins c JOIN key_results k ON k.id = c.key_result_id JOIN okrs o ON o.id = k.okr_id \
           WHERE c.id = ? AND c.organisation_id = ? AND c.source = 'check_in' AND k.deleted_at IS NULL AND {}) r",
        related.sql, sees.sql
    );
    let values = [
        related.params,
        params![id, caller.organisation_id],
        sees.params,
    ];
    db.query(sql(text, values.concat())).await?.first()
}

/// How many entries of the same key result are newer than the check-in `?`.
const NEWER: &str = "SELECT COUNT(*) FROM check_ins c JOIN check_ins n ON n.key_result_id = c.key_result_id \
     WHERE c.id = ? AND (n.created_at, n.id) > (c.created_at, c.id)";

/// Replaces what a check-in says. As far as its key result's row shows it, that is corrected, too:
/// the value among the last six, the current value and the status if nothing newer has set them.
pub async fn correct(
    db: &Db,
    caller: &Caller,
    (id, key_result_id): (&CheckInId, &KeyResultId),
    corrected: &NewCheckIn,
    status: Status,
    asked: &CheckInPatch,
) -> Result<()> {
    let (value, organisation) = (corrected.value.number(), &caller.organisation_id);
    let is_last = format!("({NEWER} AND n.source = 'check_in') = 0");
    Change::new(caller, "check_in.correct", id.as_str())
        .before(
            "(SELECT json_object('value', value, 'status', status, 'comment', comment, \
                                 'blocker_note', blocker_note) \
              FROM check_ins WHERE id = ? AND organisation_id = ?)",
            params![id, organisation],
        )
        .require_visible_key_result(caller, key_result_id.as_str())
        .require_permitted(caller, Action::CorrectCheckIn, Thing::check_in(caller, id.as_str()))
        .require_fitting_value(caller, key_result_id, corrected)
        .effect(
            "UPDATE check_ins SET value = ?, status = ?, comment = ?, blocker_note = ?, corrected_at = ? \
             WHERE id = ? AND organisation_id = ?",
            params![
                value,
                corrected.status.as_str(),
                corrected.comment,
                corrected.blocker_note(),
                caller.now,
                id,
                organisation,
            ],
        )
        .effect(
            format!(
                "UPDATE key_results SET \
                   recent_check_ins = json_replace(recent_check_ins, \
                     '$[#-' || (1 + ({NEWER} AND n.source = 'check_in')) || '][1]', ?), \
                   current_value = iif(({NEWER}) = 0, ?, current_value), \
                   status = iif({is_last}, ?, status), \
                   blocked = iif({is_last}, ?, blocked), \
                   last_check_in_status = iif({is_last}, ?, last_check_in_status), \
                   updated_at = ? \
                 WHERE id = ? AND organisation_id = ?"
            ),
            params![
                id,
                value,
                id,
                value,
                id,
                status.as_str(),
                id,
                corrected.status == CheckInStatus::Blocked,
                id,
                corrected.status.as_str(),
                caller.now,
                key_result_id,
                organisation,
            ],
        )
        .commit(db, asked, ())
        .await
}
