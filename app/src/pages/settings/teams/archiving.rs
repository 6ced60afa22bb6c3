//! Putting a team or a department out of use and back into it, each with a way to take it back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::id::{DepartmentId, TeamId};
use okrs_shared::team::{DepartmentPatch, TeamPatch};

use crate::api::{self, Answer};
use crate::components::ui::toast::Toasts;
use crate::session::Session;
use crate::words;

/// Which one.
#[derive(Clone)]
pub enum Thing {
    Team(TeamId),
    Department(DepartmentId),
}

impl Thing {
    async fn set(&self, archived: bool) -> Answer<()> {
        match self {
            Self::Team(id) => {
                let patch = TeamPatch {
                    archived: Some(archived),
                    ..TeamPatch::default()
                };
                api::teams::update_team(id, &patch).await.map(drop)
            }
            Self::Department(id) => {
                let patch = DepartmentPatch {
                    archived: Some(archived),
                    ..DepartmentPatch::default()
                };
                api::teams::update_department(id, &patch).await.map(drop)
            }
        }
    }
}

/// What it takes to say how it went.
#[derive(Clone, Copy)]
pub struct Archiving {
    pub session: Session,
    pub toasts: Toasts,
    pub changed: Callback<()>,
}

impl Archiving {
    /// Does it, and offers to undo it if that was not an undoing itself.
    pub fn set(self, thing: Thing, name: String, archived: bool, can_undo: bool) {
        let words = words::teams();
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
