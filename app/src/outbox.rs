//! Check-ins, values and comments on their way to the server: nothing else sends one. They survive a closed
//! tab, and each is recorded once, because it keeps its `Idempotency-Key` however often it is tried. What the
//! server has taken over to send to the hosted service is the server's from then on.
//!
//! One that is posted is sent at once. Where the network, the session or the server's patience is what
//! is missing, it is kept and sent again by itself; every other refusal gives it back to the reader.

mod parcel;

use std::mem;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use okrs_shared::id::CheckInId;
use okrs_shared::upstream::WriteState;

pub use self::parcel::Parcel;
use crate::api::{self, Answer, Problem, Sent};
use crate::components::ui::paint::after_paint;
use crate::drafts;
use crate::hosted::{WaitingWrites, say_kept, waiting};
use crate::session::{Session, session};

/// How a write stands that was posted here.
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
    Done(Option<String>),
}

struct Entry {
    parcel: Parcel,
    standing: Standing,
    is_under_way: bool,
    /// An answer was lost: the server may have it already.
    may_have_arrived: bool,
}

impl Entry {
    fn new(parcel: Parcel, standing: Standing) -> Self {
        Self {
            parcel,
            standing,
            is_under_way: false,
            may_have_arrived: false,
        }
    }

    fn is_it(&self, idempotency_key: &str) -> bool {
        self.parcel.idempotency_key == idempotency_key
    }

    fn is_here(&self) -> bool {
        matches!(self.standing, Standing::Kept(_)) && !self.is_under_way && !self.may_have_arrived
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

    /// Takes over what is typed: it is kept from now on, and sent once it has been shown as pressed.
    pub fn post(self, parcel: Parcel) {
        parcel::keep(&parcel);
        drafts::forget(&parcel.typed);
        let about = parcel.about.clone();
        self.entries
            .update(|entries| entries.push(Entry::new(parcel, Standing::Sending)));
        after_paint(move || self.send_next(&about));
    }

    /// How one stands that was posted here.
    pub fn standing(self, idempotency_key: &str) -> Standing {
        let entries = self.entries.read();
        let mut entries = entries.iter();
        entries
            .find(|entry| entry.is_it(idempotency_key))
            .map_or(Standing::Done(None), |entry| entry.standing.clone())
    }

    /// What is kept until it can be sent.
    pub fn kept(self) -> Kept {
        let entries = self.entries.read();
        let kept = entries
            .iter()
            .filter(|entry| matches!(entry.standing, Standing::Kept(_)));
        Kept::of(kept.map(|entry| &entry.parcel))
    }

    /// What the server did not take, with the reasons.
    pub fn refused(self) -> Vec<(Parcel, Problem)> {
        let entries = self.entries.read();
        let entries = entries.iter();
        entries
            .filter_map(|entry| match &entry.standing {
                Standing::Refused(problem) => Some((entry.parcel.clone(), problem.clone())),
                _ => None,
            })
            .collect()
    }

    /// What was posted about this, and how it stands.
    pub fn about(self, about: &str) -> Vec<(Parcel, Standing)> {
        let entries = self.entries.read();
        let found = entries.iter().filter(|entry| entry.parcel.about == about);
        found
            .map(|entry| (entry.parcel.clone(), entry.standing.clone()))
            .collect()
    }

    /// Does this whenever something more about a thing has been recorded: what was posted here, and also what an
    /// earlier page has left.
    pub fn when_recorded(self, about: impl Fn() -> String + 'static, then: impl Fn() + 'static) {
        Effect::new(move |before: Option<usize>| {
            let about = self.about(&about());
            let is_done =
                |(_, standing): &&(Parcel, Standing)| matches!(standing, Standing::Done(_));
            let now = about.iter().filter(is_done).count();
            if before.is_some_and(|before| before < now) {
                then();
            }
            now
        });
    }

    /// The reader has seen what was refused.
    pub fn dismiss(self) {
        self.entries.update(|entries| {
            entries.retain(|entry| !matches!(entry.standing, Standing::Refused(_)));
        });
    }

    /// Whether one is still here only: it is kept, and nothing of it can have reached the server.
    pub fn is_here(self, idempotency_key: &str) -> bool {
        let entries = self.entries.read();
        let mut entries = entries.iter();
        entries.any(|entry| entry.is_it(idempotency_key) && entry.is_here())
    }

    /// The reader has one back that is still here only; `false` if it is not.
    pub fn withdraw(self, idempotency_key: &str) -> bool {
        let here = self.entries.with_untracked(|entries| {
            let mut entries = entries.iter();
            let found = entries.find(|entry| entry.is_it(idempotency_key) && entry.is_here());
            found.map(|entry| entry.parcel.clone())
        });
        if let Some(parcel) = &here {
            parcel::release(idempotency_key);
            drafts::give_back(&parcel.typed);
            self.give_back(idempotency_key);
        }
        here.is_some()
    }

    /// The check-ins that were recorded of those that were posted here, each under its idempotency key.
    pub fn recorded(self) -> Vec<(String, CheckInId)> {
        let entries = self.entries.read();
        let check_ins = entries.iter().filter(|entry| entry.parcel.is_check_in());
        check_ins
            .filter_map(|entry| match &entry.standing {
                Standing::Done(Some(id)) => {
                    let key = entry.parcel.idempotency_key.clone();
                    Some((key, CheckInId(id.clone())))
                }
                _ => None,
            })
            .collect()
    }

    /// Takes back a check-in that was recorded.
    pub async fn take_back(self, id: &CheckInId) -> Answer<()> {
        api::check_ins::take_back(id).await?;
        let taken_back = Standing::Done(Some(id.to_string()));
        // Whoever was here may have gone by now.
        self.entries
            .try_update(|entries| entries.retain(|entry| entry.standing != taken_back));
        Ok(())
    }

    /// The reader has this one back.
    pub fn give_back(self, idempotency_key: &str) {
        self.entries.update(|entries| {
            entries.retain(|entry| !entry.is_it(idempotency_key));
        });
    }

    /// Tries all that are not sent.
    pub fn send(self) {
        let unsent = self.entries.try_with_untracked(|entries| {
            let unsent = entries.iter().filter(|entry| entry.is_unsent());
            let things: Vec<String> = unsent.map(|entry| entry.parcel.about.clone()).collect();
            things
        });
        for about in unsent.unwrap_or_default() {
            self.send_next(&about);
        }
    }

    /// Sends the oldest about this that is left, unless it is under way: two of them must not change places.
    fn send_next(self, about: &str) {
        let oldest = self.entries.try_update_untracked(|entries| {
            let mut entries = entries.iter_mut();
            let oldest = entries.find(|entry| entry.is_unsent() && entry.parcel.about == about)?;
            let was_under_way = mem::replace(&mut oldest.is_under_way, true);
            (!was_under_way).then(|| oldest.parcel.clone())
        });
        let Some(parcel) = oldest.flatten() else {
            return;
        };
        spawn_local(async move {
            let answer = parcel.write.clone().send(&parcel.idempotency_key).await;
            self.answered(&parcel, answer);
        });
    }

    /// Whoever was here may have gone by now. What is kept in the browser is put in order all the same.
    fn answered(self, parcel: &Parcel, answer: Answer<Sent<Option<String>>>) {
        let standing = match answer {
            Ok(Sent::Done(id)) => {
                let corrected = parcel.corrects.as_ref().map(ToString::to_string);
                Standing::Done(corrected.or(id))
            }
            Ok(Sent::Waits(state)) => Standing::Waits(state),
            Err(problem) if will_pass(&problem) => Standing::Kept(problem),
            Err(problem) => Standing::Refused(problem),
        };
        let is_kept = matches!(standing, Standing::Kept(_));
        if !is_kept {
            parcel::release(&parcel.idempotency_key);
        }
        if let Standing::Refused(_) = standing {
            drafts::give_back(&parcel.typed);
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
                let waits = (parcel.about.clone(), parcel.value.clone());
                self.waiting.values.update(|values| values.push(waits));
                self.say_kept.run(state);
            }
            _ => {}
        }
        if !is_kept {
            self.send_next(&parcel.about);
        }
    }

    /// Writes down how one stands, if its entry is there still. What is kept keeps those behind it.
    fn note(self, parcel: &Parcel, standing: &Standing) -> Option<()> {
        let is_lost = match standing {
            Standing::Kept(Problem::Offline) => window().navigator().on_line(),
            standing => *standing == Standing::Kept(Problem::NotTheServer),
        };
        self.entries.try_update(|entries| {
            for entry in entries.iter_mut() {
                let is_it = entry.is_it(&parcel.idempotency_key);
                let is_behind = matches!(standing, Standing::Kept(_))
                    && entry.is_unsent()
                    && entry.parcel.about == parcel.about;
                entry.may_have_arrived |= is_it && is_lost;
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

/// Whether the same may be taken another time.
fn will_pass(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::Offline | Problem::SignedOut | Problem::NotTheServer
    ) || problem.retry_after().is_some()
}

/// How much is kept.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    pub count: usize,
    /// Whether that is check-ins and nothing else.
    pub is_check_ins: bool,
}

impl Kept {
    fn of<'a>(parcels: impl Iterator<Item = &'a Parcel>) -> Self {
        let are_check_ins: Vec<bool> = parcels.map(Parcel::is_check_in).collect();
        Self {
            count: are_check_ins.len(),
            is_check_ins: !are_check_ins.contains(&false),
        }
    }
}

/// What is kept in this browser, whoever's it is: also where nobody is signed in.
pub fn kept_here() -> Kept {
    Kept::of(parcel::kept().iter())
}

/// The outbox of the page that asks.
pub fn outbox() -> Outbox {
    expect_context()
}
