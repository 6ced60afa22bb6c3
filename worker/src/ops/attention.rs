//! What whoever leads looks at first.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use okrs_shared::attention::{
    Attention, DueNextWeek, KpiOffTarget, Moved, NeedsAttention, Reason, Scope, TeamCheckIns,
};
use okrs_shared::id::TeamId;
use okrs_shared::permission::{Person, Role};
use okrs_shared::rules::kpi_status;
use okrs_shared::status::Status;
use okrs_shared::workspace::check_ins_due_on;

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::IfNoneMatch;
use crate::ops::figures::two_decimals;
use crate::ops::kpis;
use crate::ops::listing::{self, Listing};
use crate::ops::standing::{Assessed, AssessedKeyResult};
use crate::store::attention::{AttentionRows, TeamRow, Week};
use crate::store::{self, Db, kpi_details};

/// So many lines are shown of a list.
const MOST: usize = 8;

/// What needs the caller, what moved, and what comes next.
pub async fn get(db: &Db, caller: &Caller, client: &IfNoneMatch) -> Result<Listing<Attention>> {
    let person = caller.person()?;
    listing::serve(caller, client, "attention", async || {
        let rows = store::attention::get(db, caller).await?;
        Ok((rows.last_change_id.clone(), answer(rows, caller, person)))
    })
    .await
}

fn answer(rows: AttentionRows, caller: &Caller, person: &Person) -> Attention {
    let this_week = rows.rhythm.week_start.week_of(caller.today);
    let (last_week, next_week) = (
        this_week - TimeDelta::days(7),
        this_week + TimeDelta::days(7),
    );
    let due_on = check_ins_due_on(rows.rhythm.check_in_weekday, caller.today);
    let okrs: Vec<Assessed> = rows
        .okrs
        .into_iter()
        .filter_map(|row| {
            let cycle = rows.cycles.iter().find(|cycle| cycle.id == row.cycle_id)?;
            Some(Assessed::new(row, cycle.clone(), caller))
        })
        .collect();

    let mut needs: Vec<_> = okrs
        .iter()
        .flat_map(|okr| {
            okr.key_results()
                .filter_map(|own| needs_attention(okr, own))
        })
        .collect();
    needs.sort_by(|(one, one_health), (other, other_health)| {
        (one.reasons[0].cmp(&other.reasons[0]))
            .then(other.reasons.len().cmp(&one.reasons.len()))
            .then(one_health.cmp(other_health))
    });
    let (moved_since, moved) = moved(&okrs, |okr| rows.recent_weeks.get(&okr.row.id), last_week);
    let mut off_target: Vec<_> = rows
        .kpis
        .iter()
        .filter_map(|row| off_target(caller, row))
        .collect();
    off_target.sort_by(|(_, one), (_, other)| one.total_cmp(other));

    let mut due = Vec::new();
    let check_ins_on =
        check_ins_due_on(rows.rhythm.check_in_weekday, next_week + TimeDelta::days(6));
    let count = okrs
        .iter()
        .filter(|okr| okr.cycle.end_date >= check_ins_on)
        .map(|okr| {
            okr.key_results()
                .filter(|own| is_active(okr, *own, caller))
                .count()
        })
        .sum::<usize>();
    if count > 0 {
        due.push(DueNextWeek::CheckIns {
            on: check_ins_on,
            count: count_of(count),
        });
    }
    due.extend(ending_cycles(&okrs));
    due.extend(
        rows.initiatives
            .into_iter()
            .map(|row| DueNextWeek::Initiative {
                on: row.end_date,
                id: row.id,
                okr_id: row.okr_id,
                title: row.title,
                owner: row.owner,
            }),
    );
    due.extend(rows.kpis.iter().map(|row| DueNextWeek::Kpi {
        on: row.measured_on
            + TimeDelta::days(kpi_status::days_between(
                row.update_frequency,
                &caller.params,
            )),
        id: row.id.clone(),
        title: row.name.clone(),
        owner: row.owner.clone(),
    }));
    due.retain(|thing| (next_week..next_week + TimeDelta::days(7)).contains(&thing.on()));
    due.sort_by_key(DueNextWeek::on);

    Attention {
        scope: scope(person),
        needs_attention_count: count_of(needs.len()),
        needs_attention: needs.into_iter().map(|(own, _)| own).take(MOST).collect(),
        moved_since,
        moved,
        check_ins_due_on: due_on,
        teams: teams(&okrs, rows.teams, due_on, caller),
        next_week,
        due_next_week: due,
        kpis_off_target_count: count_of(off_target.len()),
        kpis_off_target: off_target
            .into_iter()
            .map(|(kpi, _)| kpi)
            .take(MOST)
            .collect(),
    }
}

fn scope(person: &Person) -> Scope {
    let has_any = |ids: usize| ids > 0;
    match person.role {
        Role::Admin => Scope::Workspace,
        _ if has_any(person.team_ids.len())
            || has_any(person.managed_team_ids.len())
            || has_any(person.managed_department_ids.len()) =>
        {
            Scope::Teams
        }
        _ => Scope::Nothing,
    }
}

fn count_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The key result with its health, if somebody should look after it.
fn needs_attention(
    okr: &Assessed,
    (row, extras, figures): AssessedKeyResult<'_>,
) -> Option<(NeedsAttention, u8)> {
    let is_open = figures.health.progress < 1.0;
    let reasons = [
        (row.blocked && is_open, Reason::Blocked),
        (figures.status == Status::OffTrack, Reason::OffTrack),
        (figures.health.stalled, Reason::Stalled),
    ];
    let reasons: Vec<Reason> = reasons
        .into_iter()
        .filter_map(|(holds, reason)| holds.then_some(reason))
        .collect();
    if reasons.is_empty() {
        return None;
    }
    let own = NeedsAttention {
        id: row.id.clone(),
        title: row.title.clone(),
        okr_id: okr.row.id.clone(),
        okr: okr.row.title.clone(),
        team: okr.row.team.clone(),
        owner: extras.owner.clone().or_else(|| okr.row.owner.clone()),
        reasons,
        last_check_in_on: row.last_check_in_on,
    };
    Some((own, figures.health.score))
}

/// What moved most since last week; before there is a snapshot of that nothing can be told.
fn moved<'a>(
    okrs: &'a [Assessed],
    recent_weeks: impl Fn(&'a Assessed) -> Option<&'a Vec<Week>>,
    last_week: NaiveDate,
) -> (Option<NaiveDate>, Vec<Moved>) {
    let mut is_known = false;
    let mut moved: Vec<Moved> = Vec::new();
    for okr in okrs {
        let mut weeks = recent_weeks(okr).into_iter().flatten();
        let Some((_, before, _)) = weeks.find(|(week, ..)| week.date() == last_week) else {
            continue;
        };
        is_known = true;
        let change = two_decimals(okr.figures.progress.get() - before);
        if change.get() != 0.0 {
            moved.push(Moved {
                id: okr.row.id.clone(),
                title: okr.row.title.clone(),
                team: okr.row.team.clone(),
                progress: okr.figures.progress,
                change,
            });
        }
    }
    moved.sort_by(|one, other| {
        let size = |moved: &Moved| moved.change.get().abs();
        size(other).total_cmp(&size(one))
    });
    moved.truncate(MOST);
    (is_known.then_some(last_week), moved)
}

/// Whether it asks for check-ins today: it has begun and its target is not reached.
fn is_active(okr: &Assessed, (row, _, figures): AssessedKeyResult<'_>, caller: &Caller) -> bool {
    let facts = row.facts(okr.cycle.start_date, okr.cycle.end_date);
    !facts.window(caller.today).is_upcoming() && figures.health.progress < 1.0
}

/// How far each team has checked in; teams without anything to check in are named, too.
fn teams(
    okrs: &[Assessed],
    teams: Vec<TeamRow>,
    due_on: NaiveDate,
    caller: &Caller,
) -> Vec<TeamCheckIns> {
    let mut counts: BTreeMap<Option<&TeamId>, (u32, u32)> = BTreeMap::new();
    for okr in okrs {
        for own in okr.key_results().filter(|own| is_active(okr, *own, caller)) {
            let (checked_in, due) = counts.entry(okr.row.team_id.as_ref()).or_default();
            let last = own.0.last_check_in_on;
            *checked_in += u32::from(last.is_some_and(|last| last >= due_on));
            *due += 1;
        }
    }
    let without = counts.get(&None).copied();
    let named = teams.into_iter().map(|team| {
        let (checked_in, due) = counts.get(&Some(&team.id)).copied().unwrap_or_default();
        TeamCheckIns {
            id: Some(team.id),
            name: Some(team.name),
            checked_in,
            due,
        }
    });
    let without = without.map(|(checked_in, due)| TeamCheckIns {
        id: None,
        name: None,
        checked_in,
        due,
    });
    named.chain(without).collect()
}

/// The cycles of these OKRs, each once.
fn ending_cycles(okrs: &[Assessed]) -> Vec<DueNextWeek> {
    let cycles: BTreeMap<_, _> = okrs.iter().map(|okr| (&okr.cycle.id, &okr.cycle)).collect();
    let ending = cycles.into_values().map(|cycle| DueNextWeek::Cycle {
        on: cycle.end_date,
        title: cycle.name.clone(),
    });
    ending.collect()
}

/// A KPI and its attainment, if its value is what is wrong with it.
fn off_target(caller: &Caller, row: &kpi_details::DetailedRow) -> Option<(KpiOffTarget, f64)> {
    let attainment = kpis::detailed_standing(caller, row).attainment?;
    let status = kpi_status::band(attainment, &caller.params);
    let kpi = KpiOffTarget {
        id: row.id.clone(),
        name: row.name.clone(),
        team: row.team.clone(),
        value: row.current_value?,
        target: row.target_value?,
        unit: row.unit.clone(),
        direction: row.direction,
        status,
    };
    (status != Status::OnTrack).then_some((kpi, attainment))
}
