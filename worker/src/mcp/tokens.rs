//! How much a model has to read: a bound for the tokens of an answer, counted without a tokenizer.
//!
//! A tokenizer's table alone is larger than the whole Worker may be. What people wrote is counted as
//! if it were the worst that was seen of o200k (letters without sense, rare signs), what we write
//! ourselves as it is, so that the sum lies above the truth but not far. A test counts with the real
//! one.

use std::fmt::Write as _;

use serde_json::Value;

use super::plain_text;

/// An answer is given twice, as text and as structure: each may have so many, 8,000 together.
pub const MOST: usize = 3_900;

/// A title or another line: most are never cut.
const LINE: usize = 400;

/// What a person, a team or a unit is called.
const NAME: usize = 100;

/// A bound for the tokens of a value's JSON.
pub fn of(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 1,
        Value::Number(number) => number.to_string().len().div_ceil(2),
        Value::String(text) if is_ours(text) => text.len().div_ceil(3),
        Value::String(text) if is_id(text) => 28,
        Value::String(text) => of_text(text),
        Value::Array(items) => items.iter().map(|item| 1 + of(item)).sum::<usize>() + 1,
        Value::Object(fields) => {
            let each = fields
                .iter()
                .map(|(name, value)| 2 + name.len().div_ceil(6) + of(value));
            each.sum::<usize>() + 1
        }
    }
}

/// A title as answers show it: only what is longer than a screen is cut.
pub fn line(text: &str) -> String {
    cut(text, LINE)
}

/// A name as answers show it.
pub fn name(text: Option<&String>) -> Option<String> {
    text.map(|text| cut(text, NAME))
}

/// The text with all of it seen, cut to so many tokens: `Ask the suppliers… [+812 characters]`.
pub fn cut(text: &str, most: usize) -> String {
    let (shown, left) = beginning(text, most);
    marked(shown, left)
}

/// Like [`cut`], of a text of `characters` of which only the beginning was read.
pub fn cut_of(beginning_read: &str, characters: usize, most: usize) -> String {
    let (shown, left) = beginning(beginning_read, most);
    let unread = characters.saturating_sub(beginning_read.chars().count());
    marked(shown, left + unread)
}

/// The beginning of a text with so many tokens, and how many characters it leaves.
pub fn beginning(text: &str, most: usize) -> (String, usize) {
    let mut hundredths = 0;
    for (nth, (at, character)) in text.char_indices().enumerate() {
        hundredths += hundredths_of(character);
        if hundredths > most * 100 {
            let left = text.chars().count() - nth;
            return (plain_text::visible(&text[..at]), left);
        }
    }
    (plain_text::visible(text), 0)
}

fn marked(mut shown: String, left: usize) -> String {
    if left > 0 {
        // Writing to a String cannot fail.
        let _ = write!(shown, "… [+{left} characters]");
    }
    shown
}

fn of_text(text: &str) -> usize {
    let hundredths: usize = text.chars().map(hundredths_of).sum();
    hundredths.div_ceil(100) + 1
}

/// Hundredths of a token that a character takes where nothing around it is known.
fn hundredths_of(character: char) -> usize {
    match character {
        '"' | '\\' => 140,
        ' '..='~' => 70,
        _ if plain_text::is_invisible(character) => 560,
        _ => 75 * character.len_utf8(),
    }
}

/// The words of our own enums, and days and moments.
fn is_ours(text: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    let is_time = |byte: u8| byte.is_ascii_digit() || b"-:.TZ".contains(&byte);
    text.len() <= 24 && (text.bytes().all(is_word) || text.bytes().all(is_time))
}

fn is_id(text: &str) -> bool {
    text.len() == 36
        && text
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_that_fits_stays_and_what_is_cut_says_how_much() {
        assert_eq!(cut("Grow by 12 %", 100), "Grow by 12 %");
        assert_eq!(cut(&"x".repeat(20), 7), "xxxxxxxxxx… [+10 characters]");
        assert_eq!(cut("🚀🚀🚀", 6), "🚀🚀… [+1 characters]");
        assert_eq!(cut("a\u{202e}b", 100), "a\\u202eb");
        assert_eq!(cut_of("abc", 10, 100), "abc… [+7 characters]");
        assert_eq!(
            line(&"A title of 500 characters. ".repeat(18))
                .matches('…')
                .count(),
            0
        );
    }

    #[test]
    fn what_people_write_counts_more_than_what_we_write() {
        assert!(of(&json!("off_track")) < of(&json!("Off_track")));
        assert_eq!(of(&json!("01932f6c-0000-7000-8000-000000001234")), 28);
        assert!(of(&json!("🚀".repeat(100))) >= 273);
        assert!(of(&json!({ "title": "a", "progress": 0.72 })) < 14);
    }
}
