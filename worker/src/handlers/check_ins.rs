//! Check-ins at the address that they used to have.

use axum::response::IntoResponse;
use http::{HeaderMap, HeaderValue, header};
use okrs_shared::checkin::NewCheckIn;
use okrs_shared::id::KeyResultId;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{Path, Unparsed};
use crate::operation::Answer as _;
use crate::ops;
use crate::store::Db;

/// `POST /okrs/{id}/checkins`, deprecated: the id is a key result's all the same, the status is 200.
#[worker::send]
pub async fn create_at_old_address(
    caller: Caller,
    db: Db,
    Path(id): Path<KeyResultId>,
    body: Unparsed<NewCheckIn>,
) -> Result<impl IntoResponse> {
    let check_in = ops::check_ins::create(&db, &caller, &id, body)
        .await
        .map_err(explain_id)?;
    let mut headers = HeaderMap::new();
    deprecate(&mut headers, id.as_str());
    Ok((headers, check_in.respond()))
}

/// Says that the key result with this id has another address for its check-ins.
pub fn deprecate(headers: &mut HeaderMap, id: &str) {
    let successor = format!("</api/v1/key-results/{id}/checkins>; rel=\"successor-version\"");
    headers.insert("deprecation", HeaderValue::from_static("true"));
    if let Ok(successor) = HeaderValue::try_from(successor) {
        headers.insert(header::LINK, successor);
    }
}

/// The address misleads people into sending an OKR's id.
fn explain_id(error: Error) -> Error {
    match error {
        Error::NotFound(_) => Error::NotFound(
            "Key result not found; the id in this address is a key result's, not an OKR's",
        ),
        other => other,
    }
}
