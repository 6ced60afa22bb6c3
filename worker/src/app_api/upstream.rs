//! Where the data is, and what waits for the hosted service.

use http::StatusCode;
use okrs_shared::id::PendingWriteId;
use okrs_shared::permission::Role;
use okrs_shared::upstream::{
    Backend, Budget, Capabilities, ComparisonAsked, Decided, ListComparison, PendingWrite,
};
use okrs_shared::validation::Invalid;

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{Path, Unparsed};
use crate::ops;
use crate::platform::Platform;
use crate::store::Db;
use crate::upstream;

const NOT_FOUND: Error = Error::NotFound("Write not found");

/// `GET /capabilities`
#[worker::send]
pub async fn capabilities(caller: Caller, platform: Platform) -> Result<Json<Capabilities>> {
    caller.person()?;
    Ok(Json(Capabilities::of(platform.backend())))
}

/// `GET /budget`: there is none where the data is here.
#[worker::send]
pub async fn budget(caller: Caller, platform: Platform) -> Result<Json<Budget>> {
    caller.person()?;
    require_upstream(&platform)?;
    upstream::budget(&platform, &caller.tag).await.map(Json)
}

/// `GET /comparison`: also where the data is here, if the service's address and key are set.
#[worker::send]
pub async fn comparison(caller: Caller, platform: Platform) -> Result<Json<Vec<ListComparison>>> {
    ops::comparison::latest(&platform, &caller).await.map(Json)
}

/// `POST /comparison`: the work goes on after the answer.
#[worker::send]
pub async fn compare_anew(
    caller: Caller,
    platform: Platform,
) -> Result<(StatusCode, Json<ComparisonAsked>)> {
    let asked = ops::comparison::renew(&platform, &caller).await?;
    Ok((StatusCode::ACCEPTED, Json(asked)))
}

/// `GET /pending-writes`: one's own, or an admin's look at everybody's.
#[worker::send]
pub async fn pending(
    caller: Caller,
    platform: Platform,
    db: Db,
) -> Result<Json<Vec<PendingWrite>>> {
    caller.person()?;
    require_upstream(&platform)?;
    let writes = upstream::pending(&platform, &caller.tag, whose(&caller)).await?;
    ops::pending_writes::named(&db, &caller, writes)
        .await
        .map(Json)
}

/// `GET /pending-writes/{id}`: for keys as well, which are sent here.
#[worker::send]
pub async fn pending_write(
    caller: Caller,
    platform: Platform,
    db: Db,
    Path(id): Path<PendingWriteId>,
) -> Result<Json<PendingWrite>> {
    if platform.backend() == Backend::D1 {
        // Nothing waits here, and keys have no business in this API.
        caller.person()?;
    }
    require_upstream(&platform)?;
    let write = found(&platform, &caller, &id).await?;
    let mut named = ops::pending_writes::named(&db, &caller, vec![write]).await?;
    named.pop().map(Json).ok_or(NOT_FOUND)
}

/// `POST /pending-writes/{id}/decision`
#[worker::send]
pub async fn decide(
    caller: Caller,
    platform: Platform,
    Path(id): Path<PendingWriteId>,
    body: Unparsed<Decided>,
) -> Result<StatusCode> {
    caller.person()?;
    require_upstream(&platform)?;
    found(&platform, &caller, &id).await?;
    let Decided { decision } = body.parse()?;
    if upstream::decide(&platform, &caller.tag, &id, decision).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Error::Conflict(Invalid {
            field: None,
            message: "there is nothing to decide about this write".to_owned(),
        }))
    }
}

async fn found(platform: &Platform, caller: &Caller, id: &PendingWriteId) -> Result<PendingWrite> {
    upstream::pending_write(platform, &caller.tag, whose(caller), id)
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

fn require_upstream(platform: &Platform) -> Result<()> {
    match platform.backend() {
        Backend::Upstream => Ok(()),
        Backend::D1 => Err(Error::NotFound("The data of this workspace is here")),
    }
}
