//! Tools about a whole cycle.

use okrs_shared::rules::risk::Severity;
use serde_json::{Value, json};

use super::{Arguments, cycle_id};
use crate::caller::Caller;
use crate::error::Result;
use crate::mcp::shapes;
use crate::ops;
use crate::ops::standing::{self, Standing};
use crate::store::Db;

/// `get_cycle()`
pub async fn get(db: &Db, caller: &Caller, _: Arguments) -> Result<Value> {
    let standing = standing::of_present(db, caller).await?;
    Ok(json!({
        "cycle": cycle(&standing, caller),
        "okr_count": standing.okrs.len(),
        "key_result_count": standing.okrs.iter().map(|okr| okr.key_results().count()).sum::<usize>(),
        "health": standing::health(&standing, caller).map(shapes::health::of_cycle),
    }))
}

/// `get_risks(severity?)`
pub async fn risks(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let only: Option<Severity> = match arguments.get("severity") {
        Some(severity) => Some(serde_json::from_value(severity.clone())?),
        None => None,
    };
    let standing = standing::of_cycle(db, caller, None).await?;
    let risks = ops::risks::found(&standing, caller, only);
    Ok(json!({
        "cycle": cycle(&standing, caller),
        "risks": risks.iter().map(|risk| shapes::risk(risk, caller)).collect::<Vec<_>>(),
    }))
}

/// `get_insights()`
pub async fn insights(db: &Db, caller: &Caller, _: Arguments) -> Result<Value> {
    let standing = standing::of_present(db, caller).await?;
    let insights = ops::insights::found(&standing, caller);
    let insights = insights
        .iter()
        .map(|insight| shapes::insight(insight, &standing));
    Ok(json!({ "cycle": cycle(&standing, caller), "insights": insights.collect::<Vec<_>>() }))
}

/// `get_team_performance(cycle_id?)`
pub async fn team_performance(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let cycle_id = cycle_id(&arguments);
    let standing = standing::of_cycle(db, caller, cycle_id.as_ref()).await?;
    let teams = ops::team_performance::of_teams(&standing, caller);
    Ok(json!({
        "cycle": cycle(&standing, caller),
        "teams": teams.iter().map(shapes::team).collect::<Vec<_>>(),
        "overall": shapes::performance(&ops::team_performance::overall(&standing, caller)),
    }))
}

fn cycle(standing: &Standing, caller: &Caller) -> Option<Value> {
    standing
        .cycle
        .as_ref()
        .map(|cycle| shapes::cycle(cycle, caller))
}
