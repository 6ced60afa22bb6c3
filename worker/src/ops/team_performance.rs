//! How teams do in a cycle.

use std::collections::BTreeMap;

use okrs_shared::rules::rhythm;
use okrs_shared::rules::team_performance::{self, Share, TeamPerformance};

use crate::caller::Caller;
use crate::ops::standing::{Assessed, AssessedKeyResult, Standing};

/// A team, or what belongs to none, with how it does.
pub struct TeamStanding {
    /// Id and name; `None` for OKRs without a team.
    pub team: Option<(String, String)>,
    /// How many OKRs it has.
    pub okrs: usize,
    /// How it does.
    pub performance: TeamPerformance,
}

impl TeamStanding {
    /// The team's id; nothing for what belongs to none.
    pub fn id(&self) -> &str {
        self.team.as_ref().map_or("", |(id, _)| id)
    }
}

/// The teams that have OKRs, by name, and last what belongs to none.
pub fn of_teams(standing: &Standing, caller: &Caller) -> Vec<TeamStanding> {
    // By name and id; OKRs without a team come last.
    type Team = (bool, Option<(String, String)>);
    let mut teams: BTreeMap<Team, (usize, Vec<Share>)> = BTreeMap::new();
    for okr in &standing.okrs {
        let team = okr.row.team_id.as_ref().map(|id| {
            let name = okr.row.team.clone().unwrap_or_default();
            (name, id.0.clone())
        });
        let (okrs, shares) = teams.entry((team.is_none(), team)).or_default();
        *okrs += 1;
        shares.extend(okr.key_results().map(|own| share(okr, own, caller)));
    }
    teams
        .into_iter()
        .map(|((_, team), (okrs, shares))| TeamStanding {
            team: team.map(|(name, id)| (id, name)),
            okrs,
            performance: team_performance::team(&shares),
        })
        .collect()
}

/// How all teams perform, taken as one.
pub fn overall(standing: &Standing, caller: &Caller) -> TeamPerformance {
    let shares: Vec<_> = standing
        .okrs
        .iter()
        .flat_map(|okr| okr.key_results().map(|own| share(okr, own, caller)))
        .collect();
    team_performance::team(&shares)
}

fn share(okr: &Assessed, (row, _, figures): AssessedKeyResult<'_>, caller: &Caller) -> Share {
    let facts = row.facts(okr.cycle.start_date, okr.cycle.end_date);
    let window = facts.window(caller.today);
    Share {
        health: figures.health.score,
        progress: figures.health.progress,
        expected: figures.health.expected,
        status: figures.status,
        has_begun: !window.is_upcoming(),
        is_stalled: figures.health.stalled,
        is_blocked: row.blocked,
        has_owner: okr.has_owner(row),
        rhythm: rhythm::recent(&facts, &window),
        last_check_in_on: row.last_check_in_on,
    }
}
