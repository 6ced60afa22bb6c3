//! Review cycles and reviews.

use chrono::{NaiveDate, TimeDelta};
use okrs_shared::id::ReviewCycleId;
use okrs_shared::review_template::Question;

use super::Fernhill;
use crate::calendar::cycle_name;
use crate::content::reviews::{CLOSED, Progress, QUESTIONS, RUNNING, Review};
use crate::workspace::{ReviewSeed, ReviewState};

impl Fernhill {
    pub(super) fn add_reviews(&mut self) {
        let questions = QUESTIONS.map(|(text, kind)| Question {
            text: text.into(),
            kind,
        });
        self.workspace.review_template("Twice a year", &questions);
        let (ended, active) = (self.calendar.ended, self.calendar.active);
        let begun = ended.1 - TimeDelta::days(10);
        let due = ended.1 + TimeDelta::days(12);
        let cycle = self.add_round(&cycle_name(ended), "closed", &questions, begun, due);
        for review in &CLOSED {
            self.add_review(review, &cycle, begun, due);
        }
        let begun = self.days_ago(20);
        let due = self.calendar.today + TimeDelta::days(12);
        let cycle = self.add_round(&cycle_name(active), "active", &questions, begun, due);
        for review in &RUNNING {
            self.add_review(review, &cycle, begun, self.days_ago(6));
        }
    }

    fn add_round(
        &mut self,
        cycle: &str,
        status: &str,
        questions: &[Question],
        begun: NaiveDate,
        due: NaiveDate,
    ) -> ReviewCycleId {
        let name = format!("Reviews {cycle}");
        let created_at = self.moment(begun, &name);
        self.workspace
            .review_cycle(&name, status, questions, Some(due), Some(created_at))
    }

    /// Adds a review that was begun some days after its round; if it is shared, then since `shared`.
    fn add_review(
        &mut self,
        review: &Review,
        cycle: &ReviewCycleId,
        begun: NaiveDate,
        shared: NaiveDate,
    ) {
        let reviewee = self.person(review.reviewee).clone();
        let reviewer = self.person(review.reviewer).clone();
        let days = 2 + review.reviewer as i64 % 7;
        let state = match review.progress {
            Progress::Draft => ReviewState::Draft,
            Progress::Submitted => ReviewState::Submitted,
            Progress::Shared => ReviewState::Shared(self.moment(shared, review.kind)),
        };
        let created_at = self.moment(begun + TimeDelta::days(days), review.kind);
        self.workspace.review(ReviewSeed {
            review_type: review.kind,
            state,
            answers: review.answers,
            private_note: review.private_note,
            created_at: Some(created_at),
            ..ReviewSeed::new(cycle, &reviewee, &reviewer)
        });
    }
}
