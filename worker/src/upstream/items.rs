//! The items of the service's lists, read no further than to their ids, so that fields and values of
//! a later version survive.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

/// The most that the service lists; what is full may be cut off.
pub const MOST: usize = 500;

/// One item.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// Its id.
    pub id: &'a str,
    /// The item as it came, id included.
    pub json: &'a str,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    data: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Identified<'a> {
    #[serde(borrow)]
    id: &'a str,
}

/// The items of a list, be it plain or in an envelope; `None` if it is not a list of things with ids.
pub fn of(list: &str) -> Option<Vec<Item<'_>>> {
    let raw = match list.trim_start().starts_with('{') {
        true => serde_json::from_str::<Envelope<'_>>(list).ok()?.data,
        false => serde_json::from_str(list).ok()?,
    };
    raw.into_iter()
        .map(|item| {
            let Identified { id } = serde_json::from_str(item.get()).ok()?;
            Some(Item {
                id,
                json: item.get(),
            })
        })
        .collect()
}

/// A JSON array of items.
pub fn array<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<&str> = items.into_iter().collect();
    format!("[{}]", items.join(","))
}

/// The items of `now` that are not the same in `before`, and the ids that only `before` has.
pub fn differences<'a>(before: &[Item<'a>], now: &[Item<'a>]) -> (Vec<Item<'a>>, Vec<&'a str>) {
    let mut known: HashMap<&str, &str> = before.iter().map(|item| (item.id, item.json)).collect();
    let changed = now
        .iter()
        .filter(|item| known.remove(item.id) != Some(item.json))
        .copied()
        .collect();
    let mut gone: Vec<&str> = known.into_keys().collect();
    gone.sort_unstable();
    // Of a full list the oldest may have been pushed out by new ones.
    if now.len() >= MOST {
        gone.clear();
    }
    (changed, gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_keep_what_this_version_does_not_know() {
        let list = r#"[{"id":"a","mood":"sunny"}, {"x": {"id": 1}, "id":"b"}]"#;
        let items = of(list).unwrap();
        assert_eq!(items[0].json, r#"{"id":"a","mood":"sunny"}"#);
        assert_eq!(items[1].id, "b");
        assert_eq!(of(r#"{"data":[{"id":"i"}]}"#).unwrap()[0].id, "i");
    }

    #[test]
    fn what_is_no_list_of_things_is_refused() {
        for text in [
            "",
            "[{}]",
            "[1]",
            r#"[{"id":7}]"#,
            r#"{"oops":1}"#,
            "<html>",
            r#"[{"id":"a"}"#,
        ] {
            assert!(of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn only_what_changed_is_named() {
        let before = of(r#"[{"id":"a","v":1},{"id":"b","v":1},{"id":"c","v":1}]"#).unwrap();
        let now = of(r#"[{"id":"d","v":1},{"id":"a","v":1},{"id":"b","v":2}]"#).unwrap();
        let (changed, gone) = differences(&before, &now);
        let changed: Vec<&str> = changed.iter().map(|item| item.id).collect();
        assert_eq!((changed, gone), (vec!["d", "b"], vec!["c"]));
    }

    #[test]
    fn a_full_list_says_nothing_about_what_is_gone() {
        let full: Vec<String> = (0..MOST)
            .map(|nth| format!(r#"{{"id":"{nth}"}}"#))
            .collect();
        let full = array(full.iter().map(String::as_str));
        let before = of(r#"[{"id":"oldest"}]"#).unwrap();
        let (_, gone) = differences(&before, &of(&full).unwrap());
        assert!(gone.is_empty());
    }
}
