//! What the items of one list name of another. Lists are read at different moments, so an item may name
//! what is not here yet: once that arrives, the item is copied again, though it has not changed.

use std::collections::HashSet;

use serde_json::Value;

use crate::upstream::items::{self, Item};

/// The list whose things the items of this one name; it is copied before it.
pub fn referred_by(list: &str) -> Option<&'static str> {
    match list {
        "/okrs" => Some("/cycles"),
        "/initiatives" => Some("/okrs"),
        _ => None,
    }
}

/// The list whose items name things of this one.
pub fn referring_to(list: &str) -> Option<&'static str> {
    match list {
        "/cycles" => Some("/okrs"),
        "/okrs" => Some("/initiatives"),
        _ => None,
    }
}

/// What things can be named by now that could not before: all, if nothing was here.
pub fn arrived(list: &str, before: &[Item<'_>], now: &[Item<'_>]) -> HashSet<String> {
    let (changed, _) = items::differences(before, now);
    let ids: HashSet<&str> = changed.iter().map(|item| item.id).collect();
    let known = before.iter().filter(|item| ids.contains(item.id));
    let known = names(list, known);
    &names(list, changed.iter()) - &known
}

/// What other lists name the items by.
pub fn names<'a>(list: &str, items: impl Iterator<Item = &'a Item<'a>>) -> HashSet<String> {
    let of_item = |item: &Item<'_>| -> Vec<String> {
        let value: Value = serde_json::from_str(item.json).unwrap_or_default();
        if list == "/cycles" {
            return value["name"]
                .as_str()
                .map(str::to_owned)
                .into_iter()
                .collect();
        }
        let key_results = value["key_results"].as_array().into_iter().flatten();
        let ids = key_results.filter_map(|key_result| key_result["id"].as_str());
        ids.chain([item.id]).map(str::to_owned).collect()
    };
    items.flat_map(of_item).collect()
}

/// The items of a list that name one of these.
pub fn naming<'a>(list: &str, items: Vec<Item<'a>>, names: &HashSet<String>) -> Vec<Item<'a>> {
    let fields: &[&str] = match list {
        "/okrs" => &["cycle"],
        _ => &["okr_id", "kr_id"],
    };
    let names_one = |item: &Item<'_>| {
        let value: Value = serde_json::from_str(item.json).unwrap_or_default();
        let named = fields.iter().filter_map(|field| value[*field].as_str());
        named.into_iter().any(|name| names.contains(name))
    };
    items.into_iter().filter(names_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str =
        r#"[{"id":"o","key_results":[{"id":"k"},{"id":"new"}]},{"id":"same","key_results":[]}]"#;

    #[test]
    fn only_what_could_not_be_named_before_has_arrived() {
        let now = items::of(NOW).unwrap();
        let before = r#"[{"id":"o","key_results":[{"id":"k"}]},{"id":"same","key_results":[]}]"#;
        let before = items::of(before).unwrap();
        assert_eq!(
            arrived("/okrs", &before, &now),
            HashSet::from(["new".to_owned()])
        );
        assert_eq!(arrived("/okrs", &[], &now).len(), 4);
        assert!(arrived("/okrs", &now, &now).is_empty());
    }

    #[test]
    fn items_name_others_as_the_contract_does() {
        let initiatives =
            r#"[{"id":"a","kr_id":"new"},{"id":"b","okr_id":"o"},{"id":"c","kr_id":null}]"#;
        let names = HashSet::from(["new".to_owned()]);
        let found = naming("/initiatives", items::of(initiatives).unwrap(), &names);
        assert_eq!(found.iter().map(|item| item.id).collect::<Vec<_>>(), ["a"]);
        let okrs = items::of(r#"[{"id":"o","cycle":"Q1"}]"#).unwrap();
        let cycles = items::of(r#"[{"id":"c","name":"Q1"}]"#).unwrap();
        assert_eq!(
            naming("/okrs", okrs, &arrived("/cycles", &[], &cycles)).len(),
            1
        );
    }
}
