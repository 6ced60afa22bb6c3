//! Initiatives.

use chrono::{DateTime, NaiveDate, Utc};
use okrs_shared::id::{InitiativeId, KeyResultId, MemberId, OkrId};
use okrs_shared::initiative::{InitiativeStatus, Priority};
use okrs_shared::timestamp::Timestamp;

use super::Workspace;
use crate::table::Table;

/// An initiative to add.
#[derive(Clone, Copy, Debug)]
pub struct InitiativeSeed<'a> {
    /// What is to be done.
    pub title: &'a str,
    /// More about it.
    pub description: Option<&'a str>,
    /// How far it is.
    pub status: InitiativeStatus,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// First day.
    pub start_date: Option<NaiveDate>,
    /// Last day, not before the first.
    pub end_date: Option<NaiveDate>,
    /// The member who answers for it.
    pub owner: Option<&'a MemberId>,
    /// The OKR it serves; the key result's replaces it.
    pub okr: Option<&'a OkrId>,
    /// The key result it serves.
    pub key_result: Option<&'a KeyResultId>,
    /// When it was created.
    pub created_at: Option<DateTime<Utc>>,
    /// When it was last changed; when it was created if `None`.
    pub updated_at: Option<DateTime<Utc>>,
}

impl<'a> InitiativeSeed<'a> {
    /// Something to do, for nobody and nothing in particular.
    pub fn new(title: &'a str) -> Self {
        Self {
            title,
            description: None,
            status: InitiativeStatus::Todo,
            priority: None,
            start_date: None,
            end_date: None,
            owner: None,
            okr: None,
            key_result: None,
            created_at: None,
            updated_at: None,
        }
    }
}

impl Workspace {
    /// Adds an initiative, with its link.
    pub fn initiative(&mut self, seed: InitiativeSeed<'_>) -> InitiativeId {
        let org = self.id.clone();
        let at = self.or_created(seed.created_at);
        let id: InitiativeId = self.ids.next(at);
        let okr = match seed.key_result {
            Some(key_result) => Some(self.okr_of(key_result)),
            None => seed.okr.cloned(),
        };
        self.add(
            Table::Initiatives,
            &[
                &id,
                &org,
                &seed.title,
                &seed.description,
                &seed.status.as_str(),
                &seed.priority.map(Priority::as_str),
                &seed.start_date,
                &seed.end_date,
                &seed.owner,
                &okr,
                &Timestamp::new(at),
                &Timestamp::new(seed.updated_at.unwrap_or(at)),
            ],
        );
        if let Some(key_result) = seed.key_result {
            self.add(Table::InitiativeKeyResults, &[&id, key_result, &org]);
        }
        id
    }
}
