//! `/directory` and `/members`

use http::StatusCode;
use okrs_shared::id::MemberId;
use okrs_shared::member::{
    Directory, HandOver, HandedOver, Invited, Link, Member, MemberPatch, NewMember,
};
use okrs_shared::member_import::{Import, NewImport};
use okrs_shared::sign_in::LinkPurpose;

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{Origin, Path, Unparsed};
use crate::ops;
use crate::store::Db;

/// `GET /directory`
#[worker::send]
pub async fn directory(caller: Caller, db: Db) -> Result<Json<Directory>> {
    ops::members::directory(&db, &caller).await.map(Json)
}

/// `POST /members`
#[worker::send]
pub async fn invite(
    caller: Caller,
    db: Db,
    origin: Origin,
    body: Unparsed<NewMember>,
) -> Result<(StatusCode, Json<Invited>)> {
    let invited = ops::members::invite(&db, &caller, &origin, body).await?;
    Ok((StatusCode::CREATED, Json(invited)))
}

/// `POST /members/{id}/invitation`
#[worker::send]
pub async fn renew_invitation(
    caller: Caller,
    db: Db,
    origin: Origin,
    Path(id): Path<MemberId>,
) -> Result<(StatusCode, Json<Link>)> {
    let purpose = LinkPurpose::Invitation;
    let link = ops::members::renew_link(&db, &caller, &origin, &id, purpose).await?;
    Ok((StatusCode::CREATED, Json(link)))
}

/// `POST /members/{id}/reset-link`
#[worker::send]
pub async fn make_reset_link(
    caller: Caller,
    db: Db,
    origin: Origin,
    Path(id): Path<MemberId>,
) -> Result<(StatusCode, Json<Link>)> {
    let purpose = LinkPurpose::Reset;
    let link = ops::members::renew_link(&db, &caller, &origin, &id, purpose).await?;
    Ok((StatusCode::CREATED, Json(link)))
}

/// `POST /members/import`
#[worker::send]
pub async fn import(
    caller: Caller,
    db: Db,
    origin: Origin,
    body: Unparsed<NewImport>,
) -> Result<Json<Import>> {
    ops::member_import::import(&db, &caller, &origin, body)
        .await
        .map(Json)
}

/// `PATCH /members/{id}`
#[worker::send]
pub async fn update(
    caller: Caller,
    db: Db,
    Path(id): Path<MemberId>,
    body: Unparsed<MemberPatch>,
) -> Result<Json<Member>> {
    ops::members::update(&db, &caller, &id, body)
        .await
        .map(Json)
}

/// `POST /members/{id}/disable`
#[worker::send]
pub async fn disable(caller: Caller, db: Db, Path(id): Path<MemberId>) -> Result<Json<Member>> {
    ops::members::disable(&db, &caller, &id).await.map(Json)
}

/// `POST /members/{id}/enable`
#[worker::send]
pub async fn enable(caller: Caller, db: Db, Path(id): Path<MemberId>) -> Result<Json<Member>> {
    ops::members::enable(&db, &caller, &id).await.map(Json)
}

/// `POST /members/{id}/hand-over`
#[worker::send]
pub async fn hand_over(
    caller: Caller,
    db: Db,
    Path(id): Path<MemberId>,
    body: Unparsed<HandOver>,
) -> Result<Json<HandedOver>> {
    ops::members::hand_over(&db, &caller, &id, body)
        .await
        .map(Json)
}
