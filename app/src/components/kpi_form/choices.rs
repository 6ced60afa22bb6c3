//! Who and what a KPI can belong to, and the groups there are.

use std::collections::BTreeSet;

use okrs_shared::member::Directory;

use crate::api::{self, Answer};
use crate::components::ui::choice::Options;

/// By name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KpiChoices {
    pub owners: Options,
    pub teams: Options,
    pub groups: Vec<String>,
}

/// Everybody who can sign in, teams in use, and the groups of all KPIs.
pub async fn load() -> Answer<KpiChoices> {
    let Directory { members, teams, .. } = api::directory::get().await?;
    let kpis = api::kpis::list().await?;
    let groups: BTreeSet<&String> = kpis
        .iter()
        .filter_map(|kpi| kpi.group_name.as_ref())
        .collect();
    let members = members.into_iter();
    let members = members.filter(|member| member.disabled_at.is_none());
    let teams = teams.into_iter().filter(|team| team.archived_at.is_none());
    Ok(KpiChoices {
        owners: members.map(|member| (member.id.0, member.name)).collect(),
        teams: teams.map(|team| (team.id.0, team.name)).collect(),
        groups: groups.into_iter().cloned().collect(),
    })
}

/// Adds the one that is chosen, while it is not among those that can be.
pub fn with_chosen(mut options: Options, chosen: Option<&(String, String)>) -> Options {
    if let Some((id, name)) = chosen
        && options.iter().all(|(found, _)| found != id)
    {
        options.push((id.clone(), name.clone()));
    }
    options
}
