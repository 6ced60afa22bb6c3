//! Writing, handing in and sharing reviews. Private notes are in a table of their own, so that nothing
//! that gives answers can give one by mistake.

use okrs_shared::id::{MemberId, ReviewId};
use okrs_shared::review_template::Question;
use okrs_shared::review_writing::{ReviewAnswers, ReviewListItem, ReviewNote};
use okrs_shared::timestamp::Timestamp;
use okrs_shared::validation::Invalid;
use serde_json::json;

use super::change::Change;
use super::relations::reviews as relations;
use super::review_reading::{self, ReviewRow};
use super::{Db, Sql, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};

/// Keeps what has been written so far. The audit log learns how many answers there are, and nothing
/// of their words.
pub async fn keep_answers(
    db: &Db,
    caller: &Caller,
    id: &ReviewId,
    questions: &[Question],
    body: &ReviewAnswers,
) -> Result<()> {
    let misfit = body.fit(questions).err();
    let rows: Vec<_> = body
        .given()
        .filter_map(|(at, answer)| Some((at + 1, &questions.get(at)?.text, answer.to_text())))
        .collect();
    let mut change = writing(Change::new(caller, "review.save", id.as_str()), caller, id);
    if let Some(misfit) = misfit {
        // Only now: who may not write learns that first.
        change = change.require(Sql::text("0"), Error::Invalid(misfit));
    }
    change
        .effect(sql!(
            caller,
            "DELETE FROM review_answers WHERE review_id = :id AND organisation_id = :organisation",
            id
        ))
        .effect(sql!(
            caller,
            "INSERT INTO review_answers (review_id, position, organisation_id, question, answer) \
             SELECT :id, j.value ->> 0, :organisation, j.value ->> 1, j.value ->> 2 FROM json_each(:rows) j WHERE 1",
            id,
            rows = serde_json::to_string(&rows)?
        ))
        .effect(sql!(
            caller,
            "UPDATE reviews SET updated_at = :now WHERE id = :id AND organisation_id = :organisation",
            id
        ))
        .commit(db, &json!({ "answers": rows.len() }), ())
        .await
}

/// Keeps the reviewer's private note. The audit log learns that, and nothing of its words.
pub async fn keep_note(db: &Db, caller: &Caller, id: &ReviewId, body: &ReviewNote) -> Result<()> {
    let note = body.note.trim();
    let change = Change::new(caller, "review.note", id.as_str())
        .require_permitted_review(caller, id, relations::may_write(caller))
        .effect(sql!(
            caller,
            "DELETE FROM review_private_notes WHERE review_id = :id AND organisation_id = :organisation",
            id
        ))
        .effect(sql!(
            caller,
            "INSERT INTO review_private_notes (review_id, organisation_id, note) \
             SELECT :id, :organisation, :note WHERE :is_some",
            id,
            note,
            is_some = !note.is_empty()
        ));
    change.commit(db, &(), ()).await
}

/// Hands a review in. `incomplete` is the refusal if an answer is missing.
pub async fn submit(
    db: &Db,
    caller: &Caller,
    id: &ReviewId,
    incomplete: Invalid,
) -> Result<ReviewListItem> {
    writing(Change::new(caller, "review.submit", id.as_str()), caller, id)
        .require(
            sql!(
                caller,
                "(SELECT COUNT(*) FROM review_answers WHERE review_id = :id AND organisation_id = :organisation) \
                 = (SELECT json_array_length(c.questions) \
                 FROM reviews r JOIN review_cycles c ON c.id = r.review_cycle_id \
                    WHERE r.id = :id AND r.organisation_id = :organisation)",
                id
            ),
            Error::Invalid(incomplete),
        )
        .set_review_status(caller, id, "submitted", "submitted_at", Some(caller.now))
        .answer_with_review(db, caller, id)
        .await
}

/// Takes a review back that has been handed in and not shared.
pub async fn reopen(db: &Db, caller: &Caller, id: &ReviewId) -> Result<ReviewListItem> {
    Change::new(caller, "review.reopen", id.as_str())
        .require_permitted_review(caller, id, relations::may_write(caller))
        .require_review_status(
            caller,
            id,
            "submitted",
            "Only a submitted review that is not shared can be reopened",
        )
        .require_active_review_cycle(caller, id)
        .set_review_status(caller, id, "draft", "submitted_at", None)
        .answer_with_review(db, caller, id)
        .await
}

/// Shows a submitted review to the reviewed person, who hears of it; `cycle` is what its round is
/// called.
pub async fn share(
    db: &Db,
    caller: &Caller,
    id: &ReviewId,
    reviewee_id: MemberId,
    cycle: &str,
) -> Result<ReviewListItem> {
    Change::new(caller, "review.share", id.as_str())
        .require_permitted_review(caller, id, relations::may_share(caller))
        .require_review_status(
            caller,
            id,
            "submitted",
            "Only a submitted review can be shared",
        )
        .set_review_status(caller, id, "shared", "shared_at", Some(caller.now))
        .notify(caller, &[reviewee_id], "review_shared", id.as_str(), cycle)
        .answer_with_review(db, caller, id)
        .await
}

/// Hides a shared review from the reviewed person again.
pub async fn unshare(db: &Db, caller: &Caller, id: &ReviewId) -> Result<ReviewListItem> {
    Change::new(caller, "review.unshare", id.as_str())
        .require_permitted_review(caller, id, relations::may_share(caller))
        .require_review_status(caller, id, "shared", "Only a shared review can be unshared")
        .set_review_status(caller, id, "submitted", "shared_at", None)
        .answer_with_review(db, caller, id)
        .await
}

/// A change of what a review says: by its reviewer, while it is a draft and its cycle is active.
fn writing<'a>(change: Change<'a>, caller: &Caller, id: &ReviewId) -> Change<'a> {
    change
        .require_permitted_review(caller, id, relations::may_write(caller))
        .require_review_status(
            caller,
            id,
            "draft",
            "This review has been submitted already; reopen it to change it",
        )
        .require_active_review_cycle(caller, id)
}

impl Change<'_> {
    /// Commits what is answered with the review as it is then.
    async fn answer_with_review(
        self,
        db: &Db,
        caller: &Caller,
        id: &ReviewId,
    ) -> Result<ReviewListItem> {
        self.commit_and_read(db, &(), review_reading::one(caller, id))
            .await
            .map(|row: ReviewRow| row.into())
    }

    fn require_review_status(
        self,
        caller: &Caller,
        id: &ReviewId,
        status: &str,
        refusal: &str,
    ) -> Self {
        self.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM reviews WHERE id = :id AND organisation_id = :organisation \
                 AND status = :status)",
                id,
                status
            ),
            Error::Conflict(Invalid::conflict(refusal)),
        )
    }

    fn require_active_review_cycle(self, caller: &Caller, id: &ReviewId) -> Self {
        self.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM reviews r JOIN review_cycles c ON c.id = r.review_cycle_id \
                 WHERE r.id = :id AND r.organisation_id = :organisation AND c.status = 'active')",
                id
            ),
            Error::Conflict(Invalid::conflict("This review's cycle is closed")),
        )
    }

    /// `since` is the column that says since when, or no longer.
    fn set_review_status(
        self,
        caller: &Caller,
        id: &ReviewId,
        status: &str,
        since: &'static str,
        at: Option<Timestamp>,
    ) -> Self {
        self.effect(sql!(
            caller,
            "UPDATE reviews SET status = :status, :since = :at, updated_at = :now \
             WHERE id = :id AND organisation_id = :organisation",
            status,
            since = Sql::text(since),
            at,
            id
        ))
    }
}
