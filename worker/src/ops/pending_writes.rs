//! Writes that are not answered yet, in people's words.

use http::Method;
use okrs_shared::id::PendingWriteId;
use okrs_shared::permission::Role;
use okrs_shared::upstream::{Backend, Decided, PendingWrite};
use okrs_shared::validation::Invalid;
use serde_json::Value;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Unparsed;
use crate::hosted;
use crate::hosted::public_write::PublicWrite;
use crate::ops::backend::require_upstream;
use crate::platform::Platform;
use crate::store::{Db, names};

const NOT_FOUND: Error = Error::NotFound("Write not found");

/// The newest 200: one's own, or an admin's look at everybody's.
pub async fn list(platform: &Platform, caller: &Caller) -> Result<Vec<PendingWrite>> {
    require_upstream(platform)?;
    let writes = hosted::pending(platform, &caller.tag, whose(caller)).await?;
    named(&platform.db()?, caller, writes).await
}

/// One write; for keys as well, which are sent here.
pub async fn get(
    platform: &Platform,
    caller: &Caller,
    id: &PendingWriteId,
) -> Result<PendingWrite> {
    if platform.backend() == Backend::D1 {
        // Nothing waits here, and keys have no business in this API.
        caller.person()?;
    }
    require_upstream(platform)?;
    let write = found(platform, caller, id).await?;
    let mut named = named(&platform.db()?, caller, vec![write]).await?;
    named.pop().ok_or(NOT_FOUND)
}

/// Says what is to become of a write of which nobody knows whether it took effect.
pub async fn decide(
    platform: &Platform,
    caller: &Caller,
    id: &PendingWriteId,
    body: Unparsed<Decided>,
) -> Result<()> {
    require_upstream(platform)?;
    found(platform, caller, id).await?;
    let Decided { decision } = body.parse()?;
    if hosted::decide(platform, &caller.tag, id, decision).await? {
        Ok(())
    } else {
        Err(Error::Conflict(Invalid {
            field: None,
            message: "there is nothing to decide about this write".to_owned(),
        }))
    }
}

async fn found(platform: &Platform, caller: &Caller, id: &PendingWriteId) -> Result<PendingWrite> {
    hosted::pending_write(platform, &caller.tag, whose(caller), id)
        .await?
        .ok_or(NOT_FOUND)
}

/// Whose writes one sees: admins everybody's.
fn whose(caller: &Caller) -> Option<&str> {
    let is_admin = caller
        .person_if_any()
        .is_some_and(|person| person.role == Role::Admin);
    (!is_admin).then(|| caller.sender_id())
}

/// The writes with the names of what and whom they are about, as far as these are known here.
async fn named(
    db: &Db,
    caller: &Caller,
    mut writes: Vec<PendingWrite>,
) -> Result<Vec<PendingWrite>> {
    let members = writes.iter().filter_map(|write| write.member_id.as_deref());
    let ids: Vec<&str> = writes.iter().map(subject).chain(members).collect();
    let names = names::of(db, caller, &ids).await?;
    for write in &mut writes {
        let about = names.get(subject(write));
        write.title = made(write).or_else(|| about.map(|about| about.name.clone()));
        write.metric_type = about.and_then(|about| about.metric_type);
        write.unit = about.and_then(|about| about.unit.clone());
        let member = write.member_id.as_ref().and_then(|id| names.get(id));
        write.member = member.map(|member| member.name.clone());
    }
    Ok(writes)
}

/// The id of what it is about; empty if it makes something that belongs to nothing.
fn subject(write: &PendingWrite) -> &str {
    public_write(write).map_or("", |write| write.subject)
}

/// What it makes is called as the body says.
fn made(write: &PendingWrite) -> Option<String> {
    public_write(write).filter(PublicWrite::makes_something)?;
    let body: Value = serde_json::from_str(&write.body).ok()?;
    let name = body["title"].as_str().or(body["name"].as_str());
    name.map(str::to_owned)
}

fn public_write(write: &PendingWrite) -> Option<PublicWrite<'_>> {
    let method: Method = write.method.parse().ok()?;
    PublicWrite::of(&method, &write.path)
}
