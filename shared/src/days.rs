//! Days: `YYYY-MM-DD`, to the letter.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};

use crate::validation::Invalid;

/// Reads a day.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    Day::deserialize(deserializer).map(|day| day.0)
}

/// Reads a day that may be null.
pub fn read_optional<'de, D>(deserializer: D) -> Result<Option<NaiveDate>, D::Error>
where
    D: Deserializer<'de>,
{
    Ok(Option::<Day>::deserialize(deserializer)?.map(|day| day.0))
}

/// The day that `YYYY-MM-DD` names. chrono by itself reads `2026-1-1` and `+2026-01-01`, too, with a
/// parser for every way to write a date, which the app would have to fetch.
pub fn parse(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part = parts.next().filter(|part| part.len() == digits)?;
        part.bytes().try_fold(0, |number: u32, byte| {
            byte.is_ascii_digit()
                .then(|| number * 10 + u32::from(byte - b'0'))
        })
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let year = i32::try_from(year).ok()?;
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| parts.next().is_none())
}

/// A day of a body that may leave it out; where it must be there, [`read`] reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Day(NaiveDate);

impl Day {
    /// The day as one can reckon with it.
    pub fn date(self) -> NaiveDate {
        self.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // By a visitor, because what it refuses is known to be wrong with this very value.
        deserializer.deserialize_str(DayVisitor)
    }
}

struct DayVisitor;

impl Visitor<'_> for DayVisitor {
    type Value = Day;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day, YYYY-MM-DD")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
        parse(text)
            .map(Day)
            .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// The message for a last day before the first.
pub fn out_of_order() -> Invalid {
    Invalid::field("end_date", "must not be before start_date")
}

/// Refuses a year that dates can't be compared in as text; `None` passes.
pub fn day(field: &str, day: Option<NaiveDate>) -> Result<(), Invalid> {
    if day.is_some_and(|day| !(1970..=9999).contains(&day.year())) {
        return Err(Invalid::field(field, "must lie between 1970 and 9999"));
    }
    Ok(())
}

/// Refuses such years in `start_date` and `end_date`, and a last day before the first.
pub fn span(start: Option<NaiveDate>, end: Option<NaiveDate>) -> Result<(), Invalid> {
    day("start_date", start)?;
    day("end_date", end)?;
    match (start, end) {
        (Some(start), Some(end)) if end < start => Err(out_of_order()),
        _ => Ok(()),
    }
}

#[cfg(feature = "openapi")]
mod schema {
    use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, SchemaType, Type};
    use utoipa::openapi::{RefOr, Schema};

    impl utoipa::PartialSchema for super::Day {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(SchemaType::Type(Type::String))
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
                .into()
        }
    }

    impl utoipa::ToSchema for super::Day {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_four_two_and_two_digits_and_nothing_else() {
        let is_day = |text: &str| read(serde_json::Value::from(text)).is_ok();
        assert!(is_day("2026-01-01") && is_day("2024-02-29"));
        for text in [
            "2026-1-1",
            "2026-01-1",
            "+2026-01-01",
            "-2026-01-01",
            "02026-01-01",
            "+12026-01-01",
            " 2026-01-01",
            "2026-01-01 ",
            "2026 -01-01",
            "2026- 01-01",
            "2026-01-01-01",
            "2026-01-01T00:00:00Z",
            "2026-02-29",
            "20260101",
            "",
        ] {
            assert!(!is_day(text), "{text}");
        }
    }

    #[test]
    fn a_span_ends_when_it_begins_or_later_in_years_of_four_digits() {
        let on = |text: &str| Some(text.parse().unwrap());
        assert_eq!(span(on("2026-04-01"), on("2026-04-01")), Ok(()));
        assert_eq!(span(None, on("2026-04-01")), Ok(()));
        let refusal = |start, end| span(start, end).unwrap_err().message;
        assert!(refusal(on("2026-04-02"), on("2026-04-01")).starts_with("end_date"));
        assert!(refusal(on("+12345-01-01"), None).starts_with("start_date"));
        assert!(refusal(None, on("0999-01-01")).starts_with("end_date"));
    }
}
