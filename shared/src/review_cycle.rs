//! Review cycles as those who run them make and see them. The public API has its own, smaller view
//! of them in [`crate::review`].

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::days::{self, Day};
use crate::id::{MemberId, ReviewCycleId, ReviewId, ReviewTemplateId};
use crate::patch::patch;
use crate::review_template::Question;
use crate::review_writing::ReviewState;
use crate::text::{Check, Title};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

const MAX_PARTICIPANTS: usize = 500;

/// How the reviewer relates to the reviewed person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReviewType {
    /// It is the same person.
    #[serde(rename = "self")]
    OneSelf,
    /// Leads them.
    Manager,
    /// Works with them.
    Peer,
}

/// How far a round of reviews is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ReviewCycleStatus {
    /// In the making: reviewers know nothing of it yet.
    Draft,
    /// Reviews are being written.
    Active,
    /// No review can be written any more; submitted ones can still be shared.
    Closed,
}

impl ReviewCycleStatus {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Who reviews whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Participant {
    /// Who is reviewed.
    pub reviewee_id: MemberId,
    /// Who writes; the same person in a review of the type `self`, another in any other.
    pub reviewer_id: MemberId,
    /// How they relate.
    #[serde(rename = "type")]
    pub review_type: ReviewType,
}

/// The body that makes a review cycle. It starts as a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewReviewCycle {
    /// What the round is called.
    pub name: Title,
    /// When reviews should be submitted.
    #[serde(default, deserialize_with = "days::read_optional")]
    pub due_date: Option<NaiveDate>,
    /// Its questions are copied: later changes of the template change nothing.
    pub template_id: ReviewTemplateId,
    /// Nobody reviews the same person twice.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 500))]
    pub participants: Vec<Participant>,
}

impl Body for NewReviewCycle {
    fn validate(&self) -> Result<(), Invalid> {
        self.name.check("name")?;
        days::day("due_date", self.due_date)?;
        if !(1..=MAX_PARTICIPANTS).contains(&self.participants.len()) {
            return Err(Invalid::field(
                "participants",
                format_args!("must have 1 to {MAX_PARTICIPANTS} entries"),
            ));
        }
        let mut pairs = HashSet::new();
        for (at, one) in self.participants.iter().enumerate() {
            let field = |name| format!("participants[{at}].{name}");
            let is_self = one.review_type == ReviewType::OneSelf;
            if is_self != (one.reviewer_id == one.reviewee_id) {
                let problem = if is_self {
                    "must be the reviewee when the type is self"
                } else {
                    "must be somebody else than the reviewee unless the type is self"
                };
                return Err(Invalid::field(&field("reviewer_id"), problem));
            }
            if !pairs.insert((&one.reviewee_id, &one.reviewer_id)) {
                let problem = "reviews this person already";
                return Err(Invalid::field(&field("reviewer_id"), problem));
            }
        }
        Ok(())
    }
}

patch! {
    /// The body that changes a review cycle: only the fields that are sent.
    pub struct ReviewCyclePatch {
        /// What the round is called.
        name: Title,
        /// When reviews should be submitted; null for no such day.
        due_date: Option<Day>,
        /// `active` tells the reviewers. Back to `draft` only as long as no review has been begun.
        status: ReviewCycleStatus,
    }
}

impl Body for ReviewCyclePatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.name.check("name")?;
        days::day("due_date", self.due_date.flatten().map(Day::date))
    }
}

/// A review cycle with how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewCycleProgress {
    /// Identifies it.
    pub id: ReviewCycleId,
    /// What the round is called.
    pub name: String,
    /// How far it is.
    pub status: ReviewCycleStatus,
    /// When reviews should be submitted.
    #[serde(default, deserialize_with = "days::read_optional")]
    pub due_date: Option<NaiveDate>,
    /// When it was made.
    pub created_at: Timestamp,
    /// All reviews.
    pub review_count: u32,
    /// Those that are submitted or shared.
    pub submitted_count: u32,
    /// Those that are shared.
    pub shared_count: u32,
}

/// A review cycle with its questions and who reviews whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewCycleDetail {
    /// The cycle; its counts are of all reviews, also of those that are not listed here.
    pub cycle: ReviewCycleProgress,
    /// As they were when it was made.
    pub questions: Vec<Question>,
    /// For admins all; for managers those of people they manage and those they write. By the names
    /// of reviewee and reviewer.
    pub reviews: Vec<ReviewInCycle>,
}

/// A review as those see it who run the cycle: who and how far, not what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewInCycle {
    /// Identifies it.
    pub id: ReviewId,
    /// Who is reviewed.
    pub reviewee_id: MemberId,
    /// What they are called.
    pub reviewee: String,
    /// Who writes.
    pub reviewer_id: MemberId,
    /// What they are called.
    pub reviewer: String,
    /// How they relate.
    #[serde(rename = "type")]
    pub review_type: ReviewType,
    /// How far it is.
    pub status: ReviewState,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation;

    fn cycle(participants: &[(&str, &str, &str)]) -> Result<NewReviewCycle, Invalid> {
        let list: Vec<_> = participants
            .iter()
            .map(|(reviewee, reviewer, kind)| {
                serde_json::json!({ "reviewee_id": reviewee, "reviewer_id": reviewer, "type": kind })
            })
            .collect();
        let body =
            serde_json::json!({ "name": "Spring", "template_id": "t", "participants": list });
        validation::parse(body.to_string().as_bytes())
    }

    #[test]
    fn people_review_themselves_or_others_once_each() {
        assert!(
            cycle(&[
                ("a", "a", "self"),
                ("a", "b", "peer"),
                ("b", "a", "manager")
            ])
            .is_ok()
        );
        for (wrong, field) in [
            (&[][..], "participants"),
            (&[("a", "b", "self")], "participants[0].reviewer_id"),
            (
                &[("a", "a", "self"), ("b", "b", "peer")],
                "participants[1].reviewer_id",
            ),
            (
                &[("a", "b", "peer"), ("a", "b", "manager")],
                "participants[1].reviewer_id",
            ),
        ] {
            let refusal = cycle(wrong).unwrap_err();
            assert_eq!(refusal.field.as_deref(), Some(field), "{wrong:?}");
        }
        assert!(cycle(&[("a", "b", "boss")]).is_err());
    }
}
