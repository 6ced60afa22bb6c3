//! A KPI as it is being typed.

use std::collections::HashSet;

use leptos::prelude::*;
use okrs_shared::id::{MemberId, TeamId};
use okrs_shared::kpi::{Direction, KpiCategory, NewKpi, UpdateFrequency};
use okrs_shared::kpi_detail::{KpiPatch, ListedKpi};
use okrs_shared::sign_in::Me;
use okrs_shared::validation::{Body as _, Invalid};

use crate::api::Problem;
use crate::components::typed::{changed, error_of, filled, optional_number};
use crate::components::ui::choice::{parsed, value};
use crate::locale;
use crate::measure::Measure;

/// All that can be typed about one.
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
    /// As it was when the form opened.
    untouched: StoredValue<Option<NewKpi>>,
    refused: RwSignal<Option<Problem>>,
    touched: RwSignal<HashSet<&'static str>>,
}

/// The fields that show their own errors.
pub const FIELDS: [&str; 8] = [
    "name",
    "description",
    "unit",
    "current_value",
    "target_value",
    "group_name",
    "owner_id",
    "team_id",
];

impl KpiDraft {
    /// A new one, one's own.
    pub fn new(me: &Me) -> Self {
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
        let draft = Self::showing(new, true);
        let mine = (me.id.to_string(), me.name.clone());
        draft.chosen.set_value([Some(mine), None]);
        draft
    }

    /// One that exists.
    pub fn of(kpi: &ListedKpi) -> Self {
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
        let draft = Self::showing(saved, false);
        let owner = kpi.owner_id.as_ref().map(ToString::to_string);
        let team = kpi.team_id.as_ref().map(ToString::to_string);
        draft
            .chosen
            .set_value([owner.zip(kpi.owner.clone()), team.zip(kpi.team.clone())]);
        draft
    }

    fn showing(kpi: NewKpi, is_new: bool) -> Self {
        fn id<Id: ToString>(id: Option<&Id>) -> RwSignal<String> {
            RwSignal::new(id.map_or(String::new(), ToString::to_string))
        }
        fn text(text: Option<&str>) -> RwSignal<String> {
            RwSignal::new(text.unwrap_or_default().to_owned())
        }
        let target = kpi
            .target_value
            .map(|target| locale::in_field(target.get()));
        Self {
            name: text(Some(&kpi.name)),
            description: text(kpi.description.as_deref()),
            unit: text(kpi.unit.as_deref()),
            current: RwSignal::default(),
            target: text(target.as_deref()),
            direction: RwSignal::new(kpi.direction),
            frequency: RwSignal::new(value(Some(kpi.update_frequency))),
            category: RwSignal::new(value(Some(kpi.category))),
            group: text(kpi.group_name.as_deref()),
            owner_id: id(kpi.owner_id.as_ref()),
            team_id: id(kpi.team_id.as_ref()),
            chosen: StoredValue::new([None, None]),
            is_new,
            untouched: StoredValue::new(Some(kpi)),
            refused: RwSignal::new(None),
            touched: RwSignal::default(),
        }
    }

    /// What the server is to have, or what is wrong with it.
    pub fn body(self) -> Result<NewKpi, Invalid> {
        let saved = self.untouched.with_value(|kpi| kpi.as_ref()?.target_value);
        let unit = filled(self.unit);
        let measure = Measure::new(None, unit.as_deref());
        let beside = measure.beside();
        let body = NewKpi {
            name: self.name.get().trim().into(),
            description: filled(self.description),
            category: self.category.with(|text| parsed(text)).unwrap_or_default(),
            group_name: filled(self.group),
            owner_id: filled(self.owner_id).map(MemberId),
            team_id: filled(self.team_id).map(TeamId),
            current_value: optional_number("current_value", self.current, None, &beside)?,
            target_value: optional_number("target_value", self.target, saved, &beside)?,
            unit: unit.clone(),
            update_frequency: self.frequency.with(|text| parsed(text)).unwrap_or_default(),
            direction: self.direction.get(),
        };
        body.validate()?;
        Ok(body)
    }

    /// The fields that differ from what was there; nothing if none does.
    pub fn patch(self) -> Result<Option<KpiPatch>, Invalid> {
        let new = self.body()?;
        let patch = self.untouched.with_value(|old| {
            let old = old.as_ref()?;
            Some(KpiPatch {
                name: changed(&old.name, &new.name),
                description: changed(&old.description, &new.description),
                category: changed(&old.category, &new.category),
                group_name: changed(&old.group_name, &new.group_name),
                owner_id: changed(&old.owner_id, &new.owner_id),
                team_id: changed(&old.team_id, &new.team_id),
                target_value: changed(&old.target_value, &new.target_value),
                unit: changed(&old.unit, &new.unit),
                update_frequency: changed(&old.update_frequency, &new.update_frequency),
                direction: changed(&old.direction, &new.direction),
            })
        });
        Ok(patch.filter(|patch| *patch != KpiPatch::default()))
    }

    /// Whether it may be sent. Shows what is wrong where it is.
    pub fn check(self) -> bool {
        self.touched.update(|touched| touched.extend(FIELDS));
        self.body().is_ok()
    }

    /// The server said no.
    pub fn refuse(self, problem: &Problem) {
        self.refused.set(Some(problem.clone()));
    }

    /// A field was left: it is time to say what is wrong with it.
    pub fn leave(self, name: &str) {
        if let Some(field) = FIELDS.into_iter().find(|field| *field == name) {
            self.touched.update(|touched| {
                touched.insert(field);
            });
        }
    }

    /// Whether closing the form would lose something.
    pub fn is_dirty(self) -> bool {
        let body = self.body();
        self.untouched
            .with_value(|untouched| body.as_ref().ok() != untouched.as_ref())
            && !self.is_blank()
    }

    /// A new one without a name is no loss, and no valid body either.
    fn is_blank(self) -> bool {
        let typed = [
            self.name,
            self.description,
            self.unit,
            self.current,
            self.target,
            self.group,
        ];
        self.is_new && typed.iter().all(|text| text.read().trim().is_empty())
    }

    /// What is wrong with a field, as far as it is time to say so.
    pub fn error_of(self, field: &'static str) -> Signal<Option<String>> {
        error_of(field, self.refused, self.touched, move || self.body().err())
    }
}
