//! Whom the list of people shows: all of it is in the address, so that a link keeps it.

use okrs_shared::id::TeamId;
use okrs_shared::member::Member;
use okrs_shared::permission::Role;
use serde::{Deserialize, Serialize};

use super::row::Place;

/// One view of the people. What is left out is not narrowed down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PeopleView {
    /// A text that occurs.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// In this role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// In this team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// With whom it stands so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
}

/// How it stands with somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Has joined and can sign in.
    Active,
    /// Has not joined yet.
    Invited,
    /// Is kept out.
    Disabled,
}

impl State {
    /// Of this member.
    pub fn of(member: &Member) -> Self {
        match (member.disabled_at, member.joined_at) {
            (Some(_), _) => Self::Disabled,
            (None, None) => Self::Invited,
            (None, Some(_)) => Self::Active,
        }
    }
}

impl PeopleView {
    /// Whether somebody belongs into it.
    pub fn shows(&self, member: &Member, place: &Place) -> bool {
        self.role.is_none_or(|role| role == member.role)
            && self
                .team
                .as_ref()
                .is_none_or(|team| member.team_ids.contains(team))
            && self.state.is_none_or(|state| state == State::of(member))
            && place.says(member, &self.q.trim().to_lowercase())
    }
}
