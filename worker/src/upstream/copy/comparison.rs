//! A list of the service beside the same list made of what is here.

use std::collections::{HashMap, HashSet};

use okrs_shared::timestamp::Timestamp;
use okrs_shared::upstream::{Difference, ListComparison, is_computed};
use serde_json::Value;

use crate::upstream::items;

/// How many differences of a list are told.
const MOST_DIFFERENCES: usize = 100;

/// Compares two lists as they come, `there` as of a moment; `None` if one is no list.
pub fn of(list: &str, there: &str, here: &str, compared_at: Timestamp) -> Option<ListComparison> {
    Some(compared(list, &parsed(there)?, &parsed(here)?, compared_at))
}

fn parsed(list: &str) -> Option<Vec<Value>> {
    let items = items::of(list)?;
    let parsed = items
        .iter()
        .map(|item| serde_json::from_str(item.json).ok());
    parsed.collect()
}

fn compared(list: &str, there: &[Value], here: &[Value], compared_at: Timestamp) -> ListComparison {
    let by_id: HashMap<&str, &Value> = here.iter().map(|item| (id(item), item)).collect();
    let known: HashSet<&str> = there.iter().map(id).collect();
    let mut differences = Vec::new();
    let mut equal = 0;
    for item in there {
        let before = differences.len();
        let other = by_id.get(id(item)).copied();
        differ(item, "", Some(item), other, &mut differences);
        equal += u32::from(differences.len() == before);
    }
    for item in here.iter().filter(|item| !known.contains(id(item))) {
        differ(item, "", None, Some(item), &mut differences);
    }
    let differing_fields = count(differences.len());
    first_things_first(list, &mut differences);
    differences.truncate(MOST_DIFFERENCES);
    let order_there = there.iter().map(id).filter(|id| by_id.contains_key(id));
    let order_here = here.iter().map(id).filter(|id| known.contains(id));
    ListComparison {
        list: list.to_owned(),
        there: count(there.len()),
        here: count(here.len()),
        same_order: order_there.eq(order_here),
        equal,
        differing_fields,
        differences,
        compared_at,
    }
}

/// What was entered must not be lost behind a hundred figures, nor one kind of figures behind another:
/// after it comes the first of each kind.
fn first_things_first(list: &str, differences: &mut [Difference]) {
    for difference in differences.iter_mut() {
        difference.is_computed = is_computed(list, &difference.field);
    }
    let mut kinds = HashSet::new();
    differences.sort_by_cached_key(|difference| {
        let kind = difference.field.rsplit('.').next().unwrap_or_default();
        match difference.is_computed {
            false => 0,
            true if kinds.insert(kind.to_owned()) => 1,
            true => 2,
        }
    });
}

/// Adds what differs in a part of an item, which the list of one side has like this.
fn differ(
    item: &Value,
    path: &str,
    there: Option<&Value>,
    here: Option<&Value>,
    into: &mut Vec<Difference>,
) {
    match (there, here) {
        (Some(there), Some(here)) if there == here => {}
        (Some(Value::Object(there)), Some(Value::Object(here))) => {
            let fields = there
                .keys()
                .chain(here.keys().filter(|name| !there.contains_key(*name)));
            for name in fields {
                let path = match path {
                    "" => name.clone(),
                    path => format!("{path}.{name}"),
                };
                differ(item, &path, there.get(name), here.get(name), into);
            }
        }
        (Some(Value::Array(there)), Some(Value::Array(here))) => {
            for nth in 0..there.len().max(here.len()) {
                let path = format!("{path}[{nth}]");
                differ(item, &path, there.get(nth), here.get(nth), into);
            }
        }
        // 35 and 35.0 are one number.
        (Some(Value::Number(there)), Some(Value::Number(here)))
            if there.as_f64() == here.as_f64() => {}
        (there, here) => into.push(Difference {
            id: id(item).to_owned(),
            name: name(item),
            field: path.to_owned(),
            there: there.map(ToString::to_string),
            here: here.map(ToString::to_string),
            is_computed: false,
        }),
    }
}

fn name(item: &Value) -> Option<String> {
    let name = item.get("title").or_else(|| item.get("name"));
    name.and_then(Value::as_str).map(str::to_owned)
}

fn id(item: &Value) -> &str {
    item["id"].as_str().unwrap_or_default()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn compared_list(list: &str, there: &[Value], here: &[Value]) -> ListComparison {
        let at = serde_json::from_value(json!("2026-04-19T12:00:00Z")).unwrap();
        compared(list, there, here, at)
    }

    #[test]
    fn equal_lists_differ_in_nothing() {
        let list = [
            json!({ "id": "a", "v": 35 }),
            json!({ "id": "b", "k": [{ "x": 1 }] }),
        ];
        let other = [json!({ "id": "a", "v": 35.0 }), list[1].clone()];
        let compared = compared_list("/okrs", &list, &other);
        assert_eq!((compared.equal, compared.differing_fields), (2, 0));
        assert!(compared.same_order);
    }

    #[test]
    fn differences_are_named_by_their_path() {
        let there = [json!({ "id": "a", "k": [{ "x": 1, "new": true }] })];
        let here = [json!({ "id": "a", "k": [{ "x": 2 }] })];
        let compared = compared_list("/okrs", &there, &here);
        let fields: Vec<&str> = compared
            .differences
            .iter()
            .map(|difference| difference.field.as_str())
            .collect();
        assert_eq!(fields, ["k[0].new", "k[0].x"]);
        assert_eq!(compared.differences[0].here, None);
    }

    #[test]
    fn missing_items_and_another_order_are_seen() {
        let [a, b, c] = ["a", "b", "c"].map(|id| json!({ "id": id }));
        let compared = compared_list("/kpis", &[a.clone(), b.clone()], &[b.clone(), a.clone(), c]);
        assert!(!compared.same_order);
        assert_eq!((compared.there, compared.here), (2, 3));
        assert_eq!(compared.differences[0].id, "c");
        assert!(compared_list("/kpis", &[a.clone(), b.clone()], &[a]).same_order);
    }

    #[test]
    fn what_was_entered_comes_before_figures_that_each_side_computes() {
        let there =
            |score: u8, title: &str| json!({ "id": "a", "health_score": score, "title": title });
        let compared = compared_list("/okrs", &[there(1, "T")], &[there(2, "U")]);
        let fields: Vec<(&str, bool)> = compared
            .differences
            .iter()
            .map(|difference| (difference.field.as_str(), difference.is_computed))
            .collect();
        assert_eq!(fields, [("title", false), ("health_score", true)]);
    }
}
