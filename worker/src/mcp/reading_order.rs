//! Answers in the order in which they are read: what a thing is called comes before its id, figures
//! before what explains them, and what a list says of itself before its rows.
//!
//! Values keep their fields by the alphabet, so the order is made where they are written.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

/// Fields that come first, in their order; all others follow by the alphabet.
const FIRST: [&str; 39] = [
    "jsonrpc",
    "error",
    "message",
    "rule",
    "type",
    "title",
    "name",
    "description",
    "id",
    "uri",
    "cycle",
    "kr_id",
    "total",
    "okr_count",
    "key_result_count",
    "by_severity",
    "by_rule",
    "by_reason",
    "overall",
    "okr",
    "okr_id",
    "parent",
    "team",
    "owner",
    "department",
    "subject",
    "severity",
    "reasons",
    "sentence",
    "action",
    "value",
    "progress",
    "status",
    "health_score",
    "blocker",
    "formula",
    "okrs",
    "key_results",
    "initiatives",
];

/// Fields that come last: how to go on.
const LAST: [&str; 2] = ["next_cursor", "nextCursor"];

/// A value whose fields are written in reading order.
pub struct InReadingOrder<'a>(pub &'a Value);

/// The JSON of a value with its fields in reading order.
pub fn text(value: &Value) -> String {
    serde_json::to_string(&InReadingOrder(value)).expect("a value can always be written")
}

impl Serialize for InReadingOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(fields) => {
                let mut fields: Vec<_> = fields.iter().collect();
                // It keeps the order of the alphabet where ranks are the same.
                fields.sort_by_key(|(name, _)| rank(name));
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, &InReadingOrder(value))?;
                }
                map.end()
            }
            Value::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&InReadingOrder(item))?;
                }
                list.end()
            }
            plain => plain.serialize(serializer),
        }
    }
}

fn rank(name: &str) -> usize {
    if LAST.contains(&name) {
        return usize::MAX;
    }
    let first = FIRST.iter().position(|own| *own == name);
    first.unwrap_or(FIRST.len())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_thing_is_called_comes_first_and_how_to_go_on_last() {
        let value = json!({
            "next_cursor": "b", "total": 2, "okrs": [{ "id": "a", "owner": null, "title": "A", "team": "T" }],
        });
        assert_eq!(
            text(&value),
            r#"{"total":2,"okrs":[{"title":"A","id":"a","team":"T","owner":null}],"next_cursor":"b"}"#
        );
    }
}
