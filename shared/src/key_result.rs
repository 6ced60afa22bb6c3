//! Key results: the measurable part of an OKR.

use serde::{Deserialize, Serialize};

use crate::id::{KeyResultId, MemberId, OkrId};
use crate::number::Number;
use crate::patch::{Patch, patch};
use crate::status::Status;
use crate::text::{Check, Label, Title};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

/// The kind of value that a key result measures.
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
pub enum MetricType {
    /// A plain count or amount.
    Number,
    /// Percent, 0 to 100 by convention.
    Percentage,
    /// Money; the unit names the currency.
    Currency,
    /// Done or not: 1 or 0.
    Boolean,
}

impl MetricType {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether a key result of this kind can stand at `value`: a boolean one is done or not.
    pub fn takes(self, value: Number) -> bool {
        self != Self::Boolean || [0.0, 1.0].contains(&value.get())
    }
}

/// The message for a boolean key result that would stand somewhere between 0 and 1, or beyond.
pub fn neither_done_nor_not(field: &str) -> Invalid {
    Invalid::field(field, "must be 0 or 1 for a boolean key result")
}

/// A key result inside `GET /okrs`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyResultSummary {
    /// Identifies the key result: use it to check in and to update.
    pub id: KeyResultId,
    /// What is measured.
    pub title: String,
    /// The kind of value.
    pub metric_type: MetricType,
    /// Where it started.
    pub start_value: Number,
    /// Where it stands, as last checked in or edited; 1 or 0 for a boolean one.
    pub current_value: Number,
    /// Where it should end; may lie below the start.
    pub target_value: Number,
    /// Way from start to target, 0 to 1, two decimals.
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 1))]
    pub progress: Number,
    /// As the last check-in left it.
    pub status: Status,
    /// The member who answers for it.
    pub owner_id: Option<MemberId>,
}

/// A key result as creating and updating it answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyResult {
    /// Identifies the key result.
    pub id: KeyResultId,
    /// The OKR it belongs to.
    pub okr_id: OkrId,
    /// What is measured.
    pub title: String,
    /// The kind of value.
    pub metric_type: MetricType,
    /// Where it started.
    pub start_value: Number,
    /// Where it should end; may lie below the start.
    pub target_value: Number,
    /// Where it stands; 1 or 0 for a boolean one.
    pub current_value: Number,
    /// The member who answers for it.
    pub owner_id: Option<MemberId>,
    /// What the values count, such as `%` or `users`.
    pub unit: Option<String>,
    /// As the last check-in left it.
    pub status: Status,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed. Absent in the answer that creates it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub updated_at: Option<Timestamp>,
}

/// The body that adds a key result to an OKR.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewKeyResult {
    /// What is measured; not blank.
    pub title: Title,
    /// The kind of value.
    pub metric_type: MetricType,
    /// Where it starts; 0 by convention for a boolean one.
    pub start_value: Number,
    /// Where it should end; 1 by convention for a boolean one.
    pub target_value: Number,
    /// Where it stands; the start when left out. 0 or 1 for a boolean key result.
    #[serde(default)]
    pub current_value: Option<Number>,
    /// A member of this organisation.
    #[serde(default)]
    pub owner_id: Option<MemberId>,
    /// What the values count, such as `%` or `users`.
    #[serde(default)]
    pub unit: Option<Label>,
}

impl NewKeyResult {
    /// Where it stands at its creation.
    pub fn current_value(&self) -> Number {
        self.current_value.unwrap_or(self.start_value)
    }
}

impl Body for NewKeyResult {
    fn validate(&self) -> Result<(), Invalid> {
        self.title.check("title")?;
        self.unit.check("unit")?;
        if !self.metric_type.takes(self.current_value()) {
            return Err(neither_done_nor_not(match self.current_value {
                Some(_) => "current_value",
                None => "start_value",
            }));
        }
        Ok(())
    }
}

patch! {
    /// The body that updates a key result: fields left out stay as they are.
    pub struct KeyResultPatch of NewKeyResult {
        /// What is measured; not blank.
        title: Title,
        /// The kind of value.
        metric_type: MetricType,
        /// Where it started.
        start_value: Number,
        /// Where it should end.
        target_value: Number,
        /// Where it stands; 0 or 1 for a boolean key result. Kept in the history as an edit, not as a
        /// check-in; the status stays.
        current_value: Number,
        /// A member of this organisation; null clears it.
        owner_id: Option<MemberId>,
        /// What the values count; null clears it.
        unit: Option<Label>,
    }
}

impl Body for KeyResultPatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.require_change()?;
        self.title.check("title")?;
        self.unit.check("unit")?;
        Ok(())
    }
}
