//! Review cycles and shared reviews in the database.

use okrs_shared::id::ReviewId;
use okrs_shared::review::{ReviewCycle, ReviewSummary};

use super::{Db, MOST_RECORDS, last_change, read_last_change, sql};
use crate::caller::Caller;
use crate::error::Result;

/// The newest 500 review cycles of the caller's organisation and the last change that they have.
pub async fn list_cycles(db: &Db, caller: &Caller) -> Result<(String, Vec<ReviewCycle>)> {
    let results = db
        .batch(&[
            last_change(caller),
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
    Ok((read_last_change(&results[0])?, results[1].read()?))
}

/// The answers of a shared review; `None` if it does not exist or is not shared. Private notes are
/// in a table that this never touches.
pub async fn shared_summary(
    db: &Db,
    caller: &Caller,
    id: &ReviewId,
) -> Result<Option<ReviewSummary>> {
    db.query(sql!(
        caller,
        "SELECT json_object( \
                  'review_id', r.id, 'employee', m.name, 'cycle', c.name, 'type', r.type, 'status', r.status, \
                  'answers', json((SELECT json_group_array(json_object('question', question, 'answer', answer)) \
                                   FROM (SELECT question, answer FROM review_answers \
                                         WHERE review_id = r.id AND organisation_id = :organisation \
                                         ORDER BY position))), \
                  'shared_at', r.shared_at) AS json \
         FROM reviews r JOIN members m ON m.id = r.reviewee_id JOIN review_cycles c ON c.id = r.review_cycle_id \
         WHERE r.id = :id AND r.organisation_id = :organisation AND r.status = 'shared' AND c.deleted_at IS NULL",
        id
    ))
    .await?
    .first_json()
}
