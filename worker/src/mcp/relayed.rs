//! The tools that write, where the data is with the hosted service: they report to it.

use okrs_shared::api_key::Scope;
use okrs_shared::checkin::{CheckInStatus, NewCheckIn};
use okrs_shared::id::KeyResultId;
use okrs_shared::kpi::NewKpiUpdate;
use okrs_shared::validation::{Body, Invalid};
use serde_json::{Value, json};

use super::tools::{Arguments, repeatable, text};
use crate::caller::Caller;
use crate::error::Result;
use crate::extract::Unparsed;
use crate::platform::Platform;
use crate::relay;
use crate::store::{self, Db};

/// Calls a tool that writes.
pub async fn call(
    platform: &Platform,
    db: &Db,
    caller: &Caller,
    tool: &str,
    arguments: Arguments,
) -> Result<Value> {
    let promise = repeatable(tool, &arguments);
    let (place, body) = match tool {
        "update_kpi" => {
            caller.require(Scope::KpisWrite)?;
            let body = json!({
                "value": arguments.get("value"),
                "comment": arguments.get("comment"),
            });
            check::<NewKpiUpdate>(&body)?;
            (("/kpis", "kpi_id", "updates"), body)
        }
        _ => {
            caller.require(Scope::CheckInsWrite)?;
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
    let given = |name: &str| arguments.get(name).cloned().unwrap_or_default();
    let (mut status, mut note) = (given("status"), given("blocker_note"));
    if status.is_null() && !note.is_null() {
        return Err(
            Invalid::field("blocker_note", "goes with the status blocked: give both").into(),
        );
    }
    if status.is_null() {
        let id = KeyResultId::from(text(arguments, "kr_id").unwrap_or_default());
        let latest = store::checkins::latest(db, caller, &id, 1).await?;
        let last = latest.and_then(|latest| latest.into_iter().next());
        if let Some(last) = last
            && let Some(said) = last.status
        {
            status = json!(said);
            if said == CheckInStatus::Blocked {
                note = json!(last.blocker_note);
            }
        }
    }
    let mut body =
        json!({ "value": given("value"), "comment": given("note"), "blocker_note": note });
    if !status.is_null() {
        body["status"] = status;
    }
    Ok(body)
}

fn check<T: Body>(body: &Value) -> Result<T> {
    Unparsed::new(body.to_string(), None).parse()
}
