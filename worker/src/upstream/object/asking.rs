//! One question to the service, if it may be asked now, and what its answer says about asking again.

use serde::de::IgnoredAny;
use worker::{Method, Result};

use super::budget::Purpose;
use super::service::Answer;
use super::state::Object;
use crate::clock;
use crate::hosted::LISTS;
use crate::upstream::items;

impl Object {
    /// The service's answer to a question, or the seconds after which to ask again.
    pub async fn ask(
        &self,
        address: &str,
        purpose: Purpose,
        sender: &str,
    ) -> crate::error::Result<Result<Answer, u32>> {
        let Some(service) = self.service() else {
            return Ok(Err(60));
        };
        if let Err(seconds) = self.take(purpose, sender)? {
            return Ok(Err(seconds));
        }
        let answer = service.send(Method::Get, address, None).await;
        let now = clock::now_ms();
        match answer {
            Ok(answer) if answer.status == 429 => Ok(Err(self.closed(&answer)?)),
            Ok(answer) if is_good(address, &answer) => {
                self.breaker.borrow_mut().succeeded();
                self.learn(&answer);
                Ok(Ok(answer))
            }
            Ok(answer) => {
                self.breaker.borrow_mut().failed(now);
                worker::console_warn!("{address}: the service answers {}", answer.status);
                Ok(Err(self.patience(now)))
            }
            Err(failure) => {
                self.breaker.borrow_mut().failed(now);
                worker::console_warn!("the service does not answer: {failure}");
                Ok(Err(self.patience(now)))
            }
        }
    }

    /// Takes one request of the budget, if the service is asked at all, or says when to try again.
    pub fn take(&self, purpose: Purpose, sender: &str) -> Result<Result<(), u32>> {
        let now = clock::now_ms();
        if self.budget.borrow_mut().wait_ms(now, purpose) == 0
            && let Err(seconds) = self.breaker.borrow_mut().pass(now)
        {
            return Ok(Err(seconds));
        }
        let taken = self.budget.borrow_mut().take(now, purpose, sender);
        match taken {
            Ok(()) => self.keep_budget()?,
            // A probe that could not be sent is none.
            Err(_) => self.breaker.borrow_mut().not_sent(),
        }
        Ok(taken)
    }

    /// Notes a 429, and says when the service accepts something again.
    pub fn closed(&self, answer: &Answer) -> Result<u32> {
        let now = clock::now_ms();
        self.learn(answer);
        self.breaker.borrow_mut().succeeded();
        worker::console_warn!("the service answered 429");
        let seconds = answer.retry_after_seconds.unwrap_or(60);
        self.budget.borrow_mut().close(now, seconds);
        self.keep_budget()?;
        Ok(seconds)
    }

    /// Learns the service's clock.
    pub fn learn(&self, answer: &Answer) {
        if let Some(date_ms) = answer.date_ms {
            self.budget
                .borrow_mut()
                .learn_clock(clock::now_ms(), date_ms);
        }
    }

    /// Seconds after which a failed request is worth another try.
    pub fn patience(&self, now: u64) -> u32 {
        self.breaker.borrow().paused_for_seconds(now).unwrap_or(1)
    }
}

/// Whether it can be what the service wants to say: a refusal, or what is served at this address.
fn is_good(address: &str, answer: &Answer) -> bool {
    match answer.status {
        200 if LISTS.contains(&address) => items::of(&answer.body).is_some(),
        200 => serde_json::from_str::<IgnoredAny>(&answer.body).is_ok(),
        status => status < 500,
    }
}
