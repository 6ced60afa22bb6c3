//! A key result as it is being typed.

use leptos::prelude::*;
use okrs_shared::alignment::KeyResultAlignmentPatch;
use okrs_shared::id::{KeyResultId, MemberId, OkrId};
use okrs_shared::key_result::{MetricType, NewKeyResult};
use okrs_shared::number::Number;
use okrs_shared::okr_detail::ListedKeyResult;
use okrs_shared::validation::{Body as _, Invalid};

use crate::capabilities::is_hosted;
use crate::components::typed::{filled, number, shown};
use crate::components::ui::form::{Form, Typed};
use crate::locale;
use crate::measure::Measure;
use crate::tried::Tried;
use crate::words;

/// All that can be typed about a key result.
#[derive(Clone, Copy)]
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
    /// Whether the history keeps why: that of the hosted service does not.
    pub keeps_reasons: Signal<bool>,
    /// Its own id, if the server has it.
    pub id: RwSignal<Option<KeyResultId>>,
    /// The weight as the server has it.
    pub saved_weight: RwSignal<Number>,
    /// The OKR it belongs to as the server has it.
    pub saved_okr_id: RwSignal<String>,
    /// For one that the server does not have.
    pub tried: Tried,
}

/// A form for a new key result, with empty fields.
pub fn new(key: u32) -> Form<KeyResultDraft> {
    Form::new(KeyResultDraft::empty(key), None)
}

/// The form of a key result that this OKR has.
pub fn of(key: u32, key_result: &ListedKeyResult, okr_id: &OkrId) -> Form<KeyResultDraft> {
    let in_field = |number: Number| RwSignal::new(locale::in_field(number.get()));
    let draft = KeyResultDraft {
        title: shown(Some(&key_result.title)),
        metric_type: RwSignal::new(key_result.metric_type),
        unit: shown(key_result.unit.as_ref()),
        start: in_field(key_result.start_value),
        target: in_field(key_result.target_value),
        owner_id: shown(key_result.owner_id.as_ref()),
        weight: in_field(key_result.weight),
        saved_weight: RwSignal::new(key_result.weight),
        okr_id: shown(Some(okr_id)),
        saved_okr_id: shown(Some(okr_id)),
        id: RwSignal::new(Some(key_result.id.clone())),
        keeps_reasons: Memo::new(|_| !is_hosted()).into(),
        ..KeyResultDraft::empty(key)
    };
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
    Form::new(draft, Some(saved))
}

impl KeyResultDraft {
    fn empty(key: u32) -> Self {
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
            keeps_reasons: Signal::stored(true),
            id: RwSignal::new(None),
            saved_weight: RwSignal::new(Number::from(1)),
            saved_okr_id: RwSignal::default(),
            tried: Tried::default(),
        }
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

    /// Where it begins and ends, or what of that can't be read.
    fn values(self, saved: Option<&NewKeyResult>) -> Result<(Number, Number), Invalid> {
        let metric_type = self.metric_type.get();
        if metric_type == MetricType::Boolean {
            return Ok((Number::ZERO, Number::from(1)));
        }
        let saved = saved.filter(|saved| saved.metric_type == metric_type);
        let measure = self.measure();
        let value = |field, text: RwSignal<String>, saved| {
            number(field, &text.read(), saved, &measure.beside())
        };
        let start = value(
            "start_value",
            self.start,
            saved.map(|saved| saved.start_value),
        )?;
        let target = value(
            "target_value",
            self.target,
            saved.map(|saved| saved.target_value),
        )?;
        Ok((start, target))
    }

    /// What differs of where it belongs and how much it counts there, or what is wrong with that.
    pub fn alignment(self) -> Result<KeyResultAlignmentPatch, Invalid> {
        let saved = self.saved_weight.get();
        let weight = number("weight", &self.weight.read(), Some(saved), &[])?;
        let okr_id = self.okr_id.get();
        let patch = KeyResultAlignmentPatch {
            weight: (weight != saved).then_some(weight),
            okr_id: (okr_id != *self.saved_okr_id.read()).then_some(OkrId(okr_id)),
            ..KeyResultAlignmentPatch::default()
        };
        if patch != KeyResultAlignmentPatch::default() {
            patch.validate()?;
        }
        Ok(patch)
    }
}

impl Typed for KeyResultDraft {
    type Body = NewKeyResult;

    fn read(self, saved: Option<&NewKeyResult>) -> Result<NewKeyResult, Invalid> {
        let (start_value, target_value) = self.values(saved)?;
        self.alignment()?;
        let eases = saved.is_some_and(|saved| is_eased(saved, target_value));
        if eases && self.keeps_reasons.get() && self.reason.read().trim().is_empty() {
            return Err(Invalid::field("reason", words::common().missing));
        }
        Ok(NewKeyResult {
            title: self.title.get().into(),
            metric_type: self.metric_type.get(),
            start_value,
            target_value,
            current_value: None,
            owner_id: filled(self.owner_id).map(MemberId),
            unit: filled(self.unit),
        })
    }
}

/// Whether this target is easier to reach than the one that the server has.
fn is_eased(saved: &NewKeyResult, target: Number) -> bool {
    let [start, old, new] = [saved.start_value, saved.target_value, target].map(Number::get);
    (new - old) * (old - start) < 0.0
}

/// Whether another target was typed than the one that the server has.
pub fn moves_target(form: Form<KeyResultDraft>) -> bool {
    differs(form, |saved, target| target != saved.target_value)
}

/// Whether the typed target is easier to reach than the one that the server has.
pub fn eases_target(form: Form<KeyResultDraft>) -> bool {
    differs(form, is_eased)
}

fn differs(form: Form<KeyResultDraft>, how: fn(&NewKeyResult, Number) -> bool) -> bool {
    let saved = form.saved.read();
    saved.as_ref().is_some_and(|saved| {
        let values = form.draft.values(Some(saved));
        values.is_ok_and(|(_, target)| how(saved, target))
    })
}

/// Whether the server has to hear of it.
pub fn is_changed(form: Form<KeyResultDraft>) -> bool {
    match form.draft.id.read().is_some() {
        true => {
            form.is_changed() || form.draft.alignment() != Ok(KeyResultAlignmentPatch::default())
        }
        false => !form.draft.is_blank(),
    }
}
