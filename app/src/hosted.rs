//! Writes that wait for the hosted service, as far as this page knows of them.

use leptos::prelude::*;
use okrs_shared::upstream::WriteState;

use crate::components::ui::toast::toasts;
use crate::words;

/// Shared by the frame and the forms.
#[derive(Clone, Copy, Default)]
pub struct WaitingWrites {
    /// Whether the list of what waits is shown.
    pub is_open: RwSignal<bool>,
    /// Rises with each write that is kept: it is time to look how things stand.
    pub kept: RwSignal<u32>,
    /// What was typed, by the id of what it is a value of, until nothing waits any more.
    pub values: RwSignal<Vec<(String, String)>>,
    /// One's own writes of which one should hear: how many are undecided, how many have failed.
    pub troubles: RwSignal<(usize, usize)>,
}

impl WaitingWrites {
    /// The value that waits for this key result or KPI.
    pub fn value_of(self, id: &str) -> Option<String> {
        let values = self.values.read();
        let found = values.iter().rev().find(|(of, _)| of == id);
        found.map(|(_, value)| value.clone())
    }
}

/// What waits, for whoever asks. Parts that stand by themselves, as in tests, have it for themselves.
pub fn waiting() -> WaitingWrites {
    use_context().unwrap_or_default()
}

/// What is said in place of a value that the server keeps.
pub fn kept_value(state: WriteState, value: &str) -> String {
    let words = words::waiting();
    match state {
        WriteState::Waiting => (words.value_waits)(value),
        _ => (words.value_unknown)(value),
    }
}

/// Says that a write was kept, and offers to look at it; for use in the page that sent it.
pub fn say_kept() -> impl Fn(WriteState) + Copy {
    let (waiting, toasts) = (waiting(), toasts());
    move |state| {
        let words = words::waiting();
        let said = match state {
            WriteState::Waiting => words.will_be_sent,
            _ => words.not_known_yet,
        };
        waiting.kept.update(|times| *times += 1);
        toasts.offer(said, words.see, move || waiting.is_open.set(true));
    }
}
