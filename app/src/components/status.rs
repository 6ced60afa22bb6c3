//! How something stands: always icon, word and colour together.

use leptos::prelude::*;
use okrs_shared::checkin::CheckInStatus;
use okrs_shared::status::Status;

use crate::components::ui::icon::{Icon, Shape};
use crate::words;

/// The states that the interface tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    OnTrack,
    AtRisk,
    OffTrack,
    Blocked,
    NotStarted,
}

impl From<Status> for Mark {
    fn from(status: Status) -> Self {
        match status {
            Status::NotStarted => Self::NotStarted,
            Status::OnTrack => Self::OnTrack,
            Status::AtRisk => Self::AtRisk,
            Status::OffTrack => Self::OffTrack,
        }
    }
}

impl From<CheckInStatus> for Mark {
    fn from(status: CheckInStatus) -> Self {
        match status {
            CheckInStatus::OnTrack => Self::OnTrack,
            CheckInStatus::AtRisk => Self::AtRisk,
            CheckInStatus::OffTrack => Self::OffTrack,
            CheckInStatus::Blocked => Self::Blocked,
        }
    }
}

impl Mark {
    /// The style sheet's name.
    pub fn class(self) -> &'static str {
        match self {
            Self::OnTrack => "on-track",
            Self::AtRisk => "at-risk",
            Self::OffTrack => "off-track",
            Self::Blocked => "blocked",
            Self::NotStarted => "not-started",
        }
    }

    /// In words.
    pub fn word(self) -> &'static str {
        let common = words::common();
        match self {
            Self::OnTrack => common.on_track,
            Self::AtRisk => common.at_risk,
            Self::OffTrack => common.off_track,
            Self::Blocked => common.blocked,
            Self::NotStarted => common.not_started,
        }
    }

    /// The icon of the mark.
    pub fn shape(self) -> Shape {
        match self {
            Self::OnTrack => Shape::Check,
            Self::AtRisk => Shape::Warning,
            Self::OffTrack => Shape::Cross,
            Self::Blocked => Shape::Block,
            Self::NotStarted => Shape::Circle,
        }
    }
}

/// Icon and word.
#[component]
pub fn StatusMark(#[prop(into)] mark: Mark) -> impl IntoView {
    view! {
        <span class=format!("status {}", mark.class())>
            <Icon shape=mark.shape() />
            {mark.word()}
        </span>
    }
}
