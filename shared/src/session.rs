//! Sessions of people in a browser: how their cookie is spelled.
//!
//! `{tag}.{64 hexadecimal digits}`: the tag of the organisation finds its Durable Object, the digits
//! are 256 bits that cannot be guessed. Only SHA-256 of the whole is kept.

use crate::api_key::TAG_CHARS;

const SECRET_CHARS: usize = 64;

/// The cookie's name. The prefix makes browsers insist on HTTPS, on no `Domain` and on the path `/`.
pub const COOKIE: &str = "__Host-okrs";

/// A new session's cookie for the organisation with this tag.
pub fn assemble(tag: &str, random: &[u8; 32]) -> String {
    use std::fmt::Write as _;
    random.iter().fold(format!("{tag}."), |mut cookie, byte| {
        // Writing to a String can't fail.
        let _ = write!(cookie, "{byte:02x}");
        cookie
    })
}

/// The organisation's tag inside a well-formed cookie; `None` if this can't be one.
pub fn tag(cookie: &str) -> Option<&str> {
    let (tag, secret) = cookie.split_once('.')?;
    let well_formed = tag.len() == TAG_CHARS
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && secret.len() == SECRET_CHARS
        && secret
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    well_formed.then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_cookie_names_its_organisation() {
        let cookie = assemble("AcmeTag1", &[0xa5; 32]);
        assert_eq!(tag(&cookie), Some("AcmeTag1"));
    }

    #[test]
    fn what_cannot_be_a_cookie_names_none() {
        let cookie = assemble("AcmeTag1", &[0xa5; 32]);
        let upper = cookie.to_uppercase();
        for other in ["", ".", "AcmeTag1.", &cookie[..cookie.len() - 1], &upper] {
            assert_eq!(tag(other), None, "{other}");
        }
    }
}
