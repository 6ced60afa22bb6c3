//! `/home`

use okrs_shared::home::Home;

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::ops;
use crate::store::Db;

/// `GET /home`
#[worker::send]
pub async fn get(caller: Caller, db: Db) -> Result<Json<Home>> {
    ops::home::get(&db, &caller).await.map(Json)
}
