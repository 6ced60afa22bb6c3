//! The sessions that an organisation's object has seen lately. Unlike keys they are many and short
//! lived, so they are read one by one, when first seen, and kept in memory only.

use std::collections::HashMap;

use okrs_shared::api_key::Scopes;
use okrs_shared::id::{MemberId, SessionId};

use super::strangers::Strangers;
use super::{AdmittedAs, Intent, MINUTE_MS, SESSIONS_LAST_MS, SenderBudget};
use crate::address::Network;
use crate::store::admission::SessionFacts;

/// A session unused for so long has ended.
const IDLE_MS: u64 = 14 * 24 * 60 * MINUTE_MS;
/// Its row, and its member's, learn that it is used no more often than this.
const SEEN_EVERY_MS: u64 = 60 * MINUTE_MS;
/// Requests per minute: ten a second is more than any page asks for.
const REQUESTS_PER_MINUTE: u32 = 600;
/// Made-up cookies must not fill the memory.
const MOST_SESSIONS: usize = 5_000;

struct Known {
    asked_at: u64,
    /// `None`: there is no such session.
    session: Option<SessionFacts>,
    budget: SenderBudget,
}

/// Sessions by the hash of their cookie.
pub struct Sessions {
    known: HashMap<String, Known>,
    /// What people have written this minute, in whichever of their sessions.
    writes: HashMap<MemberId, SenderBudget>,
    /// How many writes a person may send in a minute.
    writes_per_minute: u32,
    strangers: Strangers,
}

impl Sessions {
    /// Knows nobody yet.
    pub fn new(writes_per_minute: u32) -> Self {
        Self {
            known: HashMap::new(),
            writes: HashMap::new(),
            writes_per_minute,
            strangers: Strangers::default(),
        }
    }

    /// Whether the database has been asked for it.
    pub fn knows(&self, hash: &str) -> bool {
        self.known.contains_key(hash)
    }

    /// Whether the database has said whose it is.
    pub fn is_somebodys(&self, hash: &str) -> bool {
        let known = self.known.get(hash);
        known.is_some_and(|known| known.session.is_some())
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

    /// Whether it may become a database read now, which a client in these networks shows.
    pub fn may_ask_for(&mut self, hash: &str, networks: &[Network], now: u64) -> bool {
        self.is_somebodys(hash) || self.strangers.may_show(networks, now)
    }

    /// The database has been asked for a stranger's, or could not be.
    pub fn was_asked_for(&mut self, hash: &str, networks: &[Network]) {
        if self.is_somebodys(hash) || !self.knows(hash) {
            self.strangers.give_back(networks);
        }
    }

    /// It has ended: from now on it is nobody's.
    pub fn end(&mut self, id: &SessionId) {
        for known in self.known.values_mut() {
            if known
                .session
                .as_ref()
                .is_some_and(|session| session.id == *id)
            {
                known.session = None;
            }
        }
    }

    /// Throws the copy away. Who has made up cookies is still known.
    pub fn forget_all(&mut self) {
        self.known.clear();
    }

    /// Takes over what the database said. That there is none holds, too: a new session has a cookie that
    /// nobody can have shown before.
    pub fn learn(&mut self, hash: &str, session: Option<SessionFacts>, now: u64) {
        if self.known.len() >= MOST_SESSIONS {
            self.known.retain(|_, known| known.session.is_some());
        }
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

    /// Whose session it is, if it is one now, and whether its budget and that of the person allow the request.
    pub fn admit(
        &mut self,
        hash: &str,
        intent: Intent,
        now: u64,
    ) -> Option<((AdmittedAs, Scopes), bool)> {
        let minute = now / MINUTE_MS;
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
        let mut is_left = known.budget.take(minute, REQUESTS_PER_MINUTE);
        if is_left && intent == Intent::Write {
            let writer = session.person.member_id.clone();
            self.writes.retain(|_, budget| budget.is_of(minute));
            let budget = self.writes.entry(writer).or_default();
            is_left = budget.take(minute, self.writes_per_minute);
        }
        Some(((identity, scopes), is_left))
    }
}
