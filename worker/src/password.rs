//! Passwords at rest: `pbkdf2-sha256$rounds$salt$hash`, salt and hash in base64, so that a later
//! version may use more rounds and still read these.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq as _;

use crate::error::{Error, Result};
use crate::webcrypto;

const KIND: &str = "pbkdf2-sha256";
/// The most that the runtime computes in production.
const ROUNDS: u32 = 100_000;

/// What to store of a password, with a new salt.
pub async fn hash(password: &str) -> Result<String> {
    let salt: [u8; 16] = webcrypto::random();
    let hash = webcrypto::pbkdf2_sha256(password.as_bytes(), &salt, ROUNDS).await?;
    Ok(format!(
        "{KIND}${ROUNDS}${}${}",
        STANDARD.encode(salt),
        STANDARD.encode(hash)
    ))
}

/// Whether the password is the one that was stored. Without a stored one it takes as long and is
/// not, so that nobody learns by the clock who has a password here.
pub async fn verify(password: &str, stored: Option<&str>) -> Result<bool> {
    let Some(stored) = stored else {
        webcrypto::pbkdf2_sha256(password.as_bytes(), &[0; 16], ROUNDS).await?;
        return Ok(false);
    };
    let (rounds, salt, expected) =
        parts(stored).ok_or_else(|| Error::internal("a stored password hash is malformed"))?;
    let hash = webcrypto::pbkdf2_sha256(password.as_bytes(), &salt, rounds).await?;
    Ok(hash.ct_eq(&expected).into())
}

fn parts(stored: &str) -> Option<(u32, Vec<u8>, Vec<u8>)> {
    let mut parts = stored.split('$');
    if parts.next()? != KIND {
        return None;
    }
    let rounds = parts.next()?.parse().ok()?;
    let salt = STANDARD.decode(parts.next()?).ok()?;
    let hash = STANDARD.decode(parts.next()?).ok()?;
    Some((rounds, salt, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_hash_says_how_it_was_made() {
        let (rounds, salt, hash) = parts("pbkdf2-sha256$100000$AAAA$////").unwrap();
        assert_eq!((rounds, salt.len(), hash.len()), (100_000, 3, 3));
        assert_eq!(parts("argon2id$1$AAAA$////"), None);
        assert_eq!(parts("pbkdf2-sha256$many$AAAA$////"), None);
    }
}
