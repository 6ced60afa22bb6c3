//! Slows down made-up tags. Anybody can write a well-formed key or cookie with a tag that no
//! organisation has, and each new one wakes another object, which asks the database.
//!
//! So a network may show only so many of them in a minute; then it is turned away before any object
//! is called. Tags that somebody was let in with are not counted, so nobody suffers for a neighbour.
//!
//! It is this isolate's memory: several isolates together let more through. A count that is exact
//! everywhere, as [`crate::throttle_do`] keeps it, would write a row for each try, which costs more
//! than the read that it saves.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::address::{self, Network};
use crate::clock;
use crate::error::{Error, Result};

const MINUTE_MS: u64 = 60_000;
/// Unknown tags that one client may show in a UTC minute.
const MOST_TAGS: usize = 20;
/// When this many networks or organisations are remembered, it begins anew.
const MOST_REMEMBERED: usize = 10_000;

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

#[derive(Default)]
struct Memory {
    minute: u64,
    /// The tags that each network has shown in this minute and that have not turned out to be known.
    shown: HashMap<String, HashSet<String>>,
    /// The tags of organisations.
    known: HashSet<String>,
}

/// Notes that somebody at this address shows `tag`, before anybody is asked about it. Refuses if it
/// is one too many.
pub fn shows(tag: &str, address: &str) -> Result<()> {
    let now = clock::now_ms();
    MEMORY.with_borrow_mut(|memory| {
        if memory.may_ask_about(tag, &address::networks(address), now / MINUTE_MS) {
            return Ok(());
        }
        let left_ms = MINUTE_MS - now % MINUTE_MS;
        let seconds = u32::try_from(left_ms.div_ceil(1_000)).unwrap_or(60);
        Err(Error::TooManyAttempts(seconds))
    })
}

/// Notes that an organisation has the tag that somebody at this address showed.
pub fn is_known(tag: &str, address: &str) {
    MEMORY.with_borrow_mut(|memory| memory.learn(tag, address));
}

impl Memory {
    fn may_ask_about(&mut self, tag: &str, networks: &[Network], minute: u64) -> bool {
        if self.known.contains(tag) {
            return true;
        }
        if self.minute != minute || self.shown.len() >= MOST_REMEMBERED {
            self.shown.clear();
            self.minute = minute;
        }
        // The object of a tag that was shown before is awake and knows the answer.
        let may_ask = networks.iter().all(|network| {
            self.shown.get(&network.name).is_none_or(|shown| {
                shown.contains(tag) || shown.len() < MOST_TAGS * network.share as usize
            })
        });
        if may_ask {
            for network in networks {
                let shown = self.shown.entry(network.name.clone()).or_default();
                shown.insert(tag.to_owned());
            }
        }
        may_ask
    }

    fn learn(&mut self, tag: &str, address: &str) {
        if self.known.contains(tag) {
            return;
        }
        if self.known.len() >= MOST_REMEMBERED {
            self.known.clear();
        }
        self.known.insert(tag.to_owned());
        for network in address::networks(address) {
            if let Some(shown) = self.shown.get_mut(&network.name) {
                shown.remove(tag);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_may_show_some_unknown_tags_in_a_minute_and_any_number_of_known_ones() {
        let mut memory = Memory::default();
        let (office, home) = (
            address::networks("192.0.2.1"),
            address::networks("192.0.2.2"),
        );
        for nth in 0..3 * MOST_TAGS {
            let tag = format!("known{nth}");
            assert!(memory.may_ask_about(&tag, &office, 7));
            memory.learn(&tag, "192.0.2.1");
        }
        for nth in 0..MOST_TAGS {
            assert!(memory.may_ask_about(&format!("unknown{nth}"), &office, 7));
        }
        assert!(!memory.may_ask_about("one more", &office, 7));
        assert!(memory.may_ask_about("unknown0", &office, 7));
        assert!(memory.may_ask_about("known0", &office, 7));
        assert!(memory.may_ask_about("one more", &home, 7));
        assert!(memory.may_ask_about("one more", &office, 8));
    }

    #[test]
    fn who_has_many_networks_of_64_bits_shows_a_few_times_as_many() {
        let mut memory = Memory::default();
        let shown = (0..1_000).filter(|nth| {
            let networks = address::networks(&format!("2001:db8:0:{nth:x}::1"));
            memory.may_ask_about(&format!("unknown{nth}"), &networks, 7)
        });
        assert_eq!(shown.count(), 4 * MOST_TAGS);
    }
}
