//! Review cycles in the database, as those need them who run them.

use okrs_shared::id::{MemberId, ReviewCycleId};
use okrs_shared::review_cycle::{
    NewReviewCycle, ReviewCycleDetail, ReviewCyclePatch, ReviewCycleProgress, ReviewCycleStatus,
};
use okrs_shared::review_template::Question;
use okrs_shared::validation::Invalid;
use serde::Deserialize;

use super::change::Change;
use super::relations::reviews as relations;
use super::{Db, Sql, json_text, sql, versions};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Idempotency;
use crate::ids;

const NOT_FOUND: Error = Error::NotFound("Review cycle not found");

fn progress(caller: &Caller) -> Sql {
    sql!(
        caller,
        "SELECT c.id, c.name, c.status, c.due_date, c.created_at, \
                (SELECT COUNT(*) FROM reviews r WHERE r.review_cycle_id = c.id) AS review_count, \
                (SELECT COUNT(*) FROM reviews r WHERE r.review_cycle_id = c.id AND r.status <> 'draft') \
                  AS submitted_count, \
                (SELECT COUNT(*) FROM reviews r \
                WHERE r.review_cycle_id = c.id AND r.status = 'shared') AS shared_count \
         FROM review_cycles c WHERE c.organisation_id = :organisation AND c.deleted_at IS NULL"
    )
}

fn progress_of(caller: &Caller, id: &ReviewCycleId) -> Sql {
    let progress = progress(caller);
    sql!(":progress AND c.id = :id", progress, id)
}

/// All review cycles of the caller's organisation, the newest first.
pub async fn list(db: &Db, caller: &Caller) -> Result<Vec<ReviewCycleProgress>> {
    let progress = progress(caller);
    db.query(sql!(
        ":progress ORDER BY c.created_at DESC, c.id DESC",
        progress
    ))
    .await?
    .read()
}

/// One review cycle, with the reviews that the caller may share.
pub async fn get(db: &Db, caller: &Caller, id: &ReviewCycleId) -> Result<ReviewCycleDetail> {
    #[derive(Deserialize)]
    struct QuestionsRow {
        #[serde(deserialize_with = "json_text")]
        questions: Vec<Question>,
    }
    let results = db
        .batch(&[
            progress_of(caller, id),
            sql!(
                caller,
                "SELECT questions FROM review_cycles WHERE organisation_id = :organisation AND id = :id",
                id
            ),
            sql!(
                caller,
                "SELECT rv.id, rv.reviewee_id, e.name AS reviewee, rv.reviewer_id, w.name AS reviewer, rv.type, \
                        rv.status \
                 FROM reviews rv JOIN members e ON e.id = rv.reviewee_id JOIN members w ON w.id = rv.reviewer_id \
                 WHERE rv.organisation_id = :organisation AND rv.review_cycle_id = :id AND :may_share \
                 ORDER BY e.name, w.name, rv.id",
                id,
                may_share = relations::may_share(caller)
            ),
            versions::select(caller, id.as_str()),
        ])
        .await?;
    let cycle = results[0].first()?.ok_or(NOT_FOUND)?;
    db.shows(&results[3])?;
    let questions: Option<QuestionsRow> = results[1].first()?;
    Ok(ReviewCycleDetail {
        cycle,
        questions: questions.map(|row| row.questions).unwrap_or_default(),
        reviews: results[2].read()?,
    })
}

/// Makes a review cycle, as a draft, with a draft of each review.
pub async fn create(
    db: &Db,
    caller: &Caller,
    new: NewReviewCycle,
    idempotency: Option<&Idempotency>,
) -> Result<ReviewCycleProgress> {
    let cycle = ReviewCycleProgress {
        id: ReviewCycleId(ids::new_id()),
        name: new.name.trim().to_owned(),
        status: ReviewCycleStatus::Draft,
        due_date: new.due_date,
        created_at: caller.now,
        review_count: u32::try_from(new.participants.len()).unwrap_or(u32::MAX),
        submitted_count: 0,
        shared_count: 0,
    };
    let people: Vec<&MemberId> = new
        .participants
        .iter()
        .flat_map(|one| [&one.reviewee_id, &one.reviewer_id])
        .collect();
    let reviews: Vec<_> = new
        .participants
        .iter()
        .map(|one| {
            (
                ids::new_id(),
                &one.reviewee_id,
                &one.reviewer_id,
                one.review_type,
            )
        })
        .collect();
    let id = cycle.id.as_str();
    let change = Change::new(caller, "review_cycle.create", id)
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM review_templates \
                 WHERE id = :template_id AND organisation_id = :organisation AND archived_at IS NULL)",
                template_id = new.template_id
            ),
            Error::Invalid(Invalid::field(
                "template_id",
                "must be the id of a review template of this organisation that is not archived",
            )),
        )
        .require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM json_each(:people) j WHERE NOT EXISTS \
                 (SELECT 1 FROM members m WHERE m.id = j.value AND m.organisation_id = :organisation \
                   AND m.disabled_at IS NULL))",
                people = serde_json::to_string(&people)?
            ),
            Error::Invalid(Invalid::field(
                "participants",
                "must all be members of this organisation who are not disabled",
            )),
        )
        .effect(sql!(
            caller,
            "INSERT INTO review_cycles (id, organisation_id, name, status, due_date, questions, created_at) \
             SELECT :id, organisation_id, :name, :status, :due_date, questions, :now FROM review_templates \
             WHERE id = :template_id AND organisation_id = :organisation",
            id,
            name = cycle.name,
            status = cycle.status.as_str(),
            due_date = cycle.due_date,
            template_id = new.template_id
        ))
        .effect(sql!(
            caller,
            "INSERT INTO reviews (id, organisation_id, review_cycle_id, reviewee_id, reviewer_id, type, status, \
                                  created_at, updated_at) \
             SELECT j.value ->> 0, :organisation, :id, j.value ->> 1, j.value ->> 2, j.value ->> 3, 'draft', :now, \
             :now \
             FROM json_each(:reviews) j WHERE 1",
            id,
            reviews = serde_json::to_string(&reviews)?
        ));
    change
        .answer(idempotency, &cycle)?
        .commit(db, &new, cycle)
        .await
}

/// Changes the fields that the patch names. Reviewers hear of it when the cycle becomes active.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &ReviewCycleId,
    patch: ReviewCyclePatch,
) -> Result<ReviewCycleProgress> {
    #[derive(Deserialize)]
    struct Row {
        name: String,
        status: ReviewCycleStatus,
        #[serde(deserialize_with = "json_text")]
        reviewers: Vec<MemberId>,
    }
    let rows = db
        .query(sql!(
            caller,
            "SELECT c.name, c.status, (SELECT json_group_array(DISTINCT r.reviewer_id) FROM reviews r \
                                       WHERE r.review_cycle_id = c.id) AS reviewers \
             FROM review_cycles c \
             WHERE c.id = :id AND c.organisation_id = :organisation AND c.deleted_at IS NULL",
            id
        ))
        .await?;
    let old: Row = rows.first()?.ok_or(NOT_FOUND)?;
    let name = patch.name.as_deref().map(str::trim);
    let due_date = patch.due_date.flatten();
    let mut change = existing(
        Change::new(caller, "review_cycle.update", id.as_str()),
        caller,
        id,
    )
    .require(
        sql!(
            caller,
            "(SELECT status FROM review_cycles WHERE id = :id AND organisation_id = :organisation) = :status",
            id,
            status = old.status.as_str()
        ),
        Error::Conflict(Invalid::field(
            "status",
            "was changed by somebody else just now",
        )),
    )
    .effect(sql!(
        caller,
        "UPDATE review_cycles SET name = COALESCE(:name, name), status = COALESCE(:status, status), \
         due_date = iif(:sets_due_date, :due_date, due_date) WHERE id = :id AND organisation_id = :organisation",
        name,
        status = patch.status.map(ReviewCycleStatus::as_str),
        sets_due_date = patch.due_date.is_some(),
        due_date,
        id
    ));
    if patch.status == Some(ReviewCycleStatus::Draft) {
        change = change.require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM reviews r WHERE r.review_cycle_id = :id \
                   AND r.organisation_id = :organisation \
                 AND (r.status <> 'draft' OR EXISTS (SELECT 1 FROM review_answers a WHERE a.review_id = r.id)))",
                id
            ),
            Error::Conflict(Invalid::field("status", "can't be draft again: reviews have been begun")),
        );
    }
    if patch.status == Some(ReviewCycleStatus::Active) && old.status != ReviewCycleStatus::Active {
        let text = name.unwrap_or(&old.name);
        change = change.notify(caller, &old.reviewers, "review_to_write", id.as_str(), text);
    }
    change
        .commit_and_read(db, &patch, progress_of(caller, id))
        .await
}

/// Deletes a review cycle: its reviews are gone for everybody.
pub async fn delete(db: &Db, caller: &Caller, id: &ReviewCycleId) -> Result<()> {
    existing(
        Change::new(caller, "review_cycle.delete", id.as_str()),
        caller,
        id,
    )
    .effect(sql!(
        caller,
        "UPDATE review_cycles SET deleted_at = :now WHERE id = :id AND organisation_id = :organisation",
        id
    ))
    .commit(db, &(), ())
    .await
}

/// A change of a review cycle that must exist, with how it was before for the audit log.
fn existing<'a>(change: Change<'a>, caller: &Caller, id: &ReviewCycleId) -> Change<'a> {
    change
        .before(sql!(
            caller,
            "(SELECT json_object('name', name, 'status', status, 'due_date', due_date) \
             FROM review_cycles WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM review_cycles WHERE id = :id AND organisation_id = :organisation \
                 AND deleted_at IS NULL)",
                id
            ),
            NOT_FOUND,
        )
}
