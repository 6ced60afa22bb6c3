//! What is typed into forms, as bodies need it.

use leptos::prelude::*;
use okrs_shared::number::Number;
use okrs_shared::validation::Invalid;

use crate::locale;
use crate::number_field::Unread;
use crate::words;

/// What was there, as a field shows it.
pub fn shown<T: ToString + ?Sized>(value: Option<&T>) -> RwSignal<String> {
    RwSignal::new(value.map(T::to_string).unwrap_or_default())
}

/// What was typed, if anything.
pub fn filled<T: From<String>>(text: RwSignal<String>) -> Option<T> {
    text.with(|text| {
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned().into())
    })
}

/// The typed number, perhaps with what stands beside the field. One that still reads as it was shown is
/// still exactly what it was.
pub fn number(
    field: &str,
    text: &str,
    saved: Option<Number>,
    beside: &[&str],
) -> Result<Number, Invalid> {
    if let Some(saved) = saved
        && locale::in_field(saved.get()) == text
    {
        return Ok(saved);
    }
    let read = locale::read_number(text, beside);
    let number = read.and_then(|value| Number::new(value).ok_or(Unread::NotANumber));
    number.map_err(|unread| Invalid::field(field, in_words(text, unread)))
}

/// Why it is not one number, with how it could be read.
fn in_words(text: &str, unread: Unread) -> String {
    let common = words::common();
    match unread {
        Unread::NotANumber => common.not_a_number.to_owned(),
        Unread::Unclear { grouped, decimal } => {
            let decimal = decimal.map(locale::in_field);
            let grouped = locale::in_field(grouped);
            (common.unclear_number)(text.trim(), &grouped, decimal.as_deref())
        }
    }
}

/// The typed number, where nothing may be typed.
pub fn optional_number(
    field: &str,
    text: RwSignal<String>,
    saved: Option<Number>,
    beside: &[&str],
) -> Result<Option<Number>, Invalid> {
    filled(text)
        .map(|text: String| number(field, &text, saved, beside))
        .transpose()
}
