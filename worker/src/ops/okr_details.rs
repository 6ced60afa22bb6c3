//! What the app shows of OKRs.

use okrs_shared::id::OkrId;
use okrs_shared::okr_detail::{
    CheckInEntry, CheckInSource, LastCheckIn, ListedKeyResult, ListedOkr, OkrDetail, Point,
};
use okrs_shared::permission::{Action, Person, Relation};

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::ops::cycles;
use crate::ops::figures::{KeyResultFigures, shown, stored};
use crate::ops::standing::Assessed;
use crate::store::cycles::CycleRow;
use crate::store::key_results::{KeyResultExtras, KeyResultRow};
use crate::store::okr_details::DetailedRow;
use crate::store::{self, Db};

/// What may be done to an OKR.
pub const TO_OKR: [Action; 3] = [Action::ChangeOkr, Action::CheckIn, Action::Comment];

/// One OKR with all that belongs to it.
pub async fn get(db: &Db, caller: &Caller, id: &OkrId) -> Result<OkrDetail> {
    let person = caller.person()?;
    let file = store::okr_details::get(db, caller, id)
        .await?
        .ok_or(Error::NotFound("OKR not found"))?;
    let view = View::new(caller, person, &file.cycles);
    let no_cycle = || Error::internal("an OKR without its cycle");
    let cycle = view.cycle(&file.okr).ok_or_else(no_cycle)?;
    Ok(OkrDetail {
        cycle: cycles::on(caller.today, cycle.clone()),
        okr: view.okr(file.okr).ok_or_else(no_cycle)?,
        parent: file.parent,
        children: view.okrs(file.children),
        initiatives: file.initiatives,
        check_ins: file
            .check_ins
            .into_iter()
            .map(|row| check_in(row, person))
            .collect(),
        target_changes: file.target_changes,
    })
}

/// How one person sees OKRs today.
pub struct View<'a> {
    caller: &'a Caller,
    person: &'a Person,
    cycles: &'a [CycleRow],
}

impl<'a> View<'a> {
    /// `cycles` are all of the organisation.
    pub fn new(caller: &'a Caller, person: &'a Person, cycles: &'a [CycleRow]) -> Self {
        Self {
            caller,
            person,
            cycles,
        }
    }

    /// The OKRs with their figures.
    pub fn okrs(&self, rows: Vec<DetailedRow>) -> Vec<ListedOkr> {
        rows.into_iter().filter_map(|row| self.okr(row)).collect()
    }

    fn cycle(&self, row: &DetailedRow) -> Option<&'a CycleRow> {
        self.cycles.iter().find(|cycle| cycle.id == row.cycle_id)
    }

    fn okr(&self, row: DetailedRow) -> Option<ListedOkr> {
        let cycle = self.cycle(&row)?.clone();
        Some(listed(Assessed::new(row, cycle, self.caller), self.person))
    }
}

fn listed(okr: Assessed, person: &Person) -> ListedOkr {
    let Assessed {
        row,
        cycle,
        figures,
    } = okr;
    let may = row.related.may(person, &TO_OKR);
    let key_results = row
        .key_results
        .into_iter()
        .zip(&figures.key_results)
        .map(|((row, extras), figures)| key_result(row, extras, figures, person, &may))
        .collect();
    ListedOkr {
        id: row.id,
        title: row.title,
        description: row.description,
        okr_type: row.okr_type,
        visibility: row.visibility,
        visibility_known: row.visibility_known,
        cycle_id: row.cycle_id,
        cycle: cycle.name,
        parent_id: row.parent_id,
        weight: row.weight,
        owner_id: row.owner_id,
        owner: row.owner,
        department_id: row.department_id,
        department: row.department,
        team_id: row.team_id,
        team: row.team,
        progress: figures.progress,
        status: figures.status,
        health: figures.health,
        computed_here: figures.computed_here,
        archived: row.archived,
        comment_count: row.comment_count,
        created_at: row.created_at,
        updated_at: row.updated_at,
        key_results,
        may,
    }
}

fn key_result(
    row: KeyResultRow,
    extras: KeyResultExtras,
    figures: &KeyResultFigures,
    person: &Person,
    may_to_okr: &[Action],
) -> ListedKeyResult {
    let last = (row.last_check_in_on, extras.last_check_in_at);
    let expected = figures.health.expected;
    let may = may_to_key_result(&row, person, may_to_okr);
    ListedKeyResult {
        id: row.id,
        title: row.title,
        metric_type: row.metric_type,
        unit: extras.unit,
        weight: stored(row.weight),
        owner_id: row.owner_id,
        owner: extras.owner,
        start_value: stored(row.start_value),
        current_value: stored(row.current_value),
        target_value: stored(row.target_value),
        raw_progress: shown(figures.raw_progress),
        ideal_value: stored(row.start_value * (1.0 - expected) + row.target_value * expected),
        reported_status: row.status,
        status: figures.status,
        blocked: row.blocked,
        is_watermelon: figures.is_watermelon,
        check_in_count: extras.check_in_count,
        last_check_in: match (last, extras.last_check_in_status) {
            ((Some(on), Some(at)), Some(status)) => Some(LastCheckIn { at, on, status }),
            _ => None,
        },
        recent_check_ins: row
            .recent_check_ins
            .into_iter()
            .map(|(on, value)| Point {
                on,
                value: stored(value),
            })
            .collect(),
        health: figures.health,
        may,
    }
}

/// What the person may do to a key result: `change_okr`, `check_in`.
pub fn may_to_key_result(
    row: &KeyResultRow,
    person: &Person,
    may_to_okr: &[Action],
) -> Vec<Action> {
    let is_own = row.owner_id.as_ref() == Some(&person.member_id);
    let allowed = |action: &Action| {
        // Checking in, and only that, is also for whoever owns just the key result.
        let as_owner = *action == Action::CheckIn && action.allows(person.role, Relation::Own);
        may_to_okr.contains(action) || is_own && as_owner
    };
    let all = [Action::ChangeOkr, Action::CheckIn];
    all.into_iter().filter(allowed).collect()
}

fn check_in(entry: CheckInEntry, person: &Person) -> CheckInEntry {
    let is_own = entry.author_id.as_ref() == Some(&person.member_id);
    CheckInEntry {
        may_correct: is_own
            && entry.source == CheckInSource::CheckIn
            && Action::CorrectCheckIn.allows(person.role, Relation::Own),
        ..entry
    }
}
