//! Mentions while one writes: people read `@Ada Birch`, the server `@[Ada Birch](her id)`.

use okrs_shared::comment::{Part, parts};
use okrs_shared::id::MemberId;

/// Whom the text mentions, as far as one has chosen them.
pub type Mentioned = Vec<(String, MemberId)>;

/// What is typed behind the last @ before the caret, if that may become a mention.
pub fn asked(before_caret: &str) -> Option<&str> {
    let (before, asked) = before_caret.rsplit_once('@')?;
    let begins = before
        .chars()
        .next_back()
        .is_none_or(|letter| !letter.is_alphanumeric());
    let may_be_a_name = asked.chars().count() <= 40 && !asked.contains(['\n', '[', ']', '@']);
    (begins && may_be_a_name).then_some(asked)
}

/// As people read it, and whom it mentions.
pub fn readable(text: &str) -> (String, Mentioned) {
    let mut readable = String::new();
    let mut mentioned = Vec::new();
    for part in parts(text) {
        match part {
            Part::Words(words) => readable.push_str(words),
            Part::Mention { name, id } => {
                readable.push('@');
                readable.push_str(name);
                mentioned.push((name.to_owned(), MemberId::from(id)));
            }
        }
    }
    (readable, mentioned)
}

/// As the server takes it: those that still stand in the text with their ids.
pub fn written(text: &str, mentioned: &Mentioned) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('@') {
        written.push_str(before);
        // Of "Ann" and "Anna Lee" the longer name is meant.
        let found = mentioned
            .iter()
            .filter(|(name, _)| after.starts_with(name.as_str()))
            .max_by_key(|(name, _)| name.len());
        match found {
            Some((name, id)) => {
                written.push_str(&format!("@[{name}]({id})"));
                rest = &after[name.len()..];
            }
            None => {
                written.push('@');
                rest = after;
            }
        }
    }
    written.push_str(rest);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_begins_at_an_at_sign_that_is_not_in_a_word() {
        assert_eq!(asked("Ask @ad"), Some("ad"));
        assert_eq!(asked("@Ada Bi"), Some("Ada Bi"));
        assert_eq!(asked("@"), Some(""));
        assert_eq!(asked("ada@example"), None);
        assert_eq!(asked("@ada\nthen"), None);
        assert_eq!(asked("nobody"), None);
    }

    #[test]
    fn mentions_are_read_by_name_and_written_with_ids() {
        let text = "Ask @[Ada Birch](1) and @[Ada](2), not me@here.";
        let (read, mentioned) = readable(text);
        assert_eq!(read, "Ask @Ada Birch and @Ada, not me@here.");
        assert_eq!(written(&read, &mentioned), text);
    }

    #[test]
    fn what_is_no_mention_stays_as_it_is() {
        let text = "@[broken and a@[b](c";
        assert_eq!(readable(text), (text.to_owned(), vec![]));
        assert_eq!(written("@Ada", &vec![]), "@Ada");
    }
}
