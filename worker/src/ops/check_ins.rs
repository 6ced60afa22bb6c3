//! What can be done with check-ins.

use okrs_shared::checkin::{CheckIn, CheckInPatch, CheckInStatus, NewCheckIn};
use okrs_shared::id::{CheckInId, KeyResultId};
use okrs_shared::permission::Action;
use okrs_shared::rules::{Window, progress, status};
use okrs_shared::status::Status;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Unparsed;
use crate::store::check_ins::History;
use crate::store::corrections::ReportedRow;
use crate::store::slices::Slice;
use crate::store::{self, Db, Written};

/// Records a check-in of the key result with this id.
pub async fn create(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    body: Unparsed<NewCheckIn>,
) -> Result<Written<CheckIn>> {
    let (new, idempotency) = (body.parse()?, body.idempotency()?);
    let status = status_after(db, caller, id, &new).await?;
    store::check_ins::create(db, caller, id, new, Some(status), idempotency).await
}

/// Records a check-in that says nothing about how the key result stands: that stays as it was said
/// last. What the body has as its status is ignored.
pub async fn create_as_before(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    body: Unparsed<NewCheckIn>,
) -> Result<Written<CheckIn>> {
    let (new, idempotency) = (body.parse()?, body.idempotency()?);
    store::check_ins::create(db, caller, id, new, None, idempotency).await
}

/// Part of the history of a key result, newest first.
pub async fn latest(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    slice: Slice<'_>,
) -> Result<History> {
    store::check_ins::latest(db, caller, id, slice)
        .await?
        .ok_or(Error::NotFound("Key result not found"))
}

/// Corrects a check-in of the caller's own.
pub async fn correct(
    db: &Db,
    caller: &Caller,
    id: &CheckInId,
    body: Unparsed<CheckInPatch>,
) -> Result<()> {
    let row = own(db, caller, id).await?;
    let patch = body.parse()?;
    let key_result_id = row.key_result_id.clone();
    let corrected = patch.clone().applied_to(row.reported)?;
    let status = status_after(db, caller, &key_result_id, &corrected).await?;
    store::corrections::correct(db, caller, (id, &key_result_id), &corrected, status, &patch).await
}

/// Takes a check-in of the caller's own back.
pub async fn take_back(db: &Db, caller: &Caller, id: &CheckInId) -> Result<()> {
    let row = own(db, caller, id).await?;
    store::corrections::take_back(db, caller, id, &row.key_result_id).await
}

/// A check-in that the caller sees and may correct, where it is kept.
async fn own(db: &Db, caller: &Caller, id: &CheckInId) -> Result<ReportedRow> {
    let person = caller.person()?;
    db.require_primary()?;
    let row = store::corrections::find(db, caller, id)
        .await?
        .ok_or(Error::NotFound("Check-in not found"))?;
    let may = row.related.may(person, &[Action::CorrectCheckIn]);
    if may.is_empty() {
        return Err(Error::NotPermitted);
    }
    Ok(row)
}

/// The status that the check-in gives its key result.
async fn status_after(
    db: &Db,
    caller: &Caller,
    id: &KeyResultId,
    check_in: &NewCheckIn,
) -> Result<Status> {
    let pace = match check_in.status {
        // Its status depends on how it stands against its pace: one more read, for these only.
        CheckInStatus::Blocked => pace(db, caller, id, check_in).await?,
        _ => Status::OnTrack,
    };
    Ok(status::on_check_in(check_in.status, pace))
}

/// How the key result stands against its pace with the reported value.
async fn pace(db: &Db, caller: &Caller, id: &KeyResultId, new: &NewCheckIn) -> Result<Status> {
    let Some(row) = store::key_results::pace(db, caller, id).await? else {
        // Not a refusal yet: the write says whether this is one, or a repeat that gets its answer.
        return Ok(Status::OnTrack);
    };
    let window = Window::new(row.cycle_start, row.cycle_end, row.created_on, caller.today);
    let raw = progress::raw(row.start_value, row.target_value, new.value.number().get());
    let expected = window.expected(row.metric_type, &caller.params);
    Ok(status::pace_status(
        expected,
        progress::clamped(raw),
        &caller.params,
    ))
}
