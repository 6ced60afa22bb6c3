//! The exact keys and types of the contract's answers.

use chrono::{DateTime, NaiveDate};
use okrs_tests::Api;
use serde_json::Value;

pub const OKR_IN_LIST: &str = "id:id title:text type:text owner:text? progress:number status:text \
                               health_score:number cycle:text key_results:list";
pub const KEY_RESULT_IN_LIST: &str = "id:id title:text metric_type:text start_value:number \
                                      current_value:number target_value:number progress:number \
                                      status:text owner_id:id?";
pub const NEW_OKR: &str = "id:id title:text description:text? type:text cycle_id:id owner_id:id? \
                           department_id:id? team_id:id? visibility:text created_at:time";
pub const UPDATED_OKR: &str = "id:id title:text description:text? type:text cycle_id:id owner_id:id? \
                               department_id:id? team_id:id? visibility:text created_at:time \
                               updated_at:time";
pub const NEW_KEY_RESULT: &str = "id:id okr_id:id title:text metric_type:text start_value:number \
                                  target_value:number current_value:number owner_id:id? unit:text? \
                                  status:text created_at:time";
pub const UPDATED_KEY_RESULT: &str = "id:id okr_id:id title:text metric_type:text start_value:number \
                                      target_value:number current_value:number owner_id:id? \
                                      unit:text? status:text created_at:time updated_at:time";
pub const CHECK_IN: &str = "id:id okr_id:id key_result_id:id value:number status:text comment:text? \
                            blocker_note:text? created_at:time";
pub const CYCLE: &str = "id:id name:text start_date:date end_date:date status:text";
pub const KPI_IN_LIST: &str = "id:id name:text current:number? target:number? unit:text? status:text \
                               last_updated:time?";
pub const NEW_KPI: &str = "id:id organisation_id:id name:text description:text? owner_id:id? \
                           team_id:id? category:text group_name:text? current_value:number? \
                           target_value:number? unit:text? status:text update_frequency:text \
                           direction:text last_updated_at:time? created_by:id? created_at:time \
                           updated_at:time";
pub const KPI_UPDATE: &str =
    "id:id kpi_id:id previous_value:number? new_value:number created_at:time";
pub const INITIATIVE: &str = "id:id title:text description:text? status:text priority:text? \
                              start_date:date? end_date:date? owner_id:id? kr_id:id? okr_id:id? \
                              created_at:time updated_at:time";
pub const REVIEW_CYCLE: &str = "id:id name:text status:text due_date:date? reviewee_count:number";
pub const REVIEW_SUMMARY: &str = "review_id:id employee:text cycle:text type:text status:text \
                                  answers:list shared_at:time";
pub const REVIEW_ANSWER: &str = "question:text answer:text";

/// Asserts that `value` has the keys of `shape` and no others, each with a value of its kind; a
/// question mark allows null.
#[track_caller]
pub fn assert_shape(value: &Value, shape: &str) {
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("not an object: {value}"));
    let mut expected: Vec<(&str, &str)> = shape
        .split_whitespace()
        .map(|field| field.split_once(':').unwrap())
        .collect();
    expected.sort_unstable();
    let mut keys: Vec<&str> = object.keys().map(String::as_str).collect();
    keys.sort_unstable();
    let names: Vec<&str> = expected.iter().map(|(name, _)| *name).collect();
    assert_eq!(keys, names, "{value}");
    for (name, kind) in expected {
        assert!(is(&object[name], kind), "{name} is no {kind}: {value}");
    }
}

fn is(value: &Value, kind: &str) -> bool {
    if let Some(kind) = kind.strip_suffix('?') {
        return value.is_null() || is(value, kind);
    }
    match (kind, value) {
        ("number", Value::Number(_)) | ("list", Value::Array(_)) | ("text", Value::String(_)) => {
            true
        }
        ("id", Value::String(text)) => is_id(text),
        ("date", Value::String(text)) => text.len() == 10 && text.parse::<NaiveDate>().is_ok(),
        // Seconds, UTC, no fraction: `2026-04-19T12:00:00Z`.
        ("time", Value::String(text)) => {
            text.len() == 20 && text.ends_with('Z') && DateTime::parse_from_rfc3339(text).is_ok()
        }
        _ => false,
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(at, character)| match at {
            8 | 13 | 18 | 23 => character == '-',
            _ => matches!(character, '0'..='9' | 'a'..='f'),
        })
}

/// The element of a list whose `field` is `wanted`.
#[track_caller]
pub fn find<'a>(list: &'a Value, field: &str, wanted: &str) -> &'a Value {
    let items = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    items
        .iter()
        .find(|item| item[field] == wanted)
        .unwrap_or_else(|| panic!("nothing with {field} {wanted} in {list}"))
}

/// Whether an element of a list has this id.
pub fn lists(list: &Value, id: &Value) -> bool {
    list.as_array()
        .into_iter()
        .flatten()
        .any(|item| item["id"] == *id)
}

/// The key result with this id as `GET /okrs` shows it.
#[track_caller]
pub fn key_result(api: &Api, id: &str) -> Value {
    let okrs = api.read("/okrs");
    okrs.as_array()
        .into_iter()
        .flatten()
        .flat_map(|okr| okr["key_results"].as_array().into_iter().flatten())
        .find(|key_result| key_result["id"] == id)
        .unwrap_or_else(|| panic!("no key result {id} in {okrs}"))
        .clone()
}

/// The text of an id in an answer.
#[track_caller]
pub fn id(value: &Value) -> String {
    value["id"]
        .as_str()
        .unwrap_or_else(|| panic!("no id in {value}"))
        .to_owned()
}

/// Everything that a workspace shows, as text.
pub fn snapshot(api: &Api) -> Vec<String> {
    [
        "/okrs",
        "/cycles",
        "/kpis",
        "/initiatives",
        "/review-cycles",
    ]
    .iter()
    .map(|path| {
        let response = api.get(path);
        response.expect(200);
        response.text().to_owned()
    })
    .collect()
}
