//! Deletes that can be undone.

use serde::{Deserialize, Serialize};

use crate::id::OkrId;
use crate::timestamp::Timestamp;

/// For so many days a delete can be undone.
pub const RESTORABLE_DAYS: i64 = 30;

/// What was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RestorableKind {
    /// An OKR; its key results come back with it.
    Okr,
    /// A key result of an OKR that still exists.
    KeyResult,
    /// A KPI.
    Kpi,
}

/// Something deleted that the viewer could restore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Restorable {
    /// What it was.
    pub kind: RestorableKind,
    /// Its id.
    pub id: String,
    /// What it was called.
    pub title: String,
    /// The OKR it is, or was part of; `None` for a KPI.
    pub okr_id: Option<OkrId>,
    /// The objective.
    pub okr: Option<String>,
    /// When it was deleted.
    pub deleted_at: Timestamp,
}
