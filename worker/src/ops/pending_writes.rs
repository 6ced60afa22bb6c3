//! Writes that are not answered yet, in people's words.

use http::Method;
use okrs_shared::upstream::PendingWrite;
use serde_json::Value;

use crate::caller::Caller;
use crate::error::Result;
use crate::store::{Db, names};
use crate::upstream::operation::Operation;

/// The writes with the names of what and whom they are about, as far as these are known here.
pub async fn named(
    db: &Db,
    caller: &Caller,
    mut writes: Vec<PendingWrite>,
) -> Result<Vec<PendingWrite>> {
    let members = writes.iter().filter_map(|write| write.member_id.as_deref());
    let ids: Vec<&str> = writes.iter().map(subject).chain(members).collect();
    let names = names::of(db, caller, &ids).await?;
    for write in &mut writes {
        write.title = made(write).or_else(|| names.get(subject(write)).cloned());
        let member = write.member_id.as_ref();
        write.member = member.and_then(|id| names.get(id).cloned());
    }
    Ok(writes)
}

/// The id of what it is about; empty if it makes something that belongs to nothing.
fn subject(write: &PendingWrite) -> &str {
    operation(write).map_or("", |operation| operation.subject)
}

/// What it makes is called as the body says.
fn made(write: &PendingWrite) -> Option<String> {
    operation(write).filter(Operation::makes_something)?;
    let body: Value = serde_json::from_str(&write.body).ok()?;
    let name = body["title"].as_str().or(body["name"].as_str());
    name.map(str::to_owned)
}

fn operation(write: &PendingWrite) -> Option<Operation<'_>> {
    let method: Method = write.method.parse().ok()?;
    Operation::of(&method, &write.path)
}
