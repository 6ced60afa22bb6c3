//! Public keys as providers publish them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Refusal, decode};
use crate::webcrypto::Algorithm;

/// Shorter RSA keys are no longer safe.
const MIN_RSA_BYTES: usize = 256;

/// The keys of the document at a provider's `jwks_uri`, those of unknown kinds left out; `None` if
/// it is no such document.
pub fn read_set(document: &Value) -> Option<Vec<Jwk>> {
    let keys = document.get("keys")?.as_array()?;
    Some(
        keys.iter()
            .filter_map(|key| Jwk::deserialize(key).ok())
            .collect(),
    )
}

/// A JSON Web Key: what we need of it. Numbers are base64url.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Jwk {
    /// Names it in its set.
    pub kid: Option<String>,
    kty: String,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    key_ops: Option<Vec<String>>,
    n: Option<String>,
    e: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

/// The numbers of a public key, as WebCrypto imports them: nothing that restricts or extends its use.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum PublicPart<'a> {
    /// For RS256.
    Rsa {
        kty: &'static str,
        n: &'a str,
        e: &'a str,
    },
    /// For ES256.
    Ec {
        kty: &'static str,
        crv: &'static str,
        x: &'a str,
        y: &'a str,
    },
}

impl Jwk {
    /// The public key, if it is one for signatures with this algorithm.
    pub fn public_part(&self, algorithm: Algorithm) -> Result<PublicPart<'_>, Refusal> {
        if self
            .purpose
            .as_deref()
            .is_some_and(|purpose| purpose != "sig")
        {
            return Err(Refusal("the key is not for signatures"));
        }
        if self
            .key_ops
            .as_ref()
            .is_some_and(|ops| !ops.iter().any(|op| op == "verify"))
        {
            return Err(Refusal("the key is not for verifying"));
        }
        if self
            .alg
            .as_deref()
            .is_some_and(|alg| alg != algorithm.as_str())
        {
            return Err(Refusal("the key is for another algorithm"));
        }
        match (algorithm, self.kty.as_str(), self.crv.as_deref()) {
            (Algorithm::Rs256, "RSA", _) => self.rsa(),
            (Algorithm::Es256, "EC", Some("P-256")) => self.ec(),
            _ => Err(Refusal("the key is of another kind than the algorithm")),
        }
    }

    fn rsa(&self) -> Result<PublicPart<'_>, Refusal> {
        let (Some(n), Some(e)) = (&self.n, &self.e) else {
            return Err(Refusal("the RSA key is incomplete"));
        };
        if decode(n).is_ok_and(|n| n.len() >= MIN_RSA_BYTES) {
            Ok(PublicPart::Rsa { kty: "RSA", n, e })
        } else {
            Err(Refusal("the RSA key is too short"))
        }
    }

    fn ec(&self) -> Result<PublicPart<'_>, Refusal> {
        match (&self.x, &self.y) {
            (Some(x), Some(y)) => Ok(PublicPart::Ec {
                kty: "EC",
                crv: "P-256",
                x,
                y,
            }),
            _ => Err(Refusal("the EC key is incomplete")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(key: Value, algorithm: Algorithm) -> Option<&'static str> {
        let key: Jwk = serde_json::from_value(key).unwrap();
        key.public_part(algorithm).err().map(|refusal| refusal.0)
    }

    fn rsa(change: Value) -> Value {
        changed(
            json!({ "kid": "a", "kty": "RSA", "n": "A".repeat(342), "e": "AQAB" }),
            change,
        )
    }

    fn ec(change: Value) -> Value {
        changed(
            json!({ "kid": "a", "kty": "EC", "crv": "P-256", "x": "eA", "y": "eQ" }),
            change,
        )
    }

    fn changed(mut key: Value, change: Value) -> Value {
        for (name, value) in change.as_object().unwrap() {
            key[name] = value.clone();
        }
        key
    }

    #[test]
    fn a_key_serves_the_algorithm_it_is_made_for() {
        assert_eq!(refusal(rsa(json!({})), Algorithm::Rs256), None);
        assert_eq!(
            refusal(
                rsa(json!({ "alg": "RS256", "use": "sig" })),
                Algorithm::Rs256
            ),
            None
        );
        assert_eq!(
            refusal(ec(json!({ "key_ops": ["verify"] })), Algorithm::Es256),
            None
        );
    }

    #[test]
    fn a_key_serves_no_other_purpose_or_algorithm() {
        let other_kind = Some("the key is of another kind than the algorithm");
        assert_eq!(refusal(rsa(json!({})), Algorithm::Es256), other_kind);
        assert_eq!(refusal(ec(json!({})), Algorithm::Rs256), other_kind);
        assert_eq!(
            refusal(ec(json!({ "crv": "P-384" })), Algorithm::Es256),
            other_kind
        );
        let symmetric = json!({ "kid": "a", "kty": "oct", "k": "eA" });
        assert_eq!(refusal(symmetric, Algorithm::Rs256), other_kind);
        assert_eq!(
            refusal(rsa(json!({ "use": "enc" })), Algorithm::Rs256),
            Some("the key is not for signatures")
        );
        assert_eq!(
            refusal(rsa(json!({ "key_ops": ["encrypt"] })), Algorithm::Rs256),
            Some("the key is not for verifying")
        );
        assert_eq!(
            refusal(rsa(json!({ "alg": "RS512" })), Algorithm::Rs256),
            Some("the key is for another algorithm")
        );
    }

    #[test]
    fn keys_of_unknown_kinds_do_not_spoil_the_set() {
        let document = json!({ "keys": [{ "kid": "odd", "kty": 7 }, rsa(json!({}))] });
        let kids: Vec<_> = read_set(&document)
            .unwrap()
            .into_iter()
            .map(|key| key.kid)
            .collect();
        assert_eq!(kids, [Some("a".to_owned())]);
        for document in [json!({}), json!([]), json!({ "keys": {} })] {
            assert!(read_set(&document).is_none(), "{document}");
        }
    }

    #[test]
    fn short_and_incomplete_keys_serve_nothing() {
        assert_eq!(
            refusal(rsa(json!({ "n": "A".repeat(171) })), Algorithm::Rs256),
            Some("the RSA key is too short")
        );
        assert_eq!(
            refusal(rsa(json!({ "e": null })), Algorithm::Rs256),
            Some("the RSA key is incomplete")
        );
        assert_eq!(
            refusal(ec(json!({ "y": null })), Algorithm::Es256),
            Some("the EC key is incomplete")
        );
    }
}
