//! The departments, each with its teams.

use std::sync::Arc;

use leptos::prelude::*;
use okrs_shared::id::MemberId;
use okrs_shared::member::Directory;
use okrs_shared::permission::Action;
use okrs_shared::team::{Department, Team};

use super::{Edited, Editing};
use crate::locale;
use crate::pages::settings::archiving::{ArchiveButton, RowButton, Thing};
use crate::session::session;
use crate::words;

/// Those in use, and below them those that are not.
#[component]
pub fn Departments(directory: Directory, editing: Editing) -> impl IntoView {
    let words = words::teams();
    let all = Arc::new(directory);
    let has_any = !all.departments.is_empty() || !all.teams.is_empty();
    if !has_any {
        return view! {
            <div class="empty">
                <h2>{words.none_title}</h2>
                <p>{words.none_more}</p>
            </div>
        }
        .into_any();
    }
    let departments = all.departments.iter();
    let departments = departments.filter(|department| department.archived_at.is_none());
    let departments: Vec<_> = departments.cloned().collect();
    let in_use = |team: &&Team| team.archived_at.is_none();
    // A team whose department is archived stands with those that have none.
    let is_in =
        |team: &Team, department: &Department| team.department_id.as_ref() == Some(&department.id);
    let others = all.teams.iter().filter(in_use);
    let others =
        others.filter(|team| !departments.iter().any(|department| is_in(team, department)));
    let others: Vec<Team> = others.cloned().collect();
    let sections = departments.iter().map(|department| {
        let teams = all.teams.iter().filter(in_use);
        let teams = teams
            .filter(|team| is_in(team, department))
            .cloned()
            .collect();
        view! { <DepartmentSection department=department.clone() teams all=all.clone() editing /> }
    });
    let sections = sections.collect_view();
    let rest = (!others.is_empty()).then(|| {
        let title = (!departments.is_empty()).then_some(words.without_department);
        view! {
            <section class="department">
                {title.map(|title| view! { <h2>{title}</h2> })}
                <TeamTable teams=others all=all.clone() editing />
            </section>
        }
    });
    view! {
        {sections}
        {rest}
        <Archived all editing />
    }
    .into_any()
}

#[component]
fn Archived(all: Arc<Directory>, editing: Editing) -> impl IntoView {
    let words = words::teams();
    let departments = all.departments.iter();
    let departments: Vec<Department> = departments
        .filter(|department| department.archived_at.is_some())
        .cloned()
        .collect();
    let teams = all.teams.iter().filter(|team| team.archived_at.is_some());
    let teams: Vec<Team> = teams.cloned().collect();
    let count = departments.len() + teams.len();
    (count > 0).then(|| {
        let sections = departments.into_iter();
        let sections = sections.map(|department| {
            view! { <DepartmentHead department all=all.clone() editing /> }
        });
        view! {
            <details class="ended">
                <summary>{(words.archived)(count)}</summary>
                {sections.collect_view()}
                {(!teams.is_empty()).then(|| view! { <TeamTable teams all=all.clone() editing /> })}
            </details>
        }
    })
}

#[component]
fn DepartmentSection(
    department: Department,
    teams: Vec<Team>,
    all: Arc<Directory>,
    editing: Editing,
) -> impl IntoView {
    let content = match teams.is_empty() {
        true => view! { <p class="quiet">{words::teams().no_team_here}</p> }.into_any(),
        false => view! { <TeamTable teams all=all.clone() editing /> }.into_any(),
    };
    view! {
        <section class="department">
            <DepartmentHead department all editing />
            {content}
        </section>
    }
}

/// Its name and manager, and what can be done with it.
#[component]
fn DepartmentHead(department: Department, all: Arc<Directory>, editing: Editing) -> impl IntoView {
    let words = words::teams();
    let manager = named(&all, department.manager_id.as_ref());
    let manager = manager.map(|name| view! { <p class="quiet">{(words.managed_by)(&name)}</p> });
    let (edited, thing) = (
        Edited::Department(department.clone()),
        Thing::Department(department.id),
    );
    let may_change = untrack(|| session().may(Action::ManageTeams));
    let is_archived = department.archived_at.is_some();
    view! {
        <header class="department-head">
            <div>
                <h2 dir="auto">{department.name.clone()}</h2>
                {manager}
            </div>
            <div class="row-actions">
                <Actions edited thing name=department.name is_archived may_change may_archive=may_change editing />
            </div>
        </header>
    }
}

#[component]
fn TeamTable(teams: Vec<Team>, all: Arc<Directory>, editing: Editing) -> impl IntoView {
    let words = words::teams();
    let rows = teams.into_iter();
    let rows = rows.map(|team| view! { <TeamRow team all=all.clone() editing /> });
    view! {
        <table class="settings-table teams">
            <thead>
                <tr>
                    <th scope="col">{words.name}</th>
                    <th scope="col">{words.manager}</th>
                    <th scope="col">{words.people}</th>
                    <th scope="col"><span class="visually-hidden">{words.actions}</span></th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

#[component]
fn TeamRow(team: Team, all: Arc<Directory>, editing: Editing) -> impl IntoView {
    let words = words::teams();
    let me = untrack(|| session().me());
    let manager = named(&all, team.manager_id.as_ref());
    let may_archive = untrack(|| session().may(Action::ManageTeams));
    let manages = manages(&all, &team, &me.id);
    let may_change = may_archive || manages && untrack(|| session().may(Action::ChangeTeam));
    let people = team
        .member_ids
        .iter()
        .filter_map(|id| named(&all, Some(id)));
    let people: Vec<String> = people.collect();
    let count = (words.people_count)(people.len());
    let state = team.archived_at.map(|at| {
        let said = (words::settings().archived_on)(&locale::day(&at.to_string()));
        view! { <span class="quiet">{said}</span> }
    });
    let (edited, thing) = (Edited::Team(team.clone()), Thing::Team(team.id));
    let is_archived = team.archived_at.is_some();
    view! {
        <tr>
            <th scope="row" dir="auto">
                {team.name.clone()}
                {state}
            </th>
            <td data-label=words.manager dir="auto">{manager.unwrap_or_else(|| "–".to_owned())}</td>
            <td data-label=words.people>
                {count}
                {(!people.is_empty()).then(|| view! { <span class="quiet names">{people.join(", ")}</span> })}
            </td>
            <td class="row-actions">
                <Actions edited thing name=team.name is_archived may_change may_archive editing />
            </td>
        </tr>
    }
}

#[component]
fn Actions(
    edited: Edited,
    thing: Thing,
    name: String,
    is_archived: bool,
    may_change: bool,
    may_archive: bool,
    editing: Editing,
) -> impl IntoView {
    let edit = (may_change && !is_archived).then(|| {
        let act = move || editing.edited.set(Some(edited.clone()));
        view! { <RowButton label=words::common().edit name=name.clone() act /> }
    });
    let archive = may_archive.then(|| {
        view! { <ArchiveButton thing name is_archived changed=editing.changed /> }
    });
    view! {
        {edit}
        {archive}
    }
}

fn named(all: &Directory, id: Option<&MemberId>) -> Option<String> {
    let id = id?;
    let member = all.members.iter().find(|member| member.id == *id)?;
    Some(member.name.clone())
}

/// Whether somebody manages the team, or the department that it is in.
fn manages(all: &Directory, team: &Team, id: &MemberId) -> bool {
    let department = all.departments.iter();
    let mut department =
        department.filter(|department| Some(&department.id) == team.department_id.as_ref());
    let of_department = department
        .next()
        .and_then(|department| department.manager_id.as_ref());
    team.manager_id.as_ref() == Some(id) || of_department == Some(id)
}
