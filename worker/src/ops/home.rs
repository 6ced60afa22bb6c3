//! What someone has to do.

use std::collections::HashSet;

use okrs_shared::home::{Home, HomeChange, HomeKeyResult};
use okrs_shared::okr_detail::ListedOkr;
use okrs_shared::permission::{Person, Role};
use okrs_shared::workspace::check_ins_due_on;

use crate::caller::Caller;
use crate::error::Result;
use crate::extract::IfNoneMatch;
use crate::ops::kpi_details;
use crate::ops::listing::{self, Listing};
use crate::ops::okr_details::View;
use crate::store::home::HomeRows;
use crate::store::home_changes::HomeChangeRow;
use crate::store::{self, Db};

/// So many things that others did are told.
const MOST_CHANGES: usize = 20;

/// What the caller has to do today: kept as lists are, for each person.
pub async fn get(db: &Db, caller: &Caller, client: &IfNoneMatch) -> Result<Listing<Home>> {
    let person = caller.person()?;
    let name = format!("home of {}", person.member_id);
    listing::serve(caller, client, &name, async || {
        let rows = store::home::get(db, caller).await?;
        Ok((rows.last_change_id.clone(), home(caller, person, rows)))
    })
    .await
}

fn home(caller: &Caller, person: &Person, rows: HomeRows) -> Home {
    let check_ins_due_on = check_ins_due_on(rows.check_in_weekday, caller.today);
    let mut last = rows.last_check_ins;
    let view = View::new(caller, person, &rows.cycles);
    let (done, due) = view
        .okrs(rows.okrs)
        .into_iter()
        .flat_map(|okr| own_key_results(okr, person))
        .map(|own| {
            let (last_comment, own_check_in) = last.remove(&own.key_result.id).unwrap_or_default();
            HomeKeyResult {
                last_comment,
                own_check_in,
                ..own
            }
        })
        .partition(|own| {
            let last = own.key_result.last_check_in;
            last.is_some_and(|last| last.on >= check_ins_due_on)
        });
    Home {
        check_ins_due_on,
        due,
        done,
        kpis_due: rows
            .kpis
            .into_iter()
            .map(|row| kpi_details::listed(row, caller, person))
            .filter(|kpi| kpi.overdue)
            .collect(),
        initiatives: rows.initiatives,
        reviews: rows.reviews,
        changes: latest_of_each(rows.changes),
        first_steps: Some(rows.first_steps)
            .filter(|steps| person.role == Role::Admin && !steps.are_done()),
    }
}

/// Of what was done several times to one thing, only the last time.
fn latest_of_each(rows: Vec<HomeChangeRow>) -> Vec<HomeChange> {
    let mut seen = HashSet::new();
    let rows = rows.into_iter().filter(|row| {
        let (action, subject_id) = row.what();
        seen.insert((action.to_owned(), subject_id.to_owned()))
    });
    rows.map(HomeChange::from).take(MOST_CHANGES).collect()
}

/// The key results of an OKR that the person answers for.
fn own_key_results(okr: ListedOkr, person: &Person) -> impl Iterator<Item = HomeKeyResult> {
    let (me, okr_owner) = (person.member_id.clone(), okr.owner_id);
    let (id, title, cycle) = (okr.id, okr.title, okr.cycle);
    okr.key_results
        .into_iter()
        .filter(move |own| own.owner_id.as_ref().or(okr_owner.as_ref()) == Some(&me))
        .map(move |key_result| HomeKeyResult {
            okr_id: id.clone(),
            okr: title.clone(),
            cycle: cycle.clone(),
            key_result,
            last_comment: None,
            own_check_in: None,
        })
}
