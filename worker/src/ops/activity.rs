//! What happened to an OKR.

use okrs_shared::activity::{Activity, FieldChange};
use okrs_shared::id::OkrId;
use serde_json::{Map, Value};

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::store::activity::ActivityRow;
use crate::store::{self, Db};

/// The fields that everybody who sees an OKR may know of it and of what belongs to it. Not among
/// them: ids of other OKRs, which may be hidden, and words that were taken back.
const SHOWN: &[&str] = &[
    "title",
    "description",
    "type",
    "visibility",
    "cycle_id",
    "owner_id",
    "department_id",
    "team_id",
    "weight",
    "archived",
    "metric_type",
    "unit",
    "start_value",
    "current_value",
    "target_value",
    "reason",
    "value",
    "status",
    "comment",
    "blocker_note",
];

/// The newest 200 things that happened to an OKR, its key results, their check-ins and the comments.
pub async fn of_okr(db: &Db, caller: &Caller, okr_id: &OkrId) -> Result<Vec<Activity>> {
    let rows = store::activity::of_okr(db, caller, okr_id)
        .await?
        .ok_or(Error::NotFound("OKR not found"))?;
    Ok(rows.into_iter().map(activity).collect())
}

fn activity(row: ActivityRow) -> Activity {
    Activity {
        changes: changes(&object(row.before), &object(row.after)),
        id: row.id,
        at: row.at,
        action: row.action,
        member_id: row.member_id,
        member: row.member,
        by_api_key: row.by_api_key,
        subject: row.subject,
        subject_id: row.subject_id,
        key_result_id: row.key_result_id,
        key_result: row.key_result,
    }
}

/// What was asked for, where it differs from what was.
fn changes(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<FieldChange> {
    SHOWN
        .iter()
        .filter_map(|field| {
            let after = after.get(*field)?;
            let before = before.get(*field).unwrap_or(&Value::Null);
            (!is_same(before, after)).then(|| FieldChange {
                field: (*field).to_owned(),
                before: before.clone(),
                after: after.clone(),
            })
        })
        .collect()
}

/// SQLite writes 41 as `41.0`.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

fn object(json: Option<String>) -> Map<String, Value> {
    json.and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(before: &Value, after: &Value) -> Value {
        let object = |value: &Value| value.as_object().cloned().unwrap_or_default();
        serde_json::to_value(changes(&object(before), &object(after))).unwrap()
    }

    #[test]
    fn only_what_differs_is_a_change() {
        let before = json!({ "title": "Old", "target_value": 41.0, "unit": "%" });
        let after = json!({ "title": "New", "target_value": 41 });
        let expected = json!([{ "field": "title", "before": "Old", "after": "New" }]);
        assert_eq!(of(&before, &after), expected);
    }

    #[test]
    fn the_words_of_comments_and_ids_of_other_okrs_are_not_told() {
        let after = json!({ "text": "Taken back", "parent_id": "hidden", "okr_id": "hidden" });
        assert_eq!(of(&Value::Null, &after), json!([]));
    }
}
