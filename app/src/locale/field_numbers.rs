//! Numbers in fields: shown to the last digit, and read as they are shown.

use js_sys::{Array, Function, Intl, Reflect};
use wasm_bindgen::JsValue;

use super::{format_number, locales, options};
use crate::number_field::{self, Marks, Unread};

/// As many digits tell every float from every other.
const ENOUGH_DIGITS: u32 = 17;

/// What a locale's number fields show and take.
pub struct FieldNumbers {
    format: Function,
    marks: Marks,
    /// What the locale writes beside every number, for want of better data: Azerbaijani in foreign digits
    /// begins with words.
    literals: Vec<String>,
}

thread_local! {
    static READERS: FieldNumbers = FieldNumbers::of(&locales(), None);
}

impl FieldNumbers {
    /// Of the first of the locales that the browser knows; with other digits than its own, by the name of
    /// their numbering system.
    pub fn of(locales: &Array, digits: Option<&str>) -> Self {
        let mut fields = vec![("maximumSignificantDigits", ENOUGH_DIGITS.into())];
        fields.extend(digits.map(|digits| ("numberingSystem", digits.into())));
        let format = Intl::NumberFormat::new(locales, &options(&fields));
        let (marks, literals) = parts(&format);
        Self {
            marks,
            literals,
            format: format.format(),
        }
    }

    /// The number with all of its digits.
    pub fn show(&self, value: f64) -> String {
        format_number(value, &self.format)
    }

    /// The number that was typed, perhaps with what stands beside the field.
    pub fn read(&self, text: &str, beside: &[&str]) -> Result<f64, Unread> {
        let literals = self.literals.iter().map(|literal| &**literal);
        let beside: Vec<&str> = beside.iter().copied().chain(literals).collect();
        number_field::read(text, &self.marks, &beside)
    }
}

/// A number as a field of the reader's shows it, to the last digit.
pub fn in_field(value: f64) -> String {
    READERS.with(|numbers| numbers.show(value))
}

/// A number as the reader types it, perhaps with what stands beside the field.
pub fn read_number(text: &str, beside: &[&str]) -> Result<f64, Unread> {
    READERS.with(|numbers| numbers.read(text, beside))
}

/// The marks and what stands beside them, taken from a number that has every digit, groups and decimals.
fn parts(format: &Intl::NumberFormat) -> (Marks, Vec<String>) {
    let mut marks = Marks {
        digits: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
        decimal: '.',
        group: None,
        group_sizes: (3, 3),
    };
    let mut digits = Vec::new();
    let mut groups = Vec::new();
    let mut literals = Vec::new();
    for part in format.format_to_parts(9_876_543_210.5).iter() {
        let text = |name: &str| {
            Reflect::get(&part, &JsValue::from_str(name))
                .ok()?
                .as_string()
        };
        let value = text("value").unwrap_or_default();
        match &*text("type").unwrap_or_default() {
            "integer" => {
                groups.push(value.chars().count());
                digits.extend(value.chars());
            }
            "group" => marks.group = value.chars().next(),
            "decimal" => marks.decimal = value.chars().next().unwrap_or('.'),
            "literal" => literals.push(value),
            _ => {}
        }
    }
    digits.reverse();
    if let Ok(digits) = digits.try_into() {
        marks.digits = digits;
    }
    if let [_, .., others, last] = groups[..] {
        marks.group_sizes = (last, others);
    }
    (marks, literals)
}
