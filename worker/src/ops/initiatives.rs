//! What can be done with initiatives, the only things whose answers come in an envelope.

use okrs_shared::id::InitiativeId;
use okrs_shared::initiative::{
    Data, Deleted, Initiative, InitiativeFilter, InitiativePatch, NewInitiative,
};

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{IfNoneMatch, Unparsed};
use crate::ops::listing::{self, Listing};
use crate::store::initiatives::ListedRow;
use crate::store::slices::Slice;
use crate::store::{self, Db, Written};

/// No such initiative, for this caller.
pub const NOT_FOUND: Error = Error::NotFound("Initiative not found");

/// The newest 500 initiatives that pass the filter in `query`.
pub async fn list(
    db: &Db,
    caller: &Caller,
    client: &IfNoneMatch,
    query: &str,
) -> Result<Listing<Data<Vec<Initiative>>>> {
    let filter = InitiativeFilter::parse(query)?;
    let load = async || {
        let (last_change, data) = store::initiatives::list(db, caller, &filter).await?;
        Ok((last_change, Data { data }))
    };
    if filter == InitiativeFilter::default() {
        listing::serve(caller, client, "initiatives", load).await
    } else {
        listing::serve_filtered(caller, client, query, load).await
    }
}

/// Part of the initiatives that this filter lets through, and how many there are; `None` if there is no
/// row to go on after.
pub async fn page(
    db: &Db,
    caller: &Caller,
    filter: InitiativeFilter,
    slice: Slice<'_>,
) -> Result<Option<(Vec<ListedRow>, usize)>> {
    let (rows, counted) = store::initiatives::page(db, caller, &filter.checked()?, slice).await?;
    Ok(counted.is_known.then_some((rows, counted.total)))
}

/// One initiative.
pub async fn get(db: &Db, caller: &Caller, id: &InitiativeId) -> Result<Data<Initiative>> {
    let data = store::initiatives::get(db, caller, id)
        .await?
        .ok_or(NOT_FOUND)?;
    Ok(Data { data })
}

/// Creates an initiative.
pub async fn create(
    db: &Db,
    caller: &Caller,
    body: Unparsed<NewInitiative>,
) -> Result<Written<Data<Initiative>>> {
    let new = body.parse()?;
    let created = store::initiatives::create(db, caller, new, body.idempotency()?).await?;
    Ok(created.map(|data| Data { data }))
}

/// Changes the fields of an initiative that the body names.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &InitiativeId,
    body: Unparsed<InitiativePatch>,
) -> Result<Written<Data<Initiative>>> {
    let updated = store::initiatives::update(db, caller, id, body.parse()?).await?;
    Ok(updated.map(|data| Data { data }))
}

/// Deletes an initiative.
pub async fn delete(db: &Db, caller: &Caller, id: &InitiativeId) -> Result<Written<Deleted>> {
    let deleted = store::initiatives::delete(db, caller, id).await?;
    Ok(deleted.map(|()| Deleted { success: true }))
}
