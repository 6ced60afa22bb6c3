//! Numbers as the contract prints them: whole values without a fraction.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A finite number. Serialised as an integer when it is whole and smaller than 2^53 in magnitude
/// (`70`, not `70.0`; −0 prints as `0`), else as the shortest decimal that reads back the same.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Number(f64);

const EXACT_INTEGERS_BELOW: f64 = 9_007_199_254_740_992.0;

impl Number {
    /// Zero.
    pub const ZERO: Self = Self(0.0);

    /// `None` for NaN and the infinities, which are never stored or sent.
    pub fn new(value: f64) -> Option<Self> {
        // Adding zero turns −0 into 0.
        value.is_finite().then_some(Self(value + 0.0))
    }

    /// The value.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self(f64::from(value))
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() < EXACT_INTEGERS_BELOW {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "whole and below 2^53: the conversion is exact"
            )]
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// Serialises a figure as a [`Number`] is: for fields that are computed with as they are.
pub fn plain<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    Number(*value).serialize(serializer)
}

/// Serialises a figure that may be missing as a [`Number`] is, or as null.
pub fn plain_or_null<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    value.map(Number).serialize(serializer)
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
        Number::new(value).ok_or_else(|| E::custom("must be a finite number"))
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON numbers are doubles here")]
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
        self.visit_f64(value as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON numbers are doubles here")]
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
        self.visit_f64(value as f64)
    }
}

#[cfg(feature = "openapi")]
mod schema {
    use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
    use utoipa::openapi::{RefOr, Schema};

    impl utoipa::PartialSchema for super::Number {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(SchemaType::Type(Type::Number))
                .into()
        }
    }

    impl utoipa::ToSchema for super::Number {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(value: f64) -> String {
        serde_json::to_string(&Number::new(value).unwrap()).unwrap()
    }

    #[test]
    fn whole_numbers_print_without_a_fraction() {
        assert_eq!(printed(70.0), "70");
        assert_eq!(printed(-0.0), "0");
        assert_eq!(printed(-3.0), "-3");
        assert_eq!(printed(9_007_199_254_740_991.0), "9007199254740991");
    }

    #[test]
    fn other_numbers_print_as_the_shortest_decimal() {
        assert_eq!(printed(0.5), "0.5");
        assert_eq!(printed(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(printed(1e308), "1e+308");
    }

    #[test]
    fn text_and_infinities_are_refused() {
        assert!(serde_json::from_str::<Number>("\"70\"").is_err());
        assert!(serde_json::from_str::<Number>("1e400").is_err());
        assert!(Number::new(f64::NAN).is_none());
    }
}
