//! Departments and the teams in them.

use serde::{Deserialize, Serialize};

use crate::id::{DepartmentId, MemberId, TeamId};
use crate::patch::{self, Patch, patch};
use crate::text::{self, Check, Title};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

/// The most people that a body can name for a team.
const MAX_MEMBERS: usize = 1_000;

/// A department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Department {
    /// Identifies it.
    pub id: DepartmentId,
    /// Unique among the departments that are not archived.
    pub name: String,
    /// Who manages it, and all of its teams with it.
    pub manager_id: Option<MemberId>,
    /// Since when it is out of use.
    pub archived_at: Option<Timestamp>,
}

/// The body that creates a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewDepartment {
    /// Not blank, and not that of another department.
    pub name: Title,
    /// A manager or admin of this organisation who is not disabled.
    #[serde(default)]
    pub manager_id: Option<MemberId>,
}

impl Body for NewDepartment {
    fn validate(&self) -> Result<(), Invalid> {
        self.name.check("name")?;
        text::name("name", &self.name)
    }
}

patch! {
    /// The body that updates a department: fields left out stay as they are.
    pub struct DepartmentPatch {
        /// Not blank, and not that of another department.
        name: Title,
        /// A manager or admin of this organisation who is not disabled; null for none.
        manager_id: Option<MemberId>,
        /// True puts it out of use, false back into use. Its teams and people stay where they are.
        archived: bool,
    }
}

impl Body for DepartmentPatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.require_change()?;
        self.name.check("name")?;
        text::name("name", self.name.as_deref().unwrap_or_default())
    }
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Team {
    /// Identifies it.
    pub id: TeamId,
    /// Unique among the teams that are not archived.
    pub name: String,
    /// The department it belongs to.
    pub department_id: Option<DepartmentId>,
    /// Who manages it.
    pub manager_id: Option<MemberId>,
    /// Who is in it.
    pub member_ids: Vec<MemberId>,
    /// Since when it is out of use.
    pub archived_at: Option<Timestamp>,
}

/// The body that creates a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTeam {
    /// Not blank, and not that of another team.
    pub name: Title,
    /// A department of this organisation.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
    /// A manager or admin of this organisation who is not disabled.
    #[serde(default)]
    pub manager_id: Option<MemberId>,
    /// Members of this organisation; nobody when left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<MemberId>>, max_items = 1000))]
    pub member_ids: Vec<MemberId>,
}

impl Body for NewTeam {
    fn validate(&self) -> Result<(), Invalid> {
        self.name.check("name")?;
        text::name("name", &self.name)?;
        member_ids(&self.member_ids)
    }
}

patch! {
    /// The body that updates a team: fields left out stay as they are. Its manager may change its name
    /// and its people, only an admin the rest.
    pub struct TeamPatch {
        /// Not blank, and not that of another team.
        name: Title,
        /// A department of this organisation; null for none.
        department_id: Option<DepartmentId>,
        /// A manager or admin of this organisation who is not disabled; null for none.
        manager_id: Option<MemberId>,
        /// Everybody who is to be in it: members of this organisation.
        #[cfg_attr(feature = "openapi", schema(max_items = 1000))]
        member_ids: Vec<MemberId>,
        /// True puts it out of use, false back into use. Its people stay in it.
        archived: bool,
    }
}

impl TeamPatch {
    /// Whether it changes more than the name. Whoever manages a team sees and does more with what
    /// belongs to its people, so who that is can't be the manager's own choice.
    pub fn changes_structure(&self) -> bool {
        self.department_id.is_some()
            || self.manager_id.is_some()
            || self.member_ids.is_some()
            || self.archived.is_some()
    }
}

impl Body for TeamPatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.require_change()?;
        self.name.check("name")?;
        text::name("name", self.name.as_deref().unwrap_or_default())?;
        member_ids(self.member_ids.as_deref().unwrap_or_default())
    }
}

fn member_ids(ids: &[MemberId]) -> Result<(), Invalid> {
    if ids.len() > MAX_MEMBERS {
        return Err(Invalid::field(
            "member_ids",
            format_args!("must have at most {MAX_MEMBERS} entries"),
        ));
    }
    Ok(())
}
