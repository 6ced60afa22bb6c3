//! Reviews as their reviewers write them and as others read them.

use std::fmt;

use chrono::NaiveDate;
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::days;
use crate::id::{MemberId, ReviewCycleId, ReviewId};
use crate::patch;
use crate::permission::Action;
use crate::review_cycle::{ReviewCycleStatus, ReviewType};
use crate::review_template::{Question, QuestionKind};
use crate::text::{Check, Text};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

const RATINGS: std::ops::RangeInclusive<u8> = 1..=5;

/// How far a review is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Being written; only the reviewer reads it.
    Draft,
    /// Handed in: whoever manages the reviewed person reads it, too.
    Submitted,
    /// Shown to the reviewed person.
    Shared,
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Answer {
    /// From 1 to 5.
    Rating(u8),
    /// Words.
    Text(String),
}

impl Answer {
    /// What is stored, and what the public API gives: words, or the rating as a digit.
    pub fn to_text(&self) -> String {
        match self {
            Self::Rating(rating) => rating.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    /// The answer to a question of this kind that is stored as this text. What was answered before
    /// it was a rating stays words.
    pub fn from_text(text: String, kind: QuestionKind) -> Self {
        match (kind, text.parse()) {
            (QuestionKind::Rating, Ok(rating)) => Self::Rating(rating),
            _ => Self::Text(text),
        }
    }

    /// Whether it says nothing.
    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrRating;
        impl Visitor<'_> for TextOrRating {
            type Value = Answer;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a whole number from 1 to 5, or null")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Answer, E> {
                Ok(Answer::Text(text.to_owned()))
            }

            fn visit_u64<E: de::Error>(self, rating: u64) -> Result<Answer, E> {
                let out_of_range = || E::invalid_value(de::Unexpected::Unsigned(rating), &self);
                let rating = u8::try_from(rating)
                    .ok()
                    .filter(|rating| RATINGS.contains(rating));
                rating.map(Answer::Rating).ok_or_else(out_of_range)
            }
        }
        deserializer.deserialize_any(TextOrRating)
    }
}

/// The body that keeps what has been written so far: all answers, in the order of the questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewAnswers {
    /// One for each question: a text of at most 50,000 characters, a rating from 1 to 5, or null
    /// where there is none yet.
    pub answers: Vec<Option<Answer>>,
}

impl Body for ReviewAnswers {
    fn validate(&self) -> Result<(), Invalid> {
        for (at, answer) in self.answers.iter().enumerate() {
            if let Some(Answer::Text(text)) = answer {
                Text::require(&format!("answers[{at}]"), text)?;
            }
        }
        Ok(())
    }
}

impl ReviewAnswers {
    /// Refuses answers that these questions did not ask for.
    pub fn fit(&self, questions: &[Question]) -> Result<(), Invalid> {
        if self.answers.len() != questions.len() {
            return Err(Invalid::field(
                "answers",
                format_args!(
                    "must have {} entries, one for each question",
                    questions.len()
                ),
            ));
        }
        for (at, (answer, question)) in self.answers.iter().zip(questions).enumerate() {
            let problem = match (answer, question.kind) {
                (Some(Answer::Rating(_)), QuestionKind::Text) => "must be a text",
                (Some(Answer::Text(_)), QuestionKind::Rating) => {
                    "must be a whole number from 1 to 5"
                }
                _ => continue,
            };
            return Err(Invalid::field(&format!("answers[{at}]"), problem));
        }
        Ok(())
    }

    /// What there is to keep: blank answers are none. With their places, from 0.
    pub fn given(&self) -> impl Iterator<Item = (usize, &Answer)> {
        let answers = self.answers.iter().enumerate();
        answers.filter_map(|(at, answer)| {
            Some((at, answer.as_ref().filter(|answer| !answer.is_blank())?))
        })
    }
}

/// The body that keeps the reviewer's private note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewNote {
    /// For the reviewer alone; null or blank for none.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Text>))]
    pub note: Text,
}

impl Body for ReviewNote {
    fn validate(&self) -> Result<(), Invalid> {
        self.note.check("note")
    }
}

/// A review as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewListItem {
    /// Identifies it.
    pub id: ReviewId,
    /// The round it belongs to.
    pub review_cycle_id: ReviewCycleId,
    /// What that is called.
    pub cycle: String,
    /// How far that is.
    pub cycle_status: ReviewCycleStatus,
    /// When it should be submitted.
    #[serde(default, deserialize_with = "days::read_optional")]
    pub due_date: Option<NaiveDate>,
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
    /// How many questions there are.
    pub question_count: u32,
    /// How many of them have an answer.
    pub answer_count: u32,
    /// When it was submitted last.
    pub submitted_at: Option<Timestamp>,
    /// Since when it is shared.
    pub shared_at: Option<Timestamp>,
    /// What the person who asks may do to it: `write_review`, `share_review`.
    #[serde(default)]
    pub may: Vec<Action>,
}

/// The reviews that concern somebody, the latest round first; the newest 500, one's own before all
/// others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyReviews {
    /// Those they write or have written.
    pub mine: Vec<ReviewListItem>,
    /// Those of others about them, once shared.
    pub about_me: Vec<ReviewListItem>,
    /// Those of others about people they manage, once submitted; for admins, about anybody.
    pub others: Vec<ReviewListItem>,
}

/// A review with all that its reader may see of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewDetail {
    /// What lists show.
    pub review: ReviewListItem,
    /// In the order in which they are asked.
    pub questions: Vec<Question>,
    /// As many as questions; null where there is no answer.
    pub answers: Vec<Option<Answer>>,
    /// The reviewer's own; `None` for everybody else.
    pub private_note: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation;

    fn answers(json: &str) -> Result<ReviewAnswers, Invalid> {
        validation::parse(format!("{{\"answers\": {json}}}").as_bytes())
    }

    fn question(kind: QuestionKind) -> Question {
        Question {
            text: "How was it?".into(),
            kind,
        }
    }

    #[test]
    fn an_answer_is_a_text_a_rating_or_none_yet() {
        let read = answers(r#"["Well", 4, null, " "]"#).unwrap();
        let given: Vec<_> = read
            .given()
            .map(|(at, answer)| (at, answer.to_text()))
            .collect();
        assert_eq!(given, [(0, "Well".to_owned()), (1, "4".to_owned())]);
        for wrong in ["[0]", "[6]", "[-1]", "[2.5]", "[true]", "[[]]"] {
            let refusal = answers(wrong).unwrap_err();
            assert!(
                refusal.message.starts_with("answers[0]"),
                "{wrong}: {refusal}"
            );
        }
    }

    #[test]
    fn answers_must_be_what_the_questions_ask_for() {
        let asked = [question(QuestionKind::Text), question(QuestionKind::Rating)];
        let refusal = |json| answers(json).unwrap().fit(&asked).unwrap_err().message;
        assert_eq!(answers(r#"["Well", 4]"#).unwrap().fit(&asked), Ok(()));
        assert_eq!(answers("[null, null]").unwrap().fit(&asked), Ok(()));
        assert!(refusal("[]").starts_with("answers must have 2 entries"));
        assert!(refusal("[4, 4]").starts_with("answers[0] must be a text"));
        assert!(refusal(r#"[null, "4"]"#).starts_with("answers[1] must be a whole number"));
    }
}
