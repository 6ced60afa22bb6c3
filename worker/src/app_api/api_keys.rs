//! `/api-keys`

use http::StatusCode;
use okrs_shared::api_key::{ApiKey, NewApiKey, RevealedApiKey, RollApiKey};
use okrs_shared::id::ApiKeyId;

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{Path, Unparsed};
use crate::ops;
use crate::platform::Platform;
use crate::store::Db;

/// `GET /api-keys`
#[worker::send]
pub async fn list(caller: Caller, platform: Platform, db: Db) -> Result<Json<Vec<ApiKey>>> {
    ops::api_keys::list(&platform, &db, &caller).await.map(Json)
}

/// `POST /api-keys`
#[worker::send]
pub async fn create(
    caller: Caller,
    db: Db,
    body: Unparsed<NewApiKey>,
) -> Result<(StatusCode, Json<RevealedApiKey>)> {
    let revealed = ops::api_keys::create(&db, &caller, body).await?;
    Ok((StatusCode::CREATED, Json(revealed)))
}

/// `DELETE /api-keys/{id}`
#[worker::send]
pub async fn revoke(caller: Caller, db: Db, Path(id): Path<ApiKeyId>) -> Result<StatusCode> {
    ops::api_keys::revoke(&db, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api-keys/{id}/roll`
#[worker::send]
pub async fn roll(
    caller: Caller,
    db: Db,
    Path(id): Path<ApiKeyId>,
    body: Unparsed<RollApiKey>,
) -> Result<(StatusCode, Json<RevealedApiKey>)> {
    let revealed = ops::api_keys::roll(&db, &caller, &id, body).await?;
    Ok((StatusCode::CREATED, Json(revealed)))
}
