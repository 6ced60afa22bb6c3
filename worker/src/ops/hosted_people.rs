//! People whom only the hosted service knows, and which members they are.

use okrs_shared::id::MemberId;
use okrs_shared::upstream::{HostedPerson, PersonLink};

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::hosted;
use crate::ops::backend::require_upstream;
use crate::platform::Platform;
use crate::store;

/// All of them.
pub async fn list(platform: &Platform, caller: &Caller) -> Result<Vec<HostedPerson>> {
    require_upstream(platform)?;
    store::hosted_people::list(&platform.db()?, caller).await
}

/// Says which member somebody is. What is theirs at the service becomes the member's with the next reading of its lists,
/// which begins at once.
pub async fn link(
    platform: &Platform,
    caller: &Caller,
    id: &MemberId,
    body: Unparsed<PersonLink>,
) -> Result<()> {
    require_upstream(platform)?;
    let body = body.parse()?;
    store::hosted_people::link(&platform.db()?, caller, id, &body).await?;
    hosted::copy_anew(platform, &caller.tag).await
}

/// Forgets which member somebody is: what is theirs at the service is theirs again.
pub async fn unlink(platform: &Platform, caller: &Caller, id: &MemberId) -> Result<()> {
    require_upstream(platform)?;
    store::hosted_people::unlink(&platform.db()?, caller, id).await?;
    hosted::copy_anew(platform, &caller.tag).await
}
