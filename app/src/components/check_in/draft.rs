//! A check-in that is being written.

use leptos::prelude::*;
use okrs_shared::checkin::{CheckInStatus, CheckInValue, NewCheckIn};
use okrs_shared::key_result::MetricType;
use okrs_shared::number::Number;
use okrs_shared::okr_detail::ListedKeyResult;
use okrs_shared::text::Text;
use okrs_shared::validation::{Body as _, Invalid};

use crate::api::Problem;
use crate::drafts;
use crate::locale;
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
    place: StoredValue<String>,
    metric: MetricType,
}

impl Draft {
    /// With the last value and status filled in.
    pub fn of(key_result: &ListedKeyResult) -> Self {
        let value = locale::number(key_result.current_value.get());
        let status = key_result
            .last_check_in
            .as_ref()
            .map_or(CheckInStatus::OnTrack, |last| last.status);
        let place = format!("check-in:{}", key_result.id);
        Self {
            comment: RwSignal::new(drafts::read(&place).unwrap_or_default()),
            blocker_note: RwSignal::new(drafts::read(&note_of(&place)).unwrap_or_default()),
            value: RwSignal::new(value.clone()),
            status: RwSignal::new(status),
            at_first: StoredValue::new((value, status)),
            place: StoredValue::new(place),
            metric: key_result.metric_type,
        }
    }

    /// The typed value, if it is one.
    pub fn value(self) -> Option<f64> {
        locale::parse_number(&self.value.read())
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
        drafts::write(&self.place.read_value(), &text);
        self.comment.set(text);
    }

    /// The same for what blocks it.
    pub fn set_blocker_note(self, text: String) {
        drafts::write(&note_of(&self.place.read_value()), &text);
        self.blocker_note.set(text);
    }

    /// What to send, or what is wrong: the same that the server would say.
    pub fn check_in(self) -> Result<NewCheckIn, Problem> {
        let refused = |invalid: Invalid| Problem::from(invalid);
        let number = self
            .value()
            .and_then(Number::new)
            .ok_or_else(|| refused(Invalid::field("value", words::home().not_a_number)))?;
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

    /// It is under way, and kept elsewhere for so long.
    pub fn put_away(self) {
        let place = self.place.get_value();
        drafts::write(&place, "");
        drafts::write(&note_of(&place), "");
    }

    /// It was refused: its words are kept here again.
    pub fn take_out(self) {
        let place = self.place.get_value();
        drafts::write(&place, &self.comment.read_untracked());
        drafts::write(&note_of(&place), &self.blocker_note.read_untracked());
    }

    /// It has been sent: nothing is left to keep.
    pub fn forget(self) {
        self.at_first
            .set_value((self.value.get_untracked(), self.status.get_untracked()));
        self.comment.set(String::new());
    }
}

/// Where the note is kept, beside the comment.
fn note_of(place: &str) -> String {
    format!("{place}:blocker")
}
