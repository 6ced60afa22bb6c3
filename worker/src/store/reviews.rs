//! Review cycles and shared reviews in the database.

use okrs_shared::id::ReviewId;
use okrs_shared::review::{ReviewAnswer, ReviewCycle, ReviewSummary};
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::{Db, MOST_RECORDS, read_revision, revision, sql};
use crate::caller::Caller;
use crate::error::Result;

/// The newest 500 review cycles of the caller's organisation and the revision they are of.
pub async fn list_cycles(db: &Db, caller: &Caller) -> Result<(u64, Vec<ReviewCycle>)> {
    let results = db
        .batch(&[
            revision(caller),
            sql!(
                caller,
                "SELECT c.id, c.name, c.status, c.due_date, \
                        max(c.listed_reviewees, \
                            (SELECT COUNT(DISTINCT r.reviewee_id) FROM reviews r WHERE r.review_cycle_id = c.id)) \
                          AS reviewee_count \
                 FROM review_cycles c WHERE c.organisation_id = :organisation AND c.deleted_at IS NULL \
                 ORDER BY c.created_at DESC, c.id DESC LIMIT :most",
                most = MOST_RECORDS
            ),
        ])
        .await?;
    Ok((read_revision(&results[0])?, results[1].read()?))
}

#[derive(Deserialize)]
struct SharedReviewRow {
    id: ReviewId,
    employee: String,
    cycle: String,
    #[serde(rename = "type")]
    review_type: String,
    status: String,
    shared_at: Option<Timestamp>,
}

/// The answers of a shared review; `None` if it does not exist or is not shared. Private notes are
/// in a table that this never touches.
pub async fn shared_summary(
    db: &Db,
    caller: &Caller,
    id: &ReviewId,
) -> Result<Option<ReviewSummary>> {
    let results = db
        .batch(&[
            sql!(
                caller,
                "SELECT r.id, m.name AS employee, c.name AS cycle, r.type, r.status, r.shared_at \
                 FROM reviews r JOIN members m ON m.id = r.reviewee_id \
                 JOIN review_cycles c ON c.id = r.review_cycle_id \
                 WHERE r.id = :id AND r.organisation_id = :organisation AND r.status = 'shared' \
                   AND c.deleted_at IS NULL",
                id
            ),
            sql!(
                caller,
                "SELECT question, answer FROM review_answers \
                 WHERE review_id = :id AND organisation_id = :organisation \
                 ORDER BY position",
                id
            ),
        ])
        .await?;
    let Some(review) = results[0].first::<SharedReviewRow>()? else {
        return Ok(None);
    };
    Ok(Some(ReviewSummary {
        review_id: review.id,
        employee: review.employee,
        cycle: review.cycle,
        review_type: review.review_type,
        status: review.status,
        answers: results[1].read::<ReviewAnswer>()?,
        shared_at: review.shared_at,
    }))
}
