//! Departments and the teams in them. Everybody sees who works with whom; admins look after it, and
//! whoever manages a team may rename it.

mod department_panel;
mod people;
mod rows;
mod team_panel;

use leptos::html::H1;
use leptos::prelude::*;
use leptos_meta::Title;
use okrs_shared::member::Directory;
use okrs_shared::permission::Action;
use okrs_shared::team::{Department, Team};

use self::department_panel::DepartmentPanel;
use self::rows::Departments;
use self::team_panel::TeamPanel;
use super::sessions::RowBones;
use crate::api;
use crate::components::loaded::Loaded;
use crate::components::ui::icon::{Icon, Shape};
use crate::components::ui::shortcut::use_shortcut;
use crate::components::ui::toast::toasts;
use crate::fetched::Fetched;
use crate::session::session;
use crate::words;

/// What is being made or changed.
#[derive(Clone, Debug, PartialEq)]
enum Edited {
    NewTeam,
    NewDepartment,
    Team(Team),
    Department(Department),
}

/// What is open beside the list, and what to do once something has changed.
#[derive(Clone, Copy)]
struct Editing {
    edited: RwSignal<Option<Edited>>,
    changed: Callback<()>,
}

/// All of them, and making more.
#[component]
pub fn TeamsPage() -> impl IntoView {
    let words = words::teams();
    let session = session();
    let directory = Fetched::new(api::members::directory);
    let heading = NodeRef::<H1>::new();
    let edited = RwSignal::new(None);
    let changed = Callback::new(move |()| {
        directory.refetch();
        // The button that had the focus may be gone with its row.
        if let Some(heading) = heading.get_untracked() {
            let _ = heading.focus();
        }
    });
    let editing = Editing { edited, changed };
    let may_manage = move || session.may(Action::ManageTeams);
    use_shortcut("n", move || {
        if untrack(may_manage) {
            edited.set(Some(Edited::NewTeam));
        }
    });
    view! {
        <Title text=words.title />
        <div class="page-head">
            <h1 node_ref=heading tabindex="-1">{words.title}</h1>
            <Show when=may_manage>
                <div class="page-action teams-action">
                    <button type="button" class="button" on:click=move |_| edited.set(Some(Edited::NewDepartment))>
                        {words.new_department}
                    </button>
                    <button type="button" class="button primary" title="N" on:click=move |_| edited.set(Some(Edited::NewTeam))>
                        <Icon shape=Shape::Plus />
                        {words.new_team}
                    </button>
                </div>
            </Show>
        </div>
        <p class="lead">{words.lead}</p>
        <Loaded from=directory skeleton=|| view! { <RowBones /> } let:directory>
            <Departments directory=directory.clone() editing />
            <Panels directory editing />
        </Loaded>
    }
}

/// What a panel says and does once the thing of this name is saved.
fn saved(is_new: bool, changed: Callback<()>) -> Callback<String> {
    let (words, toasts) = (words::teams(), toasts());
    Callback::new(move |name: String| {
        toasts.say(match is_new {
            true => (words.created)(&name),
            false => (words.saved)(&name),
        });
        changed.run(());
    })
}

#[component]
fn Panels(directory: Directory, editing: Editing) -> impl IntoView {
    move || {
        let edited = editing.edited.get()?;
        let is_open = RwSignal::new(true);
        Effect::new(move || {
            if !is_open.get() {
                editing.edited.set(None);
            }
        });
        let (directory, changed) = (directory.clone(), editing.changed);
        Some(match edited {
            Edited::NewTeam => view! { <TeamPanel is_open directory changed /> }.into_any(),
            Edited::Team(team) => view! { <TeamPanel is_open directory team changed /> }.into_any(),
            Edited::NewDepartment => {
                view! { <DepartmentPanel is_open directory changed /> }.into_any()
            }
            Edited::Department(department) => {
                view! { <DepartmentPanel is_open directory department changed /> }.into_any()
            }
        })
    }
}
