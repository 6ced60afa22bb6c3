//! Examples as JSON whose fields come in the order of their schema, so that an id and a title come first: JSON has no
//! order of its own, and the alphabet's helps nobody.

use serde_json::Value;

use super::document::{Content, Document};
use super::fields::in_order;

/// An example, indented.
pub fn written(document: &Document, Content { schema, example }: &Content) -> String {
    let mut text = String::new();
    write(document, schema, example, "\n", &mut text);
    text
}

/// `line` is what begins a line: a line break and the indentation.
fn write(document: &Document, schema: &Value, value: &Value, line: &str, text: &mut String) {
    let (schema, _) = document.resolved(schema);
    let inner = format!("{line}  ");
    match value {
        Value::Array(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at == 0 { "[" } else { "," });
                text.push_str(&inner);
                write(document, &schema["items"], item, &inner, text);
            }
            text.push_str(line);
            text.push(']');
        }
        Value::Object(fields) if !fields.is_empty() => {
            let names = in_order(schema).into_iter();
            let known = names.filter(|name| fields.contains_key(*name));
            for (at, name) in known.enumerate() {
                text.push_str(if at == 0 { "{" } else { "," });
                text.push_str(&format!("{inner}\"{name}\": "));
                let schema = &schema["properties"][name];
                write(document, schema, &fields[name], &inner, text);
            }
            text.push_str(line);
            text.push('}');
        }
        other => text.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::tests::root;

    #[test]
    fn an_example_is_written_whole() {
        let document = Document::read(&root()).unwrap();
        let groups = document.groups();
        for operation in groups.iter().flat_map(|group| &group.operations) {
            for content in [&operation.request, &operation.answer]
                .into_iter()
                .flatten()
            {
                let text = written(&document, content);
                let read: Value = serde_json::from_str(&text).unwrap();
                assert_eq!(read, *content.example);
            }
        }
    }

    #[test]
    fn what_is_always_there_comes_first() {
        let document = Document::read(&root()).unwrap();
        let groups = document.groups();
        let answer = groups[0].operations[0].answer.as_ref().unwrap();
        let text = written(&document, answer);
        assert!(text.starts_with("[\n  {\n    \"id\": "), "{text}");
    }
}
