//! How people relate to reviews. Conditions are about a row of `reviews` that is called `rv`.
//!
//! A review is its reviewer's own, and managed by whoever manages the reviewed person. Nobody manages
//! themselves, not even who leads a team that they are in: what is written about them stays hidden
//! until it is shared.

use okrs_shared::id::ReviewId;
use okrs_shared::permission::{Action, Person, Relation};

use super::related;
use crate::caller::Caller;
use crate::error::Error;
use crate::store::Sql;
use crate::store::change::Change;
use crate::store::sql::sql;

/// That the caller may write the review `rv`.
pub fn may_write(caller: &Caller) -> Sql {
    let row = Sql::text("rv.reviewer_id AS owner_id, NULL AS also_owner_id");
    permitted(caller, Action::WriteReview, &row)
}

/// That the caller may share the review `rv`.
pub fn may_share(caller: &Caller) -> Sql {
    let row = sql!(
        caller,
        "NULLIF(rv.reviewee_id, :me) AS owner_id, rv.reviewer_id AS also_owner_id"
    );
    permitted(caller, Action::ShareReview, &row)
}

/// That the caller sees the review `rv` of the review cycle `c`. Nobody sees one whose cycle is a
/// draft or deleted.
pub fn sees(caller: &Caller) -> Sql {
    let row = sql!(
        caller,
        "CASE rv.status WHEN 'shared' THEN rv.reviewee_id ELSE NULLIF(rv.reviewee_id, :me) END AS owner_id, \
         rv.reviewer_id AS also_owner_id"
    );
    sql!(
        caller,
        "(c.deleted_at IS NULL AND c.status <> 'draft' \
         AND (rv.reviewer_id = :me OR rv.status IN ('submitted', 'shared') AND :reads))",
        reads = permitted(caller, Action::ReadReview, &row)
    )
}

/// What [`sees`] picks from: for people who only ever see what they write or what is about them, the
/// reviews that an index finds, so that their list does not read everybody's.
pub fn candidates(caller: &Caller) -> Sql {
    let manages = |person: &Person| {
        let relations = Action::ReadReview.relations(person.role);
        relations.contains(Relation::Managed)
    };
    if caller.person_if_any().is_some_and(manages) {
        return Sql::text("1");
    }
    sql!(
        caller,
        "rv.id IN (SELECT id FROM reviews WHERE reviewer_id = :me UNION SELECT id FROM reviews \
         WHERE reviewee_id = :me)"
    )
}

fn permitted(caller: &Caller, action: Action, row: &Sql) -> Sql {
    let Some(person) = caller.person_if_any() else {
        return Sql::text("0");
    };
    let related = related(caller, person, action.relations(person.role));
    sql!(
        "EXISTS (SELECT 1 FROM (SELECT :row, NULL AS team_id, NULL AS department_id) r WHERE :related)",
        row,
        related
    )
}

impl Change<'_> {
    /// The review must exist, the caller must see it (404), and must be permitted to do this to it
    /// (403).
    pub fn require_permitted_review(self, caller: &Caller, id: &ReviewId, permitted: Sql) -> Self {
        let about = |condition: Sql| {
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM reviews rv JOIN review_cycles c ON c.id = rv.review_cycle_id \
                 WHERE rv.id = :id AND rv.organisation_id = :organisation AND :condition)",
                id,
                condition
            )
        };
        self.require(about(sees(caller)), Error::NotFound("Review not found"))
            .require(about(permitted), Error::NotPermitted)
    }
}
