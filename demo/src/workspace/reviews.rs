//! Review cycles and reviews.

use chrono::{DateTime, NaiveDate, Utc};
use okrs_shared::id::{MemberId, ReviewCycleId, ReviewId};
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
    /// Questions and answers, in order.
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
    /// Adds a round of reviews; `status` is `draft`, `active` or `closed`.
    pub fn review_cycle(
        &mut self,
        name: &str,
        status: &str,
        due_date: Option<NaiveDate>,
        created_at: Option<DateTime<Utc>>,
    ) -> ReviewCycleId {
        let org = self.id.clone();
        let at = self.or_created(created_at);
        let id: ReviewCycleId = self.ids.next(at);
        self.add(
            Table::ReviewCycles,
            &[&id, &org, &name, &status, &due_date, &Timestamp::new(at)],
        );
        id
    }

    /// Adds a review with its answers and note.
    pub fn review(&mut self, seed: ReviewSeed<'_>) -> ReviewId {
        let org = self.id.clone();
        let at = self.or_created(seed.created_at);
        let id: ReviewId = self.ids.next(at);
        let (status, shared_at) = match seed.state {
            ReviewState::Draft => ("draft", None),
            ReviewState::Submitted => ("submitted", None),
            ReviewState::Shared(at) => ("shared", Some(at)),
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
