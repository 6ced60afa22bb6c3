//! The sessions that an organisation's object has seen lately. Unlike keys they are many and short
//! lived, so they are read one by one, when first seen, and kept in memory only.

use std::collections::HashMap;

use okrs_shared::api_key::Scopes;

use super::{AdmittedAs, MINUTE_MS, SESSIONS_LAST_MS, SenderBudget};
use crate::store::admission::SessionFacts;

/// A session unused for so long has ended.
const IDLE_MS: u64 = 14 * 24 * 60 * MINUTE_MS;
/// Its row learns that it is used no more often than this.
const SEEN_EVERY_MS: u64 = 60 * MINUTE_MS;
/// Requests per minute: ten a second is more than any page asks for.
const REQUESTS_PER_MINUTE: u32 = 600;
/// Made-up cookies must not become endless database reads, nor fill the memory.
const STRANGERS_PER_SECOND: u32 = 50;
const MOST_SESSIONS: usize = 5_000;

struct Known {
    asked_at: u64,
    /// `None`: there is no such session.
    session: Option<SessionFacts>,
    budget: SenderBudget,
}

/// Sessions by the hash of their cookie.
#[derive(Default)]
pub struct Sessions {
    known: HashMap<String, Known>,
    /// Which second it is, and how many unknown cookies it brought.
    strangers: (u64, u32),
}

impl Sessions {
    /// Whether the database has been asked for it.
    pub fn knows(&self, hash: &str) -> bool {
        self.known.contains_key(hash)
    }

    /// Whether what is known of it is missing or too old.
    pub fn must_ask(&self, hash: &str, now: u64) -> bool {
        self.known
            .get(hash)
            .is_none_or(|known| now.saturating_sub(known.asked_at) >= SESSIONS_LAST_MS)
    }

    /// Has each read anew before it is believed again.
    pub fn doubt(&mut self) {
        for known in self.known.values_mut() {
            known.asked_at = 0;
        }
    }

    /// Whether one more unknown cookie may become a database read in this second.
    pub fn may_ask_for_a_stranger(&mut self, now: u64) -> bool {
        let second = now / 1_000;
        if self.strangers.0 != second {
            self.strangers = (second, 0);
        }
        self.strangers.1 += 1;
        self.strangers.1 <= STRANGERS_PER_SECOND
    }

    /// Takes over what the database said. That there is none holds, too, until the copy is thrown
    /// away: signing in does that.
    pub fn learn(&mut self, hash: &str, session: Option<SessionFacts>, now: u64) {
        if self.known.len() >= MOST_SESSIONS {
            self.known.clear();
        }
        let budget = self
            .known
            .get(hash)
            .map(|known| known.budget)
            .unwrap_or_default();
        let known = Known {
            asked_at: now,
            session,
            budget,
        };
        self.known.insert(hash.to_owned(), known);
    }

    /// Whose session it is, if it is one now, and whether its budget allows the request.
    pub fn admit(&mut self, hash: &str, now: u64) -> Option<((AdmittedAs, Scopes), bool)> {
        let known = self.known.get_mut(hash)?;
        let session = known.session.as_mut()?;
        let is_idle = now.saturating_sub(session.last_seen_ms) >= IDLE_MS;
        if is_idle || now >= session.expires_ms {
            return None;
        }
        let is_due = now.saturating_sub(session.last_seen_ms) >= SEEN_EVERY_MS;
        if is_due {
            session.last_seen_ms = now;
        }
        let identity = AdmittedAs::Session {
            id: session.id.clone(),
            person: session.person.clone(),
            is_due,
        };
        let scopes = session.person.role.scopes();
        let is_left = known.budget.take(now / MINUTE_MS, REQUESTS_PER_MINUTE);
        Some(((identity, scopes), is_left))
    }
}
