//! Inviting somebody.

use leptos::prelude::*;
use okrs_shared::id::{DepartmentId, TeamId};
use okrs_shared::member::{Directory, NewMember};
use okrs_shared::permission::Role;

use super::Step;
use super::row::{role, roles};
use crate::api;
use crate::components::ui::choice::{Choice, Options};
use crate::components::ui::field::Field;
use crate::components::ui::panel::{ClosePanel, Panel};
use crate::components::ui::panel_form::PanelFrame;
use crate::components::ui::submit::Submission;
use crate::words;

#[derive(Clone, Copy)]
struct Draft {
    email: RwSignal<String>,
    name: RwSignal<String>,
    role: RwSignal<String>,
    department: RwSignal<String>,
    teams: RwSignal<Vec<TeamId>>,
}

impl Draft {
    fn new() -> Self {
        Self {
            email: RwSignal::default(),
            name: RwSignal::default(),
            role: RwSignal::new(Role::Member.as_str().to_owned()),
            department: RwSignal::default(),
            teams: RwSignal::default(),
        }
    }

    fn clear(self) {
        for text in [self.email, self.name, self.department] {
            text.try_set(String::new());
        }
        self.role.try_set(Role::Member.as_str().to_owned());
        self.teams.try_set(Vec::new());
    }

    fn is_dirty(self) -> bool {
        !self.email.read().is_empty() || !self.name.read().is_empty()
    }

    fn body(self) -> NewMember {
        let department = self.department.get_untracked();
        NewMember {
            email: self.email.get_untracked(),
            name: self.name.get_untracked().into(),
            role: role(&self.role.get_untracked()).unwrap_or(Role::Member),
            department_id: (!department.is_empty()).then_some(DepartmentId(department)),
            team_ids: self.teams.get_untracked(),
        }
    }
}

/// Asks who it is, and shows the link that lets them in.
#[component]
pub fn InvitePanel(
    is_open: RwSignal<bool>,
    directory: Directory,
    step: RwSignal<Option<Step>>,
) -> impl IntoView {
    let draft = Draft::new();
    let is_dirty = Signal::derive(move || draft.is_dirty());
    view! {
        <Panel title=words::members().invite_title is_open is_dirty>
            {
                on_cleanup(move || draft.clear());
                view! { <Form draft directory=directory.clone() step /> }
            }
        </Panel>
    }
}

#[component]
fn Form(draft: Draft, directory: Directory, step: RwSignal<Option<Step>>) -> impl IntoView {
    let members = words::members();
    let panel = expect_context::<ClosePanel>();
    let submission = Submission::new();
    let submit = move || {
        let body = draft.body();
        let request = async move |body| api::members::invite(&body).await;
        submission.submit(body, request, move |invited| {
            panel.close.run(());
            let title = (members.invitation_title)(&invited.member.name);
            step.set(Some(Step::Show(title, invited.link)));
        });
    };
    let mut departments: Options = vec![(String::new(), members.no_department.to_owned())];
    let open = directory.departments.into_iter();
    let open = open.filter(|department| department.archived_at.is_none());
    departments.extend(open.map(|department| (department.id.to_string(), department.name)));
    let has_departments = departments.len() > 1;
    let teams = directory.teams.into_iter();
    let teams: Vec<_> = teams.filter(|team| team.archived_at.is_none()).collect();
    view! {
        <PanelFrame submission label=members.invite_submit submit>
            <Field name="email" label=members.email kind="email" value=draft.email autofocus=true />
            <Field name="name" label=members.name hint=members.name_hint value=draft.name />
            <Choice name="role" label=members.role value=draft.role options=roles() />
            {has_departments
                .then(|| {
                    view! {
                        <Choice name="department_id" label=members.department value=draft.department options=departments />
                    }
                })}
            {(!teams.is_empty())
                .then(|| {
                    view! {
                        <fieldset class="ticks">
                            <legend>{members.teams}</legend>
                            {teams
                                .into_iter()
                                .map(|team| view! { <TeamTick id=team.id name=team.name chosen=draft.teams /> })
                                .collect_view()}
                        </fieldset>
                    }
                })}
        </PanelFrame>
    }
}

#[component]
fn TeamTick(id: TeamId, name: String, chosen: RwSignal<Vec<TeamId>>) -> impl IntoView {
    let shown = id.clone();
    let toggle = move |_| {
        chosen.update(|chosen| match chosen.contains(&id) {
            true => chosen.retain(|other| *other != id),
            false => chosen.push(id.clone()),
        });
    };
    view! {
        <label class="tick">
            <input type="checkbox" name="team_ids" prop:checked=move || chosen.read().contains(&shown) on:change=toggle />
            <span>{name}</span>
        </label>
    }
}
