//! KPIs and their measurements.

use chrono::{DateTime, Utc};
use okrs_shared::id::{KpiId, KpiUpdateId, MemberId, TeamId};
use okrs_shared::kpi::{Direction, KpiCategory, UpdateFrequency};
use okrs_shared::timestamp::Timestamp;

use super::Workspace;
use crate::table::Table;

/// A KPI to add.
#[derive(Clone, Copy, Debug)]
pub struct KpiSeed<'a> {
    /// What is measured.
    pub name: &'a str,
    /// How it is measured.
    pub description: Option<&'a str>,
    /// The member who answers for it.
    pub owner: Option<&'a MemberId>,
    /// The team it belongs to.
    pub team: Option<&'a TeamId>,
    /// What part of the business it watches.
    pub category: KpiCategory,
    /// A free label that lists group by.
    pub group_name: Option<&'a str>,
    /// The value at its creation, which is not an update.
    pub current: Option<f64>,
    /// The value to reach or to hold.
    pub target: Option<f64>,
    /// What the values count.
    pub unit: Option<&'a str>,
    /// How often it should be measured.
    pub update_frequency: UpdateFrequency,
    /// Which way is better.
    pub direction: Direction,
    /// Who created it.
    pub created_by: Option<&'a MemberId>,
    /// When it was created.
    pub created_at: Option<DateTime<Utc>>,
}

impl<'a> KpiSeed<'a> {
    /// A KPI with the contract's defaults: monthly, higher is better, no value, no target.
    pub fn new(name: &'a str) -> Self {
        Self {
            name,
            description: None,
            owner: None,
            team: None,
            category: KpiCategory::default(),
            group_name: None,
            current: None,
            target: None,
            unit: None,
            update_frequency: UpdateFrequency::default(),
            direction: Direction::default(),
            created_by: None,
            created_at: None,
        }
    }
}

/// A measurement to add.
#[derive(Clone, Copy, Debug)]
pub struct KpiUpdateSeed<'a> {
    /// The measured value.
    pub value: f64,
    /// In the reporter's words.
    pub comment: Option<&'a str>,
    /// Who reported it.
    pub created_by: Option<&'a MemberId>,
    /// When: not before the KPI's last update.
    pub created_at: DateTime<Utc>,
}

impl KpiUpdateSeed<'_> {
    /// A measurement without words.
    pub fn new(value: f64, created_at: DateTime<Utc>) -> Self {
        Self {
            value,
            comment: None,
            created_by: None,
            created_at,
        }
    }
}

/// A KPI as its row stands so far.
pub(super) struct KpiRow {
    name: String,
    description: Option<String>,
    owner_id: Option<MemberId>,
    team_id: Option<TeamId>,
    category: KpiCategory,
    group_name: Option<String>,
    current: Option<f64>,
    target: Option<f64>,
    unit: Option<String>,
    update_frequency: UpdateFrequency,
    direction: Direction,
    last_updated_at: Option<DateTime<Utc>>,
    created_by: Option<MemberId>,
    created_at: DateTime<Utc>,
}

impl Workspace {
    /// Adds a KPI.
    pub fn kpi(&mut self, seed: KpiSeed<'_>) -> KpiId {
        let at = self.or_created(seed.created_at);
        let id: KpiId = self.ids.next(at);
        let row = KpiRow {
            name: seed.name.to_owned(),
            description: seed.description.map(str::to_owned),
            owner_id: seed.owner.cloned(),
            team_id: seed.team.cloned(),
            category: seed.category,
            group_name: seed.group_name.map(str::to_owned),
            current: seed.current,
            target: seed.target,
            unit: seed.unit.map(str::to_owned),
            update_frequency: seed.update_frequency,
            direction: seed.direction,
            last_updated_at: None,
            created_by: seed.created_by.cloned(),
            created_at: at,
        };
        self.kpis.insert(id.clone(), row);
        id
    }

    /// Records a measurement of a KPI.
    pub fn kpi_update(&mut self, kpi: &KpiId, seed: KpiUpdateSeed<'_>) -> KpiUpdateId {
        let (org, at) = (self.id.clone(), seed.created_at);
        let row = self
            .kpis
            .get_mut(kpi)
            .expect("measurements belong to a KPI of this workspace");
        assert!(
            at >= row.last_updated_at.unwrap_or(row.created_at),
            "{:?} was measured after this",
            row.name
        );
        let previous = row.current.replace(seed.value);
        row.last_updated_at = Some(at);
        let id: KpiUpdateId = self.ids.next(at);
        self.add(
            Table::KpiUpdates,
            &[
                &id,
                &org,
                kpi,
                &previous,
                &seed.value,
                &seed.comment,
                &seed.created_by,
                &Timestamp::new(at),
            ],
        );
        id
    }
}

impl KpiRow {
    /// Turns into a row of the table.
    pub(super) fn add_to(self, workspace: &mut Workspace, id: &KpiId) {
        let org = workspace.id.clone();
        let touched_at = self.last_updated_at.unwrap_or(self.created_at);
        let measured_on = workspace.day(touched_at);
        workspace.add(
            Table::Kpis,
            &[
                id,
                &org,
                &self.name,
                &self.description,
                &self.owner_id,
                &self.team_id,
                &self.category.as_str(),
                &self.group_name,
                &self.current,
                &self.target,
                &self.unit,
                &self.update_frequency.as_str(),
                &self.direction.as_str(),
                &self.last_updated_at.map(Timestamp::new),
                &measured_on,
                &self.created_by,
                &Timestamp::new(self.created_at),
                &Timestamp::new(touched_at),
            ],
        );
    }
}
