//! The tools that write, where the data is with the hosted service: they report to it.

use okrs_shared::checkin::NewCheckIn;
use okrs_shared::kpi::NewKpiUpdate;
use okrs_shared::validation::Body;
use serde_json::{Value, json};

use super::tools::{Arguments, check_ins, kpis, text};
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::platform::Platform;
use crate::store::{self, Db};
use crate::upstream::relay;

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
    relay::report(platform, caller, (list, id, what), &body, promise).await
}

/// The body of a check-in. Without a status the last one stays, as far as the copy knows it.
async fn check_in(db: &Db, caller: &Caller, arguments: &Arguments) -> Result<Value> {
    let mut body = check_ins::body(arguments)?;
    if arguments.contains_key("status") {
        return Ok(body);
    }
    let id = check_ins::key_result_id(arguments);
    let latest = store::check_ins::latest(db, caller, &id, 1).await?;
    let last = latest.and_then(|latest| latest.into_iter().next());
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
