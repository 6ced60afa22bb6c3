//! The fields of a cycle: its name and its days, with what suggests itself.

use leptos::prelude::*;
use okrs_shared::cycle::NewCycle;
use okrs_shared::cycle_period::Period;
use okrs_shared::days;
use okrs_shared::validation::Invalid;

use crate::components::ui::field::Field;
use crate::components::ui::form::Typed;
use crate::components::ui::segmented::Segmented;
use crate::components::ui::submit::Required;
use crate::words;

/// A cycle as it is being typed.
#[derive(Clone, Copy, Default)]
pub struct CycleDraft {
    pub name: RwSignal<String>,
    pub start: RwSignal<String>,
    pub end: RwSignal<String>,
}

impl CycleDraft {
    /// Puts a cycle into the fields.
    pub fn set(self, cycle: &NewCycle) {
        self.name.set(cycle.name.to_string());
        self.start.set(cycle.start_date.to_string());
        self.end.set(cycle.end_date.to_string());
    }

    /// What must not be empty.
    pub fn required(self) -> [Required; 3] {
        [
            ("name", self.name),
            ("start_date", self.start),
            ("end_date", self.end),
        ]
    }
}

impl Typed for CycleDraft {
    type Body = NewCycle;

    fn read(self, _: Option<&NewCycle>) -> Result<NewCycle, Invalid> {
        let day = |field, text: RwSignal<String>| {
            let day = text.with(|text| days::parse(text));
            day.ok_or_else(|| Invalid::field(field, words::common().missing))
        };
        Ok(NewCycle {
            name: self.name.get().into(),
            start_date: day("start_date", self.start)?,
            end_date: day("end_date", self.end)?,
        })
    }
}

/// What it is called, and from when to when it goes.
#[component]
pub fn CycleFields(draft: CycleDraft, #[prop(optional)] autofocus: bool) -> impl IntoView {
    let cycles = words::cycles();
    let lasts = move || {
        let cycle = draft.read(None).ok()?;
        let days = (cycle.end_date - cycle.start_date).num_days() + 1;
        Some((cycles.lasts)(days / 7, days % 7))
    };
    view! {
        <Field name="name" label=cycles.name value=draft.name autofocus />
        <div class="fields-row">
            <Field name="start_date" label=cycles.first_day kind="date" value=draft.start />
            <Field name="end_date" label=cycles.last_day kind="date" value=draft.end />
        </div>
        <p class="field-hint after" aria-live="polite">{lasts}</p>
    }
}

/// How long it is to be.
#[component]
pub fn PeriodChoice(value: RwSignal<Period>) -> impl IntoView {
    let cycles = words::cycles();
    let word = |period| match period {
        Period::Quarter => cycles.quarter,
        Period::Trimester => cycles.trimester,
        Period::Half => cycles.half,
        Period::Year => cycles.year,
    };
    let options = Period::ALL.map(|period| (period, word(period))).to_vec();
    view! {
        <Segmented
            name="period"
            legend=cycles.length
            options=Signal::stored(options)
            chosen=move || Some(value.get())
            choose=move |period| value.set(period)
        />
    }
}
