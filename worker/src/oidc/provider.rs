//! The provider: where it is, and what is asked of it.

use std::cell::RefCell;
use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use okrs_shared::sign_in_problem::SignInProblem;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Config;
use crate::clock;
use crate::error::{Error, Result};
use crate::outbound::{self, Failure};

/// How long a discovery document is good for.
const KEPT_FOR_MS: u64 = 60 * 60 * 1_000;

thread_local! {
    /// Per isolate, by issuer, with the time of the discovery.
    static DISCOVERED: RefCell<HashMap<String, (u64, Provider)>> = RefCell::default();
}

/// What we need of a provider's discovery document.
#[derive(Clone, Debug, Deserialize)]
pub struct Provider {
    issuer: String,
    /// Where browsers are sent.
    pub authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: Option<String>,
    /// Where its public keys are.
    pub jwks_uri: String,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// What a code is exchanged for.
#[derive(Deserialize)]
pub struct Tokens {
    /// Who the person is, signed.
    pub id_token: String,
    access_token: String,
}

impl Provider {
    /// The provider with this issuer, as it describes itself.
    pub async fn discover(issuer: &str) -> Result<Self> {
        let now = clock::now_ms();
        let known = DISCOVERED.with_borrow(|known| known.get(issuer).cloned());
        match known {
            Some((at, provider)) if now < at + KEPT_FOR_MS => Ok(provider),
            _ => {
                let provider = fetch(issuer).await.map_err(unavailable)?;
                let entry = (now, provider.clone());
                DISCOVERED.with_borrow_mut(|known| known.insert(issuer.to_owned(), entry));
                Ok(provider)
            }
        }
    }

    /// Whether an answer that names this issuer, or none, can be the provider's.
    pub fn may_have_answered(&self, issuer: Option<&str>) -> bool {
        match issuer {
            Some(issuer) => issuer == self.issuer,
            None => !self.authorization_response_iss_parameter_supported,
        }
    }

    /// Exchanges a code. A code that the provider does not take (used, expired, another's) is refused.
    pub async fn exchange(
        &self,
        config: &Config,
        redirect_uri: &str,
        code: &str,
        verifier: &str,
    ) -> Result<Tokens> {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", verifier),
        ];
        let mut authorization = None;
        match &config.client_secret {
            Some(secret) if self.takes_basic() => {
                authorization = Some(basic(&config.client_id, secret));
            }
            Some(secret) => {
                fields.extend([("client_id", &*config.client_id), ("client_secret", secret)]);
            }
            None => fields.push(("client_id", &config.client_id)),
        }
        let answer = outbound::post_form(&self.token_endpoint, authorization.as_deref(), &fields)
            .await
            .map_err(unavailable)?;
        // Serde's own words would quote what may be a token.
        serde_json::from_value(answer)
            .map_err(|_| unavailable("the token endpoint gave no ID token".to_owned()))
    }

    /// What the provider tells about the person besides the token.
    pub async fn user_info(&self, tokens: &Tokens) -> Result<Map<String, Value>> {
        let Some(endpoint) = &self.userinfo_endpoint else {
            return Ok(Map::new());
        };
        let authorization = format!("Bearer {}", tokens.access_token);
        match outbound::get(endpoint, Some(&authorization))
            .await
            .map_err(unavailable)?
        {
            Value::Object(claims) => Ok(claims),
            _ => Err(unavailable("the user info is no object".to_owned())),
        }
    }

    /// Basic is what a provider takes that does not say.
    fn takes_basic(&self) -> bool {
        let methods = self.token_endpoint_auth_methods_supported.as_ref();
        methods.is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic"))
    }
}

async fn fetch(issuer: &str) -> Result<Provider, Failure> {
    let address = format!(
        "{}/.well-known/openid-configuration",
        issuer.trim_end_matches('/')
    );
    let document = outbound::get(&address, None).await?;
    let provider: Provider =
        serde_json::from_value(document).map_err(|error| format!("{address}: {error}"))?;
    if provider.issuer != issuer {
        return Err(format!(
            "{address} is of the issuer {}, not of {issuer}",
            provider.issuer
        ));
    }
    if outbound::trusted_url(&provider.authorization_endpoint).is_none() {
        return Err(format!("{} is not https", provider.authorization_endpoint));
    }
    Ok(provider)
}

/// HTTP Basic as OAuth has it: both parts escaped like in a form.
fn basic(client_id: &str, secret: &str) -> String {
    let escaped = |text| outbound::form(&[("", text)])[1..].to_owned();
    let pair = format!("{}:{}", escaped(client_id), escaped(secret));
    format!("Basic {}", STANDARD.encode(pair))
}

fn unavailable(failure: Failure) -> Error {
    Error::SignIn(SignInProblem::ProviderUnavailable, failure)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn provider(more: Value) -> Provider {
        let mut document = json!({
            "issuer": "https://id.example", "authorization_endpoint": "https://id.example/auth",
            "token_endpoint": "https://id.example/token", "jwks_uri": "https://id.example/keys",
        });
        for (name, value) in more.as_object().unwrap() {
            document[name] = value.clone();
        }
        serde_json::from_value(document).unwrap()
    }

    #[test]
    fn an_answer_must_name_the_provider_if_it_names_anybody_or_the_provider_always_does() {
        let silent = provider(json!({}));
        assert!(silent.may_have_answered(None));
        assert!(silent.may_have_answered(Some("https://id.example")));
        assert!(!silent.may_have_answered(Some("https://id.example/")));
        let outspoken = provider(json!({ "authorization_response_iss_parameter_supported": true }));
        assert!(!outspoken.may_have_answered(None));
    }

    #[test]
    fn the_secret_goes_into_a_header_unless_the_provider_takes_it_only_in_the_body() {
        let methods = "token_endpoint_auth_methods_supported";
        assert!(provider(json!({})).takes_basic());
        assert!(
            provider(json!({ methods: ["client_secret_post", "client_secret_basic"] }))
                .takes_basic()
        );
        assert!(!provider(json!({ methods: ["client_secret_post"] })).takes_basic());
    }

    #[test]
    fn basic_credentials_are_escaped_before_they_are_joined() {
        let encoded = basic("a:b", "c d/")
            .strip_prefix("Basic ")
            .unwrap()
            .to_owned();
        assert_eq!(STANDARD.decode(encoded).unwrap(), b"a%3Ab:c+d%2F");
    }
}
