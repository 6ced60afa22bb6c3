//! Lists in pages that fit: as many rows as were asked for, or as a model can be expected to read.

use okrs_shared::validation::Invalid;
use serde_json::{Value, json};

use super::tokens;
use super::tools::{Arguments, text};
use crate::error::{Error, Result};
use crate::store::slices::Slice;

/// Which part of a list is asked for.
pub struct Page {
    limit: usize,
    /// The row before the first that is wanted.
    after: Option<String>,
}

/// A row of a list with what a cursor calls it.
pub type Row = (String, Value);

impl Page {
    /// What the arguments `limit` and `cursor` ask for.
    pub fn asked(arguments: &Arguments, usual: usize) -> Self {
        let limit = arguments.get("limit").and_then(Value::as_u64);
        let limit = limit.and_then(|limit| usize::try_from(limit).ok());
        Self {
            limit: limit.unwrap_or(usual),
            after: text(arguments, "cursor").map(str::to_owned),
        }
    }

    /// The page after this row.
    pub fn after(cursor: Option<&str>, limit: usize) -> Self {
        Self {
            limit,
            after: cursor.map(str::to_owned),
        }
    }

    /// Whether it is the first.
    pub fn is_first(&self) -> bool {
        self.after.is_none()
    }

    /// What has to be read for it: as many rows as it may have, and one to know whether there are more.
    pub fn slice(&self) -> Slice<'_> {
        Slice {
            after: self.after.as_deref(),
            most: u32::try_from(self.limit + 1).unwrap_or(u32::MAX),
        }
    }

    /// Where it begins among `things`, of which its cursor must name one.
    pub fn begin<T>(&self, things: &[T], called: impl Fn(&T) -> String) -> Result<usize> {
        let Some(after) = &self.after else {
            return Ok(0);
        };
        match things.iter().position(|thing| called(thing) == *after) {
            Some(at) => Ok(at + 1),
            None => Err(gone()),
        }
    }

    /// The answer: `head` with as many of the rows as fit beside it, and the cursor to go on with if
    /// there are more. It always has a row if there is one.
    pub fn fill(&self, mut head: Value, list: &str, rows: impl IntoIterator<Item = Row>) -> Value {
        let room = tokens::MOST.saturating_sub(tokens::of(&head) + 50);
        let (shown, next) = fitting(rows, self.limit, room);
        head[list] = Value::Array(shown);
        if let Some(next) = next {
            head["next_cursor"] = json!(next);
        }
        head
    }
}

/// As many rows as fit into so many tokens, at least one, and what the last is called if there are
/// more.
pub fn fitting(
    rows: impl IntoIterator<Item = Row>,
    limit: usize,
    mut room: usize,
) -> (Vec<Value>, Option<String>) {
    let mut shown = Vec::new();
    let mut last = None;
    for (called, row) in rows {
        let tokens = tokens::of(&row) + 1;
        if last.is_some() && (shown.len() >= limit || tokens > room) {
            return (shown, last);
        }
        room = room.saturating_sub(tokens);
        shown.push(row);
        last = Some(called);
    }
    (shown, None)
}

/// The refusal of a cursor whose row there is not, or no longer.
pub fn gone() -> Error {
    Invalid::field(
        "cursor",
        "is not known here, or no longer: begin again without it",
    )
    .into()
}

/// The row without the fields that say nothing.
pub fn compact(mut row: Value) -> Value {
    if let Value::Object(fields) = &mut row {
        fields.retain(|_, value| !value.is_null());
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize, text: &str) -> impl Iterator<Item = Row> {
        (0..count).map(move |nth| (nth.to_string(), json!({ "title": text })))
    }

    #[test]
    fn a_page_has_what_was_asked_for_and_names_its_last_row_if_there_are_more() {
        let page = |limit| Page { limit, after: None };
        let all = page(3).fill(json!({ "total": 3 }), "rows", rows(3, "a"));
        assert_eq!(
            all,
            json!({ "total": 3, "rows": [{ "title": "a" }, { "title": "a" }, { "title": "a" }] })
        );
        let some = page(2).fill(json!({}), "rows", rows(3, "a"));
        assert_eq!(some["next_cursor"], "1");
        let none = page(2).fill(json!({}), "rows", rows(0, "a"));
        assert_eq!(none, json!({ "rows": [] }));
    }

    #[test]
    fn a_page_ends_where_it_is_full_but_has_a_row() {
        let page = Page {
            limit: 100,
            after: None,
        };
        let some = page.fill(json!({}), "rows", rows(100, &"long ".repeat(200)));
        assert_eq!(some["next_cursor"], "4");
        let one = page.fill(json!({}), "rows", rows(2, &"long ".repeat(2000)));
        assert_eq!(one["next_cursor"], "0");
    }

    #[test]
    fn a_cursor_must_name_a_row() {
        let after = |after: &str| Page {
            limit: 1,
            after: Some(after.to_owned()),
        };
        let things = [1, 2, 3];
        assert_eq!(after("2").begin(&things, i32::to_string).unwrap(), 2);
        assert_eq!(after("3").begin(&things, i32::to_string).unwrap(), 3);
        assert!(after("4").begin(&things, i32::to_string).is_err());
    }
}
