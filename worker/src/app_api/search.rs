//! `/search`

use axum::extract::RawQuery;
use okrs_shared::search::Hit;

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::ops;
use crate::store::Db;

/// `GET /search`
#[worker::send]
pub async fn find(caller: Caller, db: Db, RawQuery(query): RawQuery) -> Result<Json<Vec<Hit>>> {
    ops::search::find(&db, &caller, &query.unwrap_or_default())
        .await
        .map(Json)
}
