//! API keys.

use chrono::{DateTime, Utc};
use okrs_shared::api_key::{self, Scopes, TAG_CHARS};
use okrs_shared::id::{ApiKeyId, MemberId};
use okrs_shared::timestamp::Timestamp;

use super::Workspace;
use crate::table::Table;

/// An API key to add.
#[derive(Clone, Copy, Debug)]
pub struct ApiKeySeed<'a> {
    /// What it is for.
    pub name: &'a str,
    /// What it may do.
    pub scopes: Scopes,
    /// Its budget.
    pub requests_per_minute: u32,
    /// The admin who made it.
    pub created_by: Option<&'a MemberId>,
    /// When it was made.
    pub created_at: Option<DateTime<Utc>>,
    /// When it stops working.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl<'a> ApiKeySeed<'a> {
    /// A key that works, with the contract's budget of 60 requests per minute.
    pub fn new(name: &'a str, scopes: Scopes) -> Self {
        Self {
            name,
            scopes,
            requests_per_minute: 60,
            created_by: None,
            created_at: None,
            expires_at: None,
            revoked_at: None,
        }
    }
}

impl Workspace {
    /// Adds an API key and returns it. It is random: the only thing that differs between two runs,
    /// and nowhere in the SQL.
    pub fn api_key(&mut self, seed: ApiKeySeed<'_>) -> String {
        let org = self.id.clone();
        let at = self.or_created(seed.created_at);
        let id: ApiKeyId = self.ids.next(at);
        let key = api_key::assemble(&self.tag, &random());
        let (prefix, last_four) = api_key::shown(&key);
        self.add(
            Table::ApiKeys,
            &[
                &id,
                &org,
                &seed.name,
                &api_key::hash(&key),
                &prefix,
                &last_four,
                &seed.scopes.to_string(),
                &seed.requests_per_minute,
                &seed.created_by,
                &Timestamp::new(at),
                &seed.expires_at.map(Timestamp::new),
                &seed.revoked_at.map(Timestamp::new),
            ],
        );
        key
    }
}

/// A tag for a workspace that no other has (5 bytes of randomness).
pub fn random_tag() -> String {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    random::<TAG_CHARS>()
        .iter()
        .map(|byte| char::from(DIGITS[usize::from(byte % 32)]))
        .collect()
}

/// Random bytes from the system.
pub(super) fn random<const BYTES: usize>() -> [u8; BYTES] {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).expect("the system has a source of randomness");
    bytes
}
