//! OKRs.

use chrono::{DateTime, NaiveDate, Utc};
use okrs_shared::id::{CycleId, DepartmentId, MemberId, OkrId, TeamId};
use okrs_shared::okr::{OkrType, Visibility};
use okrs_shared::timestamp::Timestamp;

use super::Workspace;
use crate::table::Table;

/// An OKR to add.
#[derive(Clone, Copy, Debug)]
pub struct OkrSeed<'a> {
    /// The objective.
    pub title: &'a str,
    /// More about it.
    pub description: Option<&'a str>,
    /// Whose objective it is.
    pub okr_type: OkrType,
    /// The cycle it belongs to.
    pub cycle: &'a CycleId,
    /// The OKR it is aligned to; added before.
    pub parent: Option<&'a OkrId>,
    /// The member who answers for it.
    pub owner: Option<&'a MemberId>,
    /// The department it belongs to.
    pub department: Option<&'a DepartmentId>,
    /// The team it belongs to.
    pub team: Option<&'a TeamId>,
    /// Which members see it.
    pub visibility: Visibility,
    /// When it was created; it has not been changed since.
    pub created_at: Option<DateTime<Utc>>,
}

impl<'a> OkrSeed<'a> {
    /// An OKR of the whole company, visible to all.
    pub fn company(title: &'a str, cycle: &'a CycleId) -> Self {
        Self {
            title,
            description: None,
            okr_type: OkrType::Org,
            cycle,
            parent: None,
            owner: None,
            department: None,
            team: None,
            visibility: Visibility::Organisation,
            created_at: None,
        }
    }

    /// An OKR of a department, visible to all.
    pub fn department(title: &'a str, cycle: &'a CycleId, department: &'a DepartmentId) -> Self {
        Self {
            okr_type: OkrType::Department,
            department: Some(department),
            ..Self::company(title, cycle)
        }
    }

    /// An OKR of a team, visible to all.
    pub fn team(title: &'a str, cycle: &'a CycleId, team: &'a TeamId) -> Self {
        Self {
            okr_type: OkrType::Team,
            team: Some(team),
            ..Self::company(title, cycle)
        }
    }
}

/// What is needed of an OKR that has been added.
pub(super) struct OkrRow {
    pub(super) cycle: CycleId,
    pub(super) team: Option<TeamId>,
    pub(super) created_on: NaiveDate,
}

impl Workspace {
    /// Adds an OKR.
    pub fn okr(&mut self, seed: OkrSeed<'_>) -> OkrId {
        assert!(
            self.cycles.contains_key(seed.cycle),
            "the cycle of {:?} is another workspace's",
            seed.title
        );
        let org = self.id.clone();
        let at = self.or_created(seed.created_at);
        let id: OkrId = self.ids.next(at);
        self.add(
            Table::Okrs,
            &[
                &id,
                &org,
                &seed.cycle,
                &seed.parent,
                &seed.title,
                &seed.description,
                &seed.okr_type.as_str(),
                &seed.owner,
                &seed.department,
                &seed.team,
                &seed.visibility.as_str(),
                &Timestamp::new(at),
                &Timestamp::new(at),
            ],
        );
        let row = OkrRow {
            cycle: seed.cycle.clone(),
            team: seed.team.cloned(),
            created_on: self.day(at),
        };
        self.okrs.insert(id.clone(), row);
        id
    }
}
