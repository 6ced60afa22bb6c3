//! A workspace that stays on the hosted service: what this deployment, standing in front of it, can
//! do, how much of the service's budget is left, and the writes that wait for it.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use crate::id::{MemberId, PendingWriteId};
use crate::key_result::MetricType;
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

/// Where a workspace's data is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, EnumString)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Backend {
    /// In this deployment's own database.
    #[default]
    D1,
    /// With the hosted service; the database here holds a copy and what the service has no place for.
    Upstream,
}

/// Who sees an OKR of which the service does not say who it is for, until somebody here does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum UnknownVisibility {
    /// Admins, and whoever owns one of its key results.
    AdminsOnly,
    /// The whole organisation.
    Everyone,
}

/// `GET /capabilities`: what can be done here. What can't is not offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Capabilities {
    /// Where the data is.
    pub backend: Backend,
    /// Cycles can be made, changed and cloned.
    pub change_cycles: bool,
    /// Review cycles can be run, reviews written.
    pub write_reviews: bool,
    /// Check-ins can be corrected and taken back.
    pub correct_check_ins: bool,
    /// What was deleted can be brought back.
    pub restore: bool,
    /// A key result can move to another OKR.
    pub move_key_results: bool,
    /// KPIs can be renamed, get another target and be deleted.
    pub change_kpis: bool,
}

impl Capabilities {
    /// Of a workspace whose data is there.
    pub const fn of(backend: Backend) -> Self {
        let here = matches!(backend, Backend::D1);
        Self {
            backend,
            change_cycles: here,
            write_reviews: here,
            correct_check_ins: here,
            restore: here,
            move_key_results: here,
            change_kpis: here,
        }
    }
}

/// `GET /budget`: how the service's budget and the copy of its data stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Budget {
    /// Requests that the service accepts in a minute.
    pub limit: u32,
    /// How many of them are left in this minute.
    pub left: u32,
    /// Seconds until there are more, 1 to 60; longer if the service said so.
    pub resets_in_seconds: u32,
    /// Seconds until the service is tried again after it failed repeatedly; null while it answers.
    pub paused_for_seconds: Option<u32>,
    /// When the oldest list of the copy was read from the service; null before the first time.
    pub as_of: Option<Timestamp>,
    /// Whether the copy could not be renewed when it should have been.
    pub is_stale: bool,
    /// Writes that wait to be sent.
    pub waiting_writes: u32,
    /// Writes of which somebody has to say what is to become of them.
    pub undecided_writes: u32,
    /// Writes that ended without effect after whoever asked had gone on, until they are put away.
    pub failed_writes: u32,
}

/// What has become of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WriteState {
    /// It has not been sent.
    Waiting,
    /// It has been sent; the answer has not come yet.
    Sending,
    /// The answer was lost. What it was about is read before anything else is sent.
    InDoubt,
    /// The answer was lost, and what there is to read does not say whether it took effect.
    Undecided,
    /// It has not been sent: the key that it came with has ended, or whose it is may not sign in any more. An
    /// admin decides.
    Held,
    /// The service accepted it.
    Done,
    /// The service refused it, or it was dropped.
    Failed,
}

/// `GET /pending-writes`: a write that was not answered at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingWrite {
    /// Identifies the write.
    pub id: PendingWriteId,
    /// What has become of it.
    pub state: WriteState,
    /// `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// Below `/api/v1`: `/key-results/{id}/checkins`.
    pub path: String,
    /// The body that is sent: JSON text, empty for a delete.
    pub body: String,
    /// What the thing that it is about, or makes, is called; null where that is not known.
    pub title: Option<String>,
    /// The kind of a key result that a value is reported of.
    #[serde(default)]
    pub metric_type: Option<MetricType>,
    /// The unit of what a value is reported of.
    #[serde(default)]
    pub unit: Option<String>,
    /// Whose it is.
    pub member_id: Option<String>,
    /// Their name; null where that is not known, and in the answer to the write itself.
    pub member: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// The status that the service answered with.
    pub status: Option<u16>,
    /// What it answered: JSON text.
    pub answer: Option<String>,
}

/// What is to become of an undecided or held write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It did not take effect, or is wanted though its author may no longer write: send it.
    Send,
    /// It took effect, or is not wanted any more: forget it. Of one that has ended: don't list it.
    Drop,
}

/// The body that decides about an undecided or held write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decided {
    /// What is to become of it.
    pub decision: Decision,
}

impl Body for Decided {
    fn validate(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

/// `GET /hosted-people`: somebody whom only the hosted service knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HostedPerson {
    /// Identifies them: a disabled member.
    pub id: MemberId,
    /// Their name; where the service gives only an id, `Person` and its beginning.
    pub name: String,
    /// How many OKRs, key results and initiatives are theirs here.
    pub owns: u32,
    /// What one of these is called.
    pub example: Option<String>,
    /// The member who they are, if somebody has said so.
    pub member_id: Option<MemberId>,
    /// The member's name.
    pub member: Option<String>,
}

/// The body that says which member somebody is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonLink {
    /// A member who is not disabled.
    pub member_id: MemberId,
}

impl Body for PersonLink {
    fn validate(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

/// `GET /comparison`: one list of the service's, beside the same list made of the copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListComparison {
    /// Below `/api/v1`: `/okrs`.
    pub list: String,
    /// How many items the service lists.
    pub there: u32,
    /// How many are listed here.
    pub here: u32,
    /// Whether those that both list come in the same order.
    pub same_order: bool,
    /// How many items are the same in every field.
    pub equal: u32,
    /// How many fields differ in all.
    pub differing_fields: u32,
    /// The first 100 differences, those of figures that each side computes last.
    pub differences: Vec<Difference>,
    /// When the service's list was read that this is about.
    pub compared_at: Timestamp,
}

/// `POST /comparison`: the comparisons that are not older are the ones asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparisonAsked {
    /// When, on the deployment's clock.
    pub asked_at: Timestamp,
}

/// A field in which an item differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// The item.
    pub id: String,
    /// What it is called; null where it has no name.
    #[serde(default)]
    pub name: Option<String>,
    /// The field, as a path: `key_results[0].current_value`; empty if one side lacks the item.
    pub field: String,
    /// What the service says, as JSON; null if it says nothing.
    pub there: Option<String>,
    /// What is here, as JSON; null if there is nothing.
    pub here: Option<String>,
    /// Whether it is a figure that each side computes, and may compute differently: see [`is_computed`].
    #[serde(default)]
    pub is_computed: bool,
}

/// Whether a field of a list, `key_results[0].progress` of `/okrs`, is a figure that nobody enters:
/// health depends on a history that is not listed, progress on weights, a status on both, on today and
/// on the constants of the workspace.
pub fn is_computed(list: &str, field: &str) -> bool {
    let of_key_result = field
        .strip_prefix("key_results[")
        .and_then(|rest| rest.split_once("]."));
    match (list, of_key_result) {
        ("/okrs", Some((_, field))) => field == "progress",
        ("/okrs", None) => ["progress", "status", "health_score"].contains(&field),
        ("/kpis" | "/cycles", _) => field == "status",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_computed;

    #[test]
    fn figures_are_told_from_what_was_entered() {
        for (list, field) in [
            ("/okrs", "health_score"),
            ("/okrs", "status"),
            ("/okrs", "key_results[3].progress"),
            ("/kpis", "status"),
        ] {
            assert!(is_computed(list, field), "{field}");
        }
        for (list, field) in [
            ("/okrs", "title"),
            ("/okrs", ""),
            ("/okrs", "key_results[3].status"),
            ("/okrs", "key_results[3]"),
            ("/initiatives", "status"),
            ("/review-cycles", "status"),
        ] {
            assert!(!is_computed(list, field), "{field}");
        }
    }
}
