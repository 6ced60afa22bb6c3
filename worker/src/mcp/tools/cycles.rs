//! Tools about a whole cycle.

use okrs_shared::rules::insight::Insight;
use okrs_shared::rules::risk::Severity;
use serde_json::{Value, json};

use super::okrs::facts;
use super::{Arguments, cycle_id, text};
use crate::caller::Caller;
use crate::error::Result;
use crate::mcp::filters::Filter;
use crate::mcp::pages::Page;
use crate::mcp::shapes;
use crate::mcp::shapes::findings;
use crate::ops;
use crate::ops::risks::AtRisk;
use crate::ops::standing;
use crate::store::Db;

/// So many risks, insights and teams are listed unless another number is asked for.
const USUAL: usize = 20;

/// `get_cycle()`
pub async fn get(db: &Db, caller: &Caller, _: Arguments) -> Result<Value> {
    let standing = standing::of_present(db, caller).await?;
    let cycle = json!({
        "cycle": shapes::cycle_of(&standing, caller),
        "okr_count": standing.okrs.len(),
        "key_result_count": standing.okrs.iter().map(|okr| okr.key_results().count()).sum::<usize>(),
        "health": standing::health(&standing, caller).map(shapes::health::of_cycle),
    });
    Ok(shapes::with_figures(cycle, caller))
}

/// `get_risks(severity?, owner?, team?, department?, words?, limit?, cursor?)`
pub async fn risks(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let page = Page::asked(&arguments, USUAL);
    let filter = Filter::asked(&arguments);
    let standing = standing::of_cycle(db, caller, None).await?;
    let mut risks = ops::risks::found(&standing, caller, severity(&arguments)?);
    risks.retain(|found| filter.is_empty() || filter.passes(&facts(found.okr)));
    let begin = page.begin(&risks, |found| found.id().to_owned())?;
    let reasons = risks.iter().flat_map(|found| &found.risk.reasons);
    let head = json!({
        "cycle": shapes::cycle_of(&standing, caller),
        "days_left": findings::days_left(&standing, caller),
        "total": risks.len(),
        "by_severity": findings::counts(risks.iter().map(|found| found.risk.severity)),
        "by_reason": findings::counts(reasons),
    });
    let row = |found: &AtRisk| (found.id().to_owned(), findings::risk(found));
    let head = shapes::with_figures(head, caller);
    Ok(page.fill(head, "risks", risks.iter().skip(begin).map(row)))
}

/// `get_insights(severity?, rule?, limit?, cursor?)`
pub async fn insights(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let page = Page::asked(&arguments, USUAL);
    let (severity, rule) = (severity(&arguments)?, text(&arguments, "rule"));
    let standing = standing::of_present(db, caller).await?;
    let mut insights = ops::insights::found(&standing, caller);
    insights.retain(|found| {
        severity.is_none_or(|wanted| wanted == found.severity)
            && rule.is_none_or(|wanted| wanted == findings::word(&found.rule))
    });
    let begin = page.begin(&insights, called)?;
    let head = json!({
        "cycle": shapes::cycle_of(&standing, caller),
        "total": insights.len(),
        "by_severity": findings::counts(insights.iter().map(|found| found.severity)),
        "by_rule": findings::by_rule(&insights),
    });
    let row = |found: &Insight| (called(found), findings::insight(found, &standing));
    let head = shapes::with_figures(head, caller);
    Ok(page.fill(head, "insights", insights.iter().skip(begin).map(row)))
}

/// What tells an insight from all others.
fn called(insight: &Insight) -> String {
    let (kind, id) = &insight.subject;
    let (rule, kind) = (findings::word(&insight.rule), findings::word(kind));
    format!("{rule} {kind} {id}")
}

/// `get_team_performance(cycle_id?, limit?, cursor?)`
pub async fn team_performance(db: &Db, caller: &Caller, arguments: Arguments) -> Result<Value> {
    let page = Page::asked(&arguments, USUAL);
    let cycle_id = cycle_id(&arguments);
    let standing = standing::of_cycle(db, caller, cycle_id.as_ref()).await?;
    let teams = ops::team_performance::of_teams(&standing, caller);
    let begin = page.begin(&teams, |team| team.id().to_owned())?;
    let head = json!({
        "cycle": shapes::cycle_of(&standing, caller),
        "total": teams.len(),
        "overall": shapes::performance(&ops::team_performance::overall(&standing, caller)),
    });
    let rows = teams.iter().skip(begin);
    let rows = rows.map(|team| (team.id().to_owned(), shapes::team(team)));
    let head = shapes::with_figures(head, caller);
    Ok(page.fill(head, "teams", rows))
}

fn severity(arguments: &Arguments) -> Result<Option<Severity>> {
    let given = arguments.get("severity").cloned();
    Ok(serde_json::from_value(given.unwrap_or_default())?)
}
