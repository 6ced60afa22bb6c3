//! Review cycles and reviews.

use chrono::{DateTime, NaiveDate, Utc};
use okrs_shared::id::{MemberId, ReviewCycleId, ReviewId, ReviewTemplateId};
use okrs_shared::review_template::Question;
use okrs_shared::timestamp::Timestamp;

use super::Workspace;
use crate::table::Table;

/// How far a review is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewState {
    /// Being written.
    Draft,
    /// Handed in, not yet shown to the reviewed person.
    Submitted,
    /// Shown to the reviewed person since then; only now the API reads it.
    Shared(DateTime<Utc>),
}

/// A review to add.
#[derive(Clone, Copy, Debug)]
pub struct ReviewSeed<'a> {
    /// The round it belongs to.
    pub cycle: &'a ReviewCycleId,
    /// Who is reviewed.
    pub reviewee: &'a MemberId,
    /// Who writes it.
    pub reviewer: &'a MemberId,
    /// `self`, `manager` or `peer`.
    pub review_type: &'a str,
    /// How far it is.
    pub state: ReviewState,
    /// Questions and answers, in the order in which the round asks; a draft may have fewer.
    pub answers: &'a [(&'a str, &'a str)],
    /// What the reviewer keeps from the reviewed person.
    pub private_note: Option<&'a str>,
    /// When it was begun.
    pub created_at: Option<DateTime<Utc>>,
}

impl<'a> ReviewSeed<'a> {
    /// A draft without answers, by a manager.
    pub fn new(cycle: &'a ReviewCycleId, reviewee: &'a MemberId, reviewer: &'a MemberId) -> Self {
        Self {
            cycle,
            reviewee,
            reviewer,
            review_type: "manager",
            state: ReviewState::Draft,
            answers: &[],
            private_note: None,
            created_at: None,
        }
    }
}

impl Workspace {
    /// Adds questions to make rounds with.
    pub fn review_template(&mut self, name: &str, questions: &[Question]) -> ReviewTemplateId {
        let (org, at) = (self.id.clone(), self.created_at);
        let id: ReviewTemplateId = self.ids.next(at);
        self.add(
            Table::ReviewTemplates,
            &[&id, &org, &name, &json(questions), &Timestamp::new(at)],
        );
        id
    }

    /// Adds a round of reviews; `status` is `draft`, `active` or `closed`.
    pub fn review_cycle(
        &mut self,
        name: &str,
        status: &str,
        questions: &[Question],
        due_date: Option<NaiveDate>,
        created_at: Option<DateTime<Utc>>,
    ) -> ReviewCycleId {
        let org = self.id.clone();
        let at = self.or_created(created_at);
        let id: ReviewCycleId = self.ids.next(at);
        self.add(
            Table::ReviewCycles,
            &[
                &id,
                &org,
                &name,
                &status,
                &due_date,
                &json(questions),
                &Timestamp::new(at),
            ],
        );
        id
    }

    /// Adds a review with its answers and note.
    pub fn review(&mut self, seed: ReviewSeed<'_>) -> ReviewId {
        let org = self.id.clone();
        let at = self.or_created(seed.created_at);
        let id: ReviewId = self.ids.next(at);
        let (status, submitted_at, shared_at) = match seed.state {
            ReviewState::Draft => ("draft", None, None),
            ReviewState::Submitted => ("submitted", Some(at), None),
            ReviewState::Shared(shared_at) => ("shared", Some(at), Some(shared_at)),
        };
        self.add(
            Table::Reviews,
            &[
                &id,
                &org,
                &seed.cycle,
                &seed.reviewee,
                &seed.reviewer,
                &seed.review_type,
                &status,
                &submitted_at.map(Timestamp::new),
                &shared_at.map(Timestamp::new),
                &Timestamp::new(at),
                &Timestamp::new(shared_at.unwrap_or(at)),
            ],
        );
        for (position, (question, answer)) in (1_u32..).zip(seed.answers) {
            self.add(
                Table::ReviewAnswers,
                &[&id, &position, &org, question, answer],
            );
        }
        if let Some(note) = seed.private_note {
            self.add(Table::ReviewPrivateNotes, &[&id, &org, &note]);
        }
        id
    }
}

fn json(questions: &[Question]) -> String {
    serde_json::to_string(questions).expect("questions always serialise")
}
