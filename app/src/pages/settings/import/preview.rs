//! What would happen with a list, and the button that does it.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::member::{Directory, Member};
use okrs_shared::member_import::{
    self, ImportedLine, KnownMember, Line, NewImport, Outcome, People,
};
use okrs_shared::validation::Invalid;

use super::Finished;
use super::rows::Rows;
use super::source::Source;
use crate::api;
use crate::components::ui::submit::{Submission, Submit, SubmitForm};
use crate::words;

/// Of whatever was chosen; nothing as long as nothing was.
#[component]
pub fn Preview(
    source: Source,
    directory: Directory,
    done: RwSignal<Option<Finished>>,
    changed: Callback<()>,
) -> impl IntoView {
    let text = source.text();
    let read = Memo::new(move |_| {
        let text = text.read();
        (!text.trim().is_empty()).then(|| member_import::read(&text))
    });
    let directory = Arc::new(directory);
    move || {
        let shown = match read.get()? {
            Ok(people) => {
                let directory = directory.clone();
                view! { <Judged text people directory done changed /> }.into_any()
            }
            Err(invalid) => view! { <NotAList invalid /> }.into_any(),
        };
        Some(view! {
            <section class="import-preview">
                <h2>{words::import_people().preview}</h2>
                {shown}
            </section>
        })
    }
}

#[component]
fn NotAList(invalid: Invalid) -> impl IntoView {
    let words = words::import_people();
    let what = invalid.message.trim_start_matches("csv ");
    let said = match what.starts_with("must name") {
        true => words.no_titles.to_owned(),
        false => (words.not_a_list)(what),
    };
    view! { <p class="notice at-risk" role="alert">{said}</p> }
}

#[component]
fn Judged(
    text: Signal<String>,
    people: People,
    directory: Arc<Directory>,
    done: RwSignal<Option<Finished>>,
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::import_people();
    let lines = member_import::judge(&people.lines, directory.members.iter().map(known));
    let count = |outcome| lines.iter().filter(|line| line.outcome == outcome).count();
    let (created, wrong) = (count(Outcome::Created), count(Outcome::Error));
    let counts = (words.counts)([
        created,
        count(Outcome::Exists),
        count(Outcome::Disabled),
        wrong,
    ]);
    let [departments, teams] = new_names(&people.lines, &lines, &directory);
    let notes = [
        (&people.not_used, words.not_used),
        (&departments, words.makes_departments),
        (&teams, words.makes_teams),
    ];
    let notes = notes.map(|(names, say)| {
        (!names.is_empty()).then(|| view! { <p class="quiet">{say(names)}</p> })
    });
    view! {
        <p role="status">
            <b>{counts}</b>
        </p>
        {notes.collect_view()}
        <SendForm text people=people.lines.clone() created wrong done />
        <Rows people=people.lines lines directory changed />
    }
}

fn known(member: &Member) -> KnownMember {
    KnownMember {
        id: member.id.clone(),
        name: member.name.clone(),
        email: member.email.clone(),
        disabled_at: member.disabled_at,
    }
}

/// The departments and the teams that the new people bring with them.
fn new_names(people: &[Line], lines: &[ImportedLine], directory: &Directory) -> [Vec<String>; 2] {
    let key = |name: &str| name.to_ascii_lowercase();
    let departments = directory.departments.iter();
    let departments = departments.filter(|department| department.archived_at.is_none());
    let mut departments: BTreeSet<_> = departments
        .map(|department| key(&department.name))
        .collect();
    let teams = directory.teams.iter();
    let teams = teams.filter(|team| team.archived_at.is_none());
    let mut teams: BTreeSet<_> = teams.map(|team| key(&team.name)).collect();
    let mut made = [Vec::new(), Vec::new()];
    for (person, line) in people.iter().zip(lines) {
        if line.outcome != Outcome::Created {
            continue;
        }
        let named = [
            (&person.department, &mut departments),
            (&person.team, &mut teams),
        ];
        for ((name, there), made) in named.into_iter().zip(&mut made) {
            if let Some(name) = name
                && there.insert(key(name))
            {
                made.push(name.clone());
            }
        }
    }
    made
}

/// Lines that are wrong have to be left out on purpose.
#[component]
fn SendForm(
    text: Signal<String>,
    people: Vec<Line>,
    created: usize,
    wrong: usize,
    done: RwSignal<Option<Finished>>,
) -> impl IntoView {
    let words = words::import_people();
    if created == 0 {
        return view! { <p class="quiet">{words.nobody_new}</p> }.into_any();
    }
    let leaves_out = RwSignal::new(false);
    let people = StoredValue::new(people);
    let submission = Submission::new();
    let submit = move || {
        let body = NewImport {
            csv: text.get_untracked(),
            dry_run: false,
            leave_out_wrong: leaves_out.get_untracked(),
        };
        let request = async move |body| api::members::import(&body).await;
        submission.submit(body, request, move |import| {
            let people = people.get_value();
            done.set(Some(Finished { people, import }));
        });
    };
    let label = (words.invite)(created);
    let is_ready = move || wrong == 0 || leaves_out.get();
    view! {
        <SubmitForm submission submit>
            {(wrong > 0)
                .then(|| {
                    view! {
                        <label class="tick">
                            <input type="checkbox" prop:checked=leaves_out on:change=move |_| leaves_out.update(|now| *now = !*now) />
                            <span>{(words.leave_out)(wrong)}</span>
                        </label>
                    }
                })}
            <Show
                when=is_ready
                fallback=move || view! { <p class="quiet">{words.wrong_first}</p> }
            >
                <div class="form-foot">
                    <Submit submission label=label.clone() />
                </div>
            </Show>
        </SubmitForm>
    }
    .into_any()
}
