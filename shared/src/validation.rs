//! Parsing of request bodies: JSON into a typed value, with refusals a person can act on.
//!
//! Forms in the browser and the Worker call the same [`Body::validate`].

use std::fmt;

use serde::de::DeserializeOwned;

use crate::json_path;

/// Why an input was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The field at fault; `None` when the body as a whole is, or what is there.
    pub field: Option<String>,
    /// What is wrong and what would be right. It begins with the field, or with "body".
    pub message: String,
}

impl Invalid {
    /// `field` is wrong in the way that `problem` says ("must not be blank").
    pub fn field(field: &str, problem: impl fmt::Display) -> Self {
        Self {
            field: Some(field.to_owned()),
            message: format!("{field} {problem}"),
        }
    }

    /// The body as a whole is wrong in the way that `problem` says ("must be a JSON object").
    pub fn body(problem: impl fmt::Display) -> Self {
        Self {
            field: None,
            message: format!("body {problem}"),
        }
    }

    /// The input is right and contradicts what is there, as the sentence `message` says.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self {
            field: None,
            message: message.into(),
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Invalid {}

/// A request body. Types, enums and required fields are checked while parsing; `validate` checks
/// what a type can't say.
pub trait Body: DeserializeOwned {
    /// The first thing wrong with the values, if any.
    fn validate(&self) -> Result<(), Invalid>;
}

/// Parses and validates a JSON object. Unknown fields are ignored, as the contract's clients expect.
pub fn parse<T: Body>(json: &[u8]) -> Result<T, Invalid> {
    let value: T = read(object(json)?)?;
    value.validate()?;
    Ok(value)
}

/// The text of what looks like a JSON object. A derived struct would also accept an array of its
/// fields in order.
fn object(json: &[u8]) -> Result<&str, Invalid> {
    let text = std::str::from_utf8(json).map_err(|_| Invalid::body("must be UTF-8"))?;
    if text.trim_ascii_start().starts_with('{') {
        Ok(text)
    } else {
        Err(Invalid::body("must be a JSON object"))
    }
}

/// Reads JSON. A refusal names the place: serde_json knows it in the text, and the path that leads
/// there is found only then, so that good JSON doesn't pay for it.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Result<T, Invalid> {
    serde_json::from_str(json).map_err(|error| wrong_json(json, &error))
}

fn wrong_json(json: &str, error: &serde_json::Error) -> Invalid {
    let problem = error.to_string();
    if problem.starts_with("trailing characters") {
        return Invalid::body("must be one JSON object and nothing after it");
    }
    let lines = json
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let place = lines.map(str::len).sum::<usize>() + error.column();
    let before = json.as_bytes().get(..place).unwrap_or_default();
    let path = if error.is_eof() {
        String::new()
    } else {
        json_path::path_after(before)
    };
    describe(&path, &problem)
}

/// Reads a query string. Unknown parameters are ignored, as in bodies.
pub fn query<T: DeserializeOwned>(query: &str) -> Result<T, Invalid> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(pairs).map_err(|error| {
        let path = error.path().to_string();
        describe(path.trim_matches(['.', '?']), &error.inner().to_string())
    })
}

/// Says in plain words what serde found wrong at this path.
fn describe(path: &str, problem: &str) -> Invalid {
    // serde_json ends with " at line 1 column 7", which helps nobody who sent one line.
    let problem = problem
        .rsplit_once(" at line ")
        .map_or(problem, |(head, _)| head);
    if let Some(field) = quoted_after("missing field ", problem) {
        // The path leads to what should have had it.
        return Invalid::field(&below(path, field), "is required");
    }
    if let Some(field) = quoted_after("duplicate field ", problem) {
        return Invalid::field(&below(path, field), "can be given once");
    }
    let problem = problem.replace("unknown variant", "has the unknown value");
    if path.is_empty() {
        Invalid::body(format_args!("is malformed: {problem}"))
    } else {
        Invalid {
            message: format!("{path}: {problem}"),
            field: Some(path.to_owned()),
        }
    }
}

/// The name in backticks that follows `words` at the beginning of `text`.
fn quoted_after<'a>(words: &str, text: &'a str) -> Option<&'a str> {
    text.strip_prefix(words)?.split('`').nth(1)
}

fn below(parent: &str, field: &str) -> String {
    if parent.is_empty() {
        field.to_owned()
    } else {
        format!("{parent}.{field}")
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::okr::OkrType;

    #[derive(Debug, Deserialize)]
    struct Sample {
        #[serde(rename = "type")]
        _kind: OkrType,
        #[serde(default, rename = "parts")]
        _parts: Vec<Part>,
    }

    #[derive(Debug, Deserialize)]
    struct Part {
        #[serde(rename = "value")]
        _value: f64,
    }

    impl Body for Sample {
        fn validate(&self) -> Result<(), Invalid> {
            Ok(())
        }
    }

    #[test]
    fn every_message_begins_with_the_field_or_with_body() {
        for (json, expected) in [
            ("", "body must be a JSON object"),
            ("{\n\"type\":\n1}", "type: "),
            (
                r#"{"type": "org", "parts": [{"value": 1}, {"value": 1e400}]}"#,
                "parts[1].value: number",
            ),
            ("[]", "body must be a JSON object"),
            (r#"{"type": "org"} x"#, "body must be one JSON object and"),
            (r#"{"type": "org""#, "body is malformed: EOF"),
            (r#"{"type": "org",}"#, "body is malformed: trailing comma"),
            ("{", "body is malformed: EOF"),
            ("{1: 2}", "body is malformed: key must be a string"),
            ("{}", "type is required"),
            (r#"{"type": null}"#, "type: "),
            (r#"{"type": 1}"#, "type: "),
            (r#"{"type": {}}"#, "type: "),
            (r#"{"type": [}"#, "type: "),
            (r#"{"type": "x"}"#, "type: has the unknown value `x`"),
            (
                r#"{"type": "org", "type": "org"}"#,
                "type can be given once",
            ),
            (
                r#"{"type": "org", "parts": [{}]}"#,
                "parts[0].value is required",
            ),
            (
                r#"{"type": "org", "parts": null}"#,
                "parts: invalid type: null",
            ),
            (
                r#"{"type": "org", "parts": [{"value": "1"}]}"#,
                "parts[0].value: ",
            ),
        ] {
            let message = parse::<Sample>(json.as_bytes()).unwrap_err().message;
            assert!(message.starts_with(expected), "{json}: {message}");
        }
    }
}
