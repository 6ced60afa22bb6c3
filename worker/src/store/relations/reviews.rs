//! How people relate to reviews. Conditions are about a row of `reviews` that is called `rv`.
//!
//! A review is its reviewer's own, and managed by whoever manages the reviewed person. Nobody manages
//! themselves, not even who leads a team that they are in: what is written about them stays hidden
//! until it is shared.

use okrs_shared::id::ReviewId;
use okrs_shared::permission::{Action, Person, Relation};

use super::{Condition, related};
use crate::caller::Caller;
use crate::error::Error;
use crate::store::change::Change;
use crate::store::params;

/// That the caller may write the review `rv`.
pub fn may_write(caller: &Caller) -> Condition {
    let row = Condition::from("rv.reviewer_id AS owner_id, NULL AS also_owner_id");
    permitted(caller, Action::WriteReview, row)
}

/// That the caller may share the review `rv`.
pub fn may_share(caller: &Caller) -> Condition {
    let row = Condition::new(
        "NULLIF(rv.reviewee_id, ?) AS owner_id, rv.reviewer_id AS also_owner_id",
        params![caller.author()],
    );
    permitted(caller, Action::ShareReview, row)
}

/// That the caller sees the review `rv` of the review cycle `c`. Nobody sees one whose cycle is a
/// draft or deleted.
pub fn sees(caller: &Caller) -> Condition {
    let row = Condition::new(
        "CASE rv.status WHEN 'shared' THEN rv.reviewee_id ELSE NULLIF(rv.reviewee_id, ?) END AS owner_id, \
         rv.reviewer_id AS also_owner_id",
        params![caller.author()],
    );
    let reads = permitted(caller, Action::ReadReview, row);
    let mut values = params![caller.author()];
    values.extend(reads.params);
    Condition {
        sql: format!(
            "(c.deleted_at IS NULL AND c.status <> 'draft' \
              AND (rv.reviewer_id = ? OR rv.status IN ('submitted', 'shared') AND {}))",
            reads.sql
        ),
        params: values,
    }
}

/// What [`sees`] picks from: for people who only ever see what they write or what is about them, the
/// reviews that an index finds, so that their list does not read everybody's.
pub fn candidates(caller: &Caller) -> Condition {
    let manages = |person: &Person| {
        let relations = Action::ReadReview.relations(person.role);
        relations.contains(Relation::Managed)
    };
    if caller.person_if_any().is_some_and(manages) {
        return Condition::from("1");
    }
    Condition::new(
        "rv.id IN (SELECT id FROM reviews WHERE reviewer_id = ? UNION SELECT id FROM reviews WHERE reviewee_id = ?)",
        params![caller.author(), caller.author()],
    )
}

fn permitted(caller: &Caller, action: Action, row: Condition) -> Condition {
    let Some(person) = caller.person_if_any() else {
        return Condition::from("0");
    };
    let related = related(caller, person, action.relations(person.role));
    Condition {
        sql: format!(
            "EXISTS (SELECT 1 FROM (SELECT {}, NULL AS team_id, NULL AS department_id) r WHERE {})",
            row.sql, related.sql
        ),
        params: [row.params, related.params].concat(),
    }
}

impl Change<'_> {
    /// The review must exist, the caller must see it (404), and must be permitted to do this to it
    /// (403).
    pub fn require_permitted_review(
        self,
        caller: &Caller,
        id: &ReviewId,
        permitted: Condition,
    ) -> Self {
        let about = |condition: Condition| {
            let mut values = params![id.as_str(), caller.organisation_id];
            values.extend(condition.params);
            let sql = format!(
                "EXISTS (SELECT 1 FROM reviews rv JOIN review_cycles c ON c.id = rv.review_cycle_id \
                         WHERE rv.id = ? AND rv.organisation_id = ? AND {})",
                condition.sql
            );
            (sql, values)
        };
        let (seen, seen_values) = about(sees(caller));
        let (allowed, allowed_values) = about(permitted);
        self.require(seen, seen_values, Error::NotFound("Review not found"))
            .require(allowed, allowed_values, Error::NotPermitted)
    }
}
