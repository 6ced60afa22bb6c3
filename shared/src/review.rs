//! Review cycles and what may be read of reviews.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::days;
use crate::id::{ReviewCycleId, ReviewId};
use crate::timestamp::Timestamp;

/// A round of reviews in `GET /review-cycles`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewCycle {
    /// Identifies the review cycle.
    pub id: ReviewCycleId,
    /// What the round is called.
    pub name: String,
    /// Open-ended: `draft`, `active` and `closed` are ours; clients must accept others.
    pub status: String,
    /// When reviews should be submitted.
    #[serde(default, deserialize_with = "days::read_optional")]
    pub due_date: Option<NaiveDate>,
    /// How many different people are reviewed.
    pub reviewee_count: u32,
}

/// The answers of one shared review. Private notes are never part of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewSummary {
    /// Identifies the review.
    pub review_id: ReviewId,
    /// The reviewed person's name.
    pub employee: String,
    /// The review cycle's name.
    pub cycle: String,
    /// Open-ended: `self`, `manager` and `peer` are ours; clients must accept others.
    #[serde(rename = "type")]
    pub review_type: String,
    /// Always `shared`: no other review can be read.
    pub status: String,
    /// In the order of the questions.
    pub answers: Vec<ReviewAnswer>,
    /// When it was shared.
    pub shared_at: Option<Timestamp>,
}

/// A question and what was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewAnswer {
    /// The question as it was asked.
    pub question: String,
    /// The answer as it was given.
    pub answer: String,
}
