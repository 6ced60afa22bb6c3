//! Counting tries: what an object that slows down guessing remembers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

const SECOND_MS: u64 = 1_000;
const MINUTE_MS: u64 = 60 * SECOND_MS;
const DAY_MS: u64 = 24 * 60 * MINUTE_MS;
/// After so many more tries each has to wait twice as long.
const DOUBLES_AFTER: u32 = 10;
const LONGEST_WAIT_MS: u64 = 5 * MINUTE_MS;

/// How often something may be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// So often in a quarter of an hour.
    Most(u32),
    /// So often in a day. From then on each try has to wait for the one before it, longer and longer: guessing
    /// gets slow, and whoever knows the answer is not kept out for long.
    Slowing(u32),
}

impl Limit {
    fn window_ms(self) -> u64 {
        match self {
            Self::Most(_) => 15 * MINUTE_MS,
            Self::Slowing(_) => DAY_MS,
        }
    }
}

/// What a try counts as, by a name, and how often that may be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Count {
    pub of: String,
    pub limit: Limit,
}

impl Count {
    pub fn new(of: impl Into<String>, limit: Limit) -> Self {
        Self {
            of: of.into(),
            limit,
        }
    }
}

/// The tries of late, by what they count as.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Tries(BTreeMap<String, Window>);

/// Times in milliseconds since 1970.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Window {
    ends_at: u64,
    last_at: u64,
    tries: u32,
}

impl Window {
    fn wait_ms(&self, limit: Limit, now: u64) -> u64 {
        match limit {
            Limit::Most(most) if self.tries < most => 0,
            Limit::Most(_) => self.ends_at.saturating_sub(now),
            Limit::Slowing(free) => {
                let Some(beyond) = self.tries.checked_sub(free) else {
                    return 0;
                };
                let doublings = (beyond / DOUBLES_AFTER).min(16);
                let between = (SECOND_MS << doublings).min(LONGEST_WAIT_MS);
                (self.last_at + between).saturating_sub(now)
            }
        }
    }
}

impl Tries {
    /// Counts a try as all of these, or as none if one has to wait: then for so many seconds.
    pub fn take(&mut self, counts: &[Count], now: u64) -> Option<u32> {
        self.0.retain(|_, window| now < window.ends_at);
        let waits = counts.iter().filter_map(|count| {
            let window = self.0.get(&count.of)?;
            Some(window.wait_ms(count.limit, now))
        });
        let longest = waits.max().unwrap_or(0);
        if longest > 0 {
            let seconds = longest.div_ceil(SECOND_MS);
            return Some(u32::try_from(seconds).unwrap_or(u32::MAX));
        }
        for count in counts {
            let window = self.0.entry(count.of.clone()).or_insert(Window {
                ends_at: now + count.limit.window_ms(),
                last_at: now,
                tries: 0,
            });
            window.last_at = now;
            window.tries += 1;
        }
        None
    }

    /// It was no guess.
    pub fn give_back(&mut self, counts: &[Count]) {
        for count in counts {
            if let Some(window) = self.0.get_mut(&count.of) {
                window.tries = window.tries.saturating_sub(1);
            }
        }
    }

    /// When there is nothing left to remember, in milliseconds since 1970; `None` if there is nothing now.
    pub fn end_at(&self, now: u64) -> Option<u64> {
        let ends = self.0.values().map(|window| window.ends_at);
        ends.max().filter(|end| now < *end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_to_wait_is_counted_as_nothing() {
        let mut tries = Tries::default();
        let (few, many) = (
            Count::new("few", Limit::Most(2)),
            Count::new("many", Limit::Most(3)),
        );
        let both = [few, many.clone()];
        assert_eq!(tries.take(&both, 0), None);
        assert_eq!(tries.take(&both, 60_000), None);
        assert_eq!(tries.take(&both, 60_000), Some(14 * 60));
        let alone = [many];
        assert_eq!(tries.take(&alone, 60_000), None, "two of three were taken");
        assert_eq!(tries.take(&alone, 60_000), Some(14 * 60));
        tries.give_back(&alone);
        assert_eq!(tries.take(&alone, 60_000), None);
        assert_eq!(tries.take(&both, 15 * 60_000), None, "the window is over");
    }

    #[test]
    fn guessing_gets_slow_and_never_stops_for_longer_than_five_minutes() {
        let mut tries = Tries::default();
        let all = [Count::new("all", Limit::Slowing(50))];
        for _ in 0..50 {
            assert_eq!(tries.take(&all, 0), None);
        }
        let (mut now, mut guesses) = (0, 50);
        while now < DAY_MS {
            match tries.take(&all, now) {
                None => guesses += 1,
                Some(seconds) => {
                    assert!(seconds <= 300, "{seconds}");
                    now += u64::from(seconds) * SECOND_MS;
                }
            }
        }
        assert!((300..500).contains(&guesses), "{guesses} in a day");
    }
}
