//! In which cycle one works.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use okrs_shared::cycle::{Cycle, CycleStatus};
use okrs_shared::cycle_period::{present, week_of};
use okrs_shared::id::CycleId;

use crate::cycles::cycles;
use crate::paths;
use crate::session::session;
use crate::words;

/// What the list of OKRs calls the cycle in its address.
const PARAMETER: &str = "cycle";

/// On the list of OKRs its address decides; elsewhere what was chosen last.
#[component]
pub fn CyclePicker() -> impl IntoView {
    let cycles = cycles();
    let location = use_location();
    let (pathname, search) = (location.pathname, location.search);
    let navigate = use_navigate();
    let shown = Memo::new(move |_| match pathname.read().as_str() {
        paths::OKRS => search.with(|query| cycle_in(query)),
        _ => cycles.chosen().map(|cycle| cycle.id),
    });
    let choose = move |id: String| {
        let id = (!id.is_empty()).then_some(CycleId(id));
        cycles.choose(id.clone());
        if *pathname.read_untracked() == paths::OKRS {
            let query = search.with_untracked(|query| with_cycle(query, id.as_ref()));
            let options = NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&format!("{}{query}", paths::OKRS), options);
        }
    };
    let shell = words::shell();
    let today = untrack(|| session().today());
    let groups = [
        (CycleStatus::Active, shell.cycles_active),
        (CycleStatus::Upcoming, shell.cycles_upcoming),
        (CycleStatus::Ended, shell.cycles_ended),
    ];
    let groups = move || {
        let all = cycles.all();
        let present = present(&all).map(|cycle| cycle.id.clone());
        let none = present.is_none();
        let none = none.then(|| view! { <option value="">{shell.cycle_none}</option> });
        let groups = groups.map(|(status, label)| {
            let cycles = all.iter().filter(|cycle| cycle.status == status);
            group(label, cycles, present.as_ref(), shown, today)
        });
        view! {
            {none}
            {groups}
        }
    };
    view! {
        <select
            class="cycle-picker"
            aria-label=shell.cycle
            title=shell.cycle
            on:change:target=move |event| choose(event.target().value())
        >
            {groups}
        </select>
    }
}

/// The present cycle has no value of its own: whoever works in it moves on with it.
fn group<'a>(
    label: &'static str,
    cycles: impl Iterator<Item = &'a Cycle>,
    present: Option<&CycleId>,
    shown: Memo<Option<CycleId>>,
    today: NaiveDate,
) -> Option<AnyView> {
    let options: Vec<AnyView> = cycles
        .map(|cycle| {
            let id = cycle.id.clone();
            let is_present = present == Some(&id);
            let value = if is_present {
                String::new()
            } else {
                id.to_string()
            };
            let is_shown =
                move || shown.with(|shown| shown.as_ref().map_or(is_present, |shown| *shown == id));
            view! {
                <option value=value prop:selected=is_shown>
                    {in_words(cycle, today)}
                </option>
            }
            .into_any()
        })
        .collect();
    (!options.is_empty()).then(|| view! { <optgroup label=label>{options}</optgroup> }.into_any())
}

/// "Q4 2026, week 8 of 13", for one that runs.
fn in_words(cycle: &Cycle, today: NaiveDate) -> String {
    if cycle.status != CycleStatus::Active {
        return cycle.name.clone();
    }
    let (week, weeks) = week_of((cycle.start_date, cycle.end_date), today);
    (words::shell().cycle_week)(&cycle.name, week, weeks)
}

type Query = Vec<(String, String)>;

fn parse(query: &str) -> Query {
    serde_urlencoded::from_str(query.trim_start_matches('?')).unwrap_or_default()
}

fn cycle_in(query: &str) -> Option<CycleId> {
    let found = parse(query).into_iter().find(|(name, _)| name == PARAMETER);
    found.map(|(_, id)| CycleId(id))
}

/// A page's query in another cycle, with its question mark.
fn with_cycle(query: &str, id: Option<&CycleId>) -> String {
    let mut query = parse(query);
    query.retain(|(name, _)| name != PARAMETER);
    if let Some(id) = id {
        query.insert(0, (PARAMETER.to_owned(), id.to_string()));
    }
    match serde_urlencoded::to_string(query) {
        Ok(query) if !query.is_empty() => format!("?{query}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_cycle_leaves_the_rest_of_the_address_as_it_is() {
        let id = CycleId("c2".to_owned());
        assert_eq!(with_cycle("?cycle=c1&q=a+b", Some(&id)), "?cycle=c2&q=a+b");
        assert_eq!(with_cycle("q=a", Some(&id)), "?cycle=c2&q=a");
        assert_eq!(with_cycle("?cycle=c1", None), "");
        assert_eq!(cycle_in("?q=a&cycle=c2"), Some(id));
        assert_eq!(cycle_in(""), None);
    }
}
