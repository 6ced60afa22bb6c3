//! The provider, as the deployment's variables name it.

use std::collections::BTreeMap;

use okrs_shared::permission::Role;

use crate::external_identity::{EmailClaim, Joining, RoleClaim};
use crate::outbound;

/// How to sign in by OpenID Connect.
#[derive(Debug)]
pub struct Config {
    /// `OIDC_ISSUER`: the provider, letter by letter as it calls itself.
    pub issuer: String,
    /// `OIDC_CLIENT_ID`: who we are there.
    pub client_id: String,
    /// `OIDC_CLIENT_SECRET`: how we prove it. A public client has none.
    pub client_secret: Option<String>,
    /// `OIDC_NAME`: what the button says.
    pub name: String,
    /// `OIDC_WORKSPACE` and `OIDC_ALLOWED_DOMAINS`.
    pub joining: Joining,
    /// `OIDC_EMAIL_CLAIM` and `OIDC_TRUST_UNVERIFIED_EMAIL`.
    pub email: EmailClaim,
    /// `OIDC_ROLE_CLAIM` and `OIDC_ROLES`.
    pub roles: Option<RoleClaim>,
}

impl Config {
    /// Reads the variables; `None` if there is no issuer. Fails with what is wrong with them.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, String> {
        let Some(issuer) = variable("OIDC_ISSUER") else {
            return Ok(None);
        };
        if outbound::trusted_url(&issuer).is_none() {
            return Err("OIDC_ISSUER must be an https address".to_owned());
        }
        let required = |name: &str| variable(name).ok_or_else(|| format!("{name} is not set"));
        Ok(Some(Self {
            client_id: required("OIDC_CLIENT_ID")?,
            client_secret: variable("OIDC_CLIENT_SECRET"),
            name: variable("OIDC_NAME").unwrap_or_else(|| "single sign-on".to_owned()),
            joining: Joining::new(
                required("OIDC_WORKSPACE")?,
                variable("OIDC_ALLOWED_DOMAINS").as_deref(),
            ),
            email: EmailClaim {
                claim: variable("OIDC_EMAIL_CLAIM").unwrap_or_else(|| "email".to_owned()),
                is_trusted: match variable("OIDC_TRUST_UNVERIFIED_EMAIL").as_deref() {
                    None | Some("false") => false,
                    Some("true") => true,
                    Some(_) => {
                        return Err("OIDC_TRUST_UNVERIFIED_EMAIL must be true or false".to_owned());
                    }
                },
            },
            roles: roles(variable("OIDC_ROLE_CLAIM"), variable("OIDC_ROLES"))?,
            issuer,
        }))
    }
}

fn roles(claim: Option<String>, roles: Option<String>) -> Result<Option<RoleClaim>, String> {
    let (claim, roles) = match (claim, roles) {
        (None, None) => return Ok(None),
        (Some(claim), Some(roles)) => (claim, roles),
        _ => return Err("OIDC_ROLE_CLAIM and OIDC_ROLES need each other".to_owned()),
    };
    let roles: BTreeMap<String, Role> = serde_json::from_str(&roles)
        .map_err(|error| format!("OIDC_ROLES must be an object of roles: {error}"))?;
    Ok(Some(RoleClaim { claim, roles }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Option<Config>, String> {
        Config::read(|name| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    const ENOUGH: [(&str, &str); 3] = [
        ("OIDC_ISSUER", "https://id.example/"),
        ("OIDC_CLIENT_ID", "okrs"),
        ("OIDC_WORKSPACE", "AcmeTag1"),
    ];

    fn read_with(more: &[(&str, &str)]) -> Result<Option<Config>, String> {
        read(&[&ENOUGH, more].concat())
    }

    #[test]
    fn without_an_issuer_there_is_no_provider() {
        assert!(read(&ENOUGH[1..]).unwrap().is_none());
    }

    #[test]
    fn issuer_client_and_workspace_are_enough() {
        let config = read(&ENOUGH).unwrap().unwrap();
        assert_eq!(config.issuer, "https://id.example/");
        assert_eq!(config.name, "single sign-on");
        assert_eq!(config.joining.workspace, "AcmeTag1");
        assert!(config.client_secret.is_none() && config.roles.is_none());
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        for (variables, problem) in [
            (&ENOUGH[..1], "OIDC_CLIENT_ID is not set"),
            (&ENOUGH[..2], "OIDC_WORKSPACE is not set"),
            (
                &[("OIDC_ISSUER", "http://id.example")][..],
                "OIDC_ISSUER must be an https address",
            ),
        ] {
            assert_eq!(read(variables).unwrap_err(), problem);
        }
        let odd = read_with(&[("OIDC_TRUST_UNVERIFIED_EMAIL", "maybe")]).unwrap_err();
        assert_eq!(odd, "OIDC_TRUST_UNVERIFIED_EMAIL must be true or false");
        let alone = read_with(&[("OIDC_ROLES", "{}")]).unwrap_err();
        assert_eq!(alone, "OIDC_ROLE_CLAIM and OIDC_ROLES need each other");
        let unknown = [
            ("OIDC_ROLE_CLAIM", "groups"),
            ("OIDC_ROLES", r#"{"a":"owner"}"#),
        ];
        assert!(
            read_with(&unknown)
                .unwrap_err()
                .starts_with("OIDC_ROLES must be")
        );
    }
}
