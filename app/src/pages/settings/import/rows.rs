//! The people of a list, each with what becomes of them; those that want a look come first.

use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::member::{Directory, Member};
use okrs_shared::member_import::{ImportedLine, Line, Outcome};

use crate::components::shell::role_word;
use crate::components::ui::icon::{Icon, Shape};
use crate::locale;
use crate::pages::settings::members::EnableButton;
use crate::words;

/// A table, with a way to enable whoever is disabled, as long as nothing was sent.
#[component]
pub fn Rows(
    people: Vec<Line>,
    lines: Vec<ImportedLine>,
    /// Who is here; left out once it is done.
    #[prop(optional)]
    directory: Option<Arc<Directory>>,
    /// Somebody was enabled.
    #[prop(optional)]
    changed: Option<Callback<()>>,
) -> impl IntoView {
    let words = words::import_people();
    let mut rows: Vec<_> = people.into_iter().zip(lines).collect();
    rows.sort_by_key(|(_, line)| match line.outcome {
        Outcome::Error => 0,
        Outcome::Disabled => 1,
        Outcome::Created => 2,
        Outcome::Exists => 3,
    });
    let is_done = directory.is_none();
    let member = |line: &ImportedLine| -> Option<Member> {
        let mut members = directory.as_ref()?.members.iter();
        let found = members.find(|member| Some(&member.id) == line.member_id.as_ref());
        found.cloned()
    };
    let rows = rows.into_iter().map(|(person, line)| {
        let member = member(&line);
        view! { <PersonRow person line member is_done changed /> }
    });
    view! {
        <table class="settings-table import-rows">
            <thead>
                <tr>
                    <th scope="col">{words.person}</th>
                    <th scope="col">{words.line}</th>
                    <th scope="col">{words.role}</th>
                    <th scope="col">{words.place}</th>
                    <th scope="col">{words.outcome}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

#[component]
fn PersonRow(
    person: Line,
    line: ImportedLine,
    member: Option<Member>,
    is_done: bool,
    changed: Option<Callback<()>>,
) -> impl IntoView {
    let words = words::import_people();
    let places = [person.department, person.team];
    let places: Vec<String> = places.into_iter().flatten().collect();
    let place = match places.is_empty() {
        true => "–".to_owned(),
        false => places.join(", "),
    };
    let outcome = match line.outcome {
        Outcome::Created => {
            let said = if is_done { words.is_invited } else { words.will_be_invited };
            view! { <span class="flag on-track"><Icon shape=Shape::Check /> {said}</span> }.into_any()
        }
        Outcome::Exists => view! { <span class="quiet">{words.is_here}</span> }.into_any(),
        Outcome::Error => {
            view! { <span class="flag off-track"><Icon shape=Shape::Warning /> {line.message}</span> }
                .into_any()
        }
        Outcome::Disabled => view! { <IsDisabled message=line.message member changed /> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <span dir="auto">{person.name}</span>
                <span class="quiet">{person.email}</span>
            </th>
            <td data-label=words.line>{person.line}</td>
            <td data-label=words.role>{role_word(person.role)}</td>
            <td data-label=words.place dir="auto">{place}</td>
            <td data-label=words.outcome>{outcome}</td>
        </tr>
    }
}

#[component]
fn IsDisabled(
    message: Option<String>,
    member: Option<Member>,
    changed: Option<Callback<()>>,
) -> impl IntoView {
    let said = member.as_ref().and_then(|member| {
        let since = locale::day(&member.disabled_at?.to_string());
        Some((words::import_people().is_disabled)(&member.name, &since))
    });
    let button = member.zip(changed);
    let button = button.map(|(member, changed)| view! { <EnableButton member changed /> });
    view! {
        <span class="flag at-risk"><Icon shape=Shape::Block /> {said.or(message)}</span>
        {button}
    }
}
