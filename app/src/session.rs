//! Who is signed in, for every page below the shell.

use chrono::NaiveDate;
use leptos::prelude::*;
use okrs_shared::id::MemberId;
use okrs_shared::permission::{Action, Role};
use okrs_shared::sign_in::Me;
use okrs_shared::workspace::Workspace;

use crate::api::Problem;

/// The person, and whether their session has ended meanwhile.
#[derive(Clone, Copy)]
pub struct Session {
    me: RwSignal<Me>,
    ended: RwSignal<bool>,
}

impl Session {
    /// For somebody who is signed in.
    pub fn of(me: Me) -> Self {
        Self {
            me: RwSignal::new(me),
            ended: RwSignal::new(false),
        }
    }

    /// Who it is.
    pub fn me(self) -> Me {
        self.me.get()
    }

    /// The day that it is in the workspace.
    pub fn today(self) -> NaiveDate {
        self.me.with(|me| me.workspace.today)
    }

    /// They changed something about themselves.
    pub fn set(self, me: Me) {
        self.me.set(me);
    }

    /// The workspace's settings have changed.
    pub fn set_workspace(self, workspace: Workspace) {
        self.me.update(|me| me.workspace = workspace);
    }

    /// Somebody has this role now; if it is they themselves, they may do other things.
    pub fn has_role(self, id: &MemberId, role: Role) {
        if self.me.with_untracked(|me| me.id == *id) {
            self.me.update(|me| me.role = role);
        }
    }

    /// Whether to show the way to doing this at all.
    pub fn may(self, action: Action) -> bool {
        self.me.with(|me| action.is_open_to(me.role))
    }

    /// Whether the session has ended: the shell then asks to sign in again.
    pub fn has_ended(self) -> bool {
        self.ended.get()
    }

    /// Every page hands over what went wrong, so that one place notices a session that ended.
    pub fn notice(self, problem: &Problem) {
        if *problem == Problem::SignedOut {
            self.ended.set(true);
        }
    }
}

/// The session of the page that asks.
pub fn session() -> Session {
    expect_context()
}
