//! Initiatives: work items linked to OKRs and key results.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::days;
use crate::id::{InitiativeId, KeyResultId, MemberId, OkrId};
use crate::patch;
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
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub start_date: Option<NaiveDate>,
    /// Last day.
    #[serde(default, deserialize_with = "days::read_optional")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
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
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 500, pattern = r"\S")
    )]
    pub title: String,
    /// More about it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 50000))]
    pub description: Option<String>,
    /// `todo` when left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<InitiativeStatus>))]
    pub status: InitiativeStatus,
    /// No priority when left out.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// First day.
    #[serde(default, deserialize_with = "days::read_optional")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub start_date: Option<NaiveDate>,
    /// Last day, not before the first.
    #[serde(default, deserialize_with = "days::read_optional")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
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
        validation::title("title", &self.title)?;
        validation::text("description", self.description.as_deref())?;
        days::span(self.start_date, self.end_date)
    }
}

/// The body that updates an initiative: fields left out stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InitiativePatch {
    /// What is to be done; not blank.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 500, pattern = r"\S", nullable = false)
    )]
    pub title: Option<String>,
    /// More about it; null clears it.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, max_length = 50000))]
    pub description: Option<Option<String>>,
    /// How far it is.
    #[serde(
        default,
        deserialize_with = "patch::required",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub status: Option<InitiativeStatus>,
    /// How urgent it is; null clears it.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Priority>))]
    pub priority: Option<Option<Priority>>,
    /// First day; null clears it.
    #[serde(
        default,
        deserialize_with = "days::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub start_date: Option<Option<NaiveDate>>,
    /// Last day, not before the first; null clears it.
    #[serde(
        default,
        deserialize_with = "days::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub end_date: Option<Option<NaiveDate>>,
    /// A member of this organisation; null clears it.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<MemberId>))]
    pub owner_id: Option<Option<MemberId>>,
    /// A key result of this organisation, in place of the linked one; null removes the link.
    #[serde(
        default,
        deserialize_with = "patch::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<KeyResultId>))]
    pub kr_id: Option<Option<KeyResultId>>,
}

impl Body for InitiativePatch {
    fn validate(&self) -> Result<(), Invalid> {
        if *self == Self::default() {
            return Err(Invalid::body(
                "has no updatable field; allowed are title, description, status, priority, start_date, \
                 end_date, owner_id and kr_id",
            ));
        }
        if let Some(title) = &self.title {
            validation::title("title", title)?;
        }
        if let Some(description) = &self.description {
            validation::text("description", description.as_deref())?;
        }
        days::span(self.start_date.flatten(), self.end_date.flatten())
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
