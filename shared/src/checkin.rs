//! Check-ins: one reported value of a key result, with how it stands.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{CheckInId, KeyResultId, OkrId};
use crate::key_result::MetricType;
use crate::number::Number;
use crate::patch::{self, Patch, patch};
use crate::text::{Check, Text};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};

/// What the person who checks in says about the key result.
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
pub enum CheckInStatus {
    /// On pace to reach the target.
    #[default]
    OnTrack,
    /// Lagging, but recoverable.
    AtRisk,
    /// Far behind the target.
    OffTrack,
    /// Something outside stops the work; needs a blocker note.
    Blocked,
}

impl CheckInStatus {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A check-in as recording it answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckIn {
    /// Identifies the check-in.
    pub id: CheckInId,
    /// The OKR of the key result.
    pub okr_id: OkrId,
    /// The key result that was checked in.
    pub key_result_id: KeyResultId,
    /// The reported value; 1 or 0 for a boolean key result.
    pub value: Number,
    /// What was said about it.
    pub status: CheckInStatus,
    /// In the reporter's words.
    pub comment: Option<String>,
    /// What blocks the work; only with the status `blocked`.
    pub blocker_note: Option<String>,
    /// When it was recorded.
    pub created_at: Timestamp,
}

/// The body that checks in a key result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCheckIn {
    /// A number; for a boolean key result `yes`, `no`, true, false, 1 or 0, also as text in any case. Answers
    /// have 1 or 0.
    pub value: CheckInValue,
    /// In the reporter's words.
    #[serde(default)]
    pub comment: Option<Text>,
    /// `on_track` when left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<CheckInStatus>))]
    pub status: CheckInStatus,
    /// What blocks the work: needed with the status `blocked`, ignored with any other.
    #[serde(default)]
    pub blocker_note: Option<Text>,
}

impl NewCheckIn {
    /// The note to keep: trimmed, and only with the status `blocked`.
    pub fn blocker_note(&self) -> Option<&str> {
        match self.status {
            CheckInStatus::Blocked => self.blocker_note.as_deref().map(str::trim),
            _ => None,
        }
    }
}

impl Body for NewCheckIn {
    fn validate(&self) -> Result<(), Invalid> {
        self.comment.check("comment")?;
        self.blocker_note.check("blocker_note")?;
        if self.status == CheckInStatus::Blocked && self.blocker_note().is_none_or(str::is_empty) {
            return Err(Invalid::field(
                "blocker_note",
                "is required when status is blocked",
            ));
        }
        Ok(())
    }
}

patch! {
    /// The body with which its author corrects a check-in: fields left out stay as they are.
    pub struct CheckInPatch of NewCheckIn {
        /// As in a new check-in.
        value: CheckInValue,
        /// In the reporter's words; null clears it.
        comment: Option<Text>,
        /// What was said about it.
        status: CheckInStatus,
        /// What blocks the work: needed with the status `blocked`, ignored with any other.
        blocker_note: Option<Text>,
    }
}

impl CheckInPatch {
    /// The check-in as it should have been; it must be as valid as a new one.
    pub fn applied_to(self, old: NewCheckIn) -> Result<NewCheckIn, Invalid> {
        let corrected = NewCheckIn {
            value: self.value.unwrap_or(old.value),
            comment: self.comment.unwrap_or(old.comment),
            status: self.status.unwrap_or(old.status),
            blocker_note: self.blocker_note.unwrap_or(old.blocker_note),
        };
        corrected.validate()?;
        Ok(corrected)
    }
}

impl Body for CheckInPatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.require_change()?;
        Ok(())
    }
}

/// A reported value, before it is known what kind of key result it is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CheckInValue {
    /// A number.
    Number(Number),
    /// `yes`, `no`, true or false, or one of these or 1 or 0 as text in any case: for boolean key
    /// results only.
    Done(bool),
}

impl CheckInValue {
    /// The number to store for a key result of this kind, or what is wrong.
    pub fn for_metric(self, metric: MetricType) -> Result<Number, Invalid> {
        match (self, metric) {
            (Self::Number(value), _) if !metric.takes(value) => Err(Invalid::field(
                "value",
                "must be yes, no, true, false, 1 or 0 for a boolean key result",
            )),
            (Self::Done(_), MetricType::Number | MetricType::Percentage | MetricType::Currency) => {
                Err(Invalid::field(
                    "value",
                    "must be a number for this key result",
                ))
            }
            _ => Ok(self.number()),
        }
    }

    /// The number it stands for: 1 for done, 0 for not done.
    pub fn number(self) -> Number {
        match self {
            Self::Number(value) => value,
            Self::Done(done) => Number::from(i32::from(done)),
        }
    }
}

impl Serialize for CheckInValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(value) => value.serialize(serializer),
            Self::Done(done) => serializer.serialize_bool(*done),
        }
    }
}

impl<'de> Deserialize<'de> for CheckInValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl Visitor<'_> for ValueVisitor {
    type Value = CheckInValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or yes, no, true or false for a boolean key result")
    }

    fn visit_bool<E: de::Error>(self, done: bool) -> Result<CheckInValue, E> {
        Ok(CheckInValue::Done(done))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<CheckInValue, E> {
        let is = |word: &&str| text.trim().eq_ignore_ascii_case(word);
        if ["yes", "true", "1"].iter().any(is) {
            Ok(CheckInValue::Done(true))
        } else if ["no", "false", "0"].iter().any(is) {
            Ok(CheckInValue::Done(false))
        } else {
            Err(E::invalid_value(de::Unexpected::Str(text), &self))
        }
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<CheckInValue, E> {
        Number::new(value)
            .map(CheckInValue::Number)
            .ok_or_else(|| E::custom("must be a finite number"))
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON numbers are doubles here")]
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<CheckInValue, E> {
        self.visit_f64(value as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON numbers are doubles here")]
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<CheckInValue, E> {
        self.visit_f64(value as f64)
    }
}

#[cfg(feature = "openapi")]
mod schema {
    use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, SchemaType, Type};
    use utoipa::openapi::{RefOr, Schema};

    impl utoipa::PartialSchema for super::CheckInValue {
        fn schema() -> RefOr<Schema> {
            let of = |kind| ObjectBuilder::new().schema_type(SchemaType::Type(kind));
            OneOfBuilder::new()
                .item(of(Type::Number))
                .item(of(Type::Boolean))
                .item(of(Type::String).pattern(Some("^([yY][eE][sS]|[nN][oO])$")))
                .into()
        }
    }

    impl utoipa::ToSchema for super::CheckInValue {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::parse;

    fn refusal(json: &str) -> String {
        parse::<NewCheckIn>(json.as_bytes()).unwrap_err().message
    }

    #[test]
    fn values_are_numbers_or_yes_and_no() {
        let value = |json: &str| parse::<NewCheckIn>(json.as_bytes()).unwrap().value;
        assert_eq!(value(r#"{"value": 70}"#), CheckInValue::Number(70.into()));
        assert_eq!(value(r#"{"value": "YES"}"#), CheckInValue::Done(true));
        assert_eq!(value(r#"{"value": false}"#), CheckInValue::Done(false));
        // Shells and spreadsheets make texts of everything.
        assert_eq!(value(r#"{"value": " Yes "}"#), CheckInValue::Done(true));
        assert_eq!(value(r#"{"value": "true"}"#), CheckInValue::Done(true));
        assert_eq!(value(r#"{"value": "0"}"#), CheckInValue::Done(false));
        assert!(refusal(r#"{"value": "70"}"#).starts_with("value: "));
        assert!(refusal(r#"{"value": 1e400}"#).starts_with("value: "));
        assert!(refusal("{}").starts_with("value is required"));
        assert!(refusal("[70]").contains("JSON object"));
    }

    #[test]
    fn a_boolean_key_result_takes_no_other_number() {
        let half = CheckInValue::Number(Number::new(0.5).unwrap());
        assert!(half.for_metric(MetricType::Boolean).is_err());
        assert_eq!(half.for_metric(MetricType::Currency).unwrap().get(), 0.5);
        assert!(
            CheckInValue::Done(true)
                .for_metric(MetricType::Number)
                .is_err()
        );
        assert_eq!(
            CheckInValue::Done(true).for_metric(MetricType::Boolean),
            Ok(Number::from(1))
        );
    }

    #[test]
    fn a_blocked_check_in_needs_a_note_that_says_something() {
        assert!(refusal(r#"{"value": 1, "status": "blocked"}"#).starts_with("blocker_note"));
        assert!(
            refusal(r#"{"value": 1, "status": "blocked", "blocker_note": "  "}"#)
                .starts_with("blocker_note")
        );
        let ignored = parse::<NewCheckIn>(br#"{"value": 1, "blocker_note": "x"}"#).unwrap();
        assert_eq!(ignored.blocker_note(), None);
    }

    #[test]
    fn an_unknown_status_is_refused_with_the_allowed_ones() {
        let message = refusal(r#"{"value": 1, "status": "red"}"#);
        assert!(message.starts_with("status: "), "{message}");
        assert!(message.contains("`blocked`"), "{message}");
    }
}
