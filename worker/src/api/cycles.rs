//! `/cycles`

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::IfNoneMatch;
use crate::ops;
use crate::ops::listing::Listing;
use crate::store::Db;

/// `GET /cycles`
#[worker::send]
pub async fn list(caller: Caller, db: Db, client: IfNoneMatch) -> Result<Listing> {
    ops::cycles::list(&db, &caller, &client).await
}
