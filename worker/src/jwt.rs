//! Tokens of identity providers: JSON Web Tokens, signed, in the compact form.
//!
//! A token is believed only if
//! - its algorithm is RS256 or ES256, so neither `none` nor a shared secret is ever one;
//! - its `kid` names a key of the provider's set that is made for this algorithm and for signing;
//! - the signature is that key's over exactly the bytes that came;
//! - `iss` and `aud` are the expected ones, and so is `nonce` where one was sent;
//! - it is valid now: `exp`, `nbf` and `iat`, with a minute's leeway for clocks that differ.
//!
//! Keys that a token brings along (`jwk`, `jku`, `x5c`) are never looked at.

mod claims;
mod jwk;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use okrs_shared::sign_in_problem::SignInProblem;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use claims::{Claims, Expected};
pub use jwk::{Jwk, read_set};

use crate::error::{Error, Result};
use crate::key_set;
use crate::webcrypto::{self, Algorithm};

/// The longest token that is looked at, in bytes. Tokens with hundreds of groups stay below.
const MAX_BYTES: usize = 16 * 1024;

/// Why a token is not believed: for the log. It never holds anything of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal(pub &'static str);

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::sign_in(SignInProblem::TokenRefused, refusal.0)
    }
}

/// The claims of `token`, if it is to be believed: signed by a key that the provider publishes at
/// `keys_url`, and as `expected`.
pub async fn verify(token: &str, keys_url: &str, expected: &Expected<'_>) -> Result<Claims> {
    let token = Token::parse(token)?;
    let key = key_set::find(keys_url, &token.key_id).await?;
    let key = key.public_part(token.algorithm)?;
    let message = token.signed.as_bytes();
    if !webcrypto::verify(token.algorithm, &key, message, &token.signature).await? {
        return Err(Refusal("the signature is wrong").into());
    }
    let claims: Claims = read(&token.payload).ok_or(Refusal("the claims are malformed"))?;
    claims.check(expected)?;
    Ok(claims)
}

/// A token taken apart. Nothing of it has been verified.
#[derive(Debug)]
struct Token<'a> {
    algorithm: Algorithm,
    key_id: String,
    /// Header and payload as they came: what the signature is over.
    signed: &'a str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// Extensions that must be understood; we understand none.
    crit: Option<Value>,
}

impl<'a> Token<'a> {
    fn parse(token: &'a str) -> Result<Self, Refusal> {
        if token.len() > MAX_BYTES {
            return Err(Refusal("the token is too long"));
        }
        let (signed, signature) = token
            .rsplit_once('.')
            .ok_or(Refusal("the token has no parts"))?;
        let (header, payload) = signed
            .split_once('.')
            .ok_or(Refusal("the token has two parts"))?;
        let header: Header = read(&decode(header)?).ok_or(Refusal("the header is malformed"))?;
        let algorithm = match header.alg.as_str() {
            "RS256" => Algorithm::Rs256,
            "ES256" => Algorithm::Es256,
            _ => return Err(Refusal("the algorithm is not allowed")),
        };
        if header.crit.is_some() {
            return Err(Refusal("the header asks for an extension"));
        }
        Ok(Self {
            algorithm,
            key_id: header.kid.ok_or(Refusal("the token names no key"))?,
            signed,
            // A fourth part would put a dot in here, which is no base64.
            payload: decode(payload)?,
            signature: decode(signature)?,
        })
    }
}

fn read<T: DeserializeOwned>(json: &[u8]) -> Option<T> {
    serde_json::from_str(std::str::from_utf8(json).ok()?).ok()
}

/// Base64url in its one canonical spelling: no padding, no stray bits in the last character. So no
/// two spellings of a token are the same token.
fn decode(part: &str) -> Result<Vec<u8>, Refusal> {
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| Refusal("a part of the token is not base64url"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str) -> String {
        let header = URL_SAFE_NO_PAD.encode(header);
        format!(
            "{header}.{}.{}",
            URL_SAFE_NO_PAD.encode("{}"),
            URL_SAFE_NO_PAD.encode("sig")
        )
    }

    fn refusal(token: &str) -> &'static str {
        Token::parse(token).expect_err(token).0
    }

    #[test]
    fn a_token_is_taken_apart_into_what_is_signed_and_what_signs_it() {
        let text = token(r#"{"alg":"ES256","kid":"a","typ":"JWT"}"#);
        let token = Token::parse(&text).unwrap();
        assert_eq!(token.algorithm, Algorithm::Es256);
        assert_eq!(token.key_id, "a");
        assert_eq!(token.payload, b"{}");
        assert_eq!(token.signature, b"sig");
        assert_eq!(token.signed, text.rsplit_once('.').unwrap().0);
    }

    #[test]
    fn only_two_algorithms_are_allowed_in_their_exact_spelling() {
        for alg in [
            "none", "None", "HS256", "RS384", "ES512", "PS256", "EdDSA", "rs256", "",
        ] {
            let text = token(&format!(r#"{{"alg":"{alg}","kid":"a"}}"#));
            assert_eq!(refusal(&text), "the algorithm is not allowed");
        }
    }

    #[test]
    fn a_header_without_a_key_or_with_extensions_or_twice_the_same_field_is_refused() {
        assert_eq!(
            refusal(&token(r#"{"alg":"RS256"}"#)),
            "the token names no key"
        );
        let extended = r#"{"alg":"RS256","kid":"a","crit":["b64"],"b64":false}"#;
        assert_eq!(
            refusal(&token(extended)),
            "the header asks for an extension"
        );
        for malformed in [
            r#"{"alg":"none","alg":"RS256","kid":"a"}"#,
            r#"{"kid":"a"}"#,
            r#"{"alg":["RS256"],"kid":"a"}"#,
            r#"["RS256"]"#,
            "RS256",
            "",
        ] {
            assert_eq!(refusal(&token(malformed)), "the header is malformed");
        }
    }

    #[test]
    fn a_token_has_exactly_three_parts_in_canonical_base64url() {
        let good = token(r#"{"alg":"RS256","kid":"a"}"#);
        assert_eq!(refusal(""), "the token has no parts");
        assert_eq!(refusal("e30.e30"), "the token has two parts");
        for bad in [
            format!("{good}.e30"),
            format!("{good}="),
            format!("{good}\n"),
            format!(" {good}"),
            good.replace("e30", "e30="),
            // `{}` again, but with stray bits.
            good.replace("e30", "e31"),
            good.replace("e30", "e3+"),
        ] {
            assert_eq!(
                refusal(&bad),
                "a part of the token is not base64url",
                "{bad}"
            );
        }
        let long = "a".repeat(MAX_BYTES + 1);
        assert_eq!(refusal(&long), "the token is too long");
    }
}
