//! Who and what an OKR can belong to.

use std::collections::HashSet;

use okrs_shared::id::{CycleId, OkrId};
use okrs_shared::okr_list::{OkrLine, OkrList};
use okrs_shared::permission::{Action, Role};
use okrs_shared::sign_in::Me;

use crate::api::{self, Answer};
use crate::components::ui::choice::Options;
use crate::locale;

/// By name, without what is out of use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OkrChoices {
    pub departments: Options,
    pub teams: Options,
    pub owners: Options,
    /// OKRs of the cycle that it can be aligned to.
    pub parents: Options,
    /// OKRs of the cycle that its key results can be moved to, with itself.
    pub destinations: Options,
}

impl OkrChoices {
    /// For an OKR of this cycle; `okr` is the one that is edited. Members choose among their teams.
    pub async fn load(me: &Me, cycle_id: CycleId, okr: Option<OkrId>) -> Answer<Self> {
        let directory = api::directory::get().await?;
        let list = api::okrs::list(Some(cycle_id), false, |_| ()).await?;
        let departments = directory.departments.into_iter();
        let teams = directory.teams.into_iter();
        let teams = teams.filter(|team| team.archived_at.is_none());
        let teams = teams.filter(|team| me.role > Role::Member || me.team_ids.contains(&team.id));
        let members = directory.members.into_iter();
        Ok(Self {
            departments: departments
                .filter(|department| department.archived_at.is_none())
                .map(|department| (department.id.0, department.name))
                .collect(),
            teams: teams.map(|team| (team.id.0, team.name)).collect(),
            owners: members
                .filter(|member| member.disabled_at.is_none())
                .map(|member| (member.id.0, member.name))
                .collect(),
            parents: parents(&list, okr.as_ref()),
            destinations: destinations(&list),
        })
    }
}

/// The OKRs that the viewer may change.
fn destinations(list: &OkrList) -> Options {
    let all = list.okrs.iter();
    by_title(all.filter(|found| found.may.contains(&Action::ChangeOkr)))
}

fn by_title<'a>(okrs: impl Iterator<Item = &'a OkrLine>) -> Options {
    let options = okrs.map(|found| (found.id.to_string(), found.title.clone()));
    locale::sorted(options.collect(), |(_, title)| title.clone())
}

/// All but the OKR itself and what stands below it.
fn parents(list: &OkrList, okr: Option<&OkrId>) -> Options {
    let mut below: HashSet<&OkrId> = okr.into_iter().collect();
    loop {
        let found = list.okrs.iter().filter(|found| {
            let parent = found.parent_id.as_ref();
            parent.is_some_and(|parent| below.contains(parent)) && !below.contains(&found.id)
        });
        let found: Vec<&OkrId> = found.map(|found| &found.id).collect();
        if found.is_empty() {
            break;
        }
        below.extend(found);
    }
    by_title(list.okrs.iter().filter(|found| !below.contains(&found.id)))
}
