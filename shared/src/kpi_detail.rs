//! KPIs as the app shows them.

use serde::{Deserialize, Serialize};

use crate::id::{KpiId, KpiUpdateId, MemberId, TeamId};
use crate::kpi::{Direction, KpiCategory, UpdateFrequency};
use crate::number::Number;
use crate::patch;
use crate::permission::Action;
use crate::rules::Trend;
use crate::status::Status;
use crate::timestamp::Timestamp;
use crate::validation::{self, Body, Invalid};

/// A KPI with its latest values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListedKpi {
    /// Identifies the KPI.
    pub id: KpiId,
    /// What is measured.
    pub name: String,
    /// How it is measured.
    pub description: Option<String>,
    /// What part of the business it watches.
    pub category: KpiCategory,
    /// A free label that lists group by.
    pub group_name: Option<String>,
    /// The member who answers for it.
    pub owner_id: Option<MemberId>,
    /// Their name.
    pub owner: Option<String>,
    /// The team it belongs to.
    pub team_id: Option<TeamId>,
    /// Its name.
    pub team: Option<String>,
    /// The last measured value.
    pub current_value: Option<Number>,
    /// The value to reach or to hold.
    pub target_value: Option<Number>,
    /// What the values count.
    pub unit: Option<String>,
    /// Which way is better.
    pub direction: Direction,
    /// How often it should be measured.
    pub update_frequency: UpdateFrequency,
    /// How it stands today.
    pub status: Status,
    /// How near the value is to the target, 0 to 1, two decimals; `None` without one of them.
    pub attainment: Option<Number>,
    /// Whether the next value is overdue.
    pub overdue: bool,
    /// Whether it has a value but no target to hold it against.
    pub needs_setup: bool,
    /// Where the last value went from the one before; `None` before there are two.
    pub trend: Option<Trend>,
    /// The last twelve measured values, oldest first.
    pub recent_values: Vec<Number>,
    /// When a value was last recorded; `None` before the first.
    pub last_updated_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What the viewer may do to it: `change_kpi`, `record_kpi`.
    pub may: Vec<Action>,
}

/// `GET /kpis/{id}`: a KPI with its history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KpiDetail {
    /// The KPI itself.
    pub kpi: ListedKpi,
    /// The newest 500 measurements, newest first.
    pub updates: Vec<KpiEntry>,
}

/// One measurement in the history of a KPI.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KpiEntry {
    /// Identifies the measurement.
    pub id: KpiUpdateId,
    /// The value before it; `None` when there was none.
    pub previous_value: Option<Number>,
    /// The measured value.
    pub new_value: Number,
    /// In the reporter's words.
    pub comment: Option<String>,
    /// Who recorded it.
    pub author_id: Option<MemberId>,
    /// Their name.
    pub author: Option<String>,
    /// When.
    pub created_at: Timestamp,
}

/// The body that changes a KPI: fields left out stay as they are. Values are recorded, not changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KpiPatch {
    /// What is measured; not blank.
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
    /// How it is measured; null clears it.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, max_length = 50000))]
    pub description: Option<Option<String>>,
    /// What part of the business it watches.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub category: Option<KpiCategory>,
    /// A free label that lists group by; null clears it.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, max_length = 500))]
    pub group_name: Option<Option<String>>,
    /// A member of this organisation; null clears it.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<MemberId>))]
    pub owner_id: Option<Option<MemberId>>,
    /// A team of this organisation; null clears it.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<TeamId>))]
    pub team_id: Option<Option<TeamId>>,
    /// The value to reach or to hold; null clears it.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Number>))]
    pub target_value: Option<Option<Number>>,
    /// What the values count; null clears it.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, max_length = 500))]
    pub unit: Option<Option<String>>,
    /// How often it should be measured.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub update_frequency: Option<UpdateFrequency>,
    /// Which way is better.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub direction: Option<Direction>,
}

impl Body for KpiPatch {
    fn validate(&self) -> Result<(), Invalid> {
        if *self == Self::default() {
            return Err(Invalid::body(
                "has no updatable field; allowed are name, description, category, group_name, owner_id, \
                 team_id, target_value, unit, update_frequency and direction",
            ));
        }
        if let Some(name) = &self.name {
            validation::title("name", name)?;
        }
        validation::text(
            "description",
            self.description.as_ref().and_then(Option::as_deref),
        )?;
        validation::label(
            "group_name",
            self.group_name.as_ref().and_then(Option::as_deref),
        )?;
        validation::label("unit", self.unit.as_ref().and_then(Option::as_deref))
    }
}
