//! The tool that reads a long text to its end.

use serde_json::{Map, Value, json};

use super::{Arguments, text};
use crate::caller::Caller;
use crate::error::Result;
use crate::mcp::pages::gone;
use crate::mcp::tokens;
use crate::ops;
use crate::store::Db;

/// So many tokens of text are in one answer.
const PIECE: usize = tokens::MOST - 200;

/// `read_text(type, id, cursor?)`
///
/// Its cursor is how many characters have been read.
pub async fn read(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let kind = arguments.get("type").cloned().unwrap_or_default();
    let id = text(&arguments, "id").unwrap_or_default();
    let mut skipped = match text(&arguments, "cursor").map(str::parse::<usize>) {
        None => 0,
        Some(Ok(read)) => read,
        Some(Err(_)) => return Err(gone()),
    };
    let mut read = skipped;
    let texts = ops::texts::of(db, caller, serde_json::from_value(kind.clone())?, id).await?;
    let mut pieces = Map::new();
    let mut room = PIECE;
    let mut is_whole = true;
    for (name, text) in [
        ("title", texts.title),
        ("description", texts.description),
        ("comment", texts.comment),
        ("blocker_note", texts.blocker_note),
    ] {
        let text = text.unwrap_or_default();
        let rest: String = text.chars().skip(skipped).collect();
        skipped = skipped.saturating_sub(text.chars().count());
        if rest.is_empty() || !is_whole {
            is_whole &= rest.is_empty();
            continue;
        }
        let (piece, left) = tokens::beginning(&rest, room);
        read += rest.chars().count() - left;
        is_whole = left == 0;
        room = room.saturating_sub(tokens::of(&json!(piece)));
        pieces.insert(name.to_owned(), json!(piece));
    }
    let mut answer = json!({ "type": kind, "id": id, "texts": pieces });
    if !is_whole {
        answer["next_cursor"] = json!(read.to_string());
    }
    Ok(answer)
}
