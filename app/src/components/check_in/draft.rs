//! A check-in that is being written.

use leptos::prelude::*;
use okrs_shared::checkin::{CheckInStatus, CheckInValue, NewCheckIn};
use okrs_shared::key_result::MetricType;
use okrs_shared::number::Number;
use okrs_shared::okr_detail::ListedKeyResult;
use okrs_shared::rules::progress;
use okrs_shared::text::Text;
use okrs_shared::validation::{Body as _, Invalid};

use crate::api::Problem;
use crate::components::typed;
use crate::drafts;
use crate::locale;
use crate::measure::Measure;
use crate::words;

/// What is in the fields. Words are kept in the browser while they are not sent.
#[derive(Clone, Copy)]
pub struct Draft {
    /// As it is typed; `1` or `0` for a boolean key result.
    pub value: RwSignal<String>,
    /// Preset to what was said last time.
    pub status: RwSignal<CheckInStatus>,
    /// What happened.
    pub comment: RwSignal<String>,
    /// What blocks it.
    pub blocker_note: RwSignal<String>,
    at_first: StoredValue<(String, CheckInStatus)>,
    places: StoredValue<[String; 2]>,
    last_value: Number,
    /// From the start to the target.
    way: (Number, Number),
    /// The value that was asked about because it lies far off.
    asked: StoredValue<Option<Number>>,
    metric: MetricType,
    measure: StoredValue<Measure>,
}

impl Draft {
    /// With the last value and status filled in.
    pub fn of(key_result: &ListedKeyResult) -> Self {
        let last_value = key_result.current_value;
        let value = match key_result.metric_type {
            MetricType::Boolean if last_value.get() >= 1.0 => "1".to_owned(),
            MetricType::Boolean => "0".to_owned(),
            _ => locale::in_field(last_value.get()),
        };
        let status = key_result
            .last_check_in
            .as_ref()
            .map_or(CheckInStatus::OnTrack, |last| last.status);
        let places = drafts::check_in_places(&key_result.id);
        let [comment, blocker_note] = places.each_ref().map(|place| drafts::read(place));
        Self {
            comment: RwSignal::new(comment.unwrap_or_default()),
            blocker_note: RwSignal::new(blocker_note.unwrap_or_default()),
            value: RwSignal::new(value.clone()),
            status: RwSignal::new(status),
            at_first: StoredValue::new((value, status)),
            places: StoredValue::new(places),
            last_value,
            way: (key_result.start_value, key_result.target_value),
            asked: StoredValue::new(None),
            metric: key_result.metric_type,
            measure: StoredValue::new(Measure::from(key_result)),
        }
    }

    /// The typed value, or what is wrong with it. The one that was filled in is the last one itself, whatever
    /// of it is shown.
    pub fn value(self) -> Result<Number, Invalid> {
        self.measure.with_value(|measure| {
            let (text, beside) = (self.value.read(), measure.beside());
            typed::number("value", &text, Some(self.last_value), &beside)
        })
    }

    /// Whether anything differs from what was filled in.
    pub fn is_changed(self) -> bool {
        let (value, status) = self.at_first.get_value();
        *self.value.read() != value
            || self.status.get() != status
            || !self.comment.read().trim().is_empty()
    }

    /// Takes over the words, and keeps them.
    pub fn set_comment(self, text: String) {
        drafts::write(&self.places.read_value()[0], &text);
        self.comment.set(text);
    }

    /// Takes over what blocks it, and keeps it.
    pub fn set_blocker_note(self, text: String) {
        drafts::write(&self.places.read_value()[1], &text);
        self.blocker_note.set(text);
    }

    /// What to send, or what the server would say is wrong with it.
    pub fn check_in(self) -> Result<NewCheckIn, Problem> {
        let refused = |invalid: Invalid| Problem::from(invalid);
        let number = self.value().map_err(refused)?;
        self.ask_if_far_off(number).map_err(refused)?;
        let value = CheckInValue::Number(number);
        value.for_metric(self.metric).map_err(refused)?;
        let comment = self.comment.get_untracked();
        let check_in = NewCheckIn {
            value,
            comment: Some(comment.trim().into()).filter(|text: &Text| !text.is_empty()),
            status: self.status.get_untracked(),
            blocker_note: Some(self.blocker_note.get_untracked().into()),
        };
        check_in.validate().map_err(refused)?;
        Ok(check_in)
    }

    /// Refuses a value that is rather a slip, once: sent again it is meant.
    fn ask_if_far_off(self, value: Number) -> Result<(), Invalid> {
        let (start, target) = self.way;
        let is_meant = value == self.last_value || self.asked.get_value() == Some(value);
        if is_meant || !progress::is_far_off(start.get(), target.get(), value.get()) {
            return Ok(());
        }
        self.asked.set_value(Some(value));
        let said = self.measure.with_value(|measure| {
            let [value, start, target] = [value, start, target].map(|value| measure.text(value));
            (words::home().far_off)(&value, &start, &target)
        });
        Err(Invalid::field("value", said))
    }

    /// Another check-in begins, with the value and the status of the one that was sent.
    pub fn begin_again(self) {
        self.at_first
            .set_value((self.value.get_untracked(), self.status.get_untracked()));
        self.comment.set(String::new());
    }
}
