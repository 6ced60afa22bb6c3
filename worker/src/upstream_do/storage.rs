//! How values cross to the object's SQLite and back.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use worker::SqlStorageValue;

/// An integer that JavaScript holds exactly.
pub fn integer(value: u64) -> SqlStorageValue {
    i64::try_from(value).map_or(SqlStorageValue::Null, SqlStorageValue::Integer)
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
