//! What can be done with check-ins.

use okrs_shared::api_key::Scope;
use okrs_shared::checkin::{CheckIn, CheckInStatus, NewCheckIn};
use okrs_shared::id::KeyResultId;
use okrs_shared::rules::{Window, progress, status};
use okrs_shared::status::Status;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Unparsed;
use crate::store::{self, Db};

/// Records a check-in of the key result with this id.
pub async fn create(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    body: Unparsed<NewCheckIn>,
) -> Result<CheckIn> {
    caller.require(Scope::CheckInsWrite)?;
    let new = body.parse()?;
    let pace = match new.status {
        // Its status depends on how it stands against its pace: one more read, for these only.
        CheckInStatus::Blocked => pace(db, caller, id, &new).await?,
        _ => Status::OnTrack,
    };
    let status = status::on_check_in(new.status, pace);
    store::checkins::create(db, caller, id, new, status, body.idempotency.as_ref()).await
}

/// How the key result stands against its pace with the reported value.
async fn pace(db: &Db, caller: &Caller, id: &KeyResultId, new: &NewCheckIn) -> Result<Status> {
    let row = store::key_results::pace(db, caller, id)
        .await?
        .ok_or(Error::NotFound("Key result not found"))?;
    let window = Window::new(row.cycle_start, row.cycle_end, row.created_on, caller.today);
    let raw = progress::raw(row.start_value, row.target_value, new.value.number().get());
    let expected = window.expected(row.metric_type, &caller.params);
    Ok(status::pace_status(
        expected,
        progress::clamped(raw),
        &caller.params,
    ))
}
