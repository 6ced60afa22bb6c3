//! Who may do what: the table that `docs/permissions.md` shows.
//!
//! For the Worker, which refuses, and for the app, which hides what would be refused. It holds for
//! people; an API key may do what its scopes say, in the whole organisation.
//!
//! A permission depends on the person's role and on how they relate to the thing. How relations are
//! found is the store's business; here it says only which of them suffice.

use serde::{Deserialize, Serialize};

use crate::api_key::{Scope, Scopes};
use crate::id::{DepartmentId, MemberId, TeamId};
use crate::okr::OkrType;

/// What a member is in the workspace. Ordered: a later role may more.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Works with OKRs.
    Member,
    /// Leads teams and departments, too.
    Manager,
    /// Runs the workspace.
    Admin,
}

impl Role {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// What someone signed in may ask of the public API. Reviews through it are the workspace's, not
    /// a person's, so only admins read them there.
    pub fn scopes(self) -> Scopes {
        match self {
            Self::Admin => Scopes::all(),
            Self::Manager | Self::Member => Scopes::all().without(Scope::ReviewsRead),
        }
    }
}

/// How a person relates to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// It is theirs: they own it, wrote it, or are the one it is about.
    Own = 1,
    /// They manage its team, its department, or the person who owns it.
    Managed = 2,
    /// It belongs to a team of theirs, or to their department as a whole.
    Team = 4,
    /// None of these.
    Other = 8,
}

/// A set of relations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relations(u8);

impl Relations {
    /// Nobody, whatever the relation.
    pub const NONE: Self = Self(0);
    /// Everybody, whatever the relation.
    pub const ALL: Self = Self(15);

    const fn of(relations: &[Relation]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < relations.len() {
            bits |= relations[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    /// Whether this relation is among them.
    pub fn contains(self, relation: Relation) -> bool {
        self.0 & relation as u8 != 0
    }
}

const ALL: Relations = Relations::ALL;
const NONE: Relations = Relations::NONE;
const OWN: Relations = Relations::of(&[Relation::Own]);
const MANAGED: Relations = Relations::of(&[Relation::Managed]);
const OWN_MANAGED: Relations = Relations::of(&[Relation::Own, Relation::Managed]);
const OWN_TEAM: Relations = Relations::of(&[Relation::Own, Relation::Team]);
const OWN_MANAGED_TEAM: Relations =
    Relations::of(&[Relation::Own, Relation::Managed, Relation::Team]);

/// Something a person can do, as far as permissions tell things apart.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::VariantArray,
    strum::EnumString,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Action {
    /// See an OKR whose visibility is `department`, with all that belongs to it.
    SeeDepartmentOkr,
    /// See an OKR whose visibility is `team`, with all that belongs to it.
    SeeTeamOkr,
    /// Create an OKR of the company.
    CreateCompanyOkr,
    /// Create an OKR of a department.
    CreateDepartmentOkr,
    /// Create an OKR of a team.
    CreateTeamOkr,
    /// Change, align, archive, delete and restore an OKR and its key results.
    ChangeOkr,
    /// Check in a key result.
    CheckIn,
    /// Correct a check-in; take it back on its day, while the history ends with it.
    CorrectCheckIn,
    /// Comment on an OKR one sees.
    Comment,
    /// Change the words of a comment.
    ChangeComment,
    /// Delete a comment.
    DeleteComment,
    /// Create a KPI.
    CreateKpi,
    /// Change or delete a KPI.
    ChangeKpi,
    /// Record a value of a KPI.
    RecordKpi,
    /// Create an initiative.
    CreateInitiative,
    /// Change or delete an initiative.
    ChangeInitiative,
    /// Clone the OKRs of an ended cycle into another.
    CloneCycle,
    /// Create, edit and archive cycles.
    ManageCycles,
    /// Rename a team.
    ChangeTeam,
    /// Create and archive departments and teams, and say who is in them and who manages them.
    ManageTeams,
    /// Invite, import, change, disable, enable and unlink members, hand their things over, make reset links.
    ManageMembers,
    /// Change the workspace's name, time zone, rhythm and rule parameters.
    ChangeWorkspace,
    /// See, make, roll and revoke API keys.
    ManageApiKeys,
    /// Read and export the audit log.
    ReadAuditLog,
    /// Make and change review templates.
    ManageReviewTemplates,
    /// Make review cycles and say who reviews whom.
    ManageReviewCycles,
    /// Write the answers and the private note of a review, and submit it.
    WriteReview,
    /// Read the answers of a submitted or shared review of someone else's writing.
    ReadReview,
    /// Share a submitted review, or take that back.
    ShareReview,
}

impl Action {
    /// The spelling in documents.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Creating an OKR of this type.
    pub fn creating_okr(okr_type: OkrType) -> Self {
        match okr_type {
            OkrType::Org => Self::CreateCompanyOkr,
            OkrType::Department => Self::CreateDepartmentOkr,
            OkrType::Team => Self::CreateTeamOkr,
        }
    }

    /// The relations of which one suffices for a person in this role.
    pub fn relations(self, role: Role) -> Relations {
        let (admin, manager, member) = self.row();
        match role {
            Role::Admin => admin,
            Role::Manager => manager,
            Role::Member => member,
        }
    }

    /// Whether a person in this role may do it to something they relate to like this.
    pub fn allows(self, role: Role, relation: Relation) -> bool {
        self.relations(role).contains(relation)
    }

    /// Whether a person in this role may ever do it: whether to show the way there at all.
    pub fn is_open_to(self, role: Role) -> bool {
        self.relations(role) != NONE
    }

    /// Admin, manager, member.
    #[rustfmt::skip]
    fn row(self) -> (Relations, Relations, Relations) {
        match self {
            Self::SeeDepartmentOkr      => (ALL, OWN_MANAGED_TEAM, OWN_TEAM),
            Self::SeeTeamOkr            => (ALL, OWN_MANAGED_TEAM, OWN_TEAM),
            Self::CreateCompanyOkr      => (ALL, ALL,              NONE),
            Self::CreateDepartmentOkr   => (ALL, MANAGED,          NONE),
            Self::CreateTeamOkr         => (ALL, OWN_MANAGED_TEAM, OWN_TEAM),
            Self::ChangeOkr             => (ALL, OWN_MANAGED,      OWN),
            Self::CheckIn               => (ALL, OWN_MANAGED_TEAM, OWN_TEAM),
            Self::CorrectCheckIn        => (OWN, OWN,              OWN),
            Self::Comment               => (ALL, ALL,              ALL),
            Self::ChangeComment         => (OWN, OWN,              OWN),
            Self::DeleteComment         => (ALL, OWN,              OWN),
            Self::CreateKpi             => (ALL, ALL,              OWN_TEAM),
            Self::ChangeKpi             => (ALL, OWN_MANAGED,      OWN),
            Self::RecordKpi             => (ALL, OWN_MANAGED_TEAM, OWN_TEAM),
            Self::CreateInitiative      => (ALL, ALL,              ALL),
            Self::ChangeInitiative      => (ALL, OWN_MANAGED_TEAM, OWN_TEAM),
            Self::CloneCycle            => (ALL, ALL,              NONE),
            Self::ManageCycles          => (ALL, NONE,             NONE),
            Self::ChangeTeam            => (ALL, MANAGED,          NONE),
            Self::ManageTeams           => (ALL, NONE,             NONE),
            Self::ManageMembers         => (ALL, NONE,             NONE),
            Self::ChangeWorkspace       => (ALL, NONE,             NONE),
            Self::ManageApiKeys         => (ALL, NONE,             NONE),
            Self::ReadAuditLog          => (ALL, NONE,             NONE),
            Self::ManageReviewTemplates => (ALL, NONE,             NONE),
            Self::ManageReviewCycles    => (ALL, ALL,              NONE),
            Self::WriteReview           => (OWN, OWN,              OWN),
            Self::ReadReview            => (ALL, OWN_MANAGED,      OWN),
            Self::ShareReview           => (ALL, OWN_MANAGED,      OWN),
        }
    }
}

/// Someone signed in, with what permissions depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their row.
    pub member_id: MemberId,
    /// What they are in the workspace.
    pub role: Role,
    /// Their own department, those of their teams, and those they manage.
    pub department_ids: Vec<DepartmentId>,
    /// The teams they are in and those they manage.
    pub team_ids: Vec<TeamId>,
    /// Departments they manage.
    pub managed_department_ids: Vec<DepartmentId>,
    /// Teams they manage, and all teams of the departments they manage.
    pub managed_team_ids: Vec<TeamId>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use strum::VariantArray as _;

    use super::*;

    const RELATIONS: [Relation; 4] = [
        Relation::Own,
        Relation::Managed,
        Relation::Team,
        Relation::Other,
    ];

    /// The words of a cell of `docs/permissions.md`.
    fn relations(cell: &str) -> Vec<Relation> {
        match cell {
            "all" => RELATIONS.to_vec(),
            "–" => vec![],
            words => words
                .split(", ")
                .map(|word| match word {
                    "own" => Relation::Own,
                    "managed" => Relation::Managed,
                    "team" => Relation::Team,
                    other => panic!("docs/permissions.md has the unknown word {other:?}"),
                })
                .collect(),
        }
    }

    #[test]
    fn the_documented_table_is_the_one_that_holds() {
        let text = include_str!("../../docs/permissions.md");
        let mut documented: BTreeMap<&str, [&str; 3]> = BTreeMap::new();
        for line in text.lines().filter(|line| line.starts_with("| `")) {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [action, _, admin, manager, member] = cells[..] else {
                panic!("not five cells: {line}");
            };
            documented.insert(action.trim_matches('`'), [admin, manager, member]);
        }
        for action in Action::VARIANTS {
            let cells = documented
                .remove(action.as_str())
                .unwrap_or_else(|| panic!("docs/permissions.md lacks {}", action.as_str()));
            for (role, cell) in [Role::Admin, Role::Manager, Role::Member].iter().zip(cells) {
                let allowed = relations(cell);
                for relation in RELATIONS {
                    assert_eq!(
                        action.allows(*role, relation),
                        allowed.contains(&relation),
                        "{} by {role:?}, {relation:?}",
                        action.as_str()
                    );
                }
            }
        }
        assert_eq!(documented, BTreeMap::new(), "actions that do not exist");
    }

    #[test]
    fn a_higher_role_may_whatever_a_lower_one_may() {
        for action in Action::VARIANTS {
            for relation in RELATIONS {
                let by = |role| action.allows(role, relation);
                assert!(
                    by(Role::Member) <= by(Role::Manager),
                    "{action:?} {relation:?}"
                );
                assert!(
                    by(Role::Manager) <= by(Role::Admin),
                    "{action:?} {relation:?}"
                );
            }
        }
    }
}
