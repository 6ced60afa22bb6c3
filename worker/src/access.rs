//! Signing in by Cloudflare Access: who passed it carries a token that says so.

use crate::clock;
use crate::error::Result;
use crate::external_identity::{EmailClaim, ExternalIdentity, Joining};
use crate::jwt::{self, Expected};
use crate::outbound;

/// The header in which Access passes its token on.
pub const ASSERTION: &str = "cf-access-jwt-assertion";

/// The Access application that this deployment is behind.
#[derive(Debug)]
pub struct Config {
    /// `ACCESS_TEAM_DOMAIN`: `https://team.cloudflareaccess.com`, which is also the issuer.
    team_domain: String,
    /// `ACCESS_AUD`: the application's tag.
    audience: String,
    /// `ACCESS_WORKSPACE` and `ACCESS_ALLOWED_DOMAINS`.
    pub joining: Joining,
}

impl Config {
    /// Reads the variables; `None` if there is no team domain. Fails with what is wrong with them.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, String> {
        let Some(team_domain) = variable("ACCESS_TEAM_DOMAIN") else {
            return Ok(None);
        };
        if outbound::trusted_url(&team_domain).is_none() {
            return Err("ACCESS_TEAM_DOMAIN must be an https address".to_owned());
        }
        let required = |name: &str| variable(name).ok_or_else(|| format!("{name} is not set"));
        Ok(Some(Self {
            team_domain: team_domain.trim_end_matches('/').to_owned(),
            audience: required("ACCESS_AUD")?,
            joining: Joining::new(
                required("ACCESS_WORKSPACE")?,
                variable("ACCESS_ALLOWED_DOMAINS").as_deref(),
            ),
        }))
    }
}

/// The person whom Access let through with this token.
pub async fn verify(config: &Config, assertion: &str) -> Result<ExternalIdentity> {
    let keys_url = format!("{}/cdn-cgi/access/certs", config.team_domain);
    let expected = Expected {
        issuer: &config.team_domain,
        audience: &config.audience,
        nonce: None,
        now: clock::now(),
    };
    let claims = jwt::verify(assertion, &keys_url, &expected).await?;
    // Access lets nobody in under an address that is not theirs.
    let email = EmailClaim {
        claim: "email".to_owned(),
        is_trusted: true,
    };
    ExternalIdentity::from_claims(&claims, &email, None)
}
