//! One attempt: a write is sent, or, if its answer was lost, found out about.

use std::rc::Rc;

use http::Method;
use okrs_shared::id::PendingWriteId;
use okrs_shared::upstream::WriteState;

use super::budget::Purpose;
use super::service::Answer;
use super::state::{Attempt, Marks, NotNow, Object};
use crate::clock;
use crate::error::{Error, Result};
use crate::hosted::public_write::{PublicWrite, is_answer};
use crate::log;
use crate::upstream::queue::doubt::{self, Trace, Verdict};
use crate::upstream::queue::{DUST_SETTLES_MS, Write};

impl Object {
    /// Sends a waiting write, or finds out about one in doubt.
    pub async fn attempt_now(self: &Rc<Self>, id: &PendingWriteId) -> Result<Attempt> {
        let write = self.known(id)?;
        match write.state {
            WriteState::Waiting => self.send(&write).await,
            WriteState::InDoubt => self.find_out(&write).await,
            _ => Ok(Attempt::Ended),
        }
    }

    async fn send(self: &Rc<Self>, write: &Write) -> Result<Attempt> {
        let Some(service) = self.service() else {
            return self.postpone(write, NotNow::Unavailable(60));
        };
        if let Err(not_now) = self.take(Purpose::Write, &write.sender).await? {
            return self.postpone(write, not_now);
        }
        let now = clock::now_ms();
        let method: Method = write.method.parse().unwrap_or_default();
        let public_write = public_write(write, &method)?;
        self.queue
            .sending(&write.id, self.before(&public_write, write)?.as_ref())?;
        self.mark(&public_write, |marks| marks.begun += 1);
        let body = Some(write.sent.as_str()).filter(|body| !body.is_empty());
        let answer = service
            .send(write.method.clone().into(), &write.address, body)
            .await;
        let answer = answer.and_then(|answer| of_contract(&method, answer));
        let attempt = self.answered(write, now, answer).await;
        self.mark(&public_write, |marks| marks.ended += 1);
        attempt
    }

    async fn answered(
        self: &Rc<Self>,
        write: &Write,
        sent_at: u64,
        answer: std::result::Result<Answer, String>,
    ) -> Result<Attempt> {
        let now = clock::now_ms();
        match answer {
            Ok(answer) if answer.status == 429 => {
                let seconds = self.closed(&answer)?;
                self.postpone(write, NotNow::OverBudget(seconds))
            }
            Ok(answer) if answer.status == 401 || answer.status == 403 => {
                log::error(
                    "the service does not accept the key",
                    format!("{}: {}", write.address, answer.status),
                );
                self.breaker.borrow_mut().succeeded();
                self.postpone(write, NotNow::Unavailable(60))
            }
            Ok(answer) if is_refusal_of_another(write, &answer) => {
                log::warn(
                    "something else than the service answers",
                    format!("{}: {}", write.address, answer.status),
                );
                self.breaker.borrow_mut().failed(now);
                self.postpone(write, NotNow::Unavailable(self.patience(now)))
            }
            Ok(answer) => {
                self.breaker.borrow_mut().succeeded();
                self.learn(&answer);
                let was_sent_before = write.before.is_some();
                let (state, status) = match answer.status {
                    200..300 => (WriteState::Done, answer.status),
                    // The first time it did take effect.
                    404 if was_sent_before && write.method == "DELETE" => (WriteState::Done, 204),
                    status => (WriteState::Failed, status),
                };
                // On disk before anything else can go wrong: it must not be sent again.
                self.queue.end(&write.id, state, status, &answer.body)?;
                if state == WriteState::Done
                    && let Err(error) = self.echo(write, Some(&answer.body)).await
                {
                    log::error("a write is not copied", format!("{}: {error:?}", write.id));
                }
                Ok(Attempt::Ended)
            }
            Err(why) => {
                log::warn(
                    "the service's answer is lost",
                    format!("write {}: {why}", write.id),
                );
                self.breaker.borrow_mut().failed(now);
                // A request that was given up may be at work as long again.
                let took = now.saturating_sub(sent_at);
                let settles = now + took.max(DUST_SETTLES_MS);
                self.queue.later(&write.id, WriteState::InDoubt, settles)?;
                Ok(Attempt::InDoubt)
            }
        }
    }

    /// Looks at the list whether a write took effect whose answer was lost.
    async fn find_out(self: &Rc<Self>, write: &Write) -> Result<Attempt> {
        let method: Method = write.method.parse().unwrap_or_default();
        let public_write = public_write(write, &method)?;
        let list = match self.ask(public_write.list, Purpose::Write, "").await? {
            Ok(answer) => answer.body,
            Err(not_now) => {
                let due_at = clock::now_ms() + u64::from(not_now.seconds()) * 1_000;
                self.queue.later(&write.id, WriteState::InDoubt, due_at)?;
                return Ok(Attempt::InDoubt);
            }
        };
        let verdict = doubt::trace(&public_write, &write.sent, &list)
            .map_or(Verdict::Unknown, |after| {
                doubt::judge(&public_write, &write.sent, write.before.as_ref(), &after)
            });
        match verdict {
            Verdict::TookEffect(id) => {
                let made = id.map(|id| serde_json::json!({ "id": id }).to_string());
                let (status, answer) = self.echo(write, made.as_deref()).await?;
                self.queue
                    .end(&write.id, WriteState::Done, status, &answer)?;
            }
            Verdict::DidNot if write.asynchronous || public_write.is_repeatable() => {
                self.queue.later(&write.id, WriteState::Waiting, 0)?;
            }
            Verdict::DidNot => {
                // Whoever asked has been told that it was in doubt, and may have gone.
                let answer = serde_json::json!({
                    "error": "upstream_unavailable",
                    "message": "The service's answer was lost; it turned out that nothing was changed",
                });
                self.queue
                    .end(&write.id, WriteState::Failed, 503, &answer.to_string())?;
            }
            Verdict::Unknown => {
                self.queue.later(&write.id, WriteState::Undecided, 0)?;
            }
        }
        self.mark(&public_write, |marks| {
            marks.begun += 1;
            marks.ended += 1;
        });
        Ok(Attempt::Ended)
    }

    fn postpone(&self, write: &Write, not_now: NotNow) -> Result<Attempt> {
        let due_at = clock::now_ms() + u64::from(not_now.seconds()) * 1_000;
        self.queue.unsent(write, due_at)?;
        Ok(Attempt::NotNow(not_now))
    }

    /// What the list shows of the write's subject before it is sent, as far as that is known.
    fn before(&self, public_write: &PublicWrite<'_>, write: &Write) -> Result<Option<Trace>> {
        let snapshots = self.snapshots.borrow();
        let snapshot = snapshots.get(public_write.list);
        let since = snapshot.map_or(0, |snapshot| snapshot.read_at);
        if !public_write.subject.is_empty()
            && !public_write.makes_something()
            && let Some(last) = self.queue.last_done(public_write.subject, since)?
            && let Some(expected) = doubt::expected(public_write, &last)
        {
            return Ok(Some(expected));
        }
        Ok(snapshot.and_then(|list| doubt::trace(public_write, &write.sent, &list.body)))
    }

    /// Whether a write that this list may show something of is in doubt.
    pub fn is_in_doubt(&self, list: &str) -> Result<bool> {
        let writes = self.queue.in_doubt()?;
        Ok(writes.iter().any(|write| {
            let method: Method = write.method.parse().unwrap_or_default();
            public_write(write, &method).is_ok_and(|write| write.lists().any(|of| of == list))
        }))
    }

    fn mark(&self, public_write: &PublicWrite<'_>, change: impl Fn(&mut Marks)) {
        let mut marks = self.marks.borrow_mut();
        for list in public_write.lists() {
            change(marks.entry(list.to_owned()).or_default());
        }
    }
}

/// The answer, unless it was lost on the way: then why.
fn of_contract(method: &Method, answer: Answer) -> std::result::Result<Answer, String> {
    match answer.status {
        // Not sent, whoever says so.
        401 | 403 | 429 => Ok(answer),
        // The contract calls a 500 safe to repeat, which a check-in is not, and knows no 503: that comes
        // from whatever stands before the service, and may come after it was passed on.
        status if status >= 500 => Err(format!("it answers {status}")),
        status if is_answer(method, status, &answer.body) => Ok(answer),
        // Something before the service refuses to pass it on.
        400..500 => Ok(answer),
        status => Err(format!(
            "{status} with something that is none of its answers"
        )),
    }
}

/// Whether something that stands before the service did not pass it on, for a reason of its own.
fn is_refusal_of_another(write: &Write, answer: &Answer) -> bool {
    let method: Method = write.method.parse().unwrap_or_default();
    (400..500).contains(&answer.status) && !is_answer(&method, answer.status, &answer.body)
}

fn public_write<'a>(write: &'a Write, method: &Method) -> Result<PublicWrite<'a>> {
    PublicWrite::of(method, &write.address)
        .ok_or_else(|| Error::internal("a kept write is none of the public API's"))
}
