//! Members: the people of a workspace, as its admins manage them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::{DepartmentId, MemberId, TeamId};
use crate::patch::{self, Patch, patch};
use crate::permission::Role;
use crate::sign_in;
use crate::team::{Department, Team};
use crate::text::{self, Check, Title};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

/// The most teams that a body can name for a person.
const MAX_TEAMS: usize = 100;

/// Everybody and where they belong: what names, pickers and the people page show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Directory {
    /// All members by name, disabled ones too: they still name what they own.
    pub members: Vec<Member>,
    /// All departments by name, archived ones too.
    pub departments: Vec<Department>,
    /// All teams by name, archived ones too.
    pub teams: Vec<Team>,
}

/// A member of the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// Identifies them.
    pub id: MemberId,
    /// What they are called.
    pub name: String,
    /// Their address, unique in the workspace whatever its case.
    pub email: String,
    /// What they are in the workspace.
    pub role: Role,
    /// Where they work.
    pub department_id: Option<DepartmentId>,
    /// The teams they are in.
    pub team_ids: Vec<TeamId>,
    /// When they first came in; null for somebody who has only been invited.
    pub joined_at: Option<Timestamp>,
    /// Since when they can't sign in any more.
    pub disabled_at: Option<Timestamp>,
    /// Until when their invitation can be used, if one is open.
    pub invitation_expires_at: Option<Timestamp>,
    /// Since when a provider knows them by more than their address.
    #[serde(default)]
    pub linked_at: Option<Timestamp>,
    /// On which day they were last here, for whoever may manage members; null for others.
    #[serde(default)]
    pub last_seen_on: Option<NaiveDate>,
    /// What they hold that works without them, for whoever may take it away; null for others. The answer to
    /// a change that takes rights away says what they held until then.
    #[serde(default)]
    pub credentials: Option<Credentials>,
}

/// How many credentials of each kind somebody holds that work at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credentials {
    /// API keys that they made, or that were handed over to them.
    pub api_keys: u32,
}

/// What becomes of the credentials of somebody who loses rights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CredentialsFate {
    /// They work no more.
    #[default]
    Revoke,
    /// They become those of the admin who asks.
    HandOver,
}

/// The body that keeps somebody out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Disabling {
    /// What becomes of what they hold; it is revoked when this is left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<CredentialsFate>))]
    pub credentials: CredentialsFate,
}

impl Body for Disabling {
    fn validate(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

/// The body that invites somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMember {
    /// Their address, not that of another member.
    #[cfg_attr(feature = "openapi", schema(format = "email", max_length = 254))]
    pub email: String,
    /// Not blank; they can change it.
    pub name: Title,
    /// What they will be in the workspace; a member when left out.
    #[serde(default = "member", deserialize_with = "null_is_member")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Role>))]
    pub role: Role,
    /// A department of this organisation.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
    /// Teams of this organisation; none when left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<TeamId>>, max_items = 100))]
    pub team_ids: Vec<TeamId>,
}

fn member() -> Role {
    Role::Member
}

fn null_is_member<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Role, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(Role::Member))
}

impl Body for NewMember {
    fn validate(&self) -> Result<(), Invalid> {
        sign_in::email("email", &self.email)?;
        self.name.check("name")?;
        text::name("name", &self.name)?;
        team_ids(&self.team_ids)
    }
}

/// A link that lets somebody set a password once. It is shown once: only its hash is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Link {
    /// To be handed to the person.
    pub url: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// Somebody who has just been invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invited {
    /// As the directory shows them.
    pub member: Member,
    /// Their way in, for seven days.
    pub link: Link,
}

patch! {
    /// The body that updates a member: fields left out stay as they are.
    pub struct MemberPatch {
        /// Not blank.
        name: Title,
        /// Not that of another member.
        #[cfg_attr(feature = "openapi", schema(format = "email", max_length = 254))]
        email: String,
        /// The last admin who can sign in stays one. Somebody who becomes a member manages nothing any
        /// more.
        role: Role,
        /// What becomes of what somebody holds whose role falls; it is revoked when this is left out. Only
        /// beside a role.
        credentials: CredentialsFate,
        /// A department of this organisation; null for none.
        department_id: Option<DepartmentId>,
        /// All teams they are to be in: teams of this organisation.
        #[cfg_attr(feature = "openapi", schema(max_items = 100))]
        team_ids: Vec<TeamId>,
    }
}

impl Body for MemberPatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.require_change()?;
        self.name.check("name")?;
        text::name("name", self.name.as_deref().unwrap_or_default())?;
        if let Some(email) = &self.email {
            sign_in::email("email", email)?;
        }
        if self.credentials.is_some() && self.role.is_none() {
            return Err(Invalid::field("credentials", "needs a role beside it"));
        }
        team_ids(self.team_ids.as_deref().unwrap_or_default())
    }
}

fn team_ids(ids: &[TeamId]) -> Result<(), Invalid> {
    if ids.len() > MAX_TEAMS {
        return Err(Invalid::field(
            "team_ids",
            format_args!("must have at most {MAX_TEAMS} entries"),
        ));
    }
    Ok(())
}

/// The body that hands all that somebody owns to another member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOver {
    /// Another member of this organisation who is not disabled.
    pub to_member_id: MemberId,
}

impl Body for HandOver {
    fn validate(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

/// How much was handed over, archived things included and deleted ones not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandedOver {
    /// OKRs.
    pub okrs: u32,
    /// Key results.
    pub key_results: u32,
    /// KPIs.
    pub kpis: u32,
    /// Initiatives.
    pub initiatives: u32,
}
