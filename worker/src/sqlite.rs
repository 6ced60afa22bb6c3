//! How values cross to SQLite and back, be it D1's or an object's own.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use worker::SqlStorageValue;

/// An integer for an object's SQLite: milliseconds, minutes and revisions all fit the 53 bits that
/// JavaScript keeps exactly.
pub fn integer(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}

/// A text for an object's SQLite.
pub fn text(text: &str) -> SqlStorageValue {
    SqlStorageValue::String(text.to_owned())
}

/// SQLite has no booleans: 0 or 1.
pub fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    u8::deserialize(deserializer).map(|value| value != 0)
}

/// A column that holds JSON text.
pub fn json_text<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    serde_json::from_str(&text).map_err(D::Error::custom)
}
