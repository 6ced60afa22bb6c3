//! A key result as it is being typed.

use std::collections::HashSet;

use leptos::prelude::*;
use okrs_shared::alignment::KeyResultAlignmentPatch;
use okrs_shared::id::{KeyResultId, MemberId, OkrId};
use okrs_shared::key_result::{KeyResultPatch, MetricType, NewKeyResult};
use okrs_shared::number::Number;
use okrs_shared::okr_detail::ListedKeyResult;
use okrs_shared::validation::{Body as _, Invalid};

use crate::api::Problem;
use crate::components::typed::{changed, error_of, filled, number};
use crate::locale;
use crate::measure::Measure;
use crate::tried::Tried;

/// All that can be typed about one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeyResultDraft {
    /// Tells the drafts of a form apart.
    pub key: u32,
    pub title: RwSignal<String>,
    pub metric_type: RwSignal<MetricType>,
    pub unit: RwSignal<String>,
    pub start: RwSignal<String>,
    pub target: RwSignal<String>,
    pub owner_id: RwSignal<String>,
    pub weight: RwSignal<String>,
    /// The OKR it belongs to; empty while it is new.
    pub okr_id: RwSignal<String>,
    /// Why the target moves, if it does.
    pub reason: RwSignal<String>,
    /// As the server has it, if it has it.
    pub saved: RwSignal<Option<(KeyResultId, NewKeyResult)>>,
    /// The weight as the server has it.
    pub saved_weight: RwSignal<Number>,
    /// The OKR it belongs to as the server has it.
    pub saved_okr_id: RwSignal<String>,
    /// For one that the server does not have.
    pub tried: Tried,
    /// Why the server refused it.
    pub refused: RwSignal<Option<Problem>>,
    /// Fields that were left once, whose errors are shown.
    pub touched: RwSignal<HashSet<&'static str>>,
}

/// The fields that show their own errors.
pub const FIELDS: [&str; 8] = [
    "title",
    "unit",
    "start_value",
    "target_value",
    "reason",
    "owner_id",
    "weight",
    "okr_id",
];

impl KeyResultDraft {
    /// An empty one.
    pub fn new(key: u32) -> Self {
        Self {
            key,
            title: RwSignal::default(),
            metric_type: RwSignal::new(MetricType::Number),
            unit: RwSignal::default(),
            start: RwSignal::default(),
            target: RwSignal::default(),
            owner_id: RwSignal::default(),
            weight: RwSignal::new(locale::in_field(1.0)),
            okr_id: RwSignal::default(),
            reason: RwSignal::default(),
            saved: RwSignal::new(None),
            saved_weight: RwSignal::new(Number::from(1)),
            saved_okr_id: RwSignal::default(),
            tried: Tried::default(),
            refused: RwSignal::new(None),
            touched: RwSignal::default(),
        }
    }

    /// One that exists, of this OKR.
    pub fn of(key: u32, key_result: &ListedKeyResult, okr_id: &OkrId) -> Self {
        let draft = Self::new(key);
        draft.title.set(key_result.title.clone());
        draft.metric_type.set(key_result.metric_type);
        draft.unit.set(key_result.unit.clone().unwrap_or_default());
        draft
            .start
            .set(locale::in_field(key_result.start_value.get()));
        draft
            .target
            .set(locale::in_field(key_result.target_value.get()));
        let owner = key_result.owner_id.as_ref();
        draft
            .owner_id
            .set(owner.map_or(String::new(), MemberId::to_string));
        draft.weight.set(locale::in_field(key_result.weight.get()));
        draft.saved_weight.set(key_result.weight);
        draft.okr_id.set(okr_id.to_string());
        draft.saved_okr_id.set(okr_id.to_string());
        // Numbers as they are, not as they are shown: rounding for the eye is no change.
        let saved = NewKeyResult {
            title: key_result.title.as_str().into(),
            metric_type: key_result.metric_type,
            start_value: key_result.start_value,
            target_value: key_result.target_value,
            current_value: None,
            owner_id: key_result.owner_id.clone(),
            unit: key_result.unit.clone().map(Into::into),
        };
        draft.saved.set(Some((key_result.id.clone(), saved)));
        draft
    }

    /// Whether nothing was typed into it.
    pub fn is_blank(self) -> bool {
        [self.title, self.start, self.target]
            .iter()
            .all(|text| text.with(|text| text.trim().is_empty()))
    }

    /// What its values are, as far as that is said.
    pub fn measure(self) -> Measure {
        Measure::new(Some(self.metric_type.get()), Some(&self.unit.read()))
    }

    /// What the server is to have, or what is wrong with it.
    pub fn body(self) -> Result<NewKeyResult, Invalid> {
        let metric_type = self.metric_type.get();
        let saved = self.saved.get().map(|(_, saved)| saved);
        let saved = saved
            .as_ref()
            .filter(|saved| saved.metric_type == metric_type);
        let measure = self.measure();
        let value = |field, text: RwSignal<String>, saved| {
            number(field, &text.read(), saved, &measure.beside())
        };
        let (start_value, target_value) = match metric_type {
            MetricType::Boolean => (Number::ZERO, Number::from(1)),
            _ => (
                value(
                    "start_value",
                    self.start,
                    saved.map(|saved| saved.start_value),
                )?,
                value(
                    "target_value",
                    self.target,
                    saved.map(|saved| saved.target_value),
                )?,
            ),
        };
        let body = NewKeyResult {
            title: self.title.get().into(),
            metric_type,
            start_value,
            target_value,
            current_value: None,
            owner_id: filled(self.owner_id).map(MemberId),
            unit: filled(self.unit),
        };
        body.validate()?;
        Ok(body)
    }

    /// What differs of where it belongs and how much it counts there, or what is wrong with that.
    pub fn alignment(self) -> Result<KeyResultAlignmentPatch, Invalid> {
        let saved = self.saved_weight.get();
        let weight = number("weight", &self.weight.read(), Some(saved), &[])?;
        let patch = KeyResultAlignmentPatch {
            weight: changed(&saved, &weight),
            okr_id: changed(&self.saved_okr_id.get(), &self.okr_id.get()).map(OkrId),
            ..KeyResultAlignmentPatch::default()
        };
        if patch != KeyResultAlignmentPatch::default() {
            patch.validate()?;
        }
        Ok(patch)
    }

    /// Whether another target was typed than the one that the server has.
    pub fn moves_target(self) -> bool {
        let saved = self.saved.get();
        saved.is_some_and(|(_, saved)| {
            self.body()
                .is_ok_and(|body| body.target_value != saved.target_value)
        })
    }

    /// Whether the server has to hear of it.
    pub fn is_changed(self) -> bool {
        let saved = self.saved.get();
        match (saved, self.body()) {
            (None, _) => !self.is_blank(),
            (Some((_, saved)), Ok(body)) => {
                saved != body || self.alignment() != Ok(KeyResultAlignmentPatch::default())
            }
            (Some(_), Err(_)) => true,
        }
    }

    /// What is wrong with a field, as far as it is time to say so.
    pub fn error_of(self, field: &'static str) -> Signal<Option<String>> {
        error_of(field, self.refused, self.touched, move || {
            self.body().err().or_else(|| self.alignment().err())
        })
    }
}

/// The fields that differ.
pub fn patch(old: &NewKeyResult, new: &NewKeyResult) -> KeyResultPatch {
    KeyResultPatch {
        title: changed(&old.title, &new.title),
        metric_type: changed(&old.metric_type, &new.metric_type),
        start_value: changed(&old.start_value, &new.start_value),
        target_value: changed(&old.target_value, &new.target_value),
        current_value: None,
        owner_id: changed(&old.owner_id, &new.owner_id),
        unit: changed(&old.unit, &new.unit),
    }
}
