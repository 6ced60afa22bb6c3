//! Review templates: the questions that review cycles are made with.

use serde::{Deserialize, Serialize};

use crate::id::ReviewTemplateId;
use crate::patch;
use crate::timestamp::Timestamp;
use crate::validation::{self, Body, Invalid};

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
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
    pub text: String,
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
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
    pub name: String,
    /// In the order in which they are asked.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 30))]
    pub questions: Vec<Question>,
}

impl Body for NewReviewTemplate {
    fn validate(&self) -> Result<(), Invalid> {
        validation::title("name", &self.name)?;
        questions(&self.questions)
    }
}

/// The body that changes a template: only the fields that are sent. Review cycles keep the questions
/// they were made with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewTemplatePatch {
    /// A name that no other template has.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(
        feature = "openapi",
        schema(nullable = false, min_length = 1, max_length = 500)
    )]
    pub name: Option<String>,
    /// All of them anew.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(
        feature = "openapi",
        schema(nullable = false, min_items = 1, max_items = 30)
    )]
    pub questions: Option<Vec<Question>>,
    /// Whether new review cycles can no longer be made with it.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub archived: Option<bool>,
}

impl Body for ReviewTemplatePatch {
    fn validate(&self) -> Result<(), Invalid> {
        if let Some(name) = &self.name {
            validation::title("name", name)?;
        }
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
        validation::title(&format!("questions[{at}].text"), &question.text)?;
    }
    Ok(())
}
