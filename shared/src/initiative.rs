//! Initiatives: work items linked to OKRs and key results.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::days::{self, Day};
use crate::id::{InitiativeId, KeyResultId, MemberId, OkrId};
use crate::patch::{self, Patch, patch};
use crate::text::{Check, Text, Title};
use crate::timestamp::Timestamp;
use crate::validation::{self, Body, Invalid};

/// How far an initiative is.
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
pub enum InitiativeStatus {
    /// Not begun.
    #[default]
    Todo,
    /// Being worked on.
    InProgress,
    /// Finished.
    Done,
    /// Held up.
    Blocked,
}

impl InitiativeStatus {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// How urgent an initiative is; `p0` is the most urgent.
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
pub enum Priority {
    /// Drop everything.
    P0,
    /// Next.
    P1,
    /// Soon.
    P2,
    /// Some day.
    P3,
}

impl Priority {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// An initiative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Initiative {
    /// Identifies the initiative.
    pub id: InitiativeId,
    /// What is to be done.
    pub title: String,
    /// More about it.
    pub description: Option<String>,
    /// How far it is.
    pub status: InitiativeStatus,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// First day.
    #[serde(default, deserialize_with = "days::read_optional")]
    pub start_date: Option<NaiveDate>,
    /// Last day.
    #[serde(default, deserialize_with = "days::read_optional")]
    pub end_date: Option<NaiveDate>,
    /// The member who answers for it.
    pub owner_id: Option<MemberId>,
    /// The key result it serves.
    pub kr_id: Option<KeyResultId>,
    /// The OKR it serves: the key result's, if it has one.
    pub okr_id: Option<OkrId>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The envelope that only initiatives come in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Data<T> {
    /// What was asked for.
    pub data: T,
}

/// The answer to deleting an initiative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deleted {
    /// Always true.
    pub success: bool,
}

/// The body that creates an initiative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewInitiative {
    /// What is to be done; not blank.
    pub title: Title,
    /// More about it.
    #[serde(default)]
    pub description: Option<Text>,
    /// `todo` when left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<InitiativeStatus>))]
    pub status: InitiativeStatus,
    /// No priority when left out.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// First day.
    #[serde(default, deserialize_with = "days::read_optional")]
    pub start_date: Option<NaiveDate>,
    /// Last day, not before the first.
    #[serde(default, deserialize_with = "days::read_optional")]
    pub end_date: Option<NaiveDate>,
    /// A member of this organisation.
    #[serde(default)]
    pub owner_id: Option<MemberId>,
    /// An OKR of this organisation. The key result's OKR replaces it when `kr_id` is given.
    #[serde(default)]
    pub okr_id: Option<OkrId>,
    /// A key result of this organisation to link it to.
    #[serde(default)]
    pub kr_id: Option<KeyResultId>,
}

impl Body for NewInitiative {
    fn validate(&self) -> Result<(), Invalid> {
        self.title.check("title")?;
        self.description.check("description")?;
        days::span(self.start_date, self.end_date)
    }
}

patch! {
    /// The body that updates an initiative: fields left out stay as they are.
    pub struct InitiativePatch {
        /// What is to be done; not blank.
        title: Title,
        /// More about it; null clears it.
        description: Option<Text>,
        /// How far it is.
        status: InitiativeStatus,
        /// How urgent it is; null clears it.
        priority: Option<Priority>,
        /// First day; null clears it.
        start_date: Option<Day>,
        /// Last day, not before the first; null clears it.
        end_date: Option<Day>,
        /// A member of this organisation; null clears it.
        owner_id: Option<MemberId>,
        /// A key result of this organisation, in place of the linked one; null removes the link.
        kr_id: Option<KeyResultId>,
    }
}

impl Body for InitiativePatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.require_change()?;
        self.title.check("title")?;
        self.description.check("description")?;
        days::span(
            self.start_date.flatten().map(Day::date),
            self.end_date.flatten().map(Day::date),
        )
    }
}

/// What `GET /initiatives` may be narrowed to; conditions combine with "and".
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct InitiativeFilter {
    /// Only initiatives in this state.
    pub status: Option<InitiativeStatus>,
    /// Only initiatives of this priority.
    pub priority: Option<Priority>,
    /// Only initiatives of this OKR; a UUID.
    pub okr_id: Option<OkrId>,
    /// Only initiatives linked to this key result; a UUID.
    pub kr_id: Option<KeyResultId>,
}

impl InitiativeFilter {
    /// Reads a query string. Unknown parameters are ignored; unknown values and malformed UUIDs are not.
    pub fn parse(query: &str) -> Result<Self, Invalid> {
        validation::query::<Self>(query)?.checked()
    }

    /// The filter with its UUIDs in our spelling; malformed ones are refused.
    pub fn checked(mut self) -> Result<Self, Invalid> {
        if let Some(OkrId(id)) = &mut self.okr_id {
            *id = uuid("okr_id", id)?;
        }
        if let Some(KeyResultId(id)) = &mut self.kr_id {
            *id = uuid("kr_id", id)?;
        }
        Ok(self)
    }
}

/// The UUID as ids are spelled here: in lower case, with hyphens.
fn uuid(parameter: &str, value: &str) -> Result<String, Invalid> {
    match uuid::Uuid::try_parse(value) {
        Ok(uuid) => Ok(uuid.hyphenated().to_string()),
        Err(_) => Err(Invalid::field(parameter, "must be a UUID")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_read_from_a_query_string() {
        let filter = InitiativeFilter::parse("status=in_progress&page=2").unwrap();
        assert_eq!(filter.status, Some(InitiativeStatus::InProgress));
        assert_eq!(filter.okr_id, None);
    }

    #[test]
    fn uuids_are_read_in_any_spelling() {
        let spelled = "01A20BB9-97B7-70CC-A6DB-B6A751797E5F";
        let filter = InitiativeFilter::parse(&format!("okr_id={spelled}")).unwrap();
        assert_eq!(filter.okr_id, Some(OkrId(spelled.to_lowercase())));
    }

    #[test]
    fn unknown_values_and_malformed_uuids_are_refused_by_name() {
        let refusal = |query| InitiativeFilter::parse(query).unwrap_err().message;
        assert!(
            refusal("status=open").contains("status"),
            "{}",
            refusal("status=open")
        );
        assert!(refusal("status=open").contains("`todo`"));
        assert!(refusal("priority=").contains("priority"));
        assert!(refusal("kr_id=kr-1").contains("kr_id must be a UUID"));
    }
}
