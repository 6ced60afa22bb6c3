//! A sign-in that has begun: what a browser keeps while it is at the provider.
//!
//! Each has a cookie of its own, so that two tabs can sign in. Cookies are sealed: only whoever has been
//! sent to the provider by us makes us ask it anything.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use okrs_shared::validation::Invalid;
use sha2::{Digest, Sha256};

use crate::webcrypto;

/// How long a browser may be away, in seconds.
pub const COOKIE_SECONDS: u32 = 600;
/// What its cookie is sealed for.
pub const PURPOSE: &str = "sign-in";
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

    /// What its cookie holds, to be sealed; `now` in milliseconds since 1970.
    pub fn to_text(&self, now: u64) -> String {
        let return_to = URL_SAFE_NO_PAD.encode(&self.return_to);
        let member_id = URL_SAFE_NO_PAD.encode(self.member_id.as_deref().unwrap_or_default());
        let ends_at = (now + u64::from(COOKIE_SECONDS) * 1_000).to_string();
        [
            &*self.state,
            &*self.nonce,
            &*self.verifier,
            &*return_to,
            &*member_id,
            &*ends_at,
        ]
        .join(".")
    }

    /// Reads what was sealed; `None` if it is over.
    pub fn from_text(text: &str, now: u64) -> Option<Self> {
        let parts: Vec<&str> = text.split('.').collect();
        let [state, nonce, verifier, return_to, member_id, ends_at] = parts[..] else {
            return None;
        };
        if now >= ends_at.parse().ok()? {
            return None;
        }
        let text = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).ok()?).ok();
        let (return_to, member_id) = (text(return_to)?, text(member_id)?);
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

/// The name of the cookie of the sign-in with this state, if it can be one.
pub fn cookie_name(state: &str) -> Option<String> {
    is_secret(state).then(|| format!("__Host-sign-in-{}", &state[..16]))
}

fn is_secret(text: &str) -> bool {
    let bytes = URL_SAFE_NO_PAD.decode(text);
    bytes.is_ok_and(|bytes| bytes.len() == 32)
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
    fn the_cookie_brings_everything_back_for_ten_minutes() {
        let pending = pending();
        let link = Pending {
            member_id: Some("0190-alice.1".to_owned()),
            ..self::pending()
        };
        for pending in [pending, link] {
            let text = pending.to_text(7);
            assert_eq!(Pending::from_text(&text, 600_007), None);
            assert_eq!(Pending::from_text(&text, 600_006), Some(pending));
        }
    }

    #[test]
    fn a_cookie_is_called_by_its_state_and_by_nothing_else() {
        let name = cookie_name(&pending().state);
        assert_eq!(name.as_deref(), Some("__Host-sign-in-E9Melhoa2OwvFrEM"));
        for odd in ["", "x", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM;"] {
            assert_eq!(cookie_name(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_cookie_of_another_shape_is_not_ours() {
        let good = pending().to_text(0);
        let evil = Pending {
            return_to: "//evil.example".to_owned(),
            ..pending()
        }
        .to_text(0);
        for bad in [
            "",
            "...",
            &good[1..],
            &format!("{good}."),
            &good.replace('.', "-"),
            &evil,
        ] {
            assert_eq!(Pending::from_text(bad, 0), None, "{bad}");
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
