//! Putting something out of use and back into it, each with a way to take it back; and the button of a row.

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::cycle::CyclePatch;
use okrs_shared::id::{CycleId, DepartmentId, TeamId};
use okrs_shared::team::{DepartmentPatch, TeamPatch};

use crate::api::{self, Answer};
use crate::components::ui::toast::{Toasts, toasts};
use crate::session::{Session, session};
use crate::words;

/// What can be put out of use.
#[derive(Clone)]
pub enum Thing {
    Cycle(CycleId),
    Department(DepartmentId),
    Team(TeamId),
}

impl Thing {
    async fn set(&self, archived: bool) -> Answer<()> {
        let archived = Some(archived);
        match self {
            Self::Cycle(id) => {
                let patch = CyclePatch {
                    archived,
                    ..CyclePatch::default()
                };
                api::cycles::update(id, &patch).await.map(drop)
            }
            Self::Department(id) => {
                let patch = DepartmentPatch {
                    archived,
                    ..DepartmentPatch::default()
                };
                api::teams::update_department(id, &patch).await.map(drop)
            }
            Self::Team(id) => {
                let patch = TeamPatch {
                    archived,
                    ..TeamPatch::default()
                };
                api::teams::update_team(id, &patch).await.map(drop)
            }
        }
    }
}

/// A button of a row that says what it is done to.
#[component]
pub fn RowButton(
    label: &'static str,
    name: String,
    act: impl Fn() + Send + 'static,
) -> impl IntoView {
    let named = (words::settings().act_on)(label, &name);
    view! {
        <button type="button" class="button plain" aria-label=named on:click=move |_| act()>
            {label}
        </button>
    }
}

/// Puts it out of use, or back into it.
#[component]
pub fn ArchiveButton(
    thing: Thing,
    name: String,
    is_archived: bool,
    changed: Callback<()>,
) -> impl IntoView {
    let words = words::settings();
    let archiving = Archiving {
        session: session(),
        toasts: toasts(),
        changed,
    };
    let label = match is_archived {
        true => words.unarchive,
        false => words.archive,
    };
    let called = name.clone();
    let act = move || archiving.set(thing.clone(), called.clone(), !is_archived, true);
    view! { <RowButton label name act /> }
}

#[derive(Clone, Copy)]
struct Archiving {
    session: Session,
    toasts: Toasts,
    changed: Callback<()>,
}

impl Archiving {
    /// Does it, and offers to undo it if that was not an undoing itself.
    fn set(self, thing: Thing, name: String, archived: bool, can_undo: bool) {
        let words = words::settings();
        spawn_local(async move {
            if let Err(problem) = thing.set(archived).await {
                self.session.notice(&problem);
                return self.toasts.say(problem.in_words());
            }
            let said = match archived {
                true => (words.archived_now)(&name),
                false => (words.unarchived_now)(&name),
            };
            match can_undo {
                true => self.toasts.offer(said, words::common().undo, move || {
                    self.set(thing.clone(), name.clone(), !archived, false);
                }),
                false => self.toasts.say(said),
            }
            self.changed.try_run(());
        });
    }
}
