//! Where OKRs and key results belong and how much they count, in the database.

use okrs_shared::alignment::{KeyResultAlignmentPatch, OkrAlignmentPatch};
use okrs_shared::id::{KeyResultId, OkrId};
use okrs_shared::permission::Action;
use okrs_shared::validation::Invalid;

use super::assignments::Assignments;
use super::change::Change;
use super::relations::thing;
use super::{Db, Sql, key_results, okrs, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};

/// That an OKR is not the one above which it is to be put, nor above that: deleted ones count, for
/// they may come back.
fn is_not_below(caller: &Caller, parent: &OkrId, id: &OkrId) -> Sql {
    sql!(
        caller,
        "NOT EXISTS ( \
         WITH RECURSIVE above (id) AS ( \
           SELECT :parent UNION SELECT o.parent_id FROM okrs o JOIN above ON o.id = above.id \
           WHERE o.organisation_id = :organisation AND o.parent_id IS NOT NULL) \
         SELECT 1 FROM above WHERE id = :id)",
        parent,
        id
    )
}

/// Aligns, weighs or archives an OKR.
pub async fn of_okr(db: &Db, caller: &Caller, id: &OkrId, patch: &OkrAlignmentPatch) -> Result<()> {
    let archived_at = patch
        .archived
        .map(|archived| archived.then_some(caller.now));
    let update = Assignments::default()
        .set("parent_id", patch.parent_id.as_ref())
        .set("weight", patch.weight)
        .set("archived_at", archived_at)
        .set("updated_at", Some(caller.now))
        .update(
            "okrs",
            sql!(
                caller,
                "WHERE id = :id AND organisation_id = :organisation",
                id
            ),
        );
    let parent = patch.parent_id.as_ref().and_then(Option::as_ref);
    let mut change = okrs::existing(Change::new(caller, "okr.align", id.as_str()), caller, id)
        .require_okr_reference(caller, "parent_id", parent);
    if let Some(parent) = parent {
        change = change.require(
            is_not_below(caller, parent, id),
            Error::Invalid(Invalid::field(
                "parent_id",
                "must not be the OKR itself or one below it",
            )),
        );
    }
    change.effect(update).commit(db, patch, ()).await
}

/// Weighs or moves a key result or its target.
pub async fn of_key_result(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    patch: &KeyResultAlignmentPatch,
) -> Result<()> {
    let update = Assignments::default()
        .set("weight", patch.weight)
        .set("target_value", patch.target_value)
        .set("updated_at", Some(caller.now))
        .update(
            "key_results",
            sql!(
                caller,
                "WHERE id = :id AND organisation_id = :organisation",
                id
            ),
        );
    let change = Change::new(caller, "key_result.align", id.as_str());
    let mut change = key_results::existing(change, caller, id)
        .require_permitted(
            caller,
            Action::ChangeOkr,
            thing::okr_of_key_result(caller, id.as_str()),
        )
        .require_okr_reference(caller, "okr_id", patch.okr_id.as_ref());
    if let Some(okr_id) = &patch.okr_id {
        change = change
            .require_permitted(
                caller,
                Action::ChangeOkr,
                thing::okr(caller, okr_id.as_str()),
            )
            .require_room_for_moved_key_result(caller, id, okr_id)
            .move_key_result(caller, id, okr_id);
    }
    change
        .keep_target(caller, id, patch.target_value, patch.reason.as_deref())
        .effect(update)
        .commit(db, patch, ())
        .await
}

impl Change<'_> {
    /// Moves a key result with its history, its initiatives and what was said about it.
    fn move_key_result(self, caller: &Caller, id: &KeyResultId, to: &OkrId) -> Self {
        self.effect(
            // Before the key result moves: its old OKR is counted, too.
            sql!(
                caller,
                "UPDATE okrs SET comment_count = comment_count + iif(id = :to, 1, -1) * ( \
                   SELECT COUNT(*) FROM comments c WHERE c.key_result_id = :id AND c.okr_id <> :to \
                     AND c.deleted_at IS NULL) \
                 WHERE organisation_id = :organisation \
                   AND id IN (:to, (SELECT okr_id FROM key_results \
                   WHERE id = :id AND organisation_id = :organisation))",
                to,
                id
            ),
        )
        .effect(sql!(
            caller,
            "UPDATE comments SET okr_id = :to WHERE key_result_id = :id AND organisation_id = :organisation",
            to,
            id
        ))
        .effect(sql!(
            caller,
            "UPDATE check_ins SET okr_id = :to WHERE key_result_id = :id AND organisation_id = :organisation",
            to,
            id
        ))
        .effect(sql!(
            caller,
            "UPDATE initiatives SET okr_id = :to WHERE organisation_id = :organisation \
             AND id IN (SELECT initiative_id FROM initiative_key_results WHERE key_result_id = :id)",
            to,
            id
        ))
        .effect(sql!(
            caller,
            "UPDATE key_results SET okr_id = :to WHERE id = :id AND organisation_id = :organisation",
            to,
            id
        ))
    }
}
