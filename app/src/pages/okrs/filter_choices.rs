//! What the OKRs of a list can be narrowed down to: only what some of them have.

use std::collections::BTreeMap;

use okrs_shared::okr_list::OkrLine;

use crate::components::ui::choice::Options;

/// By name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterChoices {
    pub departments: Options,
    pub teams: Options,
    pub owners: Options,
}

impl FilterChoices {
    /// The departments, teams and owners that these OKRs name.
    pub fn of(okrs: &[OkrLine]) -> Self {
        let owners = okrs
            .iter()
            .filter_map(|okr| pair(okr.owner.as_ref(), okr.owner_id.as_ref()));
        let departments = okrs
            .iter()
            .filter_map(|okr| pair(okr.department.as_ref(), okr.department_id.as_ref()));
        let teams = okrs
            .iter()
            .filter_map(|okr| pair(okr.team.as_ref(), okr.team_id.as_ref()));
        Self {
            departments: by_name(departments),
            teams: by_name(teams),
            owners: by_name(owners),
        }
    }
}

fn pair(name: Option<&String>, id: Option<&impl ToString>) -> Option<(String, String)> {
    Some((name?.clone(), id?.to_string()))
}

/// Two people may have the same name.
fn by_name(pairs: impl Iterator<Item = (String, String)>) -> Options {
    let sorted: BTreeMap<(String, String), ()> = pairs.map(|pair| (pair, ())).collect();
    sorted.into_keys().map(|(name, id)| (id, name)).collect()
}
