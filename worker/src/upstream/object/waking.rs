//! When the object wakes by itself, and what for.

use std::rc::Rc;
use std::time::Duration;

use worker::Result;

use super::budget::Purpose;
use super::reading::FRESH_MS;
use super::state::{INTEREST_MS, Object, Renewed};
use crate::clock;
use crate::hosted::LISTS;

/// While nobody looks, the lists are still read so often, in milliseconds: history is made of it.
const HISTORY_MS: u64 = 15 * 60_000;
/// A list that is to be compared anew, and was read in vain for that, is read again after so long.
const AGAIN_MS: u64 = 5_000;
/// The object wakes by itself no sooner than this, so that a mistake is no endless loop.
const SHORTEST_SLEEP_MS: u64 = 200;
/// If a life ends in the middle of its work, the next one goes on with it after so long.
const NEXT_LIFE_MS: u64 = 10_000;
/// What the service refuses is asked for again after so long.
const REFUSED_MS: u64 = 60_000;

impl Object {
    /// What the alarm is for: renews what is looked at, and sends what waits.
    pub async fn wake_up(self: &Rc<Self>) -> Result<()> {
        if !self.has_copy() {
            return Ok(());
        }
        self.sleep(NEXT_LIFE_MS).await?;
        let now = clock::now_ms();
        let stale: Vec<&str> = LISTS
            .into_iter()
            .filter(|list| self.renews_at(list).is_some_and(|at| at <= now))
            .collect();
        let drained = Rc::clone(self).drain();
        let renewed = async {
            for list in stale {
                self.renewed(list, "").await;
            }
        };
        let (drained, ()) = futures_util::future::join(drained, renewed).await;
        drained?;
        self.schedule().await
    }

    /// Sets the alarm for what comes next.
    pub async fn schedule(&self) -> Result<()> {
        if !self.has_copy() {
            return Ok(());
        }
        let renewals = LISTS.iter().filter_map(|list| self.renews_at(list)).min();
        let next = renewals.into_iter().chain(self.queue.next_due()?).min();
        if let Some(next) = next {
            let sleep = next.saturating_sub(clock::now_ms());
            self.sleep(sleep.max(SHORTEST_SLEEP_MS)).await?;
        }
        Ok(())
    }

    async fn sleep(&self, millis: u64) -> Result<()> {
        let alarm = Duration::from_millis(millis);
        self.state.storage().set_alarm(alarm).await
    }

    /// Notes when an address that could not be read is worth another try.
    pub fn note_failure(&self, address: &str, renewed: &Renewed) {
        let wait = match renewed {
            Renewed::Fresh => None,
            Renewed::Failed(not_now) => Some(u64::from(not_now.seconds()) * 1_000),
            Renewed::Refused(..) => Some(REFUSED_MS),
        };
        let mut retry_at = self.retry_at.borrow_mut();
        match wait {
            Some(wait) => retry_at.insert(address.to_owned(), clock::now_ms() + wait),
            None => retry_at.remove(address),
        };
    }

    /// When a list is to be renewed: soon while somebody looks at it or wants it compared, else for its
    /// history. `None` for one that nobody has ever asked for.
    fn renews_at(&self, list: &str) -> Option<u64> {
        let now = clock::now_ms();
        let is_wanted = self.is_wanted_anew(list);
        let read_at = self.snapshots.borrow().get(list).map(|last| last.read_at);
        let read_at = match read_at {
            None if !is_wanted => return None,
            read_at => read_at.unwrap_or(0),
        };
        let looked_at = self.looked_at.borrow().get(list).copied().unwrap_or(0);
        let is_looked_at = now < looked_at + INTEREST_MS;
        let every = match (is_wanted, is_looked_at) {
            (true, _) => AGAIN_MS,
            (false, true) => FRESH_MS,
            (false, false) => HISTORY_MS,
        };
        let paused = self.breaker.borrow().paused_for_seconds(now).unwrap_or(0);
        let wait = self.budget.borrow_mut().wait_ms(now, Purpose::Read);
        let wait = wait.max(u64::from(paused) * 1_000);
        let retry_at = self.retry_at.borrow().get(list).copied().unwrap_or(0);
        let possible = if wait > 0 { now + wait } else { 0 };
        Some((read_at + every).max(possible).max(retry_at))
    }
}
