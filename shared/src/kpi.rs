//! Key performance indicators: measured for as long as they matter, without an end.

use serde::{Deserialize, Serialize};

use crate::id::{KpiId, KpiUpdateId, MemberId, OrganisationId, TeamId};
use crate::number::Number;
use crate::patch;
use crate::status::Status;
use crate::text::{Check, Label, Text, Title};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

/// Which way is better.
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
pub enum Direction {
    /// Met when the value is at or above the target.
    #[default]
    Higher,
    /// Met when the value is at or below the target.
    Lower,
}

impl Direction {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// How often a KPI should be measured.
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
pub enum UpdateFrequency {
    /// Overdue after 7 days.
    Weekly,
    /// Overdue after 31 days.
    #[default]
    Monthly,
    /// Overdue after 92 days.
    Quarterly,
}

impl UpdateFrequency {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// What part of the business a KPI watches.
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
pub enum KpiCategory {
    /// Winning customers.
    Acquisition,
    /// Turning interest into use.
    Conversion,
    /// Keeping customers.
    Retention,
    /// Money coming in.
    Revenue,
    /// Anything else.
    #[default]
    Custom,
}

impl KpiCategory {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A KPI in `GET /kpis`. The contract names its fields differently from [`Kpi`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KpiSummary {
    /// Identifies the KPI.
    pub id: KpiId,
    /// What is measured.
    pub name: String,
    /// The last measured value.
    pub current: Option<Number>,
    /// The value to reach or to hold.
    pub target: Option<Number>,
    /// What the values count.
    pub unit: Option<String>,
    /// How it stands today.
    pub status: Status,
    /// When a value was last recorded; null before the first update.
    pub last_updated: Option<Timestamp>,
}

/// A KPI as creating it answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kpi {
    /// Identifies the KPI.
    pub id: KpiId,
    /// The organisation it belongs to.
    pub organisation_id: OrganisationId,
    /// What is measured.
    pub name: String,
    /// How it is measured.
    pub description: Option<String>,
    /// The member who answers for it.
    pub owner_id: Option<MemberId>,
    /// The team it belongs to.
    pub team_id: Option<TeamId>,
    /// What part of the business it watches.
    pub category: KpiCategory,
    /// A free label that lists group by.
    pub group_name: Option<String>,
    /// The last measured value.
    pub current_value: Option<Number>,
    /// The value to reach or to hold.
    pub target_value: Option<Number>,
    /// What the values count.
    pub unit: Option<String>,
    /// How it stands today.
    pub status: Status,
    /// How often it should be measured.
    pub update_frequency: UpdateFrequency,
    /// Which way is better.
    pub direction: Direction,
    /// When a value was last recorded; null before the first update.
    pub last_updated_at: Option<Timestamp>,
    /// The member who made the API key that created it.
    pub created_by: Option<MemberId>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The body that creates a KPI.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewKpi {
    /// What is measured; not blank.
    pub name: Title,
    /// How it is measured.
    #[serde(default)]
    pub description: Option<Text>,
    /// `custom` when left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<KpiCategory>))]
    pub category: KpiCategory,
    /// A free label that lists group by.
    #[serde(default)]
    pub group_name: Option<Label>,
    /// A member of this organisation.
    #[serde(default)]
    pub owner_id: Option<MemberId>,
    /// A team of this organisation.
    #[serde(default)]
    pub team_id: Option<TeamId>,
    /// The first value. Counts as creation, not as an update.
    #[serde(default)]
    pub current_value: Option<Number>,
    /// The value to reach or to hold.
    #[serde(default)]
    pub target_value: Option<Number>,
    /// What the values count, such as `%`, `$` or `users`.
    #[serde(default)]
    pub unit: Option<Label>,
    /// `monthly` when left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<UpdateFrequency>))]
    pub update_frequency: UpdateFrequency,
    /// `higher` when left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Direction>))]
    pub direction: Direction,
}

impl Body for NewKpi {
    fn validate(&self) -> Result<(), Invalid> {
        self.name.check("name")?;
        self.description.check("description")?;
        self.group_name.check("group_name")?;
        self.unit.check("unit")
    }
}

/// One measurement as recording it answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KpiUpdate {
    /// Identifies the measurement.
    pub id: KpiUpdateId,
    /// The KPI that was measured.
    pub kpi_id: KpiId,
    /// The value before it; null when there was none.
    pub previous_value: Option<Number>,
    /// The measured value.
    pub new_value: Number,
    /// When it was recorded.
    pub created_at: Timestamp,
}

/// The body that records a measurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewKpiUpdate {
    /// The measured value.
    pub value: Number,
    /// In the reporter's words.
    #[serde(default)]
    pub comment: Option<Text>,
}

impl Body for NewKpiUpdate {
    fn validate(&self) -> Result<(), Invalid> {
        self.comment.check("comment")
    }
}
