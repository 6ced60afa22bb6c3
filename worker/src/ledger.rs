//! What one request did to storage: the revision it committed, and what it cost, for tests,
//! benchmarks and curious operators.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// Storage calls and rows of one request.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The newest revision that this request's writes made; 0 if they made none.
    committed: AtomicU64,
    /// Whether keys, sessions or people changed: their organisation's object must hear of it before
    /// the answer goes out.
    pub changed_access: AtomicBool,
    /// The version of the one thing that the answer shows.
    shown: Mutex<Option<String>>,
    /// Round trips to D1. A batch is one.
    pub d1_calls: AtomicU32,
    /// Rows that D1 says it read.
    pub rows_read: AtomicU32,
    /// Rows that D1 says it wrote, index entries included.
    pub rows_written: AtomicU32,
    /// Calls of Durable Objects.
    pub object_calls: AtomicU32,
}

impl Ledger {
    /// Notes the revision that a write made.
    pub fn commit(&self, revision: u64) {
        self.committed.fetch_max(revision, Relaxed);
    }

    /// Notes the version of the thing that the request is about. The last counts: a change comes after a look.
    pub fn shows(&self, version: String) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(version);
    }

    /// The version of the thing that the answer shows, if it shows one.
    pub fn shown(&self) -> Option<String> {
        let shown = self.shown.lock();
        shown.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The newest revision that was made, if any was.
    pub fn revision(&self) -> Option<u64> {
        let revision = self.committed.load(Relaxed);
        (revision > 0).then_some(revision)
    }
}

impl fmt::Display for Ledger {
    /// As a `Server-Timing` header: `d1;desc="calls=1 rows_read=40 rows_written=0", do;desc="calls=1"`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "d1;desc=\"calls={} rows_read={} rows_written={}\", do;desc=\"calls={}\"",
            self.d1_calls.load(Relaxed),
            self.rows_read.load(Relaxed),
            self.rows_written.load(Relaxed),
            self.object_calls.load(Relaxed),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_writes_the_newest_revision_counts() {
        let ledger = Ledger::default();
        assert_eq!(ledger.revision(), None);
        ledger.commit(7);
        ledger.commit(8);
        assert_eq!(ledger.revision(), Some(8));
    }
}
