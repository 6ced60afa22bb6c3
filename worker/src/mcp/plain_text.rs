//! Text that shows all of itself.
//!
//! A title can hold characters that a reader does not see and a model obeys: control characters,
//! marks that turn the reading direction, and letters of no width. In answers each of them stands as
//! `\u{…}` does in JSON: `\u202e`.

use std::fmt::Write as _;

use serde_json::Value;

/// Replaces what is invisible in all texts of `value`; names of fields are our own.
pub fn make_visible(value: &mut Value) {
    match value {
        Value::String(text) => {
            if text.chars().any(is_invisible) {
                *text = visible(text);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(make_visible),
        Value::Object(fields) => fields.values_mut().for_each(make_visible),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text with everything invisible written out.
pub fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' => visible.push_str("\\n"),
            '\t' => visible.push_str("\\t"),
            _ if is_invisible(character) => {
                // Writing to a String cannot fail.
                let _ = write!(visible, "\\u{:04x}", u32::from(character));
            }
            _ => visible.push(character),
        }
    }
    visible
}

/// Control characters, direction marks, and what has no width but joins letters of some scripts.
pub fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_invisible_is_written_out() {
        let cases = [
            ("Grow by 12 %", "Grow by 12 %"),
            ("<b>\"bold\"</b> \\ 'quoted'", "<b>\"bold\"</b> \\ 'quoted'"),
            ("two\nlines\tand\r\u{0}", "two\\nlines\\tand\\u000d\\u0000"),
            ("a\u{202e}b\u{2066}c", "a\\u202eb\\u2066c"),
            ("a\u{200b}b\u{feff}", "a\\u200bb\\ufeff"),
            ("tag \u{e0041}", "tag \\ue0041"),
            ("família 👨‍👩‍👧 مرحبا", "família 👨‍👩‍👧 مرحبا"),
        ];
        for (text, expected) in cases {
            assert_eq!(visible(text), expected);
        }
    }

    #[test]
    fn all_texts_of_a_value_are_looked_at() {
        let mut value = json!({ "a": ["x\u{202e}", { "b": "\u{1b}[31m" }], "n": 1, "z": null });
        make_visible(&mut value);
        assert_eq!(
            value,
            json!({ "a": ["x\\u202e", { "b": "\\u001b[31m" }], "n": 1, "z": null })
        );
    }
}
