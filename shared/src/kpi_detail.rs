//! KPIs as the app shows them.

use serde::{Deserialize, Serialize};

use crate::id::{KpiId, KpiUpdateId, MemberId, TeamId};
use crate::kpi::{Direction, KpiCategory, NewKpi, UpdateFrequency};
use crate::number::Number;
use crate::patch::{Patch, patch};
use crate::permission::Action;
use crate::rules::Trend;
use crate::status::Status;
use crate::text::{Check, Label, Text, Title};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

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

patch! {
    /// The body that changes a KPI: fields left out stay as they are. Values are recorded, not changed.
    pub struct KpiPatch of NewKpi {
        /// What is measured; not blank.
        name: Title,
        /// How it is measured; null clears it.
        description: Option<Text>,
        /// What part of the business it watches.
        category: KpiCategory,
        /// A free label that lists group by; null clears it.
        group_name: Option<Label>,
        /// A member of this organisation; null clears it.
        owner_id: Option<MemberId>,
        /// A team of this organisation; null clears it.
        team_id: Option<TeamId>,
        /// The value to reach or to hold; null clears it.
        target_value: Option<Number>,
        /// What the values count; null clears it.
        unit: Option<Label>,
        /// How often it should be measured.
        update_frequency: UpdateFrequency,
        /// Which way is better.
        direction: Direction,
    }
}

impl Body for KpiPatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.require_change()?;
        self.name.check("name")?;
        self.description.check("description")?;
        self.group_name.check("group_name")?;
        self.unit.check("unit")
    }
}
