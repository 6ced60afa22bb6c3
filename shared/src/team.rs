//! Departments and the teams in them.

use serde::{Deserialize, Serialize};

use crate::id::{DepartmentId, MemberId, TeamId};
use crate::patch;
use crate::timestamp::Timestamp;
use crate::validation::{self, Body, Invalid};

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
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 500, pattern = r"\S")
    )]
    pub name: String,
    /// A manager or admin of this organisation who is not disabled.
    #[serde(default)]
    pub manager_id: Option<MemberId>,
}

impl Body for NewDepartment {
    fn validate(&self) -> Result<(), Invalid> {
        validation::title("name", &self.name)
    }
}

/// The body that updates a department: fields left out stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DepartmentPatch {
    /// Not blank, and not that of another department.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 500, pattern = r"\S", nullable = false)
    )]
    pub name: Option<String>,
    /// A manager or admin of this organisation who is not disabled; null for none.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<MemberId>))]
    pub manager_id: Option<Option<MemberId>>,
    /// True puts it out of use, false back into use. Its teams and people stay where they are.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub archived: Option<bool>,
}

impl Body for DepartmentPatch {
    fn validate(&self) -> Result<(), Invalid> {
        if *self == Self::default() {
            return Err(Invalid::body(
                "has no updatable field; allowed are name, manager_id and archived",
            ));
        }
        self.name
            .as_ref()
            .map_or(Ok(()), |name| validation::title("name", name))
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
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 500, pattern = r"\S")
    )]
    pub name: String,
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
        validation::title("name", &self.name)?;
        member_ids(&self.member_ids)
    }
}

/// The body that updates a team: fields left out stay as they are. Its manager may change its name
/// and its people, only an admin the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamPatch {
    /// Not blank, and not that of another team.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 500, pattern = r"\S", nullable = false)
    )]
    pub name: Option<String>,
    /// A department of this organisation; null for none.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<DepartmentId>))]
    pub department_id: Option<Option<DepartmentId>>,
    /// A manager or admin of this organisation who is not disabled; null for none.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<MemberId>))]
    pub manager_id: Option<Option<MemberId>>,
    /// Everybody who is to be in it: members of this organisation.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false, max_items = 1000))]
    pub member_ids: Option<Vec<MemberId>>,
    /// True puts it out of use, false back into use. Its people stay in it.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub archived: Option<bool>,
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
        if *self == Self::default() {
            return Err(Invalid::body(
                "has no updatable field; allowed are name, department_id, manager_id, member_ids and archived",
            ));
        }
        if let Some(name) = &self.name {
            validation::title("name", name)?;
        }
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
