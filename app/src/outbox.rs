//! Check-ins on their way to the server: nothing else sends one. They survive a closed tab, and each is
//! recorded once, because it keeps its `Idempotency-Key` however often it is tried. What the server has
//! taken over to send to the hosted service is the server's from then on.
//!
//! One that is posted is sent at once. Where the network, the session or the server's patience is what
//! is missing, it is kept and sent again by itself; every other refusal gives it back to the reader.

mod parcel;

use std::mem;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::id::{CheckInId, KeyResultId};
use okrs_shared::upstream::WriteState;

pub use self::parcel::Parcel;
use crate::api::{self, Answer, Problem, Sent};
use crate::components::ui::paint::after_paint;
use crate::drafts;
use crate::hosted::{WaitingWrites, say_kept, waiting};
use crate::session::{Session, session};

/// How a check-in stands that was posted here.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// On its way for the first time.
    Sending,
    /// Sent again by itself, once this is no longer in the way.
    Kept(Problem),
    /// The server keeps it and sends it, or finds out what became of it.
    Waits(WriteState),
    /// The server did not take it.
    Refused(Problem),
    /// Recorded, under this id if it is known.
    Done(Option<CheckInId>),
}

struct Entry {
    parcel: Parcel,
    standing: Standing,
    is_under_way: bool,
}

impl Entry {
    fn new(parcel: Parcel, standing: Standing) -> Self {
        Self {
            parcel,
            standing,
            is_under_way: false,
        }
    }

    fn is_unsent(&self) -> bool {
        matches!(self.standing, Standing::Sending | Standing::Kept(_))
    }
}

/// What is on its way, for every page that shows it.
#[derive(Clone, Copy)]
pub struct Outbox {
    /// In the order in which they were posted; those that are recorded until their page goes.
    entries: RwSignal<Vec<Entry>>,
    next_try: StoredValue<Option<TimeoutHandle>>,
    session: Session,
    waiting: WaitingWrites,
    say_kept: Callback<WriteState>,
}

impl Outbox {
    /// What an earlier page left, tried at once and whenever the network comes back.
    pub fn open() -> Self {
        let session = session();
        let me = untrack(|| session.me().id);
        let mine = parcel::kept()
            .into_iter()
            .filter(|parcel| parcel.is_of(&me));
        let left = mine.map(|parcel| Entry::new(parcel, Standing::Kept(Problem::Offline)));
        let outbox = Self {
            entries: RwSignal::new(left.collect()),
            next_try: StoredValue::new(None),
            session,
            waiting: waiting(),
            say_kept: Callback::new(say_kept()),
        };
        outbox.send();
        let listener = window_event_listener(leptos::ev::online, move |_| outbox.send());
        on_cleanup(move || listener.remove());
        outbox
    }

    /// Takes over a check-in with its words: it is kept from now on, and sent once it has been shown as
    /// pressed.
    pub fn post(self, parcel: Parcel) {
        parcel::keep(&parcel);
        let key_result_id = parcel.key_result_id.clone();
        drafts::forget_check_in(&key_result_id);
        self.entries
            .update(|entries| entries.push(Entry::new(parcel, Standing::Sending)));
        after_paint(move || self.send_next(&key_result_id));
    }

    /// How one stands that was posted here.
    pub fn standing(self, idempotency_key: &str) -> Standing {
        let entries = self.entries.read();
        let mut entries = entries.iter();
        entries
            .find(|entry| entry.parcel.idempotency_key == idempotency_key)
            .map_or(Standing::Done(None), |entry| entry.standing.clone())
    }

    /// How many are kept until they can be sent.
    pub fn kept(self) -> usize {
        let entries = self.entries.read();
        let kept = entries.iter().map(|entry| &entry.standing);
        kept.filter(|standing| matches!(standing, Standing::Kept(_)))
            .count()
    }

    /// The titles of what the server did not take, with the reasons.
    pub fn refused(self) -> Vec<(String, Problem)> {
        let entries = self.entries.read();
        let entries = entries.iter();
        entries
            .filter_map(|entry| match &entry.standing {
                Standing::Refused(problem) => Some((entry.parcel.title.clone(), problem.clone())),
                _ => None,
            })
            .collect()
    }

    /// The reader has seen what was refused.
    pub fn dismiss(self) {
        self.entries.update(|entries| {
            entries.retain(|entry| !matches!(entry.standing, Standing::Refused(_)));
        });
    }

    /// The reader has this one back.
    pub fn give_back(self, idempotency_key: &str) {
        self.entries.update(|entries| {
            entries.retain(|entry| entry.parcel.idempotency_key != idempotency_key);
        });
    }

    /// Tries all that are not sent.
    pub fn send(self) {
        let unsent = self.entries.try_with_untracked(|entries| {
            let unsent = entries.iter().filter(|entry| entry.is_unsent());
            let ids: Vec<KeyResultId> = unsent
                .map(|entry| entry.parcel.key_result_id.clone())
                .collect();
            ids
        });
        for id in unsent.unwrap_or_default() {
            self.send_next(&id);
        }
    }

    /// Sends the oldest of this key result that is left, unless it is under way: two of them must not
    /// change places.
    fn send_next(self, key_result_id: &KeyResultId) {
        let oldest = self.entries.try_update_untracked(|entries| {
            let mut entries = entries.iter_mut();
            let oldest = entries
                .find(|entry| entry.is_unsent() && entry.parcel.key_result_id == *key_result_id)?;
            let was_under_way = mem::replace(&mut oldest.is_under_way, true);
            (!was_under_way).then(|| oldest.parcel.clone())
        });
        let Some(parcel) = oldest.flatten() else {
            return;
        };
        spawn_local(async move {
            let answer = match &parcel.corrects {
                Some(id) => {
                    let corrected = api::check_ins::replace(id, &parcel.check_in).await;
                    corrected.map(|()| Sent::Done(id.clone()))
                }
                None => {
                    let (id, key) = (&parcel.key_result_id, &parcel.idempotency_key);
                    api::check_ins::create(id, &parcel.check_in, key).await
                }
            };
            self.answered(&parcel, answer);
        });
    }

    /// Whoever was here may have gone by now. What is kept in the browser is put in order all the same.
    fn answered(self, parcel: &Parcel, answer: Answer<Sent<CheckInId>>) {
        let standing = match answer {
            Ok(Sent::Done(id)) => Standing::Done(Some(id)),
            Ok(Sent::Waits(state)) => Standing::Waits(state),
            Err(problem) if will_pass(&problem) => Standing::Kept(problem),
            Err(problem) => Standing::Refused(problem),
        };
        let is_kept = matches!(standing, Standing::Kept(_));
        if !is_kept {
            parcel::release(&parcel.idempotency_key);
        }
        if let Standing::Refused(_) = standing {
            drafts::give_back(&parcel.key_result_id, &parcel.check_in);
        }
        if self.note(parcel, &standing).is_none() {
            return;
        }
        match standing {
            Standing::Kept(problem) => {
                self.session.notice(&problem);
                if let Some(seconds) = problem.retry_after() {
                    self.send_in(Duration::from_secs(seconds.into()));
                }
            }
            Standing::Waits(state) => {
                let waits = (parcel.key_result_id.to_string(), parcel.value.clone());
                self.waiting.values.update(|values| values.push(waits));
                self.say_kept.run(state);
            }
            _ => {}
        }
        if !is_kept {
            self.send_next(&parcel.key_result_id);
        }
    }

    /// Writes down how one stands, if its entry is there still. What is kept keeps those behind it.
    fn note(self, parcel: &Parcel, standing: &Standing) -> Option<()> {
        self.entries.try_update(|entries| {
            for entry in entries.iter_mut() {
                let is_it = entry.parcel.idempotency_key == parcel.idempotency_key;
                let is_behind = matches!(standing, Standing::Kept(_))
                    && entry.is_unsent()
                    && entry.parcel.key_result_id == parcel.key_result_id;
                if is_it || is_behind {
                    entry.standing = standing.clone();
                    entry.is_under_way = false;
                }
            }
        })
    }

    /// Tries again later, once: the latest answer knows best when.
    fn send_in(self, wait: Duration) {
        let next = set_timeout_with_handle(move || self.send(), wait).ok();
        let before = self
            .next_try
            .try_update_value(|handle| mem::replace(handle, next));
        if let Some(Some(before)) = before {
            before.clear();
        }
    }
}

/// Whether the same check-in may be taken another time.
fn will_pass(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::Offline | Problem::SignedOut | Problem::NotTheServer
    ) || problem.retry_after().is_some()
}

/// How many are kept in this browser, whoever's they are: also where nobody is signed in.
pub fn kept_here() -> usize {
    parcel::kept().len()
}

/// The outbox of the page that asks.
pub fn outbox() -> Outbox {
    expect_context()
}
