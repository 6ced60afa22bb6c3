//! Texts that people write: how long each kind may be, and whether it may be blank.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize};

use crate::limits::{ONE_LINE_CHARACTERS, TEXT_CHARACTERS};
use crate::validation::Invalid;

/// A title or a name.
pub type Title = Limited<ONE_LINE_CHARACTERS, false>;
/// A short text, such as a unit.
pub type Label = Limited<ONE_LINE_CHARACTERS, true>;
/// A description or a note.
pub type Text = Limited<TEXT_CHARACTERS, true>;
/// What somebody has to say: a text that is not blank.
pub type Remark = Limited<TEXT_CHARACTERS, false>;

/// A text of at most `MOST` characters, which may be blank or may not.
///
/// It is checked by the [`Body::validate`](crate::validation::Body::validate) of what it is part of and
/// not while it is read: a form holds texts that are still too long, and a body with a field of the
/// wrong type is refused for that first. A text of one line is folded where it is read: see [`folded`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Limited<const MOST: usize, const MAY_BE_BLANK: bool>(String);

impl<const MOST: usize, const MAY_BE_BLANK: bool> Limited<MOST, MAY_BE_BLANK> {
    const IS_ONE_LINE: bool = MOST == ONE_LINE_CHARACTERS;

    /// Refuses what is no text of this kind.
    pub fn require(field: &str, text: &str) -> Result<(), Invalid> {
        if !MAY_BE_BLANK && is_blank(text) {
            return Err(Invalid::field(field, "must not be blank"));
        }
        // Bytes are never fewer than characters: the count is only needed near the limit.
        if text.len() > MOST && text.chars().count() > MOST {
            return Err(Invalid::field(
                field,
                format_args!("must have at most {MOST} characters"),
            ));
        }
        Ok(())
    }
}

/// The text on one line: without white space around it, and each run of white space within it is one space. A space
/// that keeps two words on one line stays what it is.
fn folded(text: &str) -> String {
    let parts = |letter: char| letter.is_whitespace() && !keeps_together(letter);
    let mut line = String::with_capacity(text.len());
    for word in text.trim().split(parts).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether it is white space at which no line is broken, as before the colon of a French sentence.
fn keeps_together(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Whether nothing of the text can be seen.
fn is_blank(text: &str) -> bool {
    let is_seen =
        |letter: char| !letter.is_whitespace() && !is_control(letter) && !is_invisible(letter);
    !text.chars().any(is_seen)
}

/// Refuses what could make a name look like another one: characters that control, format or turn the text around.
/// Those that join letters and emoji are parts of names.
pub fn name(field: &str, text: &str) -> Result<(), Invalid> {
    if text.chars().any(is_control) {
        return Err(Invalid::field(
            field,
            "must have no invisible characters and none that turn the text around",
        ));
    }
    Ok(())
}

/// Whether the character has no place in one line of plain text: it controls, formats, or decides about the
/// direction.
fn is_control(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// Whether the character joins others, or fills a place, and shows nothing by itself.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{34f}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200c}'..='\u{200d}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Whether every character of an address can be seen.
pub fn is_visible(text: &str) -> bool {
    let is_hidden =
        |letter: char| letter.is_whitespace() || is_control(letter) || is_invisible(letter);
    !text.chars().any(is_hidden)
}

/// A text of a body, or one that may be left out.
pub trait Check {
    /// Refuses a text that is longer than its kind may be, or blank where that is not allowed.
    fn check(&self, field: &str) -> Result<(), Invalid>;
}

impl<const MOST: usize, const MAY_BE_BLANK: bool> Check for Limited<MOST, MAY_BE_BLANK> {
    fn check(&self, field: &str) -> Result<(), Invalid> {
        Self::require(field, self)
    }
}

impl<T: Check> Check for Option<T> {
    fn check(&self, field: &str) -> Result<(), Invalid> {
        self.as_ref().map_or(Ok(()), |text| text.check(field))
    }
}

impl<'de, const MOST: usize, const MAY_BE_BLANK: bool> Deserialize<'de>
    for Limited<MOST, MAY_BE_BLANK>
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self(if Self::IS_ONE_LINE {
            folded(&text)
        } else {
            text
        }))
    }
}

impl<const MOST: usize, const MAY_BE_BLANK: bool> Deref for Limited<MOST, MAY_BE_BLANK> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MOST: usize, const MAY_BE_BLANK: bool> From<String> for Limited<MOST, MAY_BE_BLANK> {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl<const MOST: usize, const MAY_BE_BLANK: bool> From<&str> for Limited<MOST, MAY_BE_BLANK> {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl<const MOST: usize, const MAY_BE_BLANK: bool> From<Limited<MOST, MAY_BE_BLANK>> for String {
    fn from(text: Limited<MOST, MAY_BE_BLANK>) -> Self {
        text.0
    }
}

#[cfg(feature = "openapi")]
mod schema {
    use std::borrow::Cow;

    use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
    use utoipa::openapi::{RefOr, Schema};

    impl<const MOST: usize, const MAY_BE_BLANK: bool> utoipa::PartialSchema
        for super::Limited<MOST, MAY_BE_BLANK>
    {
        fn schema() -> RefOr<Schema> {
            let text = ObjectBuilder::new()
                .schema_type(SchemaType::Type(Type::String))
                .max_length(Some(MOST));
            if MAY_BE_BLANK {
                text.into()
            } else {
                text.min_length(Some(1)).pattern(Some(r"\S")).into()
            }
        }
    }

    impl<const MOST: usize, const MAY_BE_BLANK: bool> utoipa::ToSchema
        for super::Limited<MOST, MAY_BE_BLANK>
    {
        fn name() -> Cow<'static, str> {
            format!("Limited_{MOST}_{MAY_BE_BLANK}").into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &impl Check) -> String {
        text.check("title").unwrap_err().message
    }

    #[test]
    fn a_title_says_something_in_500_characters() {
        assert_eq!(Title::from("é".repeat(500)).check("title"), Ok(()));
        assert_eq!(refusal(&Title::from(" \n")), "title must not be blank");
        let long = Title::from("é".repeat(501));
        assert_eq!(refusal(&long), "title must have at most 500 characters");
    }

    #[test]
    fn a_text_of_one_line_is_read_without_white_space_that_nobody_sees() {
        for (sent, read) in [
            ("  Grow\t\n revenue ", "Grow revenue"),
            ("Objectif\u{a0}: 5\u{202f}%", "Objectif\u{a0}: 5\u{202f}%"),
            ("\u{a0}\u{2003}\u{a0}", ""),
            ("", ""),
        ] {
            let sent = serde_json::to_string(sent).unwrap();
            let title: Title = serde_json::from_str(&sent).unwrap();
            assert_eq!(&*title, read);
        }
        let text: Text = serde_json::from_str(r#"" two\n  lines ""#).unwrap();
        assert_eq!(&*text, " two\n  lines ");
    }

    #[test]
    fn a_text_of_which_nothing_can_be_seen_is_blank() {
        for nothing in [
            "",
            "\u{a0}\u{2003}",
            "\u{200b}",
            "\u{3164}",
            "\u{2800} \u{200d}",
            "\u{202e}\u{fe0f}",
        ] {
            assert_eq!(
                refusal(&Title::from(nothing)),
                "title must not be blank",
                "{nothing:?}"
            );
        }
        for something in [".", "\u{200b}a", "👩\u{200d}💻", "\u{ad}-"] {
            assert_eq!(
                Title::from(something).check("title"),
                Ok(()),
                "{something:?}"
            );
        }
    }

    #[test]
    fn a_name_is_what_it_looks_like() {
        for good in ["Zoë 👩\u{200d}💻", "می\u{200c}خواهم", "✌️", "名前"] {
            assert_eq!(name("name", good), Ok(()), "{good:?}");
        }
        for bad in [
            "Al\u{200b}ice",
            "\u{202e}ecilA",
            "Al\u{ad}ice",
            "Alice\u{e0041}",
            "Ali\nce",
            "Al\u{2066}ice",
        ] {
            assert!(name("name", bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_too_long() {
        assert_eq!(None::<Text>.check("comment"), Ok(()));
        assert_eq!(Some(None::<Text>).check("comment"), Ok(()));
        assert_eq!(Some(Label::from("")).check("unit"), Ok(()));
        let long = Some(Some(Text::from("x".repeat(10_001))));
        assert_eq!(refusal(&long), "title must have at most 10000 characters");
    }
}
