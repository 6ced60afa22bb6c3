//! Finding things in answers.

use serde_json::Value;

/// The id of what was answered.
#[track_caller]
pub fn id(answer: &Value) -> String {
    answer["id"]
        .as_str()
        .unwrap_or_else(|| panic!("no id in {answer}"))
        .to_owned()
}

/// The ids of a list.
pub fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(id).collect()
}

/// The item of a list whose field has this value.
#[track_caller]
pub fn find<'a>(list: &'a Value, field: &str, value: &str) -> &'a Value {
    list.as_array()
        .and_then(|list| list.iter().find(|item| item[field] == value))
        .unwrap_or_else(|| panic!("no {field} {value:?} in {list}"))
}
