//! The writes that are under way in an organisation, and the change that was the last.
//!
//! A write announces itself before it touches the database and settles when it has ended. While one is under way no
//! change is known to be the last. Each announcement has a number, so that whoever settles ends their own and no
//! other; one that does not settle in time has died, and ends nobody else's either: then the database must be asked.

use std::collections::BTreeSet;
use std::mem;

use crate::ledger::Made;

/// A write that has not settled by then has died: D1 gives up on a query after 30 seconds.
const LEASE_MS: u64 = 60_000;

/// Announced writes, and what was left by those that have ended.
#[derive(Debug, Default)]
pub struct Writes {
    /// The id of the last change; `None` if only the database knows.
    last_change: Option<String>,
    /// The numbers of those under way: milliseconds since 1970, or a little more, so that no number comes twice, not
    /// even after the object has slept.
    under_way: BTreeSet<u64>,
    /// The latest change of those that have ended while others were under way.
    latest: Option<Made>,
    /// Whether one of them has ended that may have made a change of which nobody told.
    is_in_doubt: bool,
    /// Until then writes may be under way that were announced before the object woke.
    inherited_until: u64,
    last_number: u64,
    /// Announcements and surprises since the object woke.
    heard: u64,
}

impl Writes {
    /// What an earlier life has left: a change that was the last, or a lease.
    pub fn inherited(last_change: Option<String>, lease_until: u64) -> Self {
        Self {
            last_change: last_change.filter(|_| lease_until == 0),
            inherited_until: lease_until,
            ..Self::default()
        }
    }

    /// The last change; `None` while a write is under way, or if only the database knows.
    pub fn last_change(&self) -> Option<&str> {
        self.last_change.as_deref().filter(|_| self.is_quiet())
    }

    /// Whether no write is under way, as of the last [`Self::end_leases`].
    pub fn is_quiet(&self) -> bool {
        self.under_way.is_empty() && self.inherited_until == 0
    }

    /// How often something was heard of writes that an answer of the database may not have.
    pub fn heard(&self) -> u64 {
        self.heard
    }

    /// When whatever is under way must have ended; 0 if nothing is.
    pub fn lease_until(&self) -> u64 {
        let last = self.under_way.last().map_or(0, |number| number + LEASE_MS);
        last.max(self.inherited_until)
    }

    /// Begins a write, and gives its number.
    pub fn announce(&mut self, now: u64) -> u64 {
        let number = now.max(self.last_number + 1);
        self.last_number = number;
        self.heard += 1;
        self.under_way.insert(number);
        number
    }

    /// Ends those that have not settled in time.
    pub fn end_leases(&mut self, now: u64) {
        let in_time = self
            .under_way
            .split_off(&(now + 1).saturating_sub(LEASE_MS));
        let dead = mem::replace(&mut self.under_way, in_time);
        let is_inheritance_over = self.inherited_until > 0 && now >= self.inherited_until;
        if is_inheritance_over {
            self.inherited_until = 0;
        }
        if is_inheritance_over || !dead.is_empty() {
            self.doubt();
        }
    }

    /// Ends the write with this number.
    pub fn settle(&mut self, number: u64, made: Option<Made>) {
        if self.under_way.remove(&number) {
            let ended = self.latest.take().into_iter().chain(made);
            self.latest = ended.max_by_key(|made| made.revision);
            self.conclude();
        } else if made.is_some() {
            // Too late: the database may have been asked meanwhile, before this took effect.
            self.doubt();
        }
    }

    /// Something has been changed, nobody knows what.
    pub fn doubt(&mut self) {
        self.heard += 1;
        self.is_in_doubt = true;
        self.conclude();
    }

    /// Takes over what the database says is the last change, and says whether that was unknown.
    pub fn is_news(&mut self, last_change: &str) -> bool {
        let is_news = self.last_change.as_deref() != Some(last_change);
        self.last_change = Some(last_change.to_owned());
        is_news
    }

    /// Once nothing is under way any more, the latest of the changes is the last one, however they were told.
    fn conclude(&mut self) {
        if !self.is_quiet() {
            return;
        }
        let latest = self.latest.take();
        if mem::take(&mut self.is_in_doubt) {
            self.last_change = None;
        } else if let Some(made) = latest {
            self.last_change = Some(made.change_id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(revision: u64) -> Option<Made> {
        let change_id = format!("change {revision}");
        Some(Made {
            revision,
            change_id,
        })
    }

    fn quiet() -> Writes {
        Writes::inherited(Some("change 1".to_owned()), 0)
    }

    #[test]
    fn of_writes_that_overlap_the_later_is_the_last_however_they_settle() {
        let mut writes = quiet();
        let (first, second) = (writes.announce(5), writes.announce(5));
        assert_eq!(writes.last_change(), None);
        writes.settle(second, made(3));
        writes.settle(first, made(2));
        assert_eq!(writes.last_change(), Some("change 3"));
    }

    #[test]
    fn a_change_after_a_restore_counts_though_its_number_is_lower() {
        let mut writes = quiet();
        let number = writes.announce(5);
        writes.settle(number, made(900));
        let number = writes.announce(6);
        writes.settle(number, made(7));
        assert_eq!(writes.last_change(), Some("change 7"));
    }

    #[test]
    fn a_refused_write_leaves_the_last_change_as_it_was() {
        let mut writes = quiet();
        let number = writes.announce(5);
        writes.settle(number, None);
        assert_eq!(writes.last_change(), Some("change 1"));
    }

    #[test]
    fn a_write_that_died_ends_by_itself_and_keeps_no_other_open() {
        let mut writes = quiet();
        writes.announce(5);
        let other = writes.announce(50_000);
        writes.settle(other, made(2));
        writes.end_leases(60_004);
        assert!(!writes.is_quiet());
        writes.end_leases(60_005);
        assert!(writes.is_quiet());
        // It may have made a change, too.
        assert_eq!(writes.last_change(), None);
        assert!(writes.is_news("change 3"));
        assert_eq!(writes.last_change(), Some("change 3"));
    }

    #[test]
    fn who_settles_late_ends_no_newer_write() {
        let mut writes = quiet();
        let late = writes.announce(5);
        writes.end_leases(70_000);
        let newer = writes.announce(70_000);
        writes.settle(late, made(2));
        assert!(!writes.is_quiet());
        writes.settle(newer, made(3));
        // Nobody knows when the late one took effect.
        assert_eq!(writes.last_change(), None);
    }

    #[test]
    fn what_was_under_way_before_the_object_slept_only_time_ends() {
        let mut writes = Writes::inherited(Some("change 1".to_owned()), 60_005);
        writes.settle(5, made(2));
        assert!(!writes.is_quiet());
        writes.end_leases(60_005);
        assert!(writes.is_quiet());
        assert_eq!(writes.last_change(), None);
    }
}
