//! Review templates: the questions that review cycles are made with.

use serde::{Deserialize, Serialize};

use crate::id::ReviewTemplateId;
use crate::patch::patch;
use crate::text::{Check, Title};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

const MAX_QUESTIONS: usize = 30;

/// What a question wants to hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Words.
    Text,
    /// A whole number from 1 to 5.
    Rating,
}

/// A question of a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Question {
    /// As it is asked.
    pub text: Title,
    /// What it wants to hear.
    pub kind: QuestionKind,
}

/// Questions to make review cycles with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewTemplate {
    /// Identifies it.
    pub id: ReviewTemplateId,
    /// What it is called; no other has the name.
    pub name: String,
    /// In the order in which they are asked.
    pub questions: Vec<Question>,
    /// Whether new review cycles can no longer be made with it.
    pub archived: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The body that makes a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewReviewTemplate {
    /// A name that no other template has.
    pub name: Title,
    /// In the order in which they are asked.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 30))]
    pub questions: Vec<Question>,
}

impl Body for NewReviewTemplate {
    fn validate(&self) -> Result<(), Invalid> {
        self.name.check("name")?;
        questions(&self.questions)
    }
}

patch! {
    /// The body that changes a template: only the fields that are sent. Review cycles keep the questions
    /// they were made with.
    pub struct ReviewTemplatePatch {
        /// A name that no other template has.
        name: Title,
        /// All of them anew.
        #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 30))]
        questions: Vec<Question>,
        /// Whether new review cycles can no longer be made with it.
        archived: bool,
    }
}

impl Body for ReviewTemplatePatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.name.check("name")?;
        self.questions.as_deref().map_or(Ok(()), questions)
    }
}

fn questions(questions: &[Question]) -> Result<(), Invalid> {
    if !(1..=MAX_QUESTIONS).contains(&questions.len()) {
        return Err(Invalid::field(
            "questions",
            format_args!("must have 1 to {MAX_QUESTIONS} questions"),
        ));
    }
    for (at, question) in questions.iter().enumerate() {
        question.text.check(&format!("questions[{at}].text"))?;
    }
    Ok(())
}
