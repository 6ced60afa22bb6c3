//! What the list of OKRs shows and how: all of it is in the address, so that a link keeps it.

use okrs_shared::id::{CycleId, DepartmentId, MemberId, TeamId};
use okrs_shared::okr::OkrType;
use okrs_shared::okr_list::OkrLine;
use okrs_shared::rules::Params;
use okrs_shared::status::Status;
use serde::{Deserialize, Serialize};

/// One view of the OKRs of a cycle. What is left out is not narrowed down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListView {
    /// The cycle; the active one when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cycle: Option<CycleId>,
    /// One below the other, or children below their parents.
    #[serde(skip_serializing_if = "is_default")]
    pub layout: Layout,
    /// What the list is divided by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Whose objectives.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub okr_type: Option<OkrType>,
    /// Of this department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// Of this team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Of this owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<MemberId>,
    /// Which stand like this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Standing>,
    /// Whose health lies here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<Band>,
    /// With archived OKRs, too.
    #[serde(skip_serializing_if = "is_default")]
    pub archived: bool,
    /// Words that must all occur.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// In which order.
    #[serde(skip_serializing_if = "is_default")]
    pub sort: Sort,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// How OKRs are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    #[default]
    List,
    Tree,
}

/// What a list can be divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    Team,
    Status,
}

/// How an OKR stands, with what its key results report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    OnTrack,
    AtRisk,
    OffTrack,
    NotStarted,
    /// With a blocked key result.
    Blocked,
    /// With a key result that nobody has checked in for too long.
    Stale,
}

/// A range of health; the workspace's rules say where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    Good,
    Fair,
    Poor,
}

impl Band {
    /// Where a score lies.
    pub fn of(score: u8, params: &Params) -> Self {
        if score >= params.on_track_health {
            Self::Good
        } else if score >= params.at_risk_health {
            Self::Fair
        } else {
            Self::Poor
        }
    }
}

/// Orders of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// What needs attention first.
    #[default]
    Attention,
    Title,
    /// The least first.
    Progress,
    /// The longest silence first.
    LastCheckIn,
    Newest,
}

impl ListView {
    /// How many filters are set, the search not among them.
    pub fn filter_count(&self) -> usize {
        [
            self.okr_type.is_some(),
            self.department.is_some(),
            self.team.is_some(),
            self.owner.is_some(),
            self.status.is_some(),
            self.health.is_some(),
            self.archived,
        ]
        .into_iter()
        .filter(|is_set| *is_set)
        .count()
    }

    /// Without filters and search.
    pub fn cleared(self) -> Self {
        Self {
            cycle: self.cycle,
            layout: self.layout,
            group: self.group,
            sort: self.sort,
            ..Self::default()
        }
    }

    /// Whether an OKR belongs into it; `text` is all its words, folded.
    pub fn shows(&self, okr: &OkrLine, text: &str, words: &[String], params: &Params) -> bool {
        fn is<T: PartialEq>(wanted: Option<&T>, found: Option<&T>) -> bool {
            wanted.is_none() || wanted == found
        }
        is(self.okr_type.as_ref(), Some(&okr.okr_type))
            && is(self.department.as_ref(), okr.department_id.as_ref())
            && is(self.team.as_ref(), okr.team_id.as_ref())
            && is(self.owner.as_ref(), okr.owner_id.as_ref())
            && is(
                self.health.as_ref(),
                Some(&Band::of(okr.health.score, params)),
            )
            && self.status.is_none_or(|standing| standing.is_of(okr))
            && words.iter().all(|word| text.contains(word))
    }

    /// The words searched for, folded.
    pub fn words(&self) -> Vec<String> {
        folded(&self.q)
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    }
}

impl Standing {
    fn is_of(self, okr: &OkrLine) -> bool {
        match self {
            Self::OnTrack => okr.status == Status::OnTrack,
            Self::AtRisk => okr.status == Status::AtRisk,
            Self::OffTrack => okr.status == Status::OffTrack,
            Self::NotStarted => okr.status == Status::NotStarted,
            Self::Blocked => okr.key_results.iter().any(|found| found.blocked),
            Self::Stale => okr.key_results.iter().any(|found| found.stalled),
        }
    }
}

/// As searches compare text.
pub fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// All that a search looks at.
pub fn searchable(okr: &OkrLine) -> String {
    let mut text = folded(&okr.title);
    let owners = okr
        .key_results
        .iter()
        .filter_map(|found| found.owner.as_ref());
    let titles = okr.key_results.iter().map(|found| &found.title);
    let names = [&okr.owner, &okr.team, &okr.department];
    for part in names.into_iter().flatten().chain(titles).chain(owners) {
        text.push('\n');
        text.push_str(&folded(part));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::ui::address::{parse, query};

    #[test]
    fn an_address_keeps_the_whole_view() {
        let view = ListView {
            cycle: Some(CycleId::from("c 1")),
            layout: Layout::Tree,
            group: Some(Group::Team),
            okr_type: Some(OkrType::Team),
            status: Some(Standing::Stale),
            health: Some(Band::Poor),
            archived: true,
            q: "100 % & ünïcode=1".to_owned(),
            sort: Sort::LastCheckIn,
            ..ListView::default()
        };
        assert_eq!(parse::<ListView>(&query(&view)), view);
        assert_eq!(query(&ListView::default()), "");
    }

    #[test]
    fn an_address_that_makes_no_sense_shows_everything() {
        assert_eq!(parse::<ListView>("?sort=sideways"), ListView::default());
        assert_eq!(parse::<ListView>("?utm_source=mail"), ListView::default());
    }

    #[test]
    fn clearing_keeps_the_cycle_and_the_layout() {
        let view: ListView = parse("cycle=c1&layout=tree&team=t1&q=x&sort=title");
        assert_eq!(view.filter_count(), 1);
        assert_eq!(query(&view.cleared()), "cycle=c1&layout=tree&sort=title");
    }
}
