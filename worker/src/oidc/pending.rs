//! A sign-in that has begun: what a browser keeps while it is at the provider.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use okrs_shared::validation::Invalid;
use sha2::{Digest, Sha256};

use crate::webcrypto;

/// The cookie that holds it.
pub const COOKIE: &str = "__Host-sign-in";
/// How long a browser may be away, in seconds.
pub const COOKIE_SECONDS: u32 = 600;
/// The longest address to return to, in bytes.
const MAX_RETURN_TO_BYTES: usize = 1_000;

/// Three secrets of 256 bits in base64url, and where to go afterwards.
#[derive(Debug, PartialEq, Eq)]
pub struct Pending {
    /// Comes back with the browser: its answer belongs to this sign-in.
    pub state: String,
    /// Comes back inside the token: it was made for this sign-in.
    pub nonce: String,
    /// Only its hash is known before the code is exchanged: whoever gets hold of the code can't use it.
    pub verifier: String,
    /// A path of the app.
    pub return_to: String,
    /// The member who is signed in and whose identity there is asked for; nobody for a sign-in.
    pub member_id: Option<String>,
}

impl Pending {
    /// A new sign-in that will end at `return_to`, or a new link of this member.
    pub fn new(return_to: &str, member_id: Option<&str>) -> Result<Self, Invalid> {
        if !is_local_path(return_to) {
            return Err(Invalid::field(
                "return_to",
                "must be a path of this server, such as /okrs",
            ));
        }
        let secret = || URL_SAFE_NO_PAD.encode(webcrypto::random::<32>());
        Ok(Self {
            state: secret(),
            nonce: secret(),
            verifier: secret(),
            return_to: return_to.to_owned(),
            member_id: member_id.map(str::to_owned),
        })
    }

    /// The cookie's value.
    pub fn to_cookie(&self) -> String {
        let return_to = URL_SAFE_NO_PAD.encode(&self.return_to);
        let member_id = URL_SAFE_NO_PAD.encode(self.member_id.as_deref().unwrap_or_default());
        [
            &*self.state,
            &*self.nonce,
            &*self.verifier,
            &*return_to,
            &*member_id,
        ]
        .join(".")
    }

    /// Reads a cookie's value; `None` if it can't be ours.
    pub fn from_cookie(cookie: &str) -> Option<Self> {
        let parts: Vec<&str> = cookie.split('.').collect();
        let [state, nonce, verifier, return_to, member_id] = parts[..] else {
            return None;
        };
        let text = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).ok()?).ok();
        let (return_to, member_id) = (text(return_to)?, text(member_id)?);
        let is_secret = |text: &str| {
            URL_SAFE_NO_PAD
                .decode(text)
                .is_ok_and(|bytes| bytes.len() == 32)
        };
        let is_whole = [state, nonce, verifier].into_iter().all(is_secret);
        (is_whole && is_local_path(&return_to)).then(|| Self {
            state: state.to_owned(),
            nonce: nonce.to_owned(),
            verifier: verifier.to_owned(),
            return_to,
            member_id: (!member_id.is_empty()).then_some(member_id),
        })
    }

    /// What the provider gets to see of the verifier: PKCE's S256.
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.verifier))
    }
}

/// Whether a browser that is sent there stays on this server. Browsers read `//`, and a backslash
/// for a slash, as the beginning of a host name, and skip control characters.
fn is_local_path(text: &str) -> bool {
    text.len() <= MAX_RETURN_TO_BYTES
        && text.starts_with('/')
        && !text.starts_with("//")
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending() -> Pending {
        // The verifier and its challenge are the example of RFC 7636, appendix B.
        Pending {
            state: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(),
            nonce: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(),
            verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned(),
            return_to: "/okrs?cycle=now#top".to_owned(),
            member_id: None,
        }
    }

    #[test]
    fn the_cookie_brings_everything_back() {
        let pending = pending();
        let link = Pending {
            member_id: Some("0190-alice.1".to_owned()),
            ..self::pending()
        };
        assert_eq!(Pending::from_cookie(&pending.to_cookie()), Some(pending));
        assert_eq!(Pending::from_cookie(&link.to_cookie()), Some(link));
    }

    #[test]
    fn a_cookie_of_another_shape_is_not_ours() {
        let good = pending().to_cookie();
        let evil = Pending {
            return_to: "//evil.example".to_owned(),
            ..pending()
        }
        .to_cookie();
        for bad in [
            "",
            "...",
            &good[1..],
            &format!("{good}."),
            &good.replace('.', "-"),
            &evil,
        ] {
            assert_eq!(Pending::from_cookie(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_challenge_is_the_hash_that_the_standard_gives() {
        assert_eq!(
            pending().challenge(),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn only_paths_of_this_server_are_returned_to() {
        for good in ["/", "/okrs", "/okrs/1?tab=history&a=//b#c", "/%5C"] {
            assert!(is_local_path(good), "{good}");
        }
        let long = format!("/{}", "a".repeat(MAX_RETURN_TO_BYTES));
        for bad in [
            "",
            "okrs",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/a b",
            "/ü",
            "javascript:alert(1)",
            &long,
        ] {
            assert!(!is_local_path(bad), "{bad}");
            assert!(Pending::new(bad, None).is_err(), "{bad}");
        }
    }
}
