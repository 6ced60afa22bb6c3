//! `/me` and `/sessions`

use axum::response::IntoResponse;
use http::{StatusCode, header};
use okrs_shared::id::SessionId;
use okrs_shared::sign_in::{Me, MePatch, PasswordChange, Session};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{Path, Unparsed};
use crate::ops;
use crate::ops::sign_in::Client;
use crate::platform::Platform;
use crate::store::Db;

/// `GET /me`
#[worker::send]
pub async fn get(caller: Caller, db: Db) -> Result<Json<Me>> {
    ops::me::get(&db, &caller).await.map(Json)
}

/// `PATCH /me`
#[worker::send]
pub async fn update(caller: Caller, db: Db, body: Unparsed<MePatch>) -> Result<Json<Me>> {
    ops::me::update(&db, &caller, body).await.map(Json)
}

/// `PUT /me/password`
#[worker::send]
pub async fn change_password(
    caller: Caller,
    platform: Platform,
    db: Db,
    client: Client,
    body: Unparsed<PasswordChange>,
) -> Result<StatusCode> {
    ops::me::change_password(&platform, &db, &caller, &client, body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /sessions`
#[worker::send]
pub async fn sessions(caller: Caller, db: Db) -> Result<Json<Vec<Session>>> {
    ops::me::sessions(&db, &caller).await.map(Json)
}

/// `DELETE /sessions/{id}`
#[worker::send]
pub async fn end_session(caller: Caller, db: Db, Path(id): Path<SessionId>) -> Result<StatusCode> {
    ops::me::end_session(&db, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /sessions/current`
#[worker::send]
pub async fn sign_out(caller: Caller, db: Db) -> Result<impl IntoResponse> {
    let cookie = ops::me::sign_out(&db, &caller).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]))
}
