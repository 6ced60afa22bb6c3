//! Where in a JSON text something is wrong: people are told the field, not the column.
//!
//! The crate serde_path_to_error tells it too, by wrapping the reader: all bodies would be compiled
//! with the wrapper, which weighs more in the Worker than all of this.

/// A step into an object or a list that has not ended yet.
struct Step {
    /// The key read last; `None` in a list.
    key: Option<String>,
    /// Which value of the list it is, from 0.
    nth: usize,
    /// Whether that value has begun: before, the path does not lead there.
    has_begun: bool,
}

/// The path to the value that is being read after so many bytes, or that has just been read:
/// `participants[0].type`. Empty for the whole.
///
/// These bytes have been parsed, so they are JSON as far as they go.
pub fn path_after(bytes: &[u8]) -> String {
    let mut steps: Vec<Step> = Vec::new();
    let mut bytes = bytes.iter().copied();
    while let Some(byte) = bytes.next() {
        match (byte, steps.last_mut()) {
            (b'}' | b']', _) => drop(steps.pop()),
            (b',', Some(step)) => {
                step.nth += 1;
                step.has_begun = false;
            }
            (b':', Some(step)) => step.has_begun = true,
            (
                b'"',
                Some(Step {
                    key: Some(key),
                    has_begun: false,
                    ..
                }),
            ) => *key = text(&mut bytes),
            (byte, step) if !byte.is_ascii_whitespace() => {
                if let Some(step) = step {
                    step.has_begun = true;
                }
                match byte {
                    b'"' => drop(text(&mut bytes)),
                    b'{' => steps.push(Step::into_new(Some(String::new()))),
                    b'[' => steps.push(Step::into_new(None)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let mut path = String::new();
    for step in steps.iter().filter(|step| step.has_begun) {
        match &step.key {
            Some(key) if path.is_empty() => path += key,
            Some(key) => path = path + "." + key,
            None => path += &format!("[{}]", step.nth),
        }
    }
    path
}

impl Step {
    fn into_new(key: Option<String>) -> Self {
        Self {
            key,
            nth: 0,
            has_begun: false,
        }
    }
}

/// The rest of a string whose quote has been read, with its escapes as they are.
fn text(bytes: &mut impl Iterator<Item = u8>) -> String {
    let mut text = Vec::new();
    while let Some(byte) = bytes.next().filter(|byte| *byte != b'"') {
        text.push(byte);
        if byte == b'\\' {
            text.extend(bytes.next());
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path at `^`, which is not part of the text.
    fn path(text: &str) -> String {
        path_after(text.split('^').next().unwrap().as_bytes())
    }

    #[test]
    fn the_path_leads_to_the_value_that_is_being_read() {
        for (text, expected) in [
            ("^", ""),
            ("{^", ""),
            (r#"{"a^"#, ""),
            (r#"{"a"^: 1}"#, ""),
            (r#"{"a":^ 1}"#, "a"),
            (r#"{"a": 1^}"#, "a"),
            (r#"{"a": "x\"]}^"}"#, "a"),
            (r#"{"a": 1,^ "b": 2}"#, ""),
            (r#"{"a": 1, "b": n^ull}"#, "b"),
            (r#"{"a": {^"b": 2}}"#, "a"),
            (r#"{"a": {"b": 2^}}"#, "a.b"),
            (r#"{"a": {"b": 2}^}"#, "a"),
            (r#"{"a": [^]}"#, "a"),
            (r#"{"a": [1^, 2]}"#, "a[0]"),
            (r#"{"a": [1,^ 2]}"#, "a"),
            (r#"{"a": [1, "2"^]}"#, "a[1]"),
            (r#"{"a": [[], [{"b": "\\"^}]]}"#, "a[1][0].b"),
            (r#"{"a": [{"b": 1}^]}"#, "a[0]"),
            (r#"{"a": [1], "b": {"c": 1}}^"#, ""),
        ] {
            assert_eq!(path(text), expected, "{text}");
        }
    }
}
