//! Reading reviews: lists, and one with its answers. The one query that gives a private note gives it
//! to its reviewer alone.

use okrs_shared::id::ReviewId;
use okrs_shared::permission::Action;
use okrs_shared::review_template::Question;
use okrs_shared::review_writing::{Answer, ReviewDetail, ReviewListItem};
use serde::Deserialize;

use super::relations::reviews as relations;
use super::{Db, MOST_RECORDS, Sql, flag, json_text, sql, versions};
use crate::caller::Caller;
use crate::error::Result;

/// A review, before it is known what one may do to it.
#[derive(Deserialize)]
pub struct ReviewRow {
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
    let rows: Vec<ReviewRow> = db
        .query(select(caller, &relations::candidates(caller)))
        .await?
        .read()?;
    Ok(rows.into_iter().map(ReviewListItem::from).collect())
}

/// The reviews that fulfil `which` and that the caller sees.
fn select(caller: &Caller, which: &Sql) -> Sql {
    sql!(
        caller,
        "SELECT rv.id, rv.review_cycle_id, c.name AS cycle, c.status AS cycle_status, c.due_date, rv.reviewee_id, \
                e.name AS reviewee, rv.reviewer_id, w.name AS reviewer, rv.type, rv.status, \
                json_array_length(c.questions) AS question_count, \
                (SELECT COUNT(*) FROM review_answers a WHERE a.review_id = rv.id) AS answer_count, \
                rv.submitted_at, rv.shared_at, :may_write AS may_write, :may_share AS may_share \
         FROM reviews rv JOIN review_cycles c ON c.id = rv.review_cycle_id \
         JOIN members e ON e.id = rv.reviewee_id JOIN members w ON w.id = rv.reviewer_id \
         WHERE c.organisation_id = :organisation AND rv.organisation_id = :organisation AND :which AND :sees \
         ORDER BY rv.reviewer_id = :me DESC, c.created_at DESC, c.id, e.name, rv.id LIMIT :most",
        may_write = relations::may_write(caller),
        may_share = relations::may_share(caller),
        which,
        sees = relations::sees(caller),
        most = MOST_RECORDS
    )
}

/// One review that the caller sees, as a [`ReviewRow`].
pub fn one(caller: &Caller, id: &ReviewId) -> Sql {
    select(caller, &sql!("rv.id = :id", id))
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
            select(caller, &sql!("rv.id = :id", id)),
            sql!(
                caller,
                "SELECT c.questions, (SELECT n.note FROM review_private_notes n \
                                      WHERE n.review_id = rv.id AND rv.reviewer_id = :me) AS private_note \
                 FROM reviews rv JOIN review_cycles c ON c.id = rv.review_cycle_id \
                 WHERE rv.id = :id AND rv.organisation_id = :organisation",
                id
            ),
            sql!(
                caller,
                "SELECT position, answer FROM review_answers \
                 WHERE review_id = :id AND organisation_id = :organisation",
                id
            ),
            versions::select(caller, id.as_str()),
        ])
        .await?;
    let (Some(review), Some(form)) = (
        results[0].first::<ReviewRow>()?,
        results[1].first::<FormRow>()?,
    ) else {
        return Ok(None);
    };
    db.shows(&results[3])?;
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
