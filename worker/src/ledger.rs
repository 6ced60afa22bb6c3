//! What one request did to storage: the change it made, and what it cost, for tests,
//! benchmarks and curious operators.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use http::{HeaderMap, HeaderValue};

/// Storage calls and rows of one request.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The last change that this request made.
    made: Mutex<Option<Made>>,
    /// Whether keys, sessions or people changed: their organisation's object must hear of it before
    /// the answer goes out.
    pub changed_access: AtomicBool,
    /// Whether somebody lost access by that.
    pub took_access: AtomicBool,
    /// Whether the answer is that of an earlier request with the same `Idempotency-Key`.
    pub replayed: AtomicBool,
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
    /// Notes a change that was made.
    pub fn commit(&self, made: Made) {
        let mut last = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let all = last.take().into_iter().chain([made]);
        *last = all.max_by_key(|made| made.revision);
    }

    /// The last change that was made, if any was.
    pub fn made(&self) -> Option<Made> {
        let made = self.made.lock();
        made.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes the version of the thing that the request is about. The last counts: a change comes after a look.
    pub fn shows(&self, version: String) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(version);
    }

    /// Says so in the answer's headers if it is that of an earlier request.
    pub fn say_replayed(&self, headers: &mut HeaderMap) {
        if self.replayed.load(Relaxed) {
            let yes = HeaderValue::from_static("true");
            headers.insert("idempotent-replayed", yes);
        }
    }

    /// The version of the thing that the answer shows, if it shows one.
    pub fn shown(&self) -> Option<String> {
        let shown = self.shown.lock();
        shown.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The organisation's revision after it: tells which of two is the later, unless a backup was put back.
    pub revision: u64,
    /// Its id.
    pub change_id: String,
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
    fn of_several_changes_the_latest_counts() {
        let made = |revision| Made {
            revision,
            change_id: revision.to_string(),
        };
        let ledger = Ledger::default();
        assert_eq!(ledger.made(), None);
        ledger.commit(made(8));
        ledger.commit(made(7));
        assert_eq!(ledger.made(), Some(made(8)));
    }
}
