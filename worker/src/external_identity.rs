//! A person as an identity provider knows them, and the rules by which they become members.

use std::collections::BTreeMap;

use okrs_shared::permission::Role;
use okrs_shared::sign_in;
use okrs_shared::sign_in_problem::SignInProblem;
use okrs_shared::text::{self, Title};
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
    /// Whether the address is theirs for sure, so that it may stand for them until they are known by their
    /// subject.
    pub has_proved_email: bool,
    /// What they are called, if the provider says it.
    pub name: Option<String>,
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

/// Which claim is the address, and how far it is believed.
#[derive(Debug)]
pub struct EmailClaim {
    /// The claim's name, such as `email`.
    pub claim: String,
    /// Whether it is believed without `email_verified`: the deployer knows that the provider checks it.
    pub is_trusted: bool,
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
    /// The person whom verified claims are about. Refused without an e-mail address.
    pub fn from_claims(
        claims: &Claims,
        address: &EmailClaim,
        roles: Option<&RoleClaim>,
    ) -> Result<Self> {
        let email = claims
            .text(&address.claim)
            .map(str::trim)
            .filter(|email| is_address(email));
        let email = email.ok_or_else(|| {
            let detail = format!("the claim {} has no e-mail address", address.claim);
            Error::SignIn(SignInProblem::EmailMissing, detail)
        })?;
        // Some providers send the text "true". What another claim than `email` says is not what was verified.
        let is_verified = matches!(claims.other.get("email_verified"), Some(value) if value == true || value == "true");
        let has_proved_email = address.is_trusted || (is_verified && address.claim == "email");
        // Nobody is kept out for what they are called elsewhere.
        let name = claims.text("name").map(str::trim).filter(|name| {
            Title::require("name", name).is_ok() && text::name("name", name).is_ok()
        });
        Ok(Self {
            issuer: claims.iss.clone(),
            subject: claims.sub.clone(),
            email: sign_in::address(email),
            has_proved_email,
            name: name.map(str::to_owned),
            role: roles.and_then(|roles| roles.role_in(claims)),
        })
    }

    /// What a new member is called: part of the address if the provider does not say.
    pub fn called(&self) -> &str {
        let local_part = self.email.split('@').next().unwrap_or(&self.email);
        self.name.as_deref().unwrap_or(local_part)
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
    /// The highest role that any of the claim's values gives; that of a member if none gives one, so that whoever
    /// leaves a group loses what it gave. Nothing where the claim is missing, as in a token that had no room for it.
    fn role_in(&self, claims: &Claims) -> Option<Role> {
        let role_of = |value: &Value| {
            value
                .as_str()
                .and_then(|value| self.roles.get(value))
                .copied()
        };
        let given = match claims.other.get(&self.claim)? {
            Value::Null => return None,
            Value::Array(values) => values.iter().filter_map(role_of).max(),
            value => role_of(value),
        };
        Some(given.unwrap_or(Role::Member))
    }
}

/// Whether this can be an address: one `@` with something around it, and nothing invisible.
fn is_address(text: &str) -> bool {
    let parts: Vec<&str> = text.split('@').collect();
    let [local_part, domain] = parts[..] else {
        return false;
    };
    !local_part.is_empty() && !domain.is_empty() && text.len() <= 254 && text::is_visible(text)
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
        let email = EmailClaim {
            claim: "email".to_owned(),
            is_trusted: false,
        };
        let claims = serde_json::from_value(claims).unwrap();
        ExternalIdentity::from_claims(&claims, &email, Some(&roles))
    }

    #[test]
    fn the_address_is_what_makes_a_member() {
        let alice = identity(json!({ "email": "Alice@acme.example", "name": "Alice" })).unwrap();
        assert_eq!(
            (&*alice.email, alice.called(), alice.role),
            ("Alice@acme.example", "Alice", None)
        );
        let unnamed =
            identity(json!({ "email": "bob@acme.example", "email_verified": true })).unwrap();
        assert_eq!((unnamed.called(), unnamed.name.as_deref()), ("bob", None));
    }

    #[test]
    fn an_address_that_is_missing_or_odd_makes_nobody() {
        for claims in [
            json!({}),
            json!({ "email": null }),
            json!({ "email": ["a@acme.example"] }),
            json!({ "email": "acme.example" }),
            json!({ "email": "@acme.example" }),
            json!({ "email": "a@" }),
            json!({ "email": "a@evil.example@acme.example" }),
            json!({ "email": "a\n@acme.example" }),
        ] {
            let error = identity(claims.clone()).expect_err(&claims.to_string());
            assert!(matches!(
                error,
                Error::SignIn(SignInProblem::EmailMissing, _)
            ));
        }
    }

    #[test]
    fn an_address_is_proved_only_where_the_provider_says_true() {
        let is_proved = |verified: Value| {
            let claims = json!({ "email": "a@acme.example", "email_verified": verified });
            identity(claims).unwrap().has_proved_email
        };
        assert!(is_proved(json!(true)) && is_proved(json!("true")));
        for other in [
            json!(null),
            json!(false),
            json!("false"),
            json!("False"),
            json!(0),
            json!(1),
            json!("yes"),
        ] {
            assert!(!is_proved(other.clone()), "{other}");
        }
        let unsaid = identity(json!({ "email": "a@acme.example" }));
        assert!(!unsaid.unwrap().has_proved_email);
    }

    #[test]
    fn the_highest_role_of_the_claim_wins_and_other_values_make_a_member() {
        let role = |groups: Value| {
            identity(json!({ "email": "a@b.example", "groups": groups }))
                .unwrap()
                .role
        };
        assert_eq!(role(json!(["lead", "boss", "staff"])), Some(Role::Admin));
        assert_eq!(role(json!("lead")), Some(Role::Manager));
        for none in [
            json!(["staff", 7]),
            json!([]),
            json!({ "boss": true }),
            json!("staff"),
        ] {
            assert_eq!(role(none.clone()), Some(Role::Member), "{none}");
        }
        assert_eq!(role(json!(null)), None, "nothing is said");
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
