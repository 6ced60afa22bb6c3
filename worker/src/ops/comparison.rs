//! The service's lists beside the same lists made of what is here: whether the copy is whole, and
//! whether this deployment could answer instead of the service.

use std::collections::HashMap;

use okrs_shared::permission::Action;
use okrs_shared::upstream::{Difference, ListComparison};
use serde_json::Value;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::IfNoneMatch;
use crate::ops;
use crate::ops::listing::Listing;
use crate::platform::Platform;
use crate::store::Db;
use crate::upstream::{self, COPIED, Read, items};

/// How many differences of a list are told.
const MOST_DIFFERENCES: usize = 100;

/// Compares all lists that both have: none if no service is set up.
pub async fn compare(platform: &Platform, db: &Db, caller: &Caller) -> Result<Vec<ListComparison>> {
    caller.require_action(Action::ChangeWorkspace)?;
    if platform.var("UPSTREAM_URL").is_none() {
        return Ok(vec![]);
    }
    let nothing = IfNoneMatch::nothing();
    let mut compared = Vec::new();
    for list in COPIED {
        let there = match upstream::read(platform, caller, list).await? {
            Read::Found(found) => found.body,
            Read::Refused(status, _) => {
                return Err(Error::internal(format!("{list} is refused with {status}")));
            }
        };
        let here = match list {
            "/cycles" => ops::cycles::list(db, caller, &nothing).await?,
            "/okrs" => ops::okrs::list(db, caller, &nothing).await?,
            "/kpis" => ops::kpis::list(db, caller, &nothing).await?,
            _ => ops::initiatives::list(db, caller, &nothing, "").await?,
        };
        if let Listing::Full { body, .. } = here {
            compared.push(compared_list(list, &parsed(&there)?, &parsed(&body)?));
        }
    }
    Ok(compared)
}

fn parsed(body: &[u8]) -> Result<Vec<Value>> {
    let text = std::str::from_utf8(body).unwrap_or_default();
    let items = items::of(text).ok_or_else(|| Error::internal("what was listed is no list"))?;
    let parsed = items.iter().map(|item| serde_json::from_str(item.json));
    Ok(parsed.collect::<serde_json::Result<_>>()?)
}

fn compared_list(list: &str, there: &[Value], here: &[Value]) -> ListComparison {
    let by_id: HashMap<&str, &Value> = here.iter().map(|item| (id(item), item)).collect();
    let known: Vec<&str> = there.iter().map(id).collect();
    let mut differences = Vec::new();
    let mut equal = 0;
    for item in there {
        let before = differences.len();
        let other = by_id.get(id(item)).copied();
        differ(id(item), "", Some(item), other, &mut differences);
        equal += u32::from(differences.len() == before);
    }
    for item in here.iter().filter(|item| !known.contains(&id(item))) {
        differ(id(item), "", None, Some(item), &mut differences);
    }
    let shared = |items: &[Value], other: &dyn Fn(&str) -> bool| -> Vec<String> {
        let ids = items.iter().map(id).filter(|id| other(id));
        ids.map(str::to_owned).collect()
    };
    let order_there = shared(there, &|id| by_id.contains_key(id));
    let order_here = shared(here, &|id| known.contains(&id));
    ListComparison {
        list: list.to_owned(),
        there: count(there.len()),
        here: count(here.len()),
        same_order: order_there == order_here,
        equal,
        differing_fields: count(differences.len()),
        differences: differences.into_iter().take(MOST_DIFFERENCES).collect(),
    }
}

fn differ(
    id: &str,
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
                differ(id, &path, there.get(name), here.get(name), into);
            }
        }
        (Some(Value::Array(there)), Some(Value::Array(here))) => {
            for nth in 0..there.len().max(here.len()) {
                let path = format!("{path}[{nth}]");
                differ(id, &path, there.get(nth), here.get(nth), into);
            }
        }
        // 35 and 35.0 are one number.
        (Some(Value::Number(there)), Some(Value::Number(here)))
            if there.as_f64() == here.as_f64() => {}
        (there, here) => into.push(Difference {
            id: id.to_owned(),
            field: path.to_owned(),
            there: there.map(ToString::to_string),
            here: here.map(ToString::to_string),
        }),
    }
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
}
