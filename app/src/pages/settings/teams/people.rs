//! Who can be chosen for a team.

use leptos::prelude::*;
use okrs_shared::id::{DepartmentId, MemberId};
use okrs_shared::member::{Directory, Member};
use okrs_shared::permission::Role;

use crate::components::ui::choice::{Options, with_none};
use crate::components::ui::tick::Tick;
use crate::locale;
use crate::words;

/// So many are shown at once; a name finds the others.
const MOST_SHOWN: usize = 30;

/// Whoever can manage something, and whoever does already.
pub fn managers(directory: &Directory, present: Option<&MemberId>) -> Options {
    let can = |member: &&Member| {
        let may_manage = member.role >= Role::Manager && member.disabled_at.is_none();
        may_manage || Some(&member.id) == present
    };
    let members = directory.members.iter().filter(can);
    let options = members.map(|member| (member.id.to_string(), member.name.clone()));
    with_none(words::teams().no_manager, options.collect())
}

/// Those in use, and the present one.
pub fn departments(directory: &Directory, present: Option<&DepartmentId>) -> Options {
    let departments = directory.departments.iter();
    let departments = departments
        .filter(|department| department.archived_at.is_none() || Some(&department.id) == present);
    let options =
        departments.map(|department| (department.id.to_string(), department.name.clone()));
    with_none(words::teams().no_department, options.collect())
}

/// A tick for each, those who were chosen at the beginning first.
#[component]
pub fn PeopleChoice(people: Vec<Member>, chosen: RwSignal<Vec<MemberId>>) -> impl IntoView {
    let words = words::teams();
    let text = RwSignal::new(String::new());
    let at_first = chosen.get_untracked();
    let mut people: Vec<Member> = people
        .into_iter()
        .filter(|member| member.disabled_at.is_none() || at_first.contains(&member.id))
        .collect();
    people = locale::sorted(people, |member| member.name.clone());
    people.sort_by_key(|member| !at_first.contains(&member.id));
    let has_search = people.len() > MOST_SHOWN;
    let found = Memo::new(move |_| {
        let text = text.read().trim().to_lowercase();
        let found = people.iter().filter(|member| {
            let is_named = |said: &str| said.to_lowercase().contains(&text);
            is_named(&member.name) || is_named(&member.email)
        });
        let mut found: Vec<(MemberId, String)> = found
            .map(|member| (member.id.clone(), member.name.clone()))
            .collect();
        let more = found.len().saturating_sub(MOST_SHOWN);
        found.truncate(MOST_SHOWN);
        (found, more)
    });
    let ticks = move || {
        let (found, _) = found.get();
        if found.is_empty() {
            return view! { <p class="quiet">{words.nobody_found}</p> }.into_any();
        }
        let ticks = found.into_iter();
        let ticks =
            ticks.map(|(id, name)| view! { <Tick name="member_ids" value=id label=name chosen /> });
        ticks.collect_view().into_any()
    };
    view! {
        <fieldset class="ticks people">
            <legend>{words.people}</legend>
            <p class="quiet" role="status">
                {move || (words.chosen)(chosen.read().len(), found.read().1)}
            </p>
            {has_search
                .then(|| {
                    view! {
                        <input
                            type="search"
                            aria-label=words.find_people
                            placeholder=words.find_people
                            autocomplete="off"
                            prop:value=text
                            on:input:target=move |event| text.set(event.target().value())
                        />
                    }
                })}
            {ticks}
        </fieldset>
    }
}
