//! Key results: the measurable part of an OKR.

use serde::{Deserialize, Serialize};

/// The kind of value that a key result measures.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantArray,
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
}
