//! What the list of KPIs shows: all of it is in the address, so that a link keeps it.

use okrs_shared::id::MemberId;
use okrs_shared::kpi::KpiCategory;
use okrs_shared::kpi_detail::ListedKpi;
use okrs_shared::status::Status;
use serde::{Deserialize, Serialize};

/// One view of the KPIs. What is left out is not narrowed down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KpiView {
    /// Words that must all occur.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// Which stand like this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Which watch this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<KpiCategory>,
    /// Of this owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<MemberId>,
    /// Whose next value is overdue.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub overdue: bool,
}

impl KpiView {
    /// Whether a KPI belongs into it.
    pub fn shows(&self, kpi: &ListedKpi) -> bool {
        self.status.is_none_or(|status| status == kpi.status)
            && self
                .category
                .is_none_or(|category| category == kpi.category)
            && (self.owner.is_none() || self.owner == kpi.owner_id)
            && (!self.overdue || kpi.overdue)
            && self.finds(kpi)
    }

    fn finds(&self, kpi: &ListedKpi) -> bool {
        let wanted = self.q.to_lowercase();
        let parts = [
            Some(&kpi.name),
            kpi.owner.as_ref(),
            kpi.team.as_ref(),
            kpi.group_name.as_ref(),
        ];
        let parts = parts.into_iter().flatten();
        let text: Vec<String> = parts.map(|part| part.to_lowercase()).collect();
        let mut words = wanted.split_whitespace();
        words.all(|word| text.iter().any(|part| part.contains(word)))
    }
}
