//! Password hashes in the form that the sign-in page checks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::Sha256;

/// As many as the Worker may compute in production.
const ROUNDS: u32 = 100_000;

/// `pbkdf2-sha256$100000$salt$hash`, salt and hash in base64, with a new random salt of 16 bytes.
/// Takes a second in a debug build: hash once, use it for many members.
pub fn hash(password: &str) -> String {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).expect("the system has a source of randomness");
    hash_with_salt(password, &salt)
}

fn hash_with_salt(password: &str, salt: &[u8]) -> String {
    let hash: [u8; 32] = pbkdf2::pbkdf2_hmac_array::<Sha256, 32>(password.as_bytes(), salt, ROUNDS);
    format!(
        "pbkdf2-sha256${ROUNDS}${}${}",
        STANDARD.encode(salt),
        STANDARD.encode(hash)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_one_that_other_implementations_compute() {
        // Python: hashlib.pbkdf2_hmac("sha256", b"correct horse", b"0123456789abcdef", 100_000)
        assert_eq!(
            hash_with_salt("correct horse", b"0123456789abcdef"),
            "pbkdf2-sha256$100000$MDEyMzQ1Njc4OWFiY2RlZg==$WYEVV1ul0qBt7iGnOFpq5RmH0aOFvmOKTlUAgn9mWYM="
        );
    }
}
