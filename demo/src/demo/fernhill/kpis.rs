//! KPIs and their measurements.

use chrono::NaiveDate;
use okrs_shared::kpi::UpdateFrequency;

use super::Fernhill;
use crate::content::Person;
use crate::content::kpis::{KPIS, Kpi};
use crate::history::chance;
use crate::workspace::{KpiSeed, KpiUpdateSeed};

impl Fernhill {
    pub(super) fn add_kpis(&mut self) {
        for kpi in &KPIS {
            self.add_kpi(kpi);
        }
    }

    fn add_kpi(&mut self, kpi: &'static Kpi) {
        let days = self.days_of(kpi);
        // One was created half a period before it was first measured, or waits for that.
        let created_on = match days.first() {
            Some(first) => *first - chrono::TimeDelta::days(period(kpi) / 2),
            None => self.days_ago(kpi.days_ago),
        };
        let owner = kpi.owner.map(|owner| self.person(owner).clone());
        let team = kpi.team.map(|team| self.team(team).clone());
        let idris = self.person(Person::Idris).clone();
        let created_at = self.moment(created_on, kpi.name);
        let id = self.workspace.kpi(KpiSeed {
            description: kpi.description,
            owner: owner.as_ref(),
            team: team.as_ref(),
            category: kpi.category,
            group_name: kpi.group,
            current: kpi.first,
            target: kpi.target,
            unit: Some(kpi.unit),
            update_frequency: kpi.frequency,
            direction: kpi.direction,
            created_by: Some(&idris),
            created_at: Some(created_at),
            ..KpiSeed::new(kpi.name)
        });
        for (index, (value, on)) in kpi.values.iter().zip(days).enumerate() {
            let note = kpi.notes.iter().find(|(at, _)| *at == index);
            let seed = KpiUpdateSeed {
                comment: note.map(|(_, words)| *words),
                created_by: owner.as_ref(),
                ..KpiUpdateSeed::new(*value, self.moment(on, kpi.name))
            };
            self.workspace.kpi_update(&id, seed);
        }
    }

    /// The days of its measurements: a period apart, give or take a day, the last one as given.
    fn days_of(&self, kpi: &Kpi) -> Vec<NaiveDate> {
        let periods_back = (0..kpi.values.len()).rev();
        let back = periods_back.zip(1_u8..).map(|(periods, nth)| {
            let late = chance(kpi.name, nth, "late") < 0.4 && periods > 0;
            let periods = i64::try_from(periods).unwrap_or_default();
            kpi.days_ago + period(kpi) * periods - i64::from(late)
        });
        back.map(|days| self.days_ago(days)).collect()
    }
}

/// Days from one measurement to the next.
fn period(kpi: &Kpi) -> i64 {
    match kpi.frequency {
        UpdateFrequency::Weekly => 7,
        UpdateFrequency::Monthly => 30,
        UpdateFrequency::Quarterly => 91,
    }
}
