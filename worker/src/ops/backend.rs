//! Where the workspace's data is.

use okrs_shared::about::About;
use okrs_shared::upstream::{Backend, Budget, Capabilities};

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::hosted;
use crate::ops::health;
use crate::platform::Platform;

/// What is running here. It touches no storage.
pub async fn about(platform: &Platform) -> Result<About> {
    Ok(About {
        name: "okrs-edge".to_owned(),
        version: health::VERSION.to_owned(),
        commit: health::COMMIT.to_owned(),
        backend: platform.var("BACKEND").unwrap_or_else(|| "d1".to_owned()),
    })
}

/// What can be done where the data is.
pub async fn capabilities(platform: &Platform) -> Result<Capabilities> {
    Ok(Capabilities::of(platform.backend()))
}

/// How the hosted service's budget and the copy stand: there are none where the data is here.
pub async fn budget(platform: &Platform, caller: &Caller) -> Result<Budget> {
    require_upstream(platform)?;
    hosted::budget(platform, &caller.tag).await
}

/// Refuses what there is only in front of the hosted service.
pub fn require_upstream(platform: &Platform) -> Result<()> {
    match platform.backend() {
        Backend::Upstream => Ok(()),
        Backend::D1 => Err(Error::NotFound("The data of this workspace is here")),
    }
}
