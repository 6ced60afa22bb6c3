//! One question to the service, if it may be asked now, and what its answer says about asking again.

use std::time::Duration;

use serde::de::IgnoredAny;
use worker::{Delay, Method, Result};

use super::budget::Purpose;
use super::service::Answer;
use super::state::{NotNow, Object};
use crate::clock;
use crate::hosted::LISTS;
use crate::log;
use crate::upstream::items;

/// Whoever may ask again in so many seconds is kept waiting rather than sent away.
const A_MOMENT: u32 = 3;

impl Object {
    /// The service's answer to a question, or why there is none.
    pub async fn ask(
        &self,
        address: &str,
        purpose: Purpose,
        sender: &str,
    ) -> crate::error::Result<Result<Answer, NotNow>> {
        let Some(service) = self.service() else {
            return Ok(Err(NotNow::Unavailable(60)));
        };
        if let Err(not_now) = self.take(purpose, sender).await? {
            return Ok(Err(not_now));
        }
        let answer = service.send(Method::Get, address, None).await;
        let now = clock::now_ms();
        match answer {
            Ok(answer) if answer.status == 429 => {
                Ok(Err(NotNow::OverBudget(self.closed(&answer)?)))
            }
            Ok(answer) if is_good(address, &answer) => {
                self.breaker.borrow_mut().succeeded();
                self.learn(&answer);
                Ok(Ok(answer))
            }
            Ok(answer) => {
                self.breaker.borrow_mut().failed(now);
                log::warn("the service fails", format!("{address}: {}", answer.status));
                Ok(Err(NotNow::Unavailable(self.patience(now))))
            }
            Err(failure) => {
                self.breaker.borrow_mut().failed(now);
                log::warn("the service does not answer", &failure);
                Ok(Err(NotNow::Unavailable(self.patience(now))))
            }
        }
    }

    /// Takes one request of the budget, perhaps after a moment, if the service is asked at all.
    pub async fn take(&self, purpose: Purpose, sender: &str) -> Result<Result<(), NotNow>> {
        let taken = self.take_now(purpose, sender)?;
        if let Err(NotNow::OverBudget(seconds)) = taken
            && seconds <= A_MOMENT
        {
            Delay::from(Duration::from_secs(seconds.into())).await;
            return self.take_now(purpose, sender);
        }
        Ok(taken)
    }

    fn take_now(&self, purpose: Purpose, sender: &str) -> Result<Result<(), NotNow>> {
        let now = clock::now_ms();
        if self.budget.borrow_mut().wait_ms(now, purpose) == 0
            && let Err(seconds) = self.breaker.borrow_mut().pass(now)
        {
            return Ok(Err(NotNow::Unavailable(seconds)));
        }
        let taken = self.budget.borrow_mut().take(now, purpose, sender);
        match taken {
            Ok(()) => self.keep_budget()?,
            // A probe that could not be sent is none.
            Err(_) => self.breaker.borrow_mut().not_sent(),
        }
        Ok(taken.map_err(NotNow::OverBudget))
    }

    /// Notes a 429, and says when the service accepts something again.
    pub fn closed(&self, answer: &Answer) -> Result<u32> {
        let now = clock::now_ms();
        self.learn(answer);
        self.breaker.borrow_mut().succeeded();
        log::warn("the service has answered 429", "");
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
