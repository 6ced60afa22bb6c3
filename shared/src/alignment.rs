//! What the app changes of OKRs and key results beyond the public API: where they belong and how
//! much they count.

use serde::{Deserialize, Serialize};

use crate::id::OkrId;
use crate::number::Number;
use crate::patch::{self, Patch, patch};
use crate::text::{Check, Text};
use crate::validation::{Body, Invalid};

patch! {
    /// The body that aligns, weighs or archives an OKR: fields left out stay as they are.
    pub struct OkrAlignmentPatch {
        /// The OKR it is aligned to, not below itself; null makes it stand alone.
        parent_id: Option<OkrId>,
        /// Its share in the roll-up of its parent; 0 or more.
        #[cfg_attr(feature = "openapi", schema(minimum = 0))]
        weight: Number,
        /// True takes it out of the ordinary lists, false brings it back.
        archived: bool,
    }
}

impl Body for OkrAlignmentPatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.require_change()?;
        weight(self.weight)
    }
}

/// The body that weighs or moves a key result or its target: fields left out stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyResultAlignmentPatch {
    /// Its share in the objective; 0 or more.
    #[serde(
        default,
        deserialize_with = "patch::given",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, nullable = false))]
    pub weight: Option<Number>,
    /// The OKR to move it to, with its history and the comments on it.
    #[serde(
        default,
        deserialize_with = "patch::given",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub okr_id: Option<OkrId>,
    /// Where it should end. The old target stays in its history.
    #[serde(
        default,
        deserialize_with = "patch::given",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub target_value: Option<Number>,
    /// Why the target moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

impl Body for KeyResultAlignmentPatch {
    fn validate(&self) -> Result<(), Invalid> {
        if self.reason.is_some() && self.target_value.is_none() {
            return Err(Invalid::field("reason", "is of use with target_value only"));
        }
        if *self == Self::default() {
            return Err(Invalid::body(
                "has no updatable field; allowed are weight, okr_id and target_value with reason",
            ));
        }
        weight(self.weight)?;
        self.reason.check("reason")
    }
}

fn weight(weight: Option<Number>) -> Result<(), Invalid> {
    match weight {
        Some(weight) if weight < Number::ZERO => {
            Err(Invalid::field("weight", "must not be negative"))
        }
        _ => Ok(()),
    }
}
