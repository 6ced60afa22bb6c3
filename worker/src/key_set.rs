//! The public keys of identity providers, kept per isolate.
//!
//! A set is fetched when it is first needed and anew after an hour, so that a withdrawn key is not
//! trusted for long. A token that names an unknown key makes us look again, because providers
//! change their keys whenever they like, but at most once per minute: anybody can make up names. A
//! fetch that fails leaves what was there.

use std::cell::RefCell;
use std::collections::HashMap;

use okrs_shared::sign_in_problem::SignInProblem;

use crate::clock;
use crate::error::{Error, Result};
use crate::jwt::{Jwk, Refusal, read_set};
use crate::log;
use crate::outbound::{self, Failure};

const KEPT_FOR_MS: u64 = 60 * 60 * 1_000;
const LOOKS_AGAIN_AFTER_MS: u64 = 60 * 1_000;

thread_local! {
    static KEY_SETS: RefCell<KeySets> = RefCell::default();
}

/// The key called `key_id` in the set that is published at `url`.
pub async fn find(url: &str, key_id: &str) -> Result<Jwk> {
    let now = clock::now_ms();
    if KEY_SETS.with_borrow_mut(|sets| sets.must_fetch(url, key_id, now)) {
        match fetch(url).await {
            Ok(keys) => KEY_SETS.with_borrow_mut(|sets| sets.keep(url, keys, now)),
            Err(failure) => {
                if !KEY_SETS.with_borrow(|sets| sets.0.contains_key(url)) {
                    return Err(Error::SignIn(SignInProblem::ProviderUnavailable, failure));
                }
                log::warn("the provider's keys are not renewed", &failure);
            }
        }
    }
    KEY_SETS
        .with_borrow(|sets| sets.find(url, key_id).cloned())
        .ok_or_else(|| Refusal("no published key is called what the token says").into())
}

async fn fetch(url: &str) -> Result<Vec<Jwk>, Failure> {
    let document = outbound::get(url, None).await?;
    read_set(&document).ok_or_else(|| format!("{url} gives no set of keys"))
}

/// The sets by their address.
#[derive(Default)]
struct KeySets(HashMap<String, KeySet>);

struct KeySet {
    keys: Vec<Jwk>,
    fetched_at: u64,
    /// When it was last thought old or incomplete, and fetched again.
    looked_again_at: Option<u64>,
}

impl KeySets {
    /// Whether to fetch the set before it is used. Says so at most once per minute, unless there is
    /// no set yet.
    fn must_fetch(&mut self, url: &str, key_id: &str, now: u64) -> bool {
        let is_missing = self.find(url, key_id).is_none();
        let Some(set) = self.0.get_mut(url) else {
            return true;
        };
        let is_old = now >= set.fetched_at + KEPT_FOR_MS;
        let may_look = set
            .looked_again_at
            .is_none_or(|at| now >= at + LOOKS_AGAIN_AFTER_MS);
        let must_fetch = (is_missing || is_old) && may_look;
        if must_fetch {
            set.looked_again_at = Some(now);
        }
        must_fetch
    }

    fn keep(&mut self, url: &str, keys: Vec<Jwk>, now: u64) {
        let looked_again_at = self.0.get(url).and_then(|set| set.looked_again_at);
        let set = KeySet {
            keys,
            fetched_at: now,
            looked_again_at,
        };
        self.0.insert(url.to_owned(), set);
    }

    fn find(&self, url: &str, key_id: &str) -> Option<&Jwk> {
        let set = self.0.get(url)?;
        set.keys
            .iter()
            .find(|key| key.kid.as_deref() == Some(key_id))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const URL: &str = "https://id.example/keys";
    const HOUR: u64 = KEPT_FOR_MS;

    fn keys(kids: &[&str]) -> Vec<Jwk> {
        let keys: Vec<_> = kids
            .iter()
            .map(|kid| json!({ "kid": kid, "kty": "RSA" }))
            .collect();
        read_set(&json!({ "keys": keys })).unwrap()
    }

    fn kept_since_0() -> KeySets {
        let mut sets = KeySets::default();
        assert!(sets.must_fetch(URL, "a", 0));
        sets.keep(URL, keys(&["a"]), 0);
        sets
    }

    #[test]
    fn a_known_key_is_used_for_an_hour_without_fetching() {
        let mut sets = kept_since_0();
        assert!(!sets.must_fetch(URL, "a", HOUR - 1));
        assert!(sets.must_fetch(URL, "a", HOUR));
        assert!(sets.find(URL, "a").is_some());
        assert!(sets.must_fetch("https://other.example/keys", "a", 1));
    }

    #[test]
    fn unknown_keys_make_us_look_again_at_most_once_per_minute() {
        let mut sets = kept_since_0();
        assert!(sets.must_fetch(URL, "b", 5));
        sets.keep(URL, keys(&["a", "b"]), 6);
        assert!(!sets.must_fetch(URL, "b", 7));
        assert!(!sets.must_fetch(URL, "c", 60_004));
        assert!(sets.must_fetch(URL, "c", 60_005));
    }

    #[test]
    fn a_fetch_that_fails_leaves_the_old_keys_and_is_repeated_after_a_minute() {
        let mut sets = kept_since_0();
        assert!(sets.must_fetch(URL, "a", HOUR));
        assert!(!sets.must_fetch(URL, "a", HOUR + 59_999));
        assert!(sets.find(URL, "a").is_some());
        assert!(sets.must_fetch(URL, "a", HOUR + 60_000));
    }
}
