//! How many requests the hosted service still accepts in this minute, and who may have them.
//!
//! The service counts in minutes of its own clock, which is known to the second or so from its `Date`
//! headers. A request near the turn of a minute may be counted on either side, so it is counted here
//! on both: that costs a few requests a minute and never ends in a 429.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

const MINUTE_MS: u64 = 60_000;
/// How far from the turn of a minute it is sure on which side a request is counted: a `Date` header
/// is cut to seconds, and the way there takes time.
const EDGE_MS: u64 = 2_000;
/// One in so many is kept for writes that somebody waits for.
const RESERVED_SHARE: u32 = 6;

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To renew what has been read before.
    Read,
    /// To change something, or to learn whether it was changed.
    Write,
}

/// The count of this minute, as it is kept over restarts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ServiceBudget {
    limit: u32,
    /// The service's clock less ours, in milliseconds.
    offset_ms: i64,
    minute: u64,
    used: u32,
    /// Requests of the minute before, those near its end included.
    used_before: u32,
    /// Requests near the end of this minute: they may be counted in the next.
    near_end: u32,
    /// Requests of this minute by those on whose behalf they were sent.
    used_by: HashMap<String, u32>,
    /// The service said that nothing is accepted before then.
    closed_until_ms: u64,
}

impl ServiceBudget {
    /// The kept budget, or a new one, with this many requests a minute.
    pub fn with_limit(kept: Option<Self>, limit: u32) -> Self {
        Self {
            limit,
            ..kept.unwrap_or_default()
        }
    }

    /// Takes one request on behalf of `caller` (nobody's, if empty), or says in how many seconds to
    /// ask again, at least 1.
    pub fn take(&mut self, now: u64, purpose: Purpose, caller: &str) -> Result<(), u32> {
        let into = self.turn(now);
        let is_closed = now < self.closed_until_ms;
        if is_closed || self.left_for(purpose) == 0 || self.has_had_its_share(purpose, caller) {
            return Err(self.resets_in_seconds(now));
        }
        if into < EDGE_MS && self.used_before + self.used >= self.limit {
            // It may still be counted in the minute before, which is full.
            return Err(2);
        }
        self.used += 1;
        if into >= MINUTE_MS - EDGE_MS {
            self.near_end += 1;
        }
        if !caller.is_empty() {
            *self.used_by.entry(caller.to_owned()).or_default() += 1;
        }
        Ok(())
    }

    /// How many requests of any kind are left in this minute.
    pub fn left(&mut self, now: u64) -> u32 {
        self.turn(now);
        if now < self.closed_until_ms {
            return 0;
        }
        self.left_for(Purpose::Write)
    }

    /// Milliseconds until a request for this may be sent; 0 if it may be now.
    pub fn wait_ms(&mut self, now: u64, purpose: Purpose) -> u64 {
        self.turn(now);
        if now < self.closed_until_ms || self.left_for(purpose) == 0 {
            return u64::from(self.resets_in_seconds(now)) * 1_000;
        }
        0
    }

    /// Requests a minute.
    pub fn limit(&self) -> u32 {
        self.limit
    }

    /// Seconds until more are accepted, at least 1.
    pub fn resets_in_seconds(&self, now: u64) -> u32 {
        let next_minute = MINUTE_MS - self.upstream_time(now) % MINUTE_MS;
        let opens = self.closed_until_ms.saturating_sub(now);
        let seconds = next_minute.max(opens).div_ceil(1_000);
        u32::try_from(seconds).unwrap_or(u32::MAX).max(1)
    }

    /// Learns from a `Date` header (milliseconds) that came in just now. Small differences are the
    /// way's, and the header's own.
    pub fn learn_clock(&mut self, now: u64, date_ms: u64) {
        // The header is cut to the second: on average the clock is half a second further.
        let offset = signed(date_ms) + 500 - signed(now);
        if (offset - self.offset_ms).unsigned_abs() > 1_000 {
            self.offset_ms = offset;
        }
    }

    /// The service answered 429: nothing is sent before so many seconds have passed.
    pub fn close(&mut self, now: u64, retry_after_seconds: u32) {
        let until = now + u64::from(retry_after_seconds.max(1)) * 1_000;
        self.closed_until_ms = self.closed_until_ms.max(until);
    }

    fn left_for(&self, purpose: Purpose) -> u32 {
        let reserved = match purpose {
            Purpose::Read => self.limit / RESERVED_SHARE,
            Purpose::Write => 0,
        };
        (self.limit - reserved).saturating_sub(self.used)
    }

    /// Whether the caller has had what an equal division among all who came in this minute leaves it;
    /// alone it may have all but the reserve, so that somebody else still finds something. Reading for itself
    /// alone, it may have half: the lists that all look at are read out of the rest.
    fn has_had_its_share(&self, purpose: Purpose, caller: &str) -> bool {
        if caller.is_empty() {
            return false;
        }
        let others = self.used_by.keys().filter(|other| *other != caller).count();
        let share = match (u32::try_from(others), purpose) {
            (Ok(0) | Err(_), Purpose::Write) => self.limit - self.limit / RESERVED_SHARE,
            (Ok(0) | Err(_), Purpose::Read) => (self.limit / 2).max(1),
            (Ok(others), _) => (self.limit / (others + 1)).max(1),
        };
        self.used_by.get(caller).is_some_and(|used| *used >= share)
    }

    /// Begins the service's present minute if it has not been begun, and says how many milliseconds
    /// of it have passed.
    fn turn(&mut self, now: u64) -> u64 {
        let time = self.upstream_time(now);
        let minute = time / MINUTE_MS;
        if minute > self.minute {
            let follows = minute == self.minute + 1;
            self.used_before = if follows { self.used } else { 0 };
            self.used = if follows { self.near_end } else { 0 };
            self.near_end = 0;
            self.used_by.clear();
            self.minute = minute;
        }
        time % MINUTE_MS
    }

    fn upstream_time(&self, now: u64) -> u64 {
        now.saturating_add_signed(self.offset_ms)
    }
}

fn signed(millis: u64) -> i64 {
    i64::try_from(millis).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The middle of a minute.
    const NOON: u64 = 1_000 * MINUTE_MS + 30_000;

    fn sixty() -> ServiceBudget {
        ServiceBudget::with_limit(None, 60)
    }

    fn take_all(budget: &mut ServiceBudget, now: u64, purpose: Purpose) -> u32 {
        (0..)
            .take_while(|_| budget.take(now, purpose, "").is_ok())
            .map(|_| 1)
            .sum()
    }

    #[test]
    fn reads_leave_ten_of_sixty_to_writes() {
        let mut budget = sixty();
        assert_eq!(take_all(&mut budget, NOON, Purpose::Read), 50);
        assert_eq!(take_all(&mut budget, NOON, Purpose::Write), 10);
        assert_eq!(budget.left(NOON), 0);
        assert_eq!(budget.take(NOON, Purpose::Write, ""), Err(30));
    }

    #[test]
    fn the_next_minute_brings_sixty_more() {
        let mut budget = sixty();
        take_all(&mut budget, NOON, Purpose::Write);
        let next = NOON + 33_000;
        assert_eq!(take_all(&mut budget, next, Purpose::Write), 60);
    }

    #[test]
    fn no_minute_of_the_services_clock_gets_more_than_sixty_wherever_its_turn_is() {
        // Sent around the turn of a minute, and counted there up to two seconds earlier or later.
        let turn = 1_001 * MINUTE_MS;
        for error in [-1_900_i64, -500, 0, 500, 1_900] {
            let mut budget = sixty();
            let mut counted: HashMap<u64, u32> = HashMap::new();
            for now in (turn - 40_000..turn + 40_000).step_by(100) {
                while budget.take(now, Purpose::Write, "").is_ok() {
                    let there = now.saturating_add_signed(error) / MINUTE_MS;
                    *counted.entry(there).or_default() += 1;
                }
            }
            assert!(
                counted.values().all(|count| *count <= 60),
                "{error}: {counted:?}"
            );
        }
    }

    #[test]
    fn the_services_clock_is_learnt_from_its_dates() {
        let mut budget = sixty();
        take_all(&mut budget, NOON, Purpose::Write);
        // Its minute ends 20 seconds before ours.
        budget.learn_clock(NOON, NOON + 20_000 - 500);
        assert_eq!(budget.resets_in_seconds(NOON), 10);
        assert!(budget.take(NOON + 13_000, Purpose::Write, "").is_ok());
    }

    #[test]
    fn nothing_is_sent_before_retry_after_has_passed() {
        let mut budget = sixty();
        budget.close(NOON, 90);
        assert_eq!(budget.take(NOON + 60_000, Purpose::Write, ""), Err(30));
        assert_eq!(budget.left(NOON + 60_000), 0);
        assert!(budget.take(NOON + 90_000, Purpose::Write, "").is_ok());
    }

    #[test]
    fn one_caller_leaves_something_for_another() {
        let mut budget = sixty();
        let mut greedy = 0;
        while budget.take(NOON, Purpose::Write, "greedy").is_ok() {
            greedy += 1;
        }
        assert_eq!(greedy, 50);
        assert!(budget.take(NOON, Purpose::Write, "modest").is_ok());
        assert!(budget.take(NOON, Purpose::Write, "greedy").is_err());
    }

    #[test]
    fn one_reader_leaves_reads_for_the_lists_and_for_another() {
        let mut budget = sixty();
        while budget.take(NOON, Purpose::Read, "greedy").is_ok() {}
        assert!(budget.take(NOON, Purpose::Read, "modest").is_ok());
        assert!(take_all(&mut budget, NOON, Purpose::Read) >= 10);
    }

    #[test]
    fn callers_share_alike() {
        let mut budget = sixty();
        let mut used = HashMap::new();
        for nth in 0..90 {
            let caller = ["a", "b", "c"][nth % 3];
            if budget.take(NOON, Purpose::Write, caller).is_ok() {
                *used.entry(caller).or_insert(0) += 1;
            }
        }
        assert!(used.values().all(|count| *count == 20), "{used:?}");
    }

    #[test]
    fn a_restart_forgets_no_request() {
        let mut budget = sixty();
        take_all(&mut budget, NOON, Purpose::Write);
        let kept = serde_json::to_string(&budget).unwrap();
        let mut budget = ServiceBudget::with_limit(serde_json::from_str(&kept).unwrap(), 60);
        assert!(budget.take(NOON + 1_000, Purpose::Write, "").is_err());
    }
}
