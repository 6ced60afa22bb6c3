//! What happened to an OKR and to what belongs to it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::id::{KeyResultId, MemberId};
use crate::timestamp::Timestamp;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activity {
    /// Identifies it, and sorts by time.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// What, as the audit log calls it: `okr.update`, `key_result.check_in`, `comment.create`, …
    pub action: String,
    /// Who did it, or made the key that did.
    pub member_id: Option<MemberId>,
    /// Their name.
    pub member: Option<String>,
    /// Whether a program with that key did it; which key, only the audit log tells.
    pub by_api_key: bool,
    /// To what.
    pub subject: ActivitySubject,
    /// The id of that.
    pub subject_id: String,
    /// The key result it is about, if it is about one.
    pub key_result_id: Option<KeyResultId>,
    /// What that is called.
    pub key_result: Option<String>,
    /// What was changed or set, of what everybody who sees the OKR may know.
    pub changes: Vec<FieldChange>,
}

/// What kind of thing something happened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActivitySubject {
    /// The OKR itself.
    Okr,
    /// A key result of the OKR.
    KeyResult,
    /// A check-in that was corrected.
    CheckIn,
    /// A comment on it.
    Comment,
}

/// A field before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// As bodies call it.
    pub field: String,
    /// Null when it was not set, or when the thing is new.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub before: Value,
    /// Null when it was cleared.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub after: Value,
}
