//! Reading from the service: the last good answer, renewed while somebody looks.

use std::rc::Rc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{Either, join_all, select};
use worker::{Delay, Headers, Response, Result};

use super::budget::Purpose;
use super::state::{Flight, INTEREST_MS, NotNow, Object, Renewed};
use crate::clock;
use crate::hosted::{self, LISTS, Question, STALE_MS};
use crate::log;
use crate::upstream::copy::references;

/// An answer older than this is renewed when somebody looks, in milliseconds.
pub const FRESH_MS: u64 = 15_000;

/// How long the first answer is waited for; one that shows a write; a newer one.
const FIRST_PATIENCE_MS: u64 = 10_000;
const WRITE_PATIENCE_MS: u64 = 5_000;
const PATIENCE_MS: u64 = 2_000;

impl Object {
    /// The last good answer: 200 with it, 204 if the asker has it, the service's refusal, 429 if the budget is used
    /// up, or 503.
    pub async fn read(self: &Rc<Self>, question: &Question) -> Result<Response> {
        let address = &question.address;
        let is_first = self.snapshots.borrow().get(address).is_none();
        let renewed = self.look_at(address, &question.sender).await;
        let is_list = LISTS.contains(&address.as_str());
        if let Some(Renewed::Refused(status, body)) = &renewed
            && !is_list
        {
            return Ok(Response::ok(body)?.with_status(*status));
        }
        let snapshots = self.snapshots.borrow();
        let Some(snapshot) = snapshots.get(address) else {
            let (status, seconds) = match renewed {
                Some(Renewed::Failed(NotNow::OverBudget(seconds))) => (429, seconds),
                Some(Renewed::Failed(NotNow::Unavailable(seconds))) => (503, seconds),
                _ => (503, 1),
            };
            let headers = Headers::new();
            headers.set("retry-after", &seconds.to_string())?;
            return Ok(Response::error("not now", status)?.with_headers(headers));
        };
        let headers = Headers::new();
        headers.set(hosted::VERSION, &snapshot.version)?;
        headers.set(hosted::READ_AT, &snapshot.read_at.to_string())?;
        if is_first {
            headers.set(hosted::FIRST, "1")?;
        }
        let answer = if question.have.as_ref() == Some(&snapshot.version) {
            Response::empty()?.with_status(204)
        } else {
            Response::ok(&snapshot.body)?
        };
        Ok(answer.with_headers(headers))
    }

    /// Somebody looks at the copy in the database. Waits only for the first copy.
    pub async fn look(self: &Rc<Self>) -> Result<()> {
        if self.asked_anew_at.get() == 0 {
            // The first copy of all is made to its end, even if this life ends before.
            self.compare_anew().await?;
        }
        join_all(LISTS.map(|list| self.look_at(list, ""))).await;
        Ok(())
    }

    /// Renews what is too old, and waits for that as long as makes sense.
    async fn look_at(self: &Rc<Self>, address: &str, sender: &str) -> Option<Renewed> {
        let now = clock::now_ms();
        let first_look = self
            .looked_at
            .borrow_mut()
            .insert(address.to_owned(), now)
            .is_none_or(|last| now > last + INTEREST_MS);
        let age = self
            .snapshots
            .borrow()
            .get(address)
            .map(|snapshot| now.saturating_sub(snapshot.read_at));
        let patience = match age {
            None => FIRST_PATIENCE_MS,
            Some(_) if self.is_behind(address) => WRITE_PATIENCE_MS,
            Some(age) if age > STALE_MS => PATIENCE_MS,
            Some(age) if age > FRESH_MS => 0,
            Some(_) => {
                if first_look {
                    let _ = self.schedule().await;
                }
                return None;
            }
        };
        let renewed = async {
            let renewed = self.renewed(address, sender).await;
            // The service may have been asked before the write that is to be seen.
            match renewed {
                Renewed::Fresh if self.is_behind(address) => self.renewed(address, sender).await,
                renewed => renewed,
            }
        };
        let patience = Delay::from(Duration::from_millis(patience));
        match select(renewed.boxed_local(), patience.boxed_local()).await {
            Either::Left((renewed, _)) => Some(renewed),
            Either::Right(_) => None,
        }
    }

    fn is_behind(&self, address: &str) -> bool {
        let marks = self.marks.borrow();
        marks.get(address).is_some_and(|marks| marks.is_behind())
    }

    /// Asks the service anew, once for all who want to know.
    pub fn renewed(self: &Rc<Self>, address: &str, sender: &str) -> Flight<Renewed> {
        if let Some(flight) = self.reads.borrow().get(address) {
            return flight.clone();
        }
        let (object, place, sender) = (Rc::clone(self), address.to_owned(), sender.to_owned());
        let flight = self.launch(async move {
            let renewed = object.renew(&place, &sender).await;
            let renewed = renewed.unwrap_or_else(|error| {
                log::error("a list is not renewed", format!("{place}: {error:?}"));
                Renewed::Failed(NotNow::Unavailable(10))
            });
            object.reads.borrow_mut().remove(&place);
            object.note_failure(&place, &renewed);
            let _ = object.schedule().await;
            renewed
        });
        self.reads
            .borrow_mut()
            .insert(address.to_owned(), flight.clone());
        flight
    }

    async fn renew(self: &Rc<Self>, address: &str, sender: &str) -> crate::error::Result<Renewed> {
        let is_list = LISTS.contains(&address);
        // What all look at is nobody's in particular.
        let sender = if is_list { "" } else { sender };
        let marks = self
            .marks
            .borrow()
            .get(address)
            .copied()
            .unwrap_or_default();
        let asked_at = clock::now_ms();
        let answer = match self.ask(address, Purpose::Read, sender).await? {
            Ok(answer) => answer,
            Err(not_now) => return Ok(Renewed::Failed(not_now)),
        };
        match answer.status {
            200 => {}
            // The key is not accepted, or lacks a scope: the readers can't help it.
            401 | 403 => {
                log::error(
                    "the service does not accept the key",
                    format!("{address}: {}", answer.status),
                );
                return Ok(Renewed::Failed(NotNow::Unavailable(60)));
            }
            status => {
                if !is_list {
                    self.snapshots.borrow_mut().remove(address)?;
                }
                return Ok(Renewed::Refused(status, answer.body));
            }
        }
        let before = self.snapshots.borrow().get(address).cloned();
        let copied = before.filter(|before| before.is_copied);
        self.snapshots
            .borrow_mut()
            .keep(address, answer.body, asked_at)?;
        let is_settled = {
            let mut all = self.marks.borrow_mut();
            let now = all.entry(address.to_owned()).or_default();
            // What had ended when the service was asked, the answer shows.
            now.shown = now.shown.max(marks.ended);
            // A write that was under way may be in the answer or not: the copy waits for the next. So it
            // does while one is in doubt, which is done here once it is known to have been done there.
            !marks.is_moving() && now.begun == marks.begun && !self.is_in_doubt(address)?
        };
        if is_settled && is_list && self.has_copy() {
            if let Some(referred) = references::referred_by(address) {
                self.copy_first(referred).await;
            }
            let before = copied.map(|before| before.body);
            self.copy(address, before.as_deref()).await?;
            self.compare_later(address);
        }
        Ok(Renewed::Fresh)
    }

    /// What a list names is copied before it.
    async fn copy_first(self: &Rc<Self>, referred: &str) {
        let is_there = self
            .snapshots
            .borrow()
            .get(referred)
            .is_some_and(|snapshot| snapshot.is_copied);
        if !is_there {
            self.renewed(referred, "").await;
        }
    }

    /// Whether the last answer shows all that was written through here.
    pub fn is_settled(&self, list: &str) -> crate::error::Result<bool> {
        let marks = self.marks.borrow().get(list).copied().unwrap_or_default();
        Ok(!marks.is_moving() && !marks.is_behind() && !self.is_in_doubt(list)?)
    }
}
