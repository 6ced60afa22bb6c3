//! Reading what people wrote, whole.

use okrs_shared::api_key::Scope;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::store::texts::{Texts, Written};
use crate::store::{self, Db};

/// The texts of the thing with this id.
pub async fn of(db: &Db, caller: &Caller, kind: Written, id: &str) -> Result<Texts> {
    if kind == Written::Kpi {
        caller.require(Scope::KpisRead)?;
    }
    store::texts::of(db, caller, kind, id)
        .await?
        .ok_or(Error::NotFound("There is nothing with this id"))
}
