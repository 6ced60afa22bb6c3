//! Inviting somebody.

use leptos::prelude::*;
use okrs_shared::id::{DepartmentId, TeamId};
use okrs_shared::member::{Directory, Invited, Member, NewMember};
use okrs_shared::permission::Role;
use okrs_shared::sign_in;
use okrs_shared::validation::Invalid;

use super::Step;
use super::enable::EnableButton;
use super::row::{role, roles};
use crate::api;
use crate::components::typed::filled;
use crate::components::ui::choice::{Choice, Options};
use crate::components::ui::field::Field;
use crate::components::ui::form::{Form, Typed};
use crate::components::ui::panel::{ClosePanel, Panel};
use crate::components::ui::panel_form::PanelForm;
use crate::components::ui::tick::Tick;
use crate::locale;
use crate::words;

#[derive(Clone, Copy)]
struct Invitation {
    email: RwSignal<String>,
    name: RwSignal<String>,
    role: RwSignal<String>,
    department: RwSignal<String>,
    teams: RwSignal<Vec<TeamId>>,
}

impl Typed for Invitation {
    type Body = NewMember;

    fn read(self, _: Option<&NewMember>) -> Result<NewMember, Invalid> {
        Ok(NewMember {
            email: self.email.get(),
            name: self.name.get().into(),
            role: role(&self.role.read()).unwrap_or(Role::Member),
            department_id: filled(self.department).map(DepartmentId),
            team_ids: self.teams.get(),
        })
    }
}

/// Asks who it is, and shows the link that lets them in.
#[component]
pub fn InvitePanel(
    is_open: RwSignal<bool>,
    directory: Directory,
    step: RwSignal<Option<Step>>,
    /// Somebody was let in again instead.
    changed: Callback<()>,
) -> impl IntoView {
    let members = words::members();
    let saved = move |invited: Invited| {
        let title = (members.invitation_title)(&invited.member.name);
        step.set(Some(Step::Show(title, invited.link)));
    };
    let saved = Callback::new(saved);
    view! {
        <Panel title=members.invite_title is_open>
            {
                let form = Form::begun(Invitation {
                    email: RwSignal::default(),
                    name: RwSignal::default(),
                    role: RwSignal::new(Role::Member.as_str().to_owned()),
                    department: RwSignal::default(),
                    teams: RwSignal::default(),
                });
                let save = async move |body| api::members::invite(&body).await;
                let directory = directory.clone();
                view! {
                    <PanelForm form label=members.invite_submit save saved>
                        <Fields draft=form.draft directory changed />
                    </PanelForm>
                }
            }
        </Panel>
    }
}

#[component]
fn Fields(draft: Invitation, directory: Directory, changed: Callback<()>) -> impl IntoView {
    let members = words::members();
    let disabled = directory.members.iter();
    let disabled = disabled.filter(|member| member.disabled_at.is_some());
    let disabled: Vec<Member> = disabled.cloned().collect();
    let mut departments: Options = vec![(String::new(), members.no_department.to_owned())];
    let open = directory.departments.into_iter();
    let open = open.filter(|department| department.archived_at.is_none());
    departments.extend(open.map(|department| (department.id.to_string(), department.name)));
    let has_departments = departments.len() > 1;
    let teams = directory.teams.into_iter();
    let teams: Vec<_> = teams.filter(|team| team.archived_at.is_none()).collect();
    view! {
            <Field name="email" label=members.email kind="email" value=draft.email autofocus=true />
            <DisabledAlready email=draft.email disabled changed />
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
                                .map(|team| view! { <Tick name="team_ids" value=team.id label=team.name chosen=draft.teams /> })
                                .collect_view()}
                        </fieldset>
                    }
                })}
    }
}

/// Whose address it is, if they have only to be let in again.
#[component]
fn DisabledAlready(
    email: RwSignal<String>,
    disabled: Vec<Member>,
    changed: Callback<()>,
) -> impl IntoView {
    let members = words::members();
    let panel = expect_context::<ClosePanel>();
    let enabled = Callback::new(move |()| {
        panel.close.run(());
        changed.run(());
    });
    let found = Memo::new(move |_| {
        let typed = sign_in::address(&email.read());
        let is_it = |member: &&Member| member.email.eq_ignore_ascii_case(&typed);
        disabled.iter().find(is_it).cloned()
    });
    let said = move || {
        let member = found.get()?;
        let since = locale::day(&member.disabled_at?.to_string());
        let said = (members.is_disabled)(&member.name, &since);
        Some(view! {
            <div class="notice at-risk with-button">
                <p>{said}</p>
                <EnableButton member changed=enabled />
            </div>
        })
    };
    view! { <div role="status">{said}</div> }
}
