//! The weekly snapshots: at the first run in an organisation's week, how things stood as that week began.
//!
//! A run that comes late writes what the first one would have written, for what came in since then is left out; a
//! week without a run stays empty. Big workspaces go over several runs.

use okrs_shared::rules::snapshot::{self, Snapshot};
use okrs_shared::timestamp::Timestamp;

use crate::clock;
use crate::error::Result;
use crate::store::Db;
use crate::store::snapshots::{
    self, COST_OF_FINISH, COST_OF_NEXT, COST_OF_TEAMS, COST_OF_WRITE, Due, Kind, OkrRow, Taken,
};

/// Takes what is due at this moment, with no more statements than `calls_left` says, which is made less by each; says
/// how many rows that were and whether any are missing.
pub async fn take(db: &Db, now: Timestamp, calls_left: &mut usize) -> Result<(usize, bool)> {
    let mut may = |cost: usize| {
        let left = calls_left.checked_sub(cost);
        *calls_left = left.unwrap_or(*calls_left);
        left.is_some()
    };
    if !may(1) {
        return Ok((0, true));
    }
    let due = due(db, now).await?;
    if due.is_empty() {
        return Ok((0, false));
    }
    let mut count = 0;
    loop {
        if !may(COST_OF_NEXT + COST_OF_WRITE) {
            return Ok((count, true));
        }
        let (okrs, is_more) = snapshots::next(db, &due).await?;
        let rows: Vec<Taken> = okrs.iter().flat_map(|okr| of_okr(&due, okr)).collect();
        snapshots::write(db, &rows).await?;
        count += rows.len();
        if !is_more {
            break;
        }
    }
    if !may(COST_OF_TEAMS + COST_OF_FINISH) {
        return Ok((count, true));
    }
    let teams = snapshots::teams(db, &due).await?;
    let rows = teams.iter().filter_map(|team| {
        let due = due
            .iter()
            .find(|due| due.organisation_id == team.organisation_id)?;
        let snapshot = snapshot::together(&team.key_results(), &due.params);
        Some(taken(due, Kind::Team, &team.id, None, snapshot))
    });
    let rows: Vec<Taken> = rows.collect();
    snapshots::finish(db, &due, &rows).await?;
    Ok((count + rows.len(), false))
}

/// The weeks that have begun where they are, and whose snapshots are not all there.
async fn due(db: &Db, now: Timestamp) -> Result<Vec<Due>> {
    let organisations = snapshots::organisations(db).await?.into_iter();
    let due = organisations.filter_map(|row| {
        let week = row.week_start.week_of(clock::date_in(&row.timezone, now));
        let is_due = row.snapshot_week.is_none_or(|latest| latest < week);
        is_due.then(|| Due {
            begins_at: clock::beginning_of(&row.timezone, week),
            organisation_id: row.id,
            week,
            params: row.rule_params,
        })
    });
    Ok(due.collect())
}

/// The rows of an OKR and of its key results.
fn of_okr<'a>(due: &'a [Due], okr: &'a OkrRow) -> Vec<Taken<'a>> {
    let Some(due) = due
        .iter()
        .find(|due| due.organisation_id == okr.organisation_id)
    else {
        return Vec::new();
    };
    let each: Vec<(f64, Snapshot)> = okr
        .key_results
        .iter()
        .map(|row| {
            let facts = row.facts(okr.cycle_start, okr.cycle_end);
            (
                row.weight,
                snapshot::key_result(&facts, due.week, &due.params),
            )
        })
        .collect();
    let whole = taken(
        due,
        Kind::Okr,
        okr.id.as_str(),
        None,
        snapshot::together(&each, &due.params),
    );
    let own = okr.key_results.iter().zip(&each).map(|(row, (_, own))| {
        taken(
            due,
            Kind::KeyResult,
            row.id.as_str(),
            Some(row.current_value),
            *own,
        )
    });
    own.chain([whole]).collect()
}

fn taken<'a>(
    due: &'a Due,
    kind: Kind,
    thing_id: &'a str,
    value: Option<f64>,
    snapshot: Snapshot,
) -> Taken<'a> {
    Taken {
        organisation_id: &due.organisation_id,
        thing_id,
        week: due.week,
        kind,
        value,
        snapshot,
    }
}
