//! Cookies that are nobody's: how many of them may become reads of the database.
//!
//! Anybody can make them up for an organisation whose tag they know. Each network may show so many in a
//! minute that turn out to be nobody's; then what it shows is not looked up, and neither is it counted where
//! all networks are: so one network keeps nobody else out.

use std::collections::HashMap;

use super::MINUTE_MS;
use crate::address::Network;

/// Cookies of one client that turn out to be nobody's, in a UTC minute.
const MOST_OF_NETWORK: u32 = 60;
/// Unknown cookies of all networks that are looked up in a second.
const MOST_IN_SECOND: u32 = 50;
/// When so many networks are remembered, it begins anew.
const MOST_REMEMBERED: usize = 10_000;

/// What strangers have shown of late.
#[derive(Default)]
pub struct Strangers {
    minute: u64,
    /// By network: cookies that are being looked up, or have been in this minute and are nobody's.
    shown: HashMap<String, u32>,
    /// Which second it is, and how many cookies it brought.
    second: (u64, u32),
}

impl Strangers {
    /// Whether one more unknown cookie of these networks may be looked up.
    pub fn may_show(&mut self, networks: &[Network], now: u64) -> bool {
        let minute = now / MINUTE_MS;
        if self.minute != minute || self.shown.len() >= MOST_REMEMBERED {
            self.shown.clear();
            self.minute = minute;
        }
        let is_left = |network: &Network| {
            let shown = self.shown.get(&network.name).copied().unwrap_or(0);
            shown < MOST_OF_NETWORK * network.share
        };
        if !networks.iter().all(is_left) {
            return false;
        }
        let second = now / 1_000;
        if self.second.0 != second {
            self.second = (second, 0);
        }
        if self.second.1 >= MOST_IN_SECOND {
            return false;
        }
        self.second.1 += 1;
        for network in networks {
            *self.shown.entry(network.name.clone()).or_default() += 1;
        }
        true
    }

    /// It was somebody's after all, or nobody could be asked.
    pub fn give_back(&mut self, networks: &[Network]) {
        for network in networks {
            if let Some(shown) = self.shown.get_mut(&network.name) {
                *shown = shown.saturating_sub(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::networks;

    #[test]
    fn a_network_that_makes_cookies_up_keeps_no_other_out() {
        let mut strangers = Strangers::default();
        let (office, attacker) = (networks("192.0.2.1"), networks("192.0.2.2"));
        let looked_up = (0..60_000).filter(|now| strangers.may_show(&attacker, *now));
        assert_eq!(looked_up.count(), MOST_OF_NETWORK as usize);
        assert!(strangers.may_show(&office, 59_999));
        assert!(strangers.may_show(&attacker, 60_000), "a minute later");
    }

    #[test]
    fn people_are_not_counted_however_many_come_at_once() {
        let mut strangers = Strangers::default();
        let office = networks("192.0.2.1");
        for now in 0..1_000 {
            assert!(strangers.may_show(&office, now * 25));
            strangers.give_back(&office);
        }
    }
}
