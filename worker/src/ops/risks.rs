//! What will miss its target if it goes on like this.

use okrs_shared::rules::risk::{self, Risk, Severity};

use crate::caller::Caller;
use crate::ops::standing::{Assessed, AssessedKeyResult, Standing};

/// An OKR or key result at risk.
pub struct AtRisk<'a> {
    /// The OKR, or the one that the key result belongs to.
    pub okr: &'a Assessed,
    /// The key result, if it is one.
    pub key_result: Option<AssessedKeyResult<'a>>,
    /// Progress, 0 to 1, on the last day; `None` where it is too early to say.
    pub progress_at_end: Option<f64>,
    /// The risk itself.
    pub risk: Risk,
}

/// All risks, or those of one severity: the worst first, then what misses most.
pub fn found<'a>(
    standing: &'a Standing,
    caller: &Caller,
    only: Option<Severity>,
) -> Vec<AtRisk<'a>> {
    let mut risks: Vec<AtRisk> = standing
        .okrs
        .iter()
        .flat_map(|okr| of_okr(okr, caller))
        .filter(|found| only.is_none_or(|only| found.risk.severity == only))
        .collect();
    // All of one cycle have the same days left: what misses most comes next.
    risks.sort_by(|one, other| {
        let end = |found: &AtRisk| found.progress_at_end.unwrap_or(1.0);
        (other.risk.severity.cmp(&one.risk.severity))
            .then(end(one).total_cmp(&end(other)))
            .then_with(|| one.id().cmp(other.id()))
    });
    risks
}

impl AtRisk<'_> {
    /// The id of what is at risk.
    pub fn id(&self) -> &str {
        match self.key_result {
            Some((row, _, _)) => row.id.as_str(),
            None => self.okr.row.id.as_str(),
        }
    }
}

fn of_okr<'a>(okr: &'a Assessed, caller: &Caller) -> Vec<AtRisk<'a>> {
    let mut risks = Vec::new();
    let mut ends = Vec::new();
    for key_result in okr.key_results() {
        let (row, _, figures) = key_result;
        let facts = row.facts(okr.cycle.start_date, okr.cycle.end_date);
        let window = facts.window(caller.today);
        let projection = risk::projection(&facts, &window, &caller.params);
        let begun = (!window.is_upcoming()).then_some(projection).flatten();
        // Too early to say counts as well.
        let end = match begun {
            Some(projection) if figures.health.progress < 1.0 => projection.progress_at_end,
            _ => 1.0,
        };
        ends.push((row.weight, end));
        let found = risk::key_result(
            &facts,
            &window,
            &caller.params,
            projection,
            okr.has_owner(row),
        );
        risks.extend(found.map(|risk| AtRisk {
            okr,
            key_result: Some(key_result),
            progress_at_end: risk.projection.map(|projection| projection.progress_at_end),
            risk,
        }));
    }
    let found = risk::objective(okr.figures.status, &ends, okr.row.owner_id.is_some());
    risks.extend(found.map(|risk| AtRisk {
        okr,
        key_result: None,
        progress_at_end: risk::end_of_objective(&ends),
        risk,
    }));
    risks
}
