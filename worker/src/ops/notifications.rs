//! What the caller should hear of.

use okrs_shared::notification::{Notifications, ReadNotifications};

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::store::{self, Db};

/// The caller's newest notifications.
pub async fn list(db: &Db, caller: &Caller) -> Result<Notifications> {
    caller.person()?;
    store::notifications::inbox(db, caller).await
}

/// Marks notifications of the caller as read.
pub async fn read(db: &Db, caller: &Caller, body: Unparsed<ReadNotifications>) -> Result<()> {
    caller.person()?;
    let which = body.parse()?;
    store::notifications::read(db, caller, which.ids.as_deref()).await
}
