//! Insights about KPIs.

use super::{Insight, KpiScene, Rule, SubjectKind};
use crate::rules::risk::Severity;
use crate::status::Status;

/// Adds what there is to say about the KPIs.
pub fn look_at(kpis: &[KpiScene], insights: &mut Vec<Insight>) {
    for kpi in kpis {
        let subject = || (SubjectKind::Kpi, kpi.id.to_owned());
        let days = kpi.silent_days;
        if kpi.standing.overdue {
            insights.push(Insight {
                rule: Rule::KpiOverdue,
                severity: Severity::Medium,
                subject: subject(),
                numbers: vec![("days_since_value", days as f64)],
                sentence: format!(
                    "Its last value is {days} days old, more than its rhythm allows."
                ),
                action: "Record the present value.",
            });
        }
        let fell = kpi
            .stood_a_week_ago
            .filter(|before| *before < kpi.standing.status && !kpi.standing.overdue);
        if fell.is_some() {
            let is_off_track = kpi.standing.status == Status::OffTrack;
            insights.push(Insight {
                rule: Rule::KpiFell,
                severity: if is_off_track {
                    Severity::High
                } else {
                    Severity::Medium
                },
                subject: subject(),
                numbers: kpi
                    .standing
                    .attainment
                    .map(|share| ("attainment_percent", super::percent(share)))
                    .into_iter()
                    .collect(),
                sentence: if is_off_track {
                    "It has fallen to off track within a week.".to_owned()
                } else {
                    "It has fallen to at risk within a week.".to_owned()
                },
                action: "Look for the cause while it is fresh.",
            });
        }
    }
}
