//! `/notifications`

use http::StatusCode;
use okrs_shared::notification::{Notifications, ReadNotifications};

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::ops;
use crate::store::Db;

/// `GET /notifications`
#[worker::send]
pub async fn list(caller: Caller, db: Db) -> Result<Json<Notifications>> {
    ops::notifications::list(&db, &caller).await.map(Json)
}

/// `POST /notifications/read`
#[worker::send]
pub async fn read(caller: Caller, db: Db, body: Unparsed<ReadNotifications>) -> Result<StatusCode> {
    ops::notifications::read(&db, &caller, body).await?;
    Ok(StatusCode::NO_CONTENT)
}
