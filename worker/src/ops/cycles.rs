//! What can be done with cycles.

use chrono::NaiveDate;
use okrs_shared::api_key::Scope;
use okrs_shared::cycle::{Cycle, CycleStatus};

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::IfNoneMatch;
use crate::ops::listing::{self, Listing};
use crate::store::cycles::CycleRow;
use crate::store::{self, Db};

/// All cycles, latest start first, with their status today.
pub async fn list(db: &Db, caller: &Caller, client: &IfNoneMatch) -> Result<Listing> {
    caller.require(Scope::OkrsRead)?;
    listing::serve(caller, client, "cycles", async || {
        let (revision, rows) = store::cycles::list(db, caller).await?;
        let cycles: Vec<Cycle> = rows.into_iter().map(|row| on(caller.today, row)).collect();
        Ok((revision, cycles))
    })
    .await
}

/// A cycle with its status on a day.
pub fn on(today: NaiveDate, row: CycleRow) -> Cycle {
    Cycle {
        status: CycleStatus::on(today, row.start_date, row.end_date),
        id: row.id,
        name: row.name,
        start_date: row.start_date,
        end_date: row.end_date,
    }
}
