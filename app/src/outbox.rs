//! Check-ins that could not be sent yet. They survive a closed tab, and each is recorded once, because
//! it keeps its `Idempotency-Key` however often it is tried. What the server has taken over to send to
//! the hosted service is the server's from then on.

use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_json as json;
use okrs_shared::checkin::NewCheckIn;
use okrs_shared::id::KeyResultId;
use okrs_shared::upstream::WriteState;
use serde::{Deserialize, Serialize};
use web_sys::Storage;

use crate::api::{self, Problem, Sent};

const KEY: &str = "outbox";

/// A check-in on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parcel {
    /// The same for every try.
    pub idempotency_key: String,
    /// What is checked in.
    pub key_result_id: KeyResultId,
    /// Its title, to say which one was refused.
    pub title: String,
    /// The check-in.
    pub check_in: NewCheckIn,
}

impl Parcel {
    /// A check-in that has not been tried.
    pub fn new(key_result_id: KeyResultId, title: String, check_in: NewCheckIn) -> Self {
        Self {
            idempotency_key: new_key(),
            key_result_id,
            title,
            check_in,
        }
    }
}

/// What waits, for every page that shows it.
#[derive(Clone, Copy)]
pub struct Outbox {
    waiting: RwSignal<Vec<Parcel>>,
    refused: RwSignal<Vec<(Parcel, Problem)>>,
    /// Those that the server keeps, by their idempotency keys.
    handed_over: RwSignal<Vec<(String, WriteState)>>,
}

impl Outbox {
    /// What an earlier page left, tried at once and whenever the network comes back.
    pub fn open() -> Self {
        let outbox = Self {
            waiting: RwSignal::new(kept()),
            refused: RwSignal::new(Vec::new()),
            handed_over: RwSignal::new(Vec::new()),
        };
        outbox.send();
        let listener = window_event_listener(leptos::ev::online, move |_| outbox.send());
        on_cleanup(move || listener.remove());
        outbox
    }

    /// How many wait.
    pub fn len(self) -> usize {
        self.waiting.read().len()
    }

    /// Whether one still waits.
    pub fn is_waiting(self, idempotency_key: &str) -> bool {
        let waiting = self.waiting.read();
        waiting
            .iter()
            .any(|parcel| parcel.idempotency_key == idempotency_key)
    }

    /// One that the server did not take, with the reason.
    pub fn refusal_of(self, idempotency_key: &str) -> Option<(Parcel, Problem)> {
        let refused = self.refused.read();
        let mut refused = refused.iter();
        refused
            .find(|(parcel, _)| parcel.idempotency_key == idempotency_key)
            .cloned()
    }

    /// How one stands that the server keeps.
    pub fn kept_by_server(self, idempotency_key: &str) -> Option<WriteState> {
        let handed_over = self.handed_over.read();
        let mut handed_over = handed_over.iter();
        let found = handed_over.find(|(key, _)| key == idempotency_key);
        found.map(|(_, state)| *state)
    }

    /// What the server did not take, with the reason.
    pub fn refused(self) -> Vec<(Parcel, Problem)> {
        self.refused.get()
    }

    /// The reader has seen what was refused.
    pub fn dismiss(self) {
        self.refused.set(Vec::new());
    }

    /// Holds a check-in while it is under way: if its page goes meanwhile, the next one sends it again.
    pub fn hold(self, parcel: Parcel) {
        rewrite(|kept| kept.push(parcel));
    }

    /// The server has answered one that was held.
    pub fn release(self, idempotency_key: &str) {
        rewrite(|kept| kept.retain(|parcel| parcel.idempotency_key != idempotency_key));
    }

    /// Lets one that was held wait until it can be sent.
    pub fn keep(self, parcel: Parcel) {
        self.waiting.update(|waiting| waiting.push(parcel));
    }

    /// Tries everything that waits, in order: two of one key result must not change places.
    pub fn send(self) {
        spawn_local(async move {
            loop {
                let Some(parcel) = self.waiting.read_untracked().first().cloned() else {
                    return;
                };
                match api::check_ins::create(&parcel).await {
                    Err(Problem::Offline | Problem::SignedOut) => return,
                    Err(Problem::Refused {
                        retry_after: Some(_),
                        ..
                    }) => return,
                    Err(problem) => self
                        .refused
                        .update(|refused| refused.push((parcel.clone(), problem))),
                    // The server sends it, or finds out what became of it. Nothing is sent again from here.
                    Ok(Sent::Waits(state)) => {
                        let key = parcel.idempotency_key.clone();
                        self.handed_over.update(|all| all.push((key, state)));
                    }
                    Ok(Sent::Done(())) => {}
                }
                self.waiting.update(|waiting| {
                    waiting.retain(|other| other.idempotency_key != parcel.idempotency_key);
                });
                self.release(&parcel.idempotency_key);
            }
        });
    }
}

/// The outbox of the page that asks.
pub fn outbox() -> Outbox {
    expect_context()
}

fn kept() -> Vec<Parcel> {
    storage()
        .and_then(|storage| storage.get_item(KEY).ok().flatten())
        .and_then(|text| json::read(&text).ok())
        .unwrap_or_default()
}

/// Changes what is kept, and leaves alone what other tabs keep there.
fn rewrite(change: impl FnOnce(&mut Vec<Parcel>)) {
    let Some(storage) = storage() else { return };
    let mut kept = kept();
    change(&mut kept);
    let text = json::write(&kept).unwrap_or_default();
    // A full or forbidden storage: it still waits in this tab.
    let _ = storage.set_item(KEY, &text);
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// An idempotency key that nobody has used.
pub fn new_key() -> String {
    window()
        .crypto()
        .map(|crypto| crypto.random_uuid())
        .unwrap_or_else(|_| js_sys::Math::random().to_string())
}
