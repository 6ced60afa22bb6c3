//! KPIs in sections: by their group, and those without one by what they watch.

use okrs_shared::kpi::KpiCategory;
use okrs_shared::kpi_detail::ListedKpi;
use okrs_shared::status::Status;
use strum::VariantArray as _;

use super::view::KpiView;
use crate::locale;

/// What a section holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum GroupOf {
    /// A group as people named it.
    Named(String),
    /// KPIs without a group, of one category.
    Category(KpiCategory),
}

/// One section with where its KPIs stand in the list, and how many have which status, worst first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub of: GroupOf,
    pub kpis: Vec<usize>,
    pub standings: Vec<(Status, usize)>,
}

/// The KPIs that the view shows: groups by name, then what has none; in a section by category and name.
pub fn sections(kpis: &[ListedKpi], view: &KpiView) -> Vec<Section> {
    let shown = (0..kpis.len()).filter(|nth| view.shows(&kpis[*nth]));
    let mut shown = locale::sorted(shown.collect(), |nth| kpis[*nth].name.clone());
    // Of two names that the locale takes for one, each stays together.
    shown.sort_by_cached_key(|nth| (kpis[*nth].group_name.clone(), place(kpis[*nth].category)));
    let group = |nth: &usize| kpis[*nth].group_name.clone().unwrap_or_default();
    let mut shown = locale::sorted(shown, group);
    shown.sort_by_key(|nth| kpis[*nth].group_name.is_none());
    let sections = shown.chunk_by(|a, b| group_of(&kpis[*a]) == group_of(&kpis[*b]));
    sections.map(|found| section(kpis, found)).collect()
}

fn section(kpis: &[ListedKpi], found: &[usize]) -> Section {
    let worst_first = [
        Status::OffTrack,
        Status::AtRisk,
        Status::OnTrack,
        Status::NotStarted,
    ];
    let standings = worst_first.into_iter().map(|status| {
        let of_it = found.iter().filter(|nth| kpis[**nth].status == status);
        (status, of_it.count())
    });
    Section {
        of: group_of(&kpis[found[0]]),
        kpis: found.to_vec(),
        standings: standings.filter(|(_, count)| *count > 0).collect(),
    }
}

fn group_of(kpi: &ListedKpi) -> GroupOf {
    match &kpi.group_name {
        Some(name) => GroupOf::Named(name.clone()),
        None => GroupOf::Category(kpi.category),
    }
}

/// In the order of the contract.
fn place(category: KpiCategory) -> Option<usize> {
    let mut all = KpiCategory::VARIANTS.iter();
    all.position(|found| *found == category)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::components::ui::address::{parse, query};

    fn kpi(name: &str, group: Option<&str>, category: &str, status: &str) -> ListedKpi {
        let kpi = json!({
            "id": name, "name": name, "description": null, "category": category, "group_name": group,
            "owner_id": "m1", "owner": "Leila", "team_id": null, "team": null, "current_value": 1,
            "target_value": 2, "unit": null, "direction": "higher", "update_frequency": "weekly",
            "status": status, "attainment": 0.5, "overdue": status == "at_risk", "needs_setup": false,
            "trend": null, "recent_values": [], "last_updated_at": null,
            "created_at": "2026-10-01T00:00:00Z", "updated_at": "2026-10-01T00:00:00Z", "may": []
        });
        serde_json::from_value(kpi).unwrap()
    }

    fn found(kpis: &[ListedKpi], query: &str) -> Vec<(GroupOf, Vec<String>)> {
        let sections = sections(kpis, &parse(query)).into_iter();
        let names = |section: &Section| {
            let kpis = section.kpis.iter().map(|nth| kpis[*nth].name.clone());
            kpis.collect::<Vec<_>>()
        };
        sections
            .map(|section| (section.of.clone(), names(&section)))
            .collect()
    }

    #[test]
    fn groups_come_by_name_and_the_rest_by_category() {
        let kpis = [
            kpi("Carbon", None, "custom", "off_track"),
            kpi("Visitors", None, "acquisition", "on_track"),
            kpi("Orders", Some("Sales"), "revenue", "on_track"),
            kpi("Claims", Some("Quality"), "custom", "at_risk"),
            kpi(
                "Cost of a customer",
                Some("Sales"),
                "acquisition",
                "on_track",
            ),
        ];
        let named = |name: &str| GroupOf::Named(name.to_owned());
        assert_eq!(
            found(&kpis, ""),
            [
                (named("Quality"), vec!["Claims".to_owned()]),
                (
                    named("Sales"),
                    vec!["Cost of a customer".to_owned(), "Orders".to_owned()]
                ),
                (
                    GroupOf::Category(KpiCategory::Acquisition),
                    vec!["Visitors".to_owned()]
                ),
                (
                    GroupOf::Category(KpiCategory::Custom),
                    vec!["Carbon".to_owned()]
                ),
            ]
        );
    }

    #[test]
    fn a_view_narrows_the_list_down() {
        let kpis = [
            kpi("Orders", Some("Sales"), "revenue", "on_track"),
            kpi("Claims", Some("Quality"), "custom", "at_risk"),
        ];
        let names = |query: &str| -> Vec<String> {
            let sections = found(&kpis, query).into_iter();
            sections.flat_map(|(_, names)| names).collect()
        };
        assert_eq!(names("q=leila+ord"), ["Orders"]);
        assert_eq!(names("q=quality"), ["Claims"]);
        assert_eq!(names("status=at_risk"), ["Claims"]);
        assert_eq!(names("category=revenue"), ["Orders"]);
        assert_eq!(names("overdue=true"), ["Claims"]);
        assert!(names("owner=m2").is_empty());
    }

    #[test]
    fn an_address_keeps_the_whole_view() {
        let view = KpiView {
            q: "two words".to_owned(),
            status: Some(Status::OffTrack),
            category: Some(KpiCategory::Revenue),
            owner: Some("m 1".into()),
            overdue: true,
        };
        assert_eq!(parse::<KpiView>(&query(&view)), view);
        assert_eq!(query(&KpiView::default()), "");
        assert_eq!(parse::<KpiView>("?status=sideways"), KpiView::default());
    }
}
