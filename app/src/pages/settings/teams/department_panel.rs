//! Making or changing a department.

use leptos::prelude::*;
use okrs_shared::id::MemberId;
use okrs_shared::member::Directory;
use okrs_shared::team::{Department, DepartmentPatch, NewDepartment};
use okrs_shared::validation::Invalid;

use super::people::managers;
use super::saved;
use crate::api;
use crate::components::typed::{filled, shown};
use crate::components::ui::choice::Choice;
use crate::components::ui::field::Field;
use crate::components::ui::form::{Form, Typed};
use crate::components::ui::panel::Panel;
use crate::components::ui::panel_form::PanelForm;
use crate::tried::Tried;
use crate::words;

#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    manager: RwSignal<String>,
}

impl Typed for Draft {
    type Body = NewDepartment;

    fn read(self, _: Option<&NewDepartment>) -> Result<NewDepartment, Invalid> {
        Ok(NewDepartment {
            name: self.name.get().into(),
            manager_id: filled(self.manager).map(MemberId),
        })
    }
}

/// A new one, unless one is given.
#[component]
pub fn DepartmentPanel(
    is_open: RwSignal<bool>,
    directory: Directory,
    #[prop(optional)] department: Option<Department>,
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::teams();
    let is_new = department.is_none();
    let (title, label) = match is_new {
        true => (words.new_department, words.create),
        false => (words.edit_department, words::common().save),
    };
    let saved = saved(is_new, changed);
    view! {
        <Panel title is_open>
            {
                let manager = department.as_ref().and_then(|department| department.manager_id.as_ref());
                let options = managers(&directory, manager);
                let form = Form::begun(Draft {
                    name: shown(department.as_ref().map(|department| &department.name)),
                    manager: shown(manager),
                });
                let (tried, id) = (Tried::default(), department.as_ref().map(|department| department.id.clone()));
                let save = move |body: NewDepartment| {
                    let (key, id) = (tried.key(&body), id.clone());
                    let patch = form.patch(&body, patch);
                    async move {
                        let Some(id) = id else {
                            return api::teams::create_department(&body, &key).await.map(|made| made.name);
                        };
                        match patch {
                            Some(patch) => api::teams::update_department(&id, &patch).await.map(|now| now.name),
                            None => Ok(body.name.to_string()),
                        }
                    }
                };
                let draft = form.draft;
                view! {
                    <PanelForm form label save saved>
                        <Field name="name" label=words.name value=draft.name autofocus=true />
                        <Choice name="manager_id" label=words.manager hint=words.manager_hint value=draft.manager options />
                    </PanelForm>
                }
            }
        </Panel>
    }
}

/// What of a department differs.
fn patch(old: &NewDepartment, new: &NewDepartment) -> DepartmentPatch {
    DepartmentPatch {
        name: (new.name != old.name).then(|| new.name.clone()),
        manager_id: (new.manager_id != old.manager_id).then(|| new.manager_id.clone()),
        archived: None,
    }
}
