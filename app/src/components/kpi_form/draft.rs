//! A KPI as it is being typed.

use leptos::prelude::*;
use okrs_shared::id::{MemberId, TeamId};
use okrs_shared::kpi::{Direction, KpiCategory, NewKpi, UpdateFrequency};
use okrs_shared::kpi_detail::ListedKpi;
use okrs_shared::sign_in::Me;
use okrs_shared::validation::Invalid;

use crate::components::typed::{filled, optional_number, shown};
use crate::components::ui::choice::{parsed, value};
use crate::components::ui::form::{Form, Typed};
use crate::locale;
use crate::measure::Measure;

/// All that can be typed about a KPI.
#[derive(Clone, Copy)]
pub struct KpiDraft {
    pub name: RwSignal<String>,
    pub description: RwSignal<String>,
    pub unit: RwSignal<String>,
    /// Of a new one only: later values are recorded.
    pub current: RwSignal<String>,
    pub target: RwSignal<String>,
    pub direction: RwSignal<Direction>,
    pub frequency: RwSignal<String>,
    pub category: RwSignal<String>,
    pub group: RwSignal<String>,
    pub owner_id: RwSignal<String>,
    pub team_id: RwSignal<String>,
    /// The owner and the team that it has, by name.
    pub chosen: StoredValue<[Option<(String, String)>; 2]>,
    pub is_new: bool,
}

/// A form for a new KPI, which is the viewer's own.
pub fn new(me: &Me) -> Form<KpiDraft> {
    let new = NewKpi {
        name: "".into(),
        description: None,
        category: KpiCategory::default(),
        group_name: None,
        owner_id: Some(me.id.clone()),
        team_id: None,
        current_value: None,
        target_value: None,
        unit: None,
        update_frequency: UpdateFrequency::default(),
        direction: Direction::default(),
    };
    let mine = (me.id.to_string(), me.name.clone());
    Form::new(KpiDraft::showing(&new, [Some(mine), None], true), Some(new))
}

/// The form of a KPI that the server has.
pub fn of(kpi: &ListedKpi) -> Form<KpiDraft> {
    let saved = NewKpi {
        name: kpi.name.as_str().into(),
        description: kpi.description.clone().map(Into::into),
        category: kpi.category,
        group_name: kpi.group_name.clone().map(Into::into),
        owner_id: kpi.owner_id.clone(),
        team_id: kpi.team_id.clone(),
        current_value: None,
        target_value: kpi.target_value,
        unit: kpi.unit.clone().map(Into::into),
        update_frequency: kpi.update_frequency,
        direction: kpi.direction,
    };
    let owner = kpi.owner_id.as_ref().map(ToString::to_string);
    let team = kpi.team_id.as_ref().map(ToString::to_string);
    let chosen = [owner.zip(kpi.owner.clone()), team.zip(kpi.team.clone())];
    Form::new(KpiDraft::showing(&saved, chosen, false), Some(saved))
}

impl KpiDraft {
    fn showing(kpi: &NewKpi, chosen: [Option<(String, String)>; 2], is_new: bool) -> Self {
        let target = kpi
            .target_value
            .map(|target| locale::in_field(target.get()));
        Self {
            name: shown(Some(&*kpi.name)),
            description: shown(kpi.description.as_deref()),
            unit: shown(kpi.unit.as_deref()),
            current: RwSignal::default(),
            target: shown(target.as_deref()),
            direction: RwSignal::new(kpi.direction),
            frequency: RwSignal::new(value(Some(kpi.update_frequency))),
            category: RwSignal::new(value(Some(kpi.category))),
            group: shown(kpi.group_name.as_deref()),
            owner_id: shown(kpi.owner_id.as_ref()),
            team_id: shown(kpi.team_id.as_ref()),
            chosen: StoredValue::new(chosen),
            is_new,
        }
    }
}

impl Typed for KpiDraft {
    type Body = NewKpi;

    fn read(self, saved: Option<&NewKpi>) -> Result<NewKpi, Invalid> {
        let unit = filled(self.unit);
        let measure = Measure::new(None, unit.as_deref());
        let beside = measure.beside();
        let target = saved.and_then(|saved| saved.target_value);
        Ok(NewKpi {
            name: self.name.get().trim().into(),
            description: filled(self.description),
            category: self.category.with(|text| parsed(text)).unwrap_or_default(),
            group_name: filled(self.group),
            owner_id: filled(self.owner_id).map(MemberId),
            team_id: filled(self.team_id).map(TeamId),
            current_value: optional_number("current_value", self.current, None, &beside)?,
            target_value: optional_number("target_value", self.target, target, &beside)?,
            unit: unit.clone(),
            update_frequency: self.frequency.with(|text| parsed(text)).unwrap_or_default(),
            direction: self.direction.get(),
        })
    }
}
