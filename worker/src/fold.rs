//! Text without case and diacritics, for finding things.

use worker::js_sys::{JsString, RegExp};

/// The text in lower case and without diacritics: `Świątek` becomes `swiatek`. JSON stays JSON, for
/// its own signs are not touched. The database keeps what this gives: whoever changes it empties `folded` in a migration.
///
/// The runtime has Unicode's tables already; carrying them in the wasm would cost more than crossing
/// over to it once for many texts.
pub fn fold(text: &str) -> String {
    let marks = RegExp::new(r"\p{M}+", "gu");
    let folded = JsString::from(text)
        .to_lower_case()
        .normalize("NFD")
        .replace_by_pattern(&marks, "");
    let mut plain = String::from(folded);
    // Letters with a stroke and ligatures have no parts that could be taken away.
    for (letter, stands_for) in [
        ("ł", "l"),
        ("ø", "o"),
        ("đ", "d"),
        ("ı", "i"),
        ("ß", "ss"),
        ("æ", "ae"),
        ("œ", "oe"),
    ] {
        if plain.contains(letter) {
            plain = plain.replace(letter, stands_for);
        }
    }
    plain
}
