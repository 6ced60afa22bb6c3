//! Passwords at rest: `pbkdf2-sha256$rounds$salt$hash`, salt and hash in base64.
//!
//! The runtime computes at most 100,000 rounds at once, a sixth of what OWASP asks for. So a hash is a
//! chain: what one link of 100,000 rounds gave is the password of the next, under the same salt. A shorter
//! chain can be continued where it ended, so hashes of earlier versions are renewed when their password is
//! next given, without a round more. See `docs/decisions/0008-passwords-in-an-object.md`.
//!
//! A hash takes about 100 ms of computing: it belongs into [`crate::throttle_do`].

pub mod common;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use crate::error::{Error, Result};
use crate::webcrypto;

const KIND: &str = "pbkdf2-sha256";
/// The rounds of a link: the most that the runtime computes in production.
const ROUNDS: u32 = 100_000;
/// The links of a chain.
const LINKS: usize = 6;

/// A hash, and what took its place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Replacement {
    pub old: String,
    pub new: String,
}

/// A password that is the stored one.
pub struct Right {
    /// What to store from now on, if what is stored is a shorter chain.
    pub renewed: Option<Replacement>,
}

/// What to store of a password, with a new salt.
pub async fn hash(password: &str) -> Result<String> {
    let salt: [u8; 16] = webcrypto::random();
    Ok(text(&salt, &chain(password, &salt, LINKS).await?))
}

/// Whether the password is the one that was stored. Without a stored one it takes as long and is
/// not, so that nobody learns by the clock who has a password here.
pub async fn check(password: &str, stored: Option<&str>) -> Result<Option<Right>> {
    let Some(stored) = stored else {
        chain(password, &[0; 16], LINKS).await?;
        return Ok(None);
    };
    let (links, salt, expected) =
        parts(stored).ok_or_else(|| Error::internal("a stored password hash is malformed"))?;
    let hashes = chain(password, &salt, LINKS.max(links)).await?;
    if !bool::from(hashes[links - 1].ct_eq(&*expected)) {
        return Ok(None);
    }
    let renewed = (links < LINKS).then(|| Replacement {
        old: stored.to_owned(),
        new: text(&salt, &hashes),
    });
    Ok(Some(Right { renewed }))
}

/// What each link gives.
async fn chain(password: &str, salt: &[u8], links: usize) -> Result<Vec<[u8; 32]>> {
    let mut hashes: Vec<[u8; 32]> = Vec::with_capacity(links);
    for _ in 0..links {
        let last = hashes.last().map_or(password.as_bytes(), |hash| &hash[..]);
        let next = webcrypto::pbkdf2_sha256(last, salt, ROUNDS).await?;
        hashes.push(next);
    }
    Ok(hashes)
}

fn text(salt: &[u8], hashes: &[[u8; 32]]) -> String {
    let rounds = ROUNDS as usize * hashes.len();
    let last = hashes.last().map_or(&[][..], |hash| &hash[..]);
    format!(
        "{KIND}${rounds}${}${}",
        STANDARD.encode(salt),
        STANDARD.encode(last)
    )
}

/// How many links a stored hash has, its salt, and the hash itself.
fn parts(stored: &str) -> Option<(usize, Vec<u8>, Vec<u8>)> {
    let mut parts = stored.split('$');
    if parts.next()? != KIND {
        return None;
    }
    let rounds: u32 = parts.next()?.parse().ok()?;
    let salt = STANDARD.decode(parts.next()?).ok()?;
    let hash = STANDARD.decode(parts.next()?).ok()?;
    let is_whole = rounds > 0 && rounds.is_multiple_of(ROUNDS);
    is_whole.then_some(((rounds / ROUNDS) as usize, salt, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_hash_says_how_it_was_made() {
        let (links, salt, hash) = parts("pbkdf2-sha256$600000$AAAA$////").unwrap();
        assert_eq!((links, salt.len(), hash.len()), (6, 3, 3));
        assert_eq!(parts("pbkdf2-sha256$100000$AAAA$////").unwrap().0, 1);
        for other in [
            "argon2id$1$AAAA$////",
            "pbkdf2-sha256$many$AAAA$////",
            "pbkdf2-sha256$0$AAAA$////",
        ] {
            assert_eq!(parts(other), None, "{other}");
        }
        assert_eq!(
            text(&[0; 3], &[[0xff; 32]]).split('$').nth(1),
            Some("100000")
        );
    }
}
