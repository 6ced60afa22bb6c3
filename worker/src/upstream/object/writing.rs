//! Writing to the service: at once if it takes it, else in order and later, and never twice.

use std::rc::Rc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{Either, select};
use http::Method;
use okrs_shared::id::PendingWriteId;
use okrs_shared::upstream::{Decision, PendingWrite, WriteState};
use worker::Delay;

use super::budget::Purpose;
use super::state::{Attempt, Flight, NotNow, Object};
use crate::clock;
use crate::error::{Error, Result};
use crate::hosted::public_write::PublicWrite;
use crate::hosted::{Fate, Outgoing};
use crate::ids;
use crate::log;
use crate::store::admission;
use crate::upstream::queue::{DUST_SETTLES_MS, New, Write};

/// Whoever takes an answer later as well is not kept waiting longer than this, in milliseconds.
const PATIENCE_MS: u64 = 3_000;
/// A write waits so long, in milliseconds, for those before it, of which one may have to be found out about.
const TURN_PATIENCE_MS: u64 = 8_000;
/// If the database can't say whether a write may be sent, it is asked again after so long, in milliseconds.
const LOOK_AGAIN_MS: u64 = 5_000;
/// How often it looks at one of which it does not hear, in milliseconds.
const LOOK_MS: u64 = 100;

impl Object {
    /// Takes a write in, and sends it if it can be sent now. With whether it repeats one that is known.
    pub async fn write(self: &Rc<Self>, new: &Outgoing) -> Result<(Fate, bool)> {
        if let Some(known) = self.repeated(new).await? {
            return Ok((known, true));
        }
        let method: Method = new.method.parse().unwrap_or_default();
        let public_write = PublicWrite::of(&method, &new.address)
            .ok_or_else(|| Error::internal("not a write of the public API"))?;
        let id = PendingWriteId(ids::new_id());
        self.queue.add(
            &id,
            &New {
                subject: public_write.subject,
                method: &new.method,
                address: &new.address,
                body: &new.body,
                sent: &new.sent,
                caller: &new.caller,
                promise: new.promise.as_ref(),
                asynchronous: new.asynchronous,
            },
        )?;
        let attempt = self.first_attempt(&id).await?;
        self.schedule().await?;
        let fate = self.fate(&id, attempt)?;
        if matches!(
            fate,
            Fate::OverBudget(_) | Fate::Unavailable(_) | Fate::Behind(_)
        ) {
            // Whoever asked has been told to ask again.
            self.queue.remove(&id)?;
        }
        Ok((fate, false))
    }

    /// What became of the write that this one repeats. What had no effect may be tried again under the
    /// same key.
    async fn repeated(self: &Rc<Self>, new: &Outgoing) -> Result<Option<Fate>> {
        let Some(promise) = &new.promise else {
            return Ok(None);
        };
        let sender = new.caller.sender_id();
        while let Some(known) = self.queue.find_by_key(sender, &promise.key)? {
            let flight = self.attempts.borrow().get(&known.id).cloned();
            if known.state == WriteState::Failed && flight.is_none() {
                self.queue.release_key(&known.id)?;
                continue;
            }
            if known.request_hash.as_ref() != Some(&promise.request_hash) {
                return Ok(Some(Fate::KeyReused));
            }
            let is_over = matches!(known.state, WriteState::Done | WriteState::Failed);
            if is_over && clock::now_ms() > known.created_at + promise.kept_for_ms {
                self.queue.release_key(&known.id)?;
                continue;
            }
            let attempt = match flight {
                Some(flight) => flight.await,
                None => Attempt::InDoubt,
            };
            if self.queue.find(&known.id)?.is_some() {
                return self.fate(&known.id, attempt).map(Some);
            }
        }
        Ok(None)
    }

    async fn first_attempt(self: &Rc<Self>, id: &PendingWriteId) -> Result<Attempt> {
        let write = self.known(id)?;
        let began = clock::now_ms();
        let patience = match write.asynchronous {
            true => PATIENCE_MS,
            false => TURN_PATIENCE_MS,
        };
        if let Some(attempt) = self.turn_comes(&write, began + patience).await? {
            return Ok(attempt);
        }
        let flight = self.attempt(id);
        if !write.asynchronous {
            return Ok(flight.await);
        }
        let left = (began + PATIENCE_MS).saturating_sub(clock::now_ms());
        let patience = Delay::from(Duration::from_millis(left));
        Ok(match select(flight, patience.boxed_local()).await {
            Either::Left((attempt, _)) => attempt,
            Either::Right(_) => Attempt::InDoubt,
        })
    }

    /// Waits until no earlier write to the same thing is on its way; if that takes too long, says why.
    async fn turn_comes(self: &Rc<Self>, write: &Write, until: u64) -> Result<Option<Attempt>> {
        while let Some(earlier) = self.queue.before(write)? {
            let now = clock::now_ms();
            if now >= until {
                let due = earlier.due_at.saturating_sub(now).div_ceil(1_000);
                let seconds = u32::try_from(due).unwrap_or(u32::MAX).max(1);
                return Ok(Some(Attempt::Behind(seconds)));
            }
            let wait = self.budget.borrow_mut().wait_ms(now, Purpose::Write);
            if now + wait > until {
                let seconds = self.budget.borrow().resets_in_seconds(now);
                return Ok(Some(Attempt::NotNow(NotNow::OverBudget(seconds))));
            }
            let under_way = self.attempts.borrow().get(&earlier.id).cloned();
            match under_way {
                Some(flight) => {
                    let patience = Delay::from(Duration::from_millis(until - now));
                    select(flight, patience.boxed_local()).await;
                }
                None => Delay::from(Duration::from_millis(LOOK_MS)).await,
            }
        }
        Ok(None)
    }

    /// What to say about a write after an attempt.
    fn fate(&self, id: &PendingWriteId, attempt: Attempt) -> Result<Fate> {
        let write = self.known(id)?;
        let is_over = matches!(write.state, WriteState::Done | WriteState::Failed);
        Ok(match (attempt, write.status, write.answer.clone()) {
            (_, Some(status), Some(answer)) if is_over => Fate::Answered(status, answer),
            _ if write.asynchronous => Fate::Kept(Box::new(PendingWrite::from(write))),
            (Attempt::NotNow(NotNow::OverBudget(seconds)), ..) => Fate::OverBudget(seconds),
            (Attempt::NotNow(NotNow::Unavailable(seconds)), ..) => Fate::Unavailable(seconds),
            (Attempt::Behind(seconds), ..) => Fate::Behind(seconds),
            _ => Fate::InDoubt(write.id),
        })
    }

    /// Sends the waiting writes, or finds out about those in doubt, until none is due.
    pub async fn drain(self: Rc<Self>) -> worker::Result<()> {
        if self.is_draining.replace(true) {
            return Ok(());
        }
        let drained = self.drain_due().await;
        self.is_draining.set(false);
        drained
    }

    async fn drain_due(self: &Rc<Self>) -> worker::Result<()> {
        while let Some(write) = self.queue.next(clock::now_ms())? {
            match self.may_be_sent(&write).await {
                Ok(true) => {
                    self.attempt(&write.id).await;
                }
                Ok(false) => self.queue.later(&write.id, WriteState::Held, 0)?,
                Err(error) => {
                    log::error(
                        "a write can't be looked at",
                        format!("{}: {error:?}", write.id),
                    );
                    let again = clock::now_ms() + LOOK_AGAIN_MS;
                    self.queue.later(&write.id, write.state, again)?;
                }
            }
        }
        Ok(())
    }

    /// Whether whose it is could still ask for it. What was sent already is found out about in any case.
    async fn may_be_sent(&self, write: &Write) -> Result<bool> {
        if write.state != WriteState::Waiting || self.queue.is_let_go(&write.id)? {
            return Ok(true);
        }
        let is_over = admission::is_over(&self.platform().db()?, &write.caller).await?;
        Ok(!is_over)
    }

    /// Sends a write, or finds out about it: once, however many wait for it.
    fn attempt(self: &Rc<Self>, id: &PendingWriteId) -> Flight<Attempt> {
        if let Some(flight) = self.attempts.borrow().get(id) {
            return flight.clone();
        }
        let (object, of) = (Rc::clone(self), id.clone());
        let flight = self.launch(async move {
            let attempt = object.attempt_now(&of).await.unwrap_or_else(|error| {
                log::error("a write broke", format!("{of}: {error:?}"));
                let _ =
                    object
                        .queue
                        .later(&of, WriteState::InDoubt, clock::now_ms() + DUST_SETTLES_MS);
                Attempt::InDoubt
            });
            object.attempts.borrow_mut().remove(&of);
            let _ = object.schedule().await;
            attempt
        });
        self.attempts
            .borrow_mut()
            .insert(id.clone(), flight.clone());
        flight
    }

    /// Somebody decides what can't be found out, or dismisses what failed.
    pub async fn decide(self: &Rc<Self>, id: &PendingWriteId, decision: Decision) -> Result<bool> {
        let Some(write) = self.queue.find(id)? else {
            return Ok(false);
        };
        match (write.state, decision) {
            (WriteState::Undecided, Decision::Send) => {
                self.queue.later(id, WriteState::Waiting, 0)?;
                self.schedule().await?;
            }
            (WriteState::Held, Decision::Send) => {
                self.queue.let_go(id)?;
                self.schedule().await?;
            }
            (WriteState::Undecided | WriteState::Held | WriteState::Waiting, Decision::Drop) => {
                let answer = serde_json::json!({ "message": "It was dropped" });
                self.queue
                    .end(id, WriteState::Failed, 410, &answer.to_string())?;
                self.queue.dismiss(id)?;
            }
            (WriteState::Failed | WriteState::Done, Decision::Drop) => {
                return Ok(self.queue.dismiss(id)?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The write with this id, which is there.
    pub fn known(&self, id: &PendingWriteId) -> Result<Write> {
        let found = self.queue.find(id)?;
        found.ok_or_else(|| Error::internal(format!("write {id} is gone")))
    }
}
