//! The service's lists beside the same lists made of what is here: whether the copy is whole, and
//! whether this deployment could answer instead of the service.

use okrs_shared::upstream::{ComparisonAsked, ListComparison};

use crate::caller::Caller;
use crate::error::Result;
use crate::hosted;
use crate::platform::Platform;

/// All lists as they were compared last: none if no service is set up.
pub async fn latest(platform: &Platform, caller: &Caller) -> Result<Vec<ListComparison>> {
    if platform.var("UPSTREAM_URL").is_none() {
        return Ok(vec![]);
    }
    hosted::comparisons(platform, &caller.tag).await
}

/// Has all lists read, copied and compared anew, if a service is set up.
pub async fn renew(platform: &Platform, caller: &Caller) -> Result<ComparisonAsked> {
    if platform.var("UPSTREAM_URL").is_none() {
        return Ok(ComparisonAsked {
            asked_at: caller.now,
        });
    }
    hosted::compare_anew(platform, &caller.tag).await
}
