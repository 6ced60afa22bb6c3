//! Initiatives.

use chrono::TimeDelta;
use okrs_shared::initiative::InitiativeStatus;

use super::Fernhill;
use crate::content::initiatives::{INITIATIVES, Initiative, Serves};
use crate::workspace::InitiativeSeed;

impl Fernhill {
    pub(super) fn add_initiatives(&mut self) {
        for initiative in &INITIATIVES {
            self.add_initiative(initiative);
        }
    }

    fn add_initiative(&mut self, what: &'static Initiative) {
        let day = |days: i64| self.calendar.active.0 + TimeDelta::days(days);
        let start_date = what.start_day.map(day);
        let end_date = what.end_day.map(day);
        let created_at = self.moment(
            start_date.unwrap_or(day(15)) - TimeDelta::days(6),
            what.title,
        );
        let updated_on = match what.status {
            InitiativeStatus::Todo => None,
            InitiativeStatus::InProgress | InitiativeStatus::Blocked => start_date,
            InitiativeStatus::Done => end_date,
        };
        let updated_at = updated_on.map(|on| self.moment(on, what.title).max(created_at));
        let owner = what.owner.map(|owner| self.person(owner).clone());
        let (okr, key_result) = match what.serves {
            Serves::Nothing => (None, None),
            Serves::Okr(title) => (Some(&self.okrs[title]), None),
            Serves::KeyResult(title) => (None, Some(&self.key_results[title])),
        };
        self.workspace.initiative(InitiativeSeed {
            description: what.description,
            status: what.status,
            priority: what.priority,
            start_date,
            end_date,
            owner: owner.as_ref(),
            okr,
            key_result,
            created_at: Some(created_at),
            updated_at,
            ..InitiativeSeed::new(what.title)
        });
    }
}
