//! Signing in by OpenID Connect: authorization code with PKCE, at any one provider.
//!
//! The browser is sent to the provider ([`start`]) with a state, a nonce and the hash of a verifier;
//! the three stay behind in a cookie. It comes back with a code ([`finish`]), which only the holder
//! of the verifier can exchange for a token about the person.

mod config;
mod pending;
mod provider;

use okrs_shared::sign_in_problem::SignInProblem;
use serde::Deserialize;

pub use config::Config;
pub use pending::{COOKIE_SECONDS, PURPOSE, Pending, cookie_name};

use crate::clock;
use crate::error::{Error, Result};
use crate::external_identity::ExternalIdentity;
use crate::jwt::{self, Claims, Expected};
use crate::outbound;
use provider::{Provider, Tokens};

/// What the provider adds to our address when it sends the browser back.
#[derive(Deserialize)]
pub struct Answer {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

impl Answer {
    /// The name of the cookie of the sign-in that it answers, if it names one.
    pub fn cookie(&self) -> Option<String> {
        cookie_name(self.state.as_deref()?)
    }
}

/// The provider's address to send a browser to, for the sign-in that `pending` describes.
/// `redirect_uri` is where it comes back to, known to the provider.
pub async fn start(config: &Config, redirect_uri: &str, pending: &Pending) -> Result<String> {
    let provider = Provider::discover(&config.issuer).await?;
    let query = outbound::form(&[
        ("response_type", "code"),
        ("client_id", &config.client_id),
        ("redirect_uri", redirect_uri),
        ("scope", "openid email profile"),
        ("state", &pending.state),
        ("nonce", &pending.nonce),
        ("code_challenge", &pending.challenge()),
        ("code_challenge_method", "S256"),
    ]);
    let endpoint = provider.authorization_endpoint;
    // An endpoint may have parameters of its own.
    let separator = if endpoint.contains('?') { '&' } else { '?' };
    Ok(format!("{endpoint}{separator}{query}"))
}

/// Who came back with `answer`, if it answers what `pending` asked.
pub async fn finish(
    config: &Config,
    redirect_uri: &str,
    pending: &Pending,
    answer: Answer,
) -> Result<ExternalIdentity> {
    if answer.state.as_ref() != Some(&pending.state) {
        return Err(Error::sign_in(
            SignInProblem::Expired,
            "the state is another",
        ));
    }
    let provider = Provider::discover(&config.issuer).await?;
    if !provider.may_have_answered(answer.iss.as_deref()) {
        return Err(Error::sign_in(
            SignInProblem::TokenRefused,
            "another issuer answered",
        ));
    }
    match (answer.code, answer.error.as_deref()) {
        (Some(code), None) => {
            let tokens = provider
                .exchange(config, redirect_uri, &code, &pending.verifier)
                .await?;
            let claims = claims(config, &provider, &pending.nonce, &tokens).await?;
            ExternalIdentity::from_claims(&claims, &config.email, config.roles.as_ref())
        }
        (_, Some("access_denied")) => Err(Error::sign_in(
            SignInProblem::Cancelled,
            "the provider says access_denied",
        )),
        _ => Err(Error::sign_in(
            SignInProblem::ProviderUnavailable,
            "it answered with an error instead of a code",
        )),
    }
}

/// What the provider says about the person: in the verified token, completed by its user info,
/// because some providers put only the bare minimum into the token.
async fn claims(
    config: &Config,
    provider: &Provider,
    nonce: &str,
    tokens: &Tokens,
) -> Result<Claims> {
    let expected = Expected {
        issuer: &config.issuer,
        audience: &config.client_id,
        nonce: Some(nonce),
        now: clock::now(),
    };
    let mut claims = jwt::verify(&tokens.id_token, &provider.jwks_uri, &expected).await?;
    let lacks = |name: &str| !claims.other.contains_key(name);
    let lacks_role = config
        .roles
        .as_ref()
        .is_some_and(|roles| lacks(&roles.claim));
    let lacks_email =
        lacks(&config.email.claim) || (lacks("email_verified") && !config.email.is_trusted);
    if lacks_email || lacks_role {
        let more = provider.user_info(tokens).await?;
        // Someone else's user info must never complete a token.
        if more.get("sub").and_then(|sub| sub.as_str()) != Some(&claims.sub) {
            return Err(Error::sign_in(
                SignInProblem::TokenRefused,
                "the user info is about another",
            ));
        }
        for (name, value) in more {
            claims.other.entry(name).or_insert(value);
        }
    }
    Ok(claims)
}
