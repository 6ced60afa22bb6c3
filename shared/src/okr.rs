//! OKRs: an objective of an organisation, department or team, with its key results.

use serde::{Deserialize, Serialize};

use crate::id::{CycleId, DepartmentId, MemberId, OkrId, TeamId};
use crate::key_result::KeyResultSummary;
use crate::number::Number;
use crate::patch::{self, Patch, patch};
use crate::status::Status;
use crate::text::{Check, Text, Title};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

/// Whose objective it is. Printed as `org`; `company` is accepted on input as another word for it.
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
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum OkrType {
    /// The whole organisation's; the interface says "Company".
    #[serde(alias = "company")]
    Org,
    /// A department's.
    Department,
    /// A team's.
    Team,
}

impl OkrType {
    /// The spelling in JSON answers and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Which members see the OKR. API keys see all of their organisation.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Visibility {
    /// Every member.
    #[default]
    Organisation,
    /// Members of its department.
    Department,
    /// Members of its team.
    Team,
}

impl Visibility {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// An OKR in `GET /okrs`: names instead of ids, with the computed figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OkrSummary {
    /// Identifies the OKR.
    pub id: OkrId,
    /// The objective.
    pub title: String,
    /// Whose objective it is.
    #[serde(rename = "type")]
    pub okr_type: OkrType,
    /// The owner's name.
    pub owner: Option<String>,
    /// Weighted mean of the key results' progress, 0 to 1, two decimals.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1))]
    pub progress: Number,
    /// How the objective stands.
    pub status: Status,
    /// From recency, velocity and progress gap of the key results, 0 to 100.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 100))]
    pub health_score: u8,
    /// The cycle's name.
    pub cycle: String,
    /// Oldest first.
    pub key_results: Vec<KeyResultSummary>,
}

/// An OKR as creating and updating it answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Okr {
    /// Identifies the OKR.
    pub id: OkrId,
    /// The objective.
    pub title: String,
    /// More about the objective.
    pub description: Option<String>,
    /// Whose objective it is.
    #[serde(rename = "type")]
    pub okr_type: OkrType,
    /// The cycle it belongs to.
    pub cycle_id: CycleId,
    /// The member who answers for it.
    pub owner_id: Option<MemberId>,
    /// The department it belongs to.
    pub department_id: Option<DepartmentId>,
    /// The team it belongs to.
    pub team_id: Option<TeamId>,
    /// Which members see it.
    pub visibility: Visibility,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed. Absent in the answer that creates it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub updated_at: Option<Timestamp>,
}

/// The body that creates an OKR.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewOkr {
    /// The objective; not blank.
    pub title: Title,
    /// More about the objective.
    #[serde(default)]
    pub description: Option<Text>,
    /// `company` (or `org`), `department` or `team`.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", schema(value_type = OkrTypeInput))]
    pub okr_type: OkrType,
    /// A cycle of this organisation.
    pub cycle_id: CycleId,
    /// A member of this organisation.
    #[serde(default)]
    pub owner_id: Option<MemberId>,
    /// A department of this organisation.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
    /// A team of this organisation.
    #[serde(default)]
    pub team_id: Option<TeamId>,
    /// Which members see it; `organisation` when left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Visibility>))]
    pub visibility: Visibility,
}

impl Body for NewOkr {
    fn validate(&self) -> Result<(), Invalid> {
        self.title.check("title")?;
        self.description.check("description")
    }
}

patch! {
    /// The body that updates an OKR: fields left out stay as they are.
    pub struct OkrPatch of NewOkr {
        /// The objective; not blank.
        title: Title,
        /// More about the objective; null clears it.
        description: Option<Text>,
        /// `company` (or `org`), `department` or `team`.
        #[cfg_attr(feature = "openapi", schema(value_type = OkrTypeInput))]
        okr_type as "type": OkrType,
        /// A cycle of this organisation.
        cycle_id: CycleId,
        /// A member of this organisation; null clears it.
        owner_id: Option<MemberId>,
        /// A department of this organisation; null clears it.
        department_id: Option<DepartmentId>,
        /// A team of this organisation; null clears it.
        team_id: Option<TeamId>,
        /// Which members see it.
        visibility: Visibility,
    }
}

impl Body for OkrPatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.require_change()?;
        self.title.check("title")?;
        self.description.check("description")?;
        Ok(())
    }
}

/// The words that `type` accepts; only the document needs them as a type.
#[cfg(feature = "openapi")]
#[derive(utoipa::ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum OkrTypeInput {
    /// The whole organisation's.
    Company,
    /// The whole organisation's, as answers spell it.
    Org,
    /// A department's.
    Department,
    /// A team's.
    Team,
}
