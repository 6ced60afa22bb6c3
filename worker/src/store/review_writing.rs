//! Reviews in the database as they are written, submitted, shared and read. Private notes are in a
//! table of their own, which only [`get`] and [`keep_note`] touch.

use okrs_shared::id::{MemberId, ReviewId};
use okrs_shared::permission::Action;
use okrs_shared::review_template::Question;
use okrs_shared::review_writing::{
    Answer, ReviewAnswers, ReviewDetail, ReviewListItem, ReviewNote,
};
use okrs_shared::timestamp::Timestamp;
use okrs_shared::validation::Invalid;
use serde::Deserialize;
use serde_json::json;

use super::change::Change;
use super::relations::reviews as relations;
use super::{Db, MOST_RECORDS, Statement, flag, json_text, params, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};

#[derive(Deserialize)]
struct ReviewRow {
    #[serde(flatten)]
    review: ReviewListItem,
    #[serde(deserialize_with = "flag")]
    may_write: bool,
    #[serde(deserialize_with = "flag")]
    may_share: bool,
}

impl From<ReviewRow> for ReviewListItem {
    fn from(row: ReviewRow) -> Self {
        let write = row.may_write.then_some(Action::WriteReview);
        let share = row.may_share.then_some(Action::ShareReview);
        Self {
            may: write.into_iter().chain(share).collect(),
            ..row.review
        }
    }
}

/// The reviews that the caller sees, their own first, then by round, the newest first; at most 500.
pub async fn list(db: &Db, caller: &Caller) -> Result<Vec<ReviewListItem>> {
    let rows: Vec<ReviewRow> = db.query(select(caller, None)).await?.read()?;
    Ok(rows.into_iter().map(ReviewListItem::from).collect())
}

fn select(caller: &Caller, id: Option<&ReviewId>) -> Statement {
    let (may_write, may_share) = (relations::may_write(caller), relations::may_share(caller));
    let sees = relations::sees(caller);
    let which = if id.is_some() {
        "rv.id = ?"
    } else {
        "? IS NULL"
    };
    let text = format!(
        "SELECT rv.id, rv.review_cycle_id, c.name AS cycle, c.status AS cycle_status, c.due_date, rv.reviewee_id, \
                e.name AS reviewee, rv.reviewer_id, w.name AS reviewer, rv.type, rv.status, \
                json_array_length(c.questions) AS question_count, \
                (SELECT COUNT(*) FROM review_answers a WHERE a.review_id = rv.id) AS answer_count, \
                rv.submitted_at, rv.shared_at, {} AS may_write, {} AS may_share \
         FROM reviews rv JOIN review_cycles c ON c.id = rv.review_cycle_id \
         JOIN members e ON e.id = rv.reviewee_id JOIN members w ON w.id = rv.reviewer_id \
         WHERE c.organisation_id = ? AND rv.organisation_id = ? AND {which} AND {} \
         ORDER BY rv.reviewer_id = ? DESC, c.created_at DESC, c.id, e.name, rv.id LIMIT ?",
        may_write.sql, may_share.sql, sees.sql
    );
    let mut values = [may_write.params, may_share.params].concat();
    values.extend(params![
        caller.organisation_id,
        caller.organisation_id,
        id.map(ReviewId::as_str)
    ]);
    values.extend(sees.params);
    values.extend(params![caller.author(), MOST_RECORDS]);
    sql(text, values)
}

/// A review with its answers, and for its reviewer with their private note; `None` if the caller
/// sees no such review.
pub async fn get(db: &Db, caller: &Caller, id: &ReviewId) -> Result<Option<ReviewDetail>> {
    #[derive(Deserialize)]
    struct FormRow {
        #[serde(deserialize_with = "json_text")]
        questions: Vec<Question>,
        private_note: Option<String>,
    }
    #[derive(Deserialize)]
    struct AnswerRow {
        position: usize,
        answer: String,
    }
    let results = db
        .batch(&[
            select(caller, Some(id)),
            sql(
                "SELECT c.questions, (SELECT n.note FROM review_private_notes n \
                                      WHERE n.review_id = rv.id AND rv.reviewer_id = ?) AS private_note \
                 FROM reviews rv JOIN review_cycles c ON c.id = rv.review_cycle_id \
                 WHERE rv.id = ? AND rv.organisation_id = ?",
                params![caller.author(), id.as_str(), caller.organisation_id],
            ),
            sql(
                "SELECT position, answer FROM review_answers WHERE review_id = ? AND organisation_id = ?",
                params![id.as_str(), caller.organisation_id],
            ),
        ])
        .await?;
    let (Some(review), Some(form)) = (
        results[0].first::<ReviewRow>()?,
        results[1].first::<FormRow>()?,
    ) else {
        return Ok(None);
    };
    let mut answers = vec![None; form.questions.len()];
    for row in results[2].read::<AnswerRow>()? {
        // Positions count from 1.
        let at = row.position.wrapping_sub(1);
        if let Some(question) = form.questions.get(at) {
            answers[at] = Some(Answer::from_text(row.answer, question.kind));
        }
    }
    Ok(Some(ReviewDetail {
        review: review.into(),
        questions: form.questions,
        answers,
        private_note: form.private_note,
    }))
}

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
        change = change.require("0", vec![], Error::Invalid(misfit));
    }
    change
        .effect(
            "DELETE FROM review_answers WHERE review_id = ? AND organisation_id = ?",
            params![id.as_str(), caller.organisation_id],
        )
        .effect(
            "INSERT INTO review_answers (review_id, position, organisation_id, question, answer) \
             SELECT ?, j.value ->> 0, ?, j.value ->> 1, j.value ->> 2 FROM json_each(?) j WHERE 1",
            params![
                id.as_str(),
                caller.organisation_id,
                serde_json::to_string(&rows)?
            ],
        )
        .effect(
            "UPDATE reviews SET updated_at = ? WHERE id = ? AND organisation_id = ?",
            params![caller.now, id.as_str(), caller.organisation_id],
        )
        .commit(db, &json!({ "answers": rows.len() }), ())
        .await
}

/// Keeps the reviewer's private note. The audit log learns that, and nothing of its words.
pub async fn keep_note(db: &Db, caller: &Caller, id: &ReviewId, body: &ReviewNote) -> Result<()> {
    let note = body.note.trim();
    let change = Change::new(caller, "review.note", id.as_str())
        .require_permitted_review(caller, id, relations::may_write(caller))
        .effect(
            "DELETE FROM review_private_notes WHERE review_id = ? AND organisation_id = ?",
            params![id.as_str(), caller.organisation_id],
        )
        .effect(
            "INSERT INTO review_private_notes (review_id, organisation_id, note) SELECT ?, ?, ? WHERE ?",
            params![id.as_str(), caller.organisation_id, note, !note.is_empty()],
        );
    change.commit(db, &(), ()).await
}

/// Hands a review in. `incomplete` is the refusal if an answer is missing.
pub async fn submit(db: &Db, caller: &Caller, id: &ReviewId, incomplete: Invalid) -> Result<()> {
    writing(Change::new(caller, "review.submit", id.as_str()), caller, id)
        .require(
            "(SELECT COUNT(*) FROM review_answers WHERE review_id = ? AND organisation_id = ?) \
             = (SELECT json_array_length(c.questions) FROM reviews r JOIN review_cycles c ON c.id = r.review_cycle_id \
                WHERE r.id = ? AND r.organisation_id = ?)",
            params![id.as_str(), caller.organisation_id, id.as_str(), caller.organisation_id],
            Error::Invalid(incomplete),
        )
        .set_review_status(caller, id, "submitted", "submitted_at", Some(caller.now))
        .commit(db, &(), ())
        .await
}

/// Takes a review back that has been handed in and not shared.
pub async fn reopen(db: &Db, caller: &Caller, id: &ReviewId) -> Result<()> {
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
        .commit(db, &(), ())
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
) -> Result<()> {
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
        .commit(db, &(), ())
        .await
}

/// Hides a shared review from the reviewed person again.
pub async fn unshare(db: &Db, caller: &Caller, id: &ReviewId) -> Result<()> {
    Change::new(caller, "review.unshare", id.as_str())
        .require_permitted_review(caller, id, relations::may_share(caller))
        .require_review_status(caller, id, "shared", "Only a shared review can be unshared")
        .set_review_status(caller, id, "submitted", "shared_at", None)
        .commit(db, &(), ())
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
    fn require_review_status(
        self,
        caller: &Caller,
        id: &ReviewId,
        status: &str,
        refusal: &str,
    ) -> Self {
        self.require(
            "EXISTS (SELECT 1 FROM reviews WHERE id = ? AND organisation_id = ? AND status = ?)",
            params![id.as_str(), caller.organisation_id, status],
            Error::Conflict(Invalid::body(refusal)),
        )
    }

    fn require_active_review_cycle(self, caller: &Caller, id: &ReviewId) -> Self {
        self.require(
            "EXISTS (SELECT 1 FROM reviews r JOIN review_cycles c ON c.id = r.review_cycle_id \
                     WHERE r.id = ? AND r.organisation_id = ? AND c.status = 'active')",
            params![id.as_str(), caller.organisation_id],
            Error::Conflict(Invalid::body("This review's cycle is closed")),
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
        self.effect(
            format!("UPDATE reviews SET status = ?, {since} = ?, updated_at = ? WHERE id = ? AND organisation_id = ?"),
            params![status, at, caller.now, id.as_str(), caller.organisation_id],
        )
    }
}
