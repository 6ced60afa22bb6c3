//! Who and what an OKR can belong to.

use std::collections::BTreeMap;

use okrs_shared::okr_detail::ListedOkr;
use okrs_shared::sign_in::Me;

use crate::components::ui::choice::Options;

/// By name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OkrChoices {
    pub departments: Options,
    pub teams: Options,
    pub owners: Options,
}

impl OkrChoices {
    /// Those that these OKRs name, and oneself.
    pub fn of(okrs: &[ListedOkr], me: &Me) -> Self {
        let owners = okrs.iter().flat_map(|okr| {
            let mine = pair(okr.owner.as_ref(), okr.owner_id.as_ref());
            let theirs = okr.key_results.iter();
            mine.into_iter()
                .chain(theirs.filter_map(|part| pair(part.owner.as_ref(), part.owner_id.as_ref())))
        });
        let departments = okrs
            .iter()
            .filter_map(|okr| pair(okr.department.as_ref(), okr.department_id.as_ref()));
        let teams = okrs
            .iter()
            .filter_map(|okr| pair(okr.team.as_ref(), okr.team_id.as_ref()));
        Self {
            departments: by_name(departments),
            teams: by_name(teams),
            owners: by_name(owners.chain([(me.name.clone(), me.id.to_string())])),
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
