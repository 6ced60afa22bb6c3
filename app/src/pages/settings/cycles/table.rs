//! Cycles in a table, and what can be done with each.

use leptos::prelude::*;
use okrs_shared::cycle::{CycleOverview, CycleStatus};
use okrs_shared::cycle_period::week_of;

use super::Panels;
use super::strip::in_days;
use super::year::span;
use crate::locale;
use crate::pages::settings::archiving::{ArchiveButton, RowButton, Thing};
use crate::paths;
use crate::session::session;
use crate::words;

/// The latest first.
#[component]
pub fn CycleTable(
    cycles: Vec<CycleOverview>,
    panels: Panels,
    may_manage: Signal<bool>,
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::cycles();
    let rows = cycles.into_iter();
    let rows = rows.map(|cycle| view! { <CycleRow cycle panels may_manage changed /> });
    view! {
        <table class="settings-table cycles">
            <thead>
                <tr>
                    <th scope="col">{words.name}</th>
                    <th scope="col">{words.dates}</th>
                    <th scope="col">{words.state}</th>
                    <th scope="col" class="number">{words.okrs}</th>
                    <th scope="col" class="number">{words.checked_in}</th>
                    <th scope="col"><span class="visually-hidden">{words.actions}</span></th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

#[component]
fn CycleRow(
    cycle: CycleOverview,
    panels: Panels,
    may_manage: Signal<bool>,
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::cycles();
    let today = untrack(|| session().today());
    let (done, all) = (cycle.checked_in_count, cycle.key_result_count);
    let share = match all {
        0 => "–".to_owned(),
        _ => locale::percent(f64::from(done) / f64::from(all)),
    };
    let share_in_full = (words.checked_in_more)(done, all);
    let okrs = match cycle.archived_at {
        // The list of OKRs does not know it.
        Some(_) => cycle.okr_count.to_string().into_any(),
        None => view! { <a href=paths::okrs_in(Some(&cycle.id))>{cycle.okr_count.to_string()}</a> }
            .into_any(),
    };
    view! {
        <tr>
            <th scope="row" dir="auto">{cycle.name.clone()}</th>
            <td data-label=words.dates>
                <span>{in_days(span(&cycle), today)}</span>
            </td>
            <td data-label=words.state>
                <State cycle=cycle.clone() />
            </td>
            <td data-label=words.okrs class="number">{okrs}</td>
            <td data-label=words.checked_in class="number">
                <span title=share_in_full>{share}</span>
            </td>
            <td class="row-actions">
                <Actions cycle panels may_manage changed />
            </td>
        </tr>
    }
}

#[component]
fn State(cycle: CycleOverview) -> impl IntoView {
    let words = words::cycles();
    if let Some(at) = cycle.archived_at {
        let said = (words::settings().archived_on)(&locale::day(&at.to_string()));
        return view! { <span class="quiet">{said}</span> }.into_any();
    }
    match cycle.status {
        CycleStatus::Active => {
            let today = untrack(|| session().today());
            let (week, weeks) = week_of(span(&cycle), today);
            view! { <span class="cycle-runs">{(words.running)(week, weeks)}</span> }.into_any()
        }
        CycleStatus::Upcoming => view! { <span>{words.upcoming}</span> }.into_any(),
        CycleStatus::Ended => view! { <span class="quiet">{words.ended}</span> }.into_any(),
    }
}

#[component]
fn Actions(
    cycle: CycleOverview,
    panels: Panels,
    may_manage: Signal<bool>,
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::cycles();
    let is_archived = cycle.archived_at.is_some();
    let can_clone = cycle.status == CycleStatus::Ended && cycle.okr_count > 0;
    let clone = can_clone.then(|| {
        let cloned = cycle.clone();
        let act = move || panels.clones.set(Some(cloned.clone()));
        view! { <RowButton label=words.clone name=cycle.name.clone() act /> }
    });
    let of_admins = move || {
        may_manage.get().then(|| {
            let edit = (!is_archived).then(|| {
                let edited = cycle.clone();
                let act = move || panels.edits.set(Some(edited.clone()));
                view! { <RowButton label=words.edit name=cycle.name.clone() act /> }
            });
            let thing = Thing::Cycle(cycle.id.clone());
            view! {
                {edit}
                <ArchiveButton thing name=cycle.name.clone() is_archived changed />
            }
        })
    };
    view! {
        {clone}
        {of_admins}
    }
}
