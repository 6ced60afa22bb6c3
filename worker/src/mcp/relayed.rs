//! The tools that write, where the data is with the hosted service: they report to it.

use okrs_shared::checkin::NewCheckIn;
use okrs_shared::kpi::NewKpiUpdate;
use okrs_shared::validation::{Body, Invalid};
use serde_json::{Value, json};

use super::shapes;
use super::tools::{Arguments, check_ins, kpis, text};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{Idempotency, Unparsed};
use crate::hosted::{self, Fate, Outgoing};
use crate::platform::Platform;
use crate::store::slices::Slice;
use crate::store::{self, Db};

/// Calls a tool that writes.
pub async fn call(
    platform: &Platform,
    db: &Db,
    caller: &Caller,
    tool: &str,
    arguments: Arguments,
) -> Result<Value> {
    let promise = check_ins::repeatable(tool, &arguments);
    let (place, body) = match tool {
        "update_kpi" => {
            let body = kpis::body(&arguments);
            check::<NewKpiUpdate>(&body)?;
            (("/kpis", "kpi_id", "updates"), body)
        }
        _ => {
            let body = check_in(db, caller, &arguments).await?;
            check::<NewCheckIn>(&body)?;
            (("/key-results", "kr_id", "checkins"), body)
        }
    };
    let (list, id, what) = place;
    let id = text(&arguments, id).unwrap_or_default();
    report(platform, caller, (list, id, what), &body, promise).await
}

/// The body of a check-in. Without a status the last one stays, as far as the copy knows it.
async fn check_in(db: &Db, caller: &Caller, arguments: &Arguments) -> Result<Value> {
    let mut body = check_ins::body(arguments)?;
    if arguments.contains_key("status") {
        return Ok(body);
    }
    let id = check_ins::key_result_id(arguments);
    let newest = Slice {
        after: None,
        most: 1,
    };
    let latest = store::check_ins::latest(db, caller, &id, newest).await?;
    let last = latest.and_then(|latest| latest.entries.into_iter().next());
    if let Some(last) = last
        && let Some(said) = last.status
    {
        body["status"] = json!(said);
        body["blocker_note"] = json!(last.blocker_note);
    } else if let Some(fields) = body.as_object_mut() {
        // The contract's default takes the place of one that is left out.
        fields.remove("status");
    }
    Ok(body)
}

fn check<T: Body>(body: &Value) -> Result<T> {
    Unparsed::new(body.to_string(), None).parse()
}

/// Sends what a tool reports, `{list}/{id}/{what}`, and gives the service's answer.
async fn report(
    platform: &Platform,
    caller: &Caller,
    (list, id, what): (&str, &str, &str),
    body: &Value,
    idempotency: Idempotency,
) -> Result<Value> {
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !id.bytes().all(is_id) {
        return Err(Error::NotFound("There is nothing with this id"));
    }
    let body = body.to_string();
    let write = Outgoing {
        method: "POST".to_owned(),
        address: format!("{list}/{id}/{what}"),
        sent: body.clone(),
        body,
        caller: caller.clone(),
        promise: Some(idempotency.into()),
        asynchronous: false,
    };
    match hosted::write(platform, &write).await? {
        Fate::Answered(status, body) if (200..300).contains(&status) => {
            Ok(shapes::written(serde_json::from_str(&body)?))
        }
        Fate::Answered(status, body) => Err(refused(status, &body)),
        fate => Err(fate.refusal()),
    }
}

/// The service's refusal as one of ours.
fn refused(status: u16, body: &str) -> Error {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let message = body["message"].as_str().unwrap_or("refused by the service");
    match status {
        404 => Error::NotFound("The service does not know it"),
        400..500 => Error::Invalid(Invalid {
            field: None,
            message: message.to_owned(),
        }),
        _ => Error::internal(format!("the service answered {status}")),
    }
}
