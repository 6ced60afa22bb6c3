//! JSON as this app reads and writes it.
//!
//! serde_json explains what is wrong with a text, and reads and prints any number exactly with tables
//! of its own; a page that talks to its own server needs neither, and both would weigh on the first
//! visit. Numbers here are those of the browser.

mod read;
mod reader;
// Chance comes from the machine, which a browser's program has no access to.
#[cfg(all(test, not(target_arch = "wasm32")))]
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

/// All of them, because the usual ones make texts.
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
