//! A check-in that is being written.

use leptos::prelude::*;
use okrs_shared::checkin::{CheckInStatus, CheckInValue, NewCheckIn};
use okrs_shared::id::CheckInId;
use okrs_shared::key_result::MetricType;
use okrs_shared::number::Number;
use okrs_shared::okr_detail::ListedKeyResult;
use okrs_shared::text::Text;
use okrs_shared::validation::{Body as _, Invalid};

use super::Reported;
use super::slip::Slip;
use crate::api::Problem;
use crate::components::typed;
use crate::drafts;
use crate::locale;
use crate::measure::Measure;

/// What is in the fields. It is kept in the browser while it is not sent.
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
    /// The check-in that is corrected; otherwise this is a new one.
    corrects: StoredValue<Option<CheckInId>>,
    at_first: StoredValue<(String, CheckInStatus, String)>,
    places: StoredValue<[String; 3]>,
    last_value: StoredValue<Number>,
    slip: Slip,
    metric: MetricType,
    measure: StoredValue<Measure>,
}

impl Draft {
    /// With the last value and status filled in, or with what was typed over them before.
    pub fn of(key_result: &ListedKeyResult) -> Self {
        let (value, status) = filled_in(key_result);
        let places = drafts::check_in_places(&key_result.id);
        let [comment, blocker_note, _] = places.each_ref().map(|place| drafts::read(place));
        let at_first = drafts::value_and_status(&value, status);
        let typed = drafts::read_over(&places[2], &at_first);
        let typed = typed.as_deref().and_then(drafts::split_value);
        let (value_now, status_now) = typed.unwrap_or((value.as_str(), status));
        Self {
            comment: RwSignal::new(comment.unwrap_or_default()),
            blocker_note: RwSignal::new(blocker_note.unwrap_or_default()),
            value: RwSignal::new(value_now.to_owned()),
            status: RwSignal::new(status_now),
            corrects: StoredValue::new(None),
            at_first: StoredValue::new((value, status, String::new())),
            places: StoredValue::new(places),
            last_value: StoredValue::new(key_result.current_value),
            slip: Slip::of(key_result),
            metric: key_result.metric_type,
            measure: StoredValue::new(Measure::from(key_result)),
        }
    }

    /// The typed value, or what is wrong with it. The one that was filled in is the last one itself, whatever
    /// of it is shown.
    pub fn value(self) -> Result<Number, Invalid> {
        self.measure.with_value(|measure| {
            let (text, beside) = (self.value.read(), measure.beside());
            typed::number("value", &text, Some(self.last_value.get_value()), &beside)
        })
    }

    /// Whether anything differs from what was filled in.
    pub fn is_changed(self) -> bool {
        self.at_first.with_value(|(value, status, comment)| {
            *self.value.read() != *value
                || self.status.get() != *status
                || self.comment.read().trim() != comment
        })
    }

    /// Whether it says that it is blocked and not by what.
    pub fn lacks_reason(self) -> bool {
        let is_blocked = self.status.get_untracked() == CheckInStatus::Blocked;
        is_blocked && self.blocker_note.read_untracked().trim().is_empty()
    }

    /// The check-in that is corrected, if this is no new one.
    pub fn corrects(self) -> Option<CheckInId> {
        self.corrects.get_value()
    }

    /// Takes over the value, and keeps it.
    pub fn set_value(self, text: String) {
        self.value.set(text);
        self.keep_value();
    }

    /// Takes over the status, and keeps it.
    pub fn set_status(self, status: CheckInStatus) {
        self.status.set(status);
        self.keep_value();
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

    fn keep_value(self) {
        let (value, status) = (self.value.read_untracked(), self.status.get_untracked());
        let [first, now] = self.at_first.with_value(|(first, first_status, _)| {
            let [first, now] = [(first.as_str(), *first_status), (value.as_str(), status)];
            [first, now].map(|(value, status)| drafts::value_and_status(value, status))
        });
        drafts::write_over(&self.places.read_value()[2], &first, &now);
    }

    /// What to send, or what the server would say is wrong with it.
    pub fn check_in(self) -> Result<NewCheckIn, Problem> {
        let refused = |invalid: Invalid| Problem::from(invalid);
        let number = self.value().map_err(refused)?;
        if number != self.last_value.get_value() {
            let asked = self
                .measure
                .with_value(|measure| self.slip.ask(number, measure));
            asked.map_err(refused)?;
        }
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

    /// As it was before anything was typed: what was checked in is taken back.
    pub fn begin_anew(self, key_result: &ListedKeyResult) {
        let (value, status) = filled_in(key_result);
        self.last_value.set_value(key_result.current_value);
        self.corrects.set_value(None);
        self.value.set(value.clone());
        self.status.set(status);
        self.comment.set(String::new());
        self.blocker_note.set(String::new());
        self.at_first.set_value((value, status, String::new()));
    }

    /// Opens again with what was said last: to correct that, or for another one after it.
    pub fn begin_again(self, reported: Option<&Reported>) {
        let value = self.value().unwrap_or_else(|_| self.last_value.get_value());
        self.last_value.set_value(value);
        self.corrects
            .set_value(reported.map(|reported| reported.id.clone()));
        let comment = reported.and_then(|reported| reported.comment.clone());
        let note = reported.and_then(|reported| reported.blocker_note.clone());
        let comment = comment.unwrap_or_default().trim().to_owned();
        let first = (
            self.value.get_untracked(),
            self.status.get_untracked(),
            comment.clone(),
        );
        self.at_first.set_value(first);
        self.comment.set(comment);
        self.blocker_note.set(note.unwrap_or_default());
    }
}

/// The value and the status of last time.
fn filled_in(key_result: &ListedKeyResult) -> (String, CheckInStatus) {
    let value = match key_result.metric_type {
        MetricType::Boolean if key_result.current_value.get() >= 1.0 => "1".to_owned(),
        MetricType::Boolean => "0".to_owned(),
        _ => locale::in_field(key_result.current_value.get()),
    };
    let last = key_result.last_check_in.as_ref();
    (
        value,
        last.map_or(CheckInStatus::OnTrack, |last| last.status),
    )
}
