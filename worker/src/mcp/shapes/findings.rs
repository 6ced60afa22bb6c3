//! What the rules found: risks and insights, counted and one by one.

use std::collections::BTreeMap;

use okrs_shared::rules::Window;
use okrs_shared::rules::insight::{Insight, SubjectKind};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::okrs::blocker;
use crate::caller::Caller;
use crate::mcp::pages::compact;
use crate::mcp::tokens::{cut, line};
use crate::ops::figures::{shown, two_decimals};
use crate::ops::risks::AtRisk;
use crate::ops::standing::{Assessed, Standing};

/// The title of what a finding is about, or of the OKR that it belongs to.
const SUBJECT: usize = 200;

/// How many there are of each.
pub fn counts<T: Serialize>(all: impl Iterator<Item = T>) -> Value {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for one in all {
        *counts.entry(word(&one)).or_default() += 1;
    }
    json!(counts)
}

/// How many insights there are of each rule, and what to do about them.
pub fn by_rule(insights: &[Insight]) -> Value {
    let mut rules: BTreeMap<String, (usize, Vec<&str>)> = BTreeMap::new();
    for insight in insights {
        let (count, actions) = rules.entry(word(&insight.rule)).or_default();
        *count += 1;
        if !actions.contains(&insight.action) {
            actions.push(insight.action);
        }
    }
    let rules = rules.into_iter().map(|(rule, (count, actions))| {
        (rule, json!({ "count": count, "action": actions.join(" ") }))
    });
    Value::Object(rules.collect())
}

/// The days left in the present cycle.
pub fn days_left(standing: &Standing, caller: &Caller) -> Option<i64> {
    let cycle = standing.cycle.as_ref()?;
    let window = Window::new(
        cycle.start_date,
        cycle.end_date,
        cycle.start_date,
        caller.today,
    );
    Some(window.remaining_days())
}

/// A risk.
pub fn risk(found: &AtRisk) -> Value {
    let okr = found.okr;
    let projection = found.risk.projection;
    let mut risk = json!({
        "type": "okr",
        "id": okr.row.id,
        "title": cut(&okr.row.title, SUBJECT),
        "severity": found.risk.severity,
        "reasons": found.risk.reasons,
        "status": okr.figures.status,
        "progress": okr.figures.progress,
        "progress_at_end": found.progress_at_end.map(shown),
        "miss": found.progress_at_end.map(|end| two_decimals(1.0 - end)),
        "confidence_percent": projection.map(|projection| projection.confidence),
        "is_linear": projection.map(|projection| projection.is_linear),
    });
    if let Some((row, extras, figures)) = found.key_result {
        risk["type"] = json!("key_result");
        risk["id"] = json!(row.id);
        risk["title"] = json!(cut(&row.title, SUBJECT));
        risk["okr"] = json!(cut(&okr.row.title, SUBJECT));
        risk["okr_id"] = json!(okr.row.id);
        risk["status"] = json!(figures.status);
        risk["progress"] = json!(shown(figures.health.progress));
        risk["blocker"] = json!(blocker((row, extras, figures)));
    }
    compact(risk)
}

/// An insight, with what its subject is called.
pub fn insight(insight: &Insight, standing: &Standing) -> Value {
    let (kind, id) = &insight.subject;
    let numbers: Map<String, Value> = insight
        .numbers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(two_decimals(*value))))
        .collect();
    json!({
        "rule": insight.rule,
        "severity": insight.severity,
        "subject": { "type": kind, "id": id, "title": title(standing, *kind, id).map(line) },
        "numbers": numbers,
        "sentence": insight.sentence,
    })
}

/// The spelling of an enum.
pub fn word(of: &impl Serialize) -> String {
    let word = serde_json::to_value(of).unwrap_or_default();
    word.as_str().unwrap_or_default().to_owned()
}

fn title<'a>(standing: &'a Standing, kind: SubjectKind, id: &str) -> Option<&'a str> {
    let mut okrs = standing.okrs.iter();
    match kind {
        SubjectKind::Cycle => standing.cycle.as_ref().map(|cycle| &*cycle.name),
        SubjectKind::Okr => okrs
            .find(|okr| okr.row.id.as_str() == id)
            .map(|okr| &*okr.row.title),
        SubjectKind::KeyResult => okrs
            .flat_map(Assessed::key_results)
            .find(|(row, _, _)| row.id.as_str() == id)
            .map(|(row, _, _)| &*row.title),
        SubjectKind::Kpi => {
            let mut kpis = standing.kpis.iter();
            kpis.find(|row| row.id.as_str() == id).map(|row| &*row.name)
        }
        SubjectKind::Team => okrs
            .find(|okr| {
                okr.row
                    .team_id
                    .as_ref()
                    .is_some_and(|team| team.as_str() == id)
            })
            .and_then(|okr| okr.row.team.as_deref()),
        SubjectKind::Member => okrs.find_map(|okr| member(okr, id)),
    }
}

fn member<'a>(okr: &'a Assessed, id: &str) -> Option<&'a str> {
    if okr
        .row
        .owner_id
        .as_ref()
        .is_some_and(|owner| owner.as_str() == id)
    {
        return okr.row.owner.as_deref();
    }
    okr.key_results()
        .find(|(row, _, _)| {
            row.owner_id
                .as_ref()
                .is_some_and(|owner| owner.as_str() == id)
        })
        .and_then(|(_, extras, _)| extras.owner.as_deref())
}
