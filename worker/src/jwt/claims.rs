//! What a token says, and whether it says it to us and now.

use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Refusal;

/// How far the provider's clock may be off, in seconds.
const LEEWAY: f64 = 60.0;

/// What a token must say.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Who must have issued it, letter by letter.
    pub issuer: &'a str,
    /// Whom it must be for: one of its audiences.
    pub audience: &'a str,
    /// What was sent along when the token was asked for, if it was asked for.
    pub nonce: Option<&'a str>,
    /// When it must be valid.
    pub now: Timestamp,
}

/// The claims of a token. Times are seconds since 1970 and may have a fraction.
#[derive(Clone, Debug, Deserialize)]
pub struct Claims {
    /// Who issued it.
    pub iss: String,
    /// Whom it is about: unique and lasting at the issuer.
    pub sub: String,
    aud: Audience,
    /// The one of several audiences that asked for it.
    azp: Option<String>,
    exp: f64,
    iat: f64,
    nbf: Option<f64>,
    nonce: Option<String>,
    /// The rest: e-mail, name, groups and whatever else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Claims {
    /// Refuses claims that are not as expected.
    pub(super) fn check(&self, expected: &Expected<'_>) -> Result<(), Refusal> {
        if self.iss != expected.issuer {
            return Err(Refusal("the issuer is another"));
        }
        if !self.aud.contains(expected.audience) {
            return Err(Refusal("the audience is another"));
        }
        if self
            .azp
            .as_ref()
            .is_some_and(|azp| azp != expected.audience)
            && expected.nonce.is_some()
        {
            return Err(Refusal("the token was issued to another client"));
        }
        if expected.nonce.is_some() && self.nonce.as_deref() != expected.nonce {
            return Err(Refusal("the nonce is another"));
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "seconds of our time are far below 2^53"
        )]
        let now = expected.now.get().timestamp() as f64;
        if self.exp <= now - LEEWAY {
            return Err(Refusal("the token has expired"));
        }
        if self.nbf.is_some_and(|nbf| nbf > now + LEEWAY) || self.iat > now + LEEWAY {
            return Err(Refusal("the token is not valid yet"));
        }
        if self.sub.is_empty() {
            return Err(Refusal("the token is about nobody"));
        }
        Ok(())
    }

    /// The text of a further claim.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.other.get(name)?.as_str()
    }
}

impl Audience {
    fn contains(&self, audience: &str) -> bool {
        match self {
            Self::One(one) => one == audience,
            Self::Several(several) => several.iter().any(|one| one == audience),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn check(change: Value) -> Result<(), &'static str> {
        let mut claims = json!({
            "iss": "https://id.example", "sub": "u1", "aud": "client", "nonce": "n",
            "exp": NOW + 300, "iat": NOW,
        });
        for (name, value) in change.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let claims: Claims = serde_json::from_value(claims).map_err(|_| "malformed")?;
        let expected = Expected {
            issuer: "https://id.example",
            audience: "client",
            nonce: Some("n"),
            now: Timestamp::new(DateTime::from_timestamp(NOW, 0).unwrap()),
        };
        claims.check(&expected).map_err(|refusal| refusal.0)
    }

    #[test]
    fn claims_for_us_and_for_now_are_accepted() {
        for change in [
            json!({}),
            json!({ "aud": ["other", "client"], "azp": "client" }),
            json!({ "exp": NOW - 59, "nbf": NOW + 60, "iat": NOW + 60 }),
            json!({ "exp": NOW as f64 + 0.5, "groups": ["a"] }),
        ] {
            assert_eq!(check(change.clone()), Ok(()), "{change}");
        }
    }

    #[test]
    fn claims_for_others_are_refused() {
        let cases = [
            (
                json!({ "iss": "https://id.example/" }),
                "the issuer is another",
            ),
            (json!({ "aud": "Client" }), "the audience is another"),
            (json!({ "aud": [] }), "the audience is another"),
            (
                json!({ "aud": ["client", "other"], "azp": "other" }),
                "the token was issued to another client",
            ),
            (json!({ "nonce": "m" }), "the nonce is another"),
            (json!({ "nonce": null }), "the nonce is another"),
            (json!({ "sub": "" }), "the token is about nobody"),
        ];
        for (change, refusal) in cases {
            assert_eq!(check(change.clone()), Err(refusal), "{change}");
        }
    }

    #[test]
    fn claims_of_another_time_are_refused() {
        let cases = [
            (json!({ "exp": NOW - 60 }), "the token has expired"),
            (json!({ "exp": 0 }), "the token has expired"),
            (json!({ "nbf": NOW + 61 }), "the token is not valid yet"),
            (json!({ "iat": NOW + 61 }), "the token is not valid yet"),
        ];
        for (change, refusal) in cases {
            assert_eq!(check(change.clone()), Err(refusal), "{change}");
        }
    }

    #[test]
    fn claims_of_the_wrong_type_are_malformed() {
        for name in ["iss", "sub", "aud", "exp", "iat"] {
            for wrong in [json!(null), json!({}), json!(true), json!([1])] {
                assert_eq!(check(json!({ name: wrong })), Err("malformed"), "{name}");
            }
        }
        assert_eq!(check(json!({ "exp": "tomorrow" })), Err("malformed"));
    }
}
