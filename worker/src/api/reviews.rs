//! `/review-cycles` and `/reviews`

use okrs_shared::id::ReviewId;
use okrs_shared::review::ReviewSummary;

use crate::answer::Json;
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::{IfNoneMatch, Path};
use crate::ops;
use crate::ops::listing::Listing;
use crate::store::Db;

/// `GET /review-cycles`
#[worker::send]
pub async fn list_cycles(caller: Caller, db: Db, client: IfNoneMatch) -> Result<Listing> {
    ops::reviews::list_cycles(&db, &caller, &client).await
}

/// `GET /reviews/{id}/summary`
#[worker::send]
pub async fn summary(
    caller: Caller,
    db: Db,
    Path(id): Path<ReviewId>,
) -> Result<Json<ReviewSummary>> {
    ops::reviews::summary(&db, &caller, &id).await.map(Json)
}
