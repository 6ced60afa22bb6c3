//! Making or changing a team.

use leptos::prelude::*;
use okrs_shared::id::{DepartmentId, MemberId};
use okrs_shared::member::Directory;
use okrs_shared::permission::Action;
use okrs_shared::team::{NewTeam, Team, TeamPatch};
use okrs_shared::validation::Invalid;

use super::people::{PeopleChoice, departments, managers};
use super::saved;
use crate::api;
use crate::components::typed::{filled, shown};
use crate::components::ui::choice::Choice;
use crate::components::ui::field::Field;
use crate::components::ui::form::{Form, Typed};
use crate::components::ui::panel::Panel;
use crate::components::ui::panel_form::PanelForm;
use crate::session::session;
use crate::tried::Tried;
use crate::words;

#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    department: RwSignal<String>,
    manager: RwSignal<String>,
    people: RwSignal<Vec<MemberId>>,
}

impl Draft {
    fn of(team: Option<&Team>) -> Self {
        Self {
            name: shown(team.map(|team| &team.name)),
            department: shown(team.and_then(|team| team.department_id.as_ref())),
            manager: shown(team.and_then(|team| team.manager_id.as_ref())),
            people: RwSignal::new(team.map(|team| team.member_ids.clone()).unwrap_or_default()),
        }
    }
}

impl Typed for Draft {
    type Body = NewTeam;

    fn read(self, _: Option<&NewTeam>) -> Result<NewTeam, Invalid> {
        let mut member_ids = self.people.get();
        member_ids.sort();
        Ok(NewTeam {
            name: self.name.get().into(),
            department_id: filled(self.department).map(DepartmentId),
            manager_id: filled(self.manager).map(MemberId),
            member_ids,
        })
    }
}

/// A new one, unless one is given. Who may only rename it sees nothing else.
#[component]
pub fn TeamPanel(
    is_open: RwSignal<bool>,
    directory: Directory,
    #[prop(optional)] team: Option<Team>,
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::teams();
    let is_new = team.is_none();
    let (title, label) = match is_new {
        true => (words.new_team, words.create),
        false => (words.edit_team, words::common().save),
    };
    let saved = saved(is_new, changed);
    view! {
        <Panel title is_open>
            {
                let form = Form::begun(Draft::of(team.as_ref()));
                let (tried, id) = (Tried::default(), team.as_ref().map(|team| team.id.clone()));
                let save = move |body: NewTeam| {
                    let (key, id) = (tried.key(&body), id.clone());
                    let patch = form.patch(&body, patch);
                    async move {
                        let Some(id) = id else {
                            return api::teams::create_team(&body, &key).await.map(|made| made.name);
                        };
                        match patch {
                            Some(patch) => api::teams::update_team(&id, &patch).await.map(|now| now.name),
                            None => Ok(body.name.to_string()),
                        }
                    }
                };
                let (draft, directory, team) = (form.draft, directory.clone(), team.clone());
                view! {
                    <PanelForm form label save saved>
                        <Field name="name" label=words.name value=draft.name autofocus=true />
                        <Structure draft directory team />
                    </PanelForm>
                }
            }
        </Panel>
    }
}

/// Where it belongs and who is in it, for whoever may change that.
#[component]
fn Structure(draft: Draft, directory: Directory, team: Option<Team>) -> impl IntoView {
    let words = words::teams();
    let manager = team.as_ref().and_then(|team| team.manager_id.as_ref());
    let managers = managers(&directory, manager);
    let department = team.as_ref().and_then(|team| team.department_id.as_ref());
    let departments = departments(&directory, department);
    let may = untrack(|| session().may(Action::ManageTeams));
    may.then(|| {
        view! {
            <Choice name="department_id" label=words.department value=draft.department options=departments />
            <Choice name="manager_id" label=words.manager hint=words.manager_hint value=draft.manager options=managers />
            <PeopleChoice people=directory.members chosen=draft.people />
        }
    })
}

/// What of a team differs.
fn patch(old: &NewTeam, new: &NewTeam) -> TeamPatch {
    TeamPatch {
        name: (new.name != old.name).then(|| new.name.clone()),
        department_id: (new.department_id != old.department_id).then(|| new.department_id.clone()),
        manager_id: (new.manager_id != old.manager_id).then(|| new.manager_id.clone()),
        member_ids: (new.member_ids != old.member_ids).then(|| new.member_ids.clone()),
        archived: None,
    }
}
