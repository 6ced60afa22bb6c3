//! What can be done with reviews through the public API: reading what was shared.

use okrs_shared::id::ReviewId;
use okrs_shared::review::{ReviewCycle, ReviewSummary};

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::IfNoneMatch;
use crate::ops::listing::{self, Listing};
use crate::store::{self, Db};

/// The newest 500 review cycles, each with the number of people reviewed.
pub async fn list_cycles(
    db: &Db,
    caller: &Caller,
    client: &IfNoneMatch,
) -> Result<Listing<Vec<ReviewCycle>>> {
    listing::serve(caller, client, "review_cycles", async || {
        store::reviews::list_cycles(db, caller).await
    })
    .await
}

/// The answers of a shared review. One that is not shared looks like one that does not exist.
pub async fn summary(db: &Db, caller: &Caller, id: &ReviewId) -> Result<ReviewSummary> {
    store::reviews::shared_summary(db, caller, id)
        .await?
        .ok_or(Error::NotFound("Shared review not found"))
}
