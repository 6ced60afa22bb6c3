//! In which cycle one works.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use okrs_shared::cycle::{Cycle, CycleStatus};
use okrs_shared::id::CycleId;

use crate::cycles::cycles;
use crate::paths;
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
    let groups = [
        (CycleStatus::Upcoming, shell.cycles_upcoming),
        (CycleStatus::Active, shell.cycles_active),
        (CycleStatus::Ended, shell.cycles_ended),
    ];
    let groups = move || {
        let all = cycles.all();
        groups.map(|(status, label)| {
            group(
                label,
                all.iter().filter(|cycle| cycle.status == status),
                shown,
            )
        })
    };
    view! {
        <select
            class="cycle-picker"
            aria-label=shell.cycle
            title=shell.cycle
            on:change:target=move |event| choose(event.target().value())
        >
            <option value="" prop:selected=move || shown.read().is_none()>
                {shell.cycle_current}
            </option>
            {groups}
        </select>
    }
}

fn group<'a>(
    label: &'static str,
    cycles: impl Iterator<Item = &'a Cycle>,
    shown: Memo<Option<CycleId>>,
) -> Option<AnyView> {
    let options: Vec<AnyView> = cycles
        .map(|cycle| {
            let id = cycle.id.clone();
            let is_shown = move || shown.read().as_ref() == Some(&id);
            view! {
                <option value=cycle.id.0.clone() prop:selected=is_shown>
                    {cycle.name.clone()}
                </option>
            }
            .into_any()
        })
        .collect();
    (!options.is_empty()).then(|| view! { <optgroup label=label>{options}</optgroup> }.into_any())
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
