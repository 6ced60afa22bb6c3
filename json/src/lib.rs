//! A serde reader and writer of JSON for programs that count their bytes.
//!
//! serde_json explains what is wrong with a text, and reads and prints any number exactly with tables
//! of its own; a page that talks to its own server needs neither, and both would weigh on the first
//! visit. In a browser, its own engine reads and prints the numbers that are not simple.
//! [Decision 6](../../docs/decisions/0006-what-the-first-visit-fetches.md) has the bytes.

mod read;
mod reader;
#[cfg(test)]
mod tests;
mod write;

use std::fmt;

use serde::{de, ser};

pub use read::{number, read};
pub use write::write;

/// The text is no JSON, or not of the type that was asked for; or a value has no place in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unexpected;

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unexpected")
    }
}

impl std::error::Error for Unexpected {}

impl ser::Error for Unexpected {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Every constructor is written out, because the default ones make texts.
impl de::Error for Unexpected {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}
