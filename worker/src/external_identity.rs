//! A person as an identity provider knows them, and the rules by which they become members.

use std::collections::BTreeMap;

use okrs_shared::permission::Role;
use okrs_shared::sign_in_problem::SignInProblem;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::jwt::Claims;

/// Somebody whom a provider vouches for.
#[derive(Debug)]
pub struct ExternalIdentity {
    /// The provider.
    pub issuer: String,
    /// What it calls the person, now and always.
    pub subject: String,
    /// Where it reaches the person.
    pub email: String,
    /// What they are called; part of the address if the provider does not say.
    pub name: String,
    /// The role that the provider gives them, if it decides that.
    pub role: Option<Role>,
}

/// Which workspace people join, and who may do so without an invitation.
#[derive(Debug)]
pub struct Joining {
    /// The workspace's tag.
    pub workspace: String,
    /// Lower case. None: nobody.
    domains: Vec<String>,
}

/// Which claim gives roles, and which of its values gives which.
#[derive(Debug)]
pub struct RoleClaim {
    /// The claim's name, such as `groups`.
    pub claim: String,
    /// Its values' roles.
    pub roles: BTreeMap<String, Role>,
}

impl ExternalIdentity {
    /// The person whom verified claims are about. Refused without an e-mail address, or with one
    /// that the provider says it has not verified.
    pub fn from_claims(claims: &Claims, roles: Option<&RoleClaim>) -> Result<Self> {
        let refused =
            |detail: &str| Error::SignIn(SignInProblem::EmailNotVerified, detail.to_owned());
        let email = claims
            .text("email")
            .map(str::trim)
            .filter(|email| is_address(email));
        let email = email.ok_or_else(|| refused("the claims have no e-mail address"))?;
        // Some providers send the text "false".
        if matches!(claims.other.get("email_verified"), Some(value) if value == false || value == "false")
        {
            return Err(refused("the e-mail address is not verified"));
        }
        let name = claims
            .text("name")
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let local_part = email.split('@').next().unwrap_or(email);
        Ok(Self {
            issuer: claims.iss.clone(),
            subject: claims.sub.clone(),
            email: email.to_owned(),
            name: name.unwrap_or(local_part).to_owned(),
            role: roles.and_then(|roles| roles.role_in(claims)),
        })
    }
}

impl Joining {
    /// `domains` is a list with commas, as it stands in a variable.
    pub fn new(workspace: String, domains: Option<&str>) -> Self {
        let domains = domains
            .unwrap_or_default()
            .split(',')
            .map(|domain| domain.trim().trim_start_matches('@').to_lowercase())
            .filter(|domain| !domain.is_empty())
            .collect();
        Self { workspace, domains }
    }

    /// Whether somebody with this address may become a member just by signing in. Subdomains of an
    /// allowed domain are domains of their own.
    pub fn admits(&self, email: &str) -> bool {
        let domain = email.rsplit('@').next().unwrap_or_default().to_lowercase();
        self.domains.contains(&domain)
    }
}

impl RoleClaim {
    /// The highest role that any of the claim's values gives.
    fn role_in(&self, claims: &Claims) -> Option<Role> {
        let role_of = |value: &Value| {
            value
                .as_str()
                .and_then(|value| self.roles.get(value))
                .copied()
        };
        match claims.other.get(&self.claim)? {
            Value::Array(values) => values.iter().filter_map(role_of).max(),
            value => role_of(value),
        }
    }
}

/// Whether this can be an address: one `@` with something around it, and nothing invisible.
fn is_address(text: &str) -> bool {
    let parts: Vec<&str> = text.split('@').collect();
    let [local_part, domain] = parts[..] else {
        return false;
    };
    let is_plain = |text: &str| {
        !text
            .chars()
            .any(|character| character.is_whitespace() || character.is_control())
    };
    !local_part.is_empty() && !domain.is_empty() && text.len() <= 254 && is_plain(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn identity(more: Value) -> Result<ExternalIdentity> {
        let mut claims = json!({ "iss": "i", "sub": "s", "aud": "a", "exp": 1, "iat": 1 });
        for (name, value) in more.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let roles = RoleClaim {
            claim: "groups".to_owned(),
            roles: [
                ("boss".to_owned(), Role::Admin),
                ("lead".to_owned(), Role::Manager),
            ]
            .into(),
        };
        ExternalIdentity::from_claims(&serde_json::from_value(claims).unwrap(), Some(&roles))
    }

    #[test]
    fn the_address_is_what_makes_a_member() {
        let alice = identity(json!({ "email": "Alice@acme.example", "name": "Alice" })).unwrap();
        assert_eq!(
            (&*alice.email, &*alice.name, alice.role),
            ("Alice@acme.example", "Alice", None)
        );
        let unnamed =
            identity(json!({ "email": "bob@acme.example", "email_verified": true })).unwrap();
        assert_eq!(unnamed.name, "bob");
    }

    #[test]
    fn an_address_that_is_missing_odd_or_not_verified_makes_nobody() {
        for claims in [
            json!({}),
            json!({ "email": null }),
            json!({ "email": ["a@acme.example"] }),
            json!({ "email": "acme.example" }),
            json!({ "email": "@acme.example" }),
            json!({ "email": "a@" }),
            json!({ "email": "a@evil.example@acme.example" }),
            json!({ "email": "a\n@acme.example" }),
            json!({ "email": "a@acme.example", "email_verified": false }),
            json!({ "email": "a@acme.example", "email_verified": "false" }),
        ] {
            let error = identity(claims.clone()).expect_err(&claims.to_string());
            assert!(matches!(
                error,
                Error::SignIn(SignInProblem::EmailNotVerified, _)
            ));
        }
    }

    #[test]
    fn the_highest_role_of_the_claim_wins_and_unknown_values_give_none() {
        let role = |groups: Value| {
            identity(json!({ "email": "a@b.example", "groups": groups }))
                .unwrap()
                .role
        };
        assert_eq!(role(json!(["lead", "boss", "staff"])), Some(Role::Admin));
        assert_eq!(role(json!("lead")), Some(Role::Manager));
        assert_eq!(role(json!(["staff", 7])), None);
        assert_eq!(role(json!({ "boss": true })), None);
    }

    #[test]
    fn only_addresses_of_exactly_an_allowed_domain_may_join() {
        let joining = Joining::new("AcmeTag1".to_owned(), Some(" acme.example, @Acme.Org ,"));
        assert!(joining.admits("a@ACME.example") && joining.admits("a@acme.org"));
        for other in [
            "a@sub.acme.example",
            "a@evilacme.example",
            "a@acme.example.evil",
            "a",
        ] {
            assert!(!joining.admits(other), "{other}");
        }
        let closed = Joining::new("AcmeTag1".to_owned(), None);
        assert!(!closed.admits("a@acme.example") && !closed.admits("a@"));
    }
}
