//! A server that people sign in to from elsewhere, with a workspace of known people.

use std::sync::OnceLock;

use chrono::TimeDelta;
use okrs_demo::{MemberSeed, Role, Tz, Workspace, password};
use okrs_shared::timestamp::Timestamp;
use okrs_shared::{api_key, session};
use okrs_tests::{Server, now};
use serde_json::{Value, json};

use crate::browser::{Browser, Page};
use crate::provider::{self, Provider};
use crate::team::{Key, Team};

/// The tag of the workspace that people sign in to.
const TAG: &str = "AcmeTag1";
/// The Access application.
pub const AUDIENCE: &str = "9f3c6e1a0b5d4f7e8a2c";
/// The cookie of a session.
pub const SESSION: &str = "__Host-okrs";
/// The password of Root, the only admin who has one.
pub const PASSWORD: &str = "correct horse battery";

/// The server, and those who vouch for people.
pub struct Deployment {
    pub server: Server,
    pub provider: Provider,
    pub team: Team,
    /// The team's published keys.
    pub keys: [Key; 2],
}

/// The deployment that tests share, as they only add to it: a confidential client, groups that give
/// roles, and claims at the user info endpoint.
pub fn shared() -> &'static Deployment {
    static SHARED: OnceLock<Deployment> = OnceLock::new();
    SHARED.get_or_init(|| {
        let roles = r#"{"leads":"manager","owners":"admin","staff":"member"}"#;
        let vars = [
            ("OIDC_CLIENT_SECRET", provider::SECRET),
            ("OIDC_NAME", "Acme ID"),
            ("OIDC_ROLE_CLAIM", "groups"),
            ("OIDC_ROLES", roles),
        ];
        Deployment::start(&vars)
    })
}

impl Deployment {
    /// A deployment of its own whose provider runs, where it is a confidential client.
    pub fn start(vars: &[(&str, &str)]) -> Self {
        let mut deployment = Self::new(vars);
        let client = provider::client(&deployment.server.address());
        deployment.provider.configure(&client, false);
        deployment.provider.start();
        deployment
    }

    /// A deployment of its own, whose provider does not run yet.
    pub fn new(more_vars: &[(&str, &str)]) -> Self {
        let provider = Provider::new();
        let keys = [Key::rsa("rsa-1"), Key::ec("ec-1")];
        let team = Team::start(&[&keys[0], &keys[1]]);
        let issuer = provider.issuer();
        let vars = [
            ("OIDC_ISSUER", &*issuer),
            ("OIDC_CLIENT_ID", provider::CLIENT_ID),
            ("OIDC_WORKSPACE", TAG),
            ("OIDC_ALLOWED_DOMAINS", "acme.test, acme.example"),
            ("ACCESS_TEAM_DOMAIN", team.address()),
            ("ACCESS_AUD", AUDIENCE),
            ("ACCESS_WORKSPACE", TAG),
            ("ACCESS_ALLOWED_DOMAINS", "acme.test"),
        ];
        let server = Server::start_with(&people(&issuer), &[&vars, more_vars].concat());
        Self {
            server,
            provider,
            team,
            keys,
        }
    }

    /// An address of the app's API.
    pub fn url(&self, path: &str) -> String {
        format!("{}/api/app{path}", self.server.address())
    }

    /// Whom a browser is signed in as, if it is.
    pub fn me(&self, browser: &mut Browser) -> Option<Value> {
        let page = browser.get(&self.url("/me"));
        match page.status {
            200 => Some(serde_json::from_str(&page.body).unwrap()),
            401 => None,
            _ => panic!("{page:?}"),
        }
    }

    /// Signs a browser in with a password.
    pub fn sign_in_with_password(&self, browser: &mut Browser, email: &str) -> Page {
        let body = json!({ "email": email, "password": PASSWORD });
        browser.post_json(&self.url("/sessions"), &body.to_string(), &[])
    }

    /// What a token of Access about this person says.
    pub fn access_claims(&self, email: &str) -> Value {
        access_claims(&self.team, email)
    }

    /// Shows a token of Access to the server.
    pub fn show(&self, browser: &mut Browser, token: &str) -> Page {
        self.show_from("192.0.2.1", browser, token)
    }

    /// Shows it from this network address.
    pub fn show_from(&self, address: &str, browser: &mut Browser, token: &str) -> Page {
        let headers = [
            ("cf-access-jwt-assertion", token),
            ("cf-connecting-ip", address),
        ];
        browser.post_json(&self.url("/access-sessions"), "{}", &headers)
    }
}

/// What a token of this team about this person says, valid now.
pub fn access_claims(team: &Team, email: &str) -> Value {
    let now = now().timestamp();
    json!({
        "iss": team.address(), "aud": [AUDIENCE], "sub": format!("access-{email}"),
        "email": email, "type": "app", "iat": now, "nbf": now, "exp": now + 3600,
    })
}

/// The cookie of a session that began at the provider an hour ago, Carol's.
pub fn old_session() -> String {
    session::assemble(TAG, &[3; 32])
}

/// The people of a workspace, as the provider with this issuer knows them.
pub fn people(issuer: &str) -> String {
    let mut acme = Workspace::new("Acme", TAG, Tz::UTC, now());
    let hash = password::hash(PASSWORD);
    let mut add = |email, name, role, change: fn(&mut MemberSeed<'_>)| {
        let mut seed = MemberSeed::new(email, name, role);
        change(&mut seed);
        acme.member(seed);
    };
    add("alice@acme.test", "Alice", Role::Admin, |_| {});
    add("bob@acme.test", "Bob", Role::Member, |_| {});
    add("carol@elsewhere.test", "Carol", Role::Member, |_| {});
    add("dave@acme.test", "Dave", Role::Manager, |_| {});
    add("gone@acme.test", "Gone", Role::Member, |seed| {
        seed.disabled_at = Some(now())
    });
    acme.member(MemberSeed {
        password_hash: Some(&hash),
        ..MemberSeed::new("root@acme.test", "Root", Role::Admin)
    });
    acme.member(MemberSeed {
        password_hash: Some(&hash),
        ..MemberSeed::new("pia@acme.test", "Pia", Role::Member)
    });
    // Carol came in by the provider an hour ago and has not been out since.
    let hash = api_key::hash(&old_session());
    let hour_ago = Timestamp::new(now() - TimeDelta::hours(1));
    let in_a_day = Timestamp::new(now() + TimeDelta::days(1));
    let session = format!(
        "INSERT INTO sessions (id, organisation_id, member_id, hash, method, created_at, last_seen_at, expires_at) \
         SELECT 'old', organisation_id, id, '{hash}', 'oidc', '{hour_ago}', '{hour_ago}', '{in_a_day}' \
         FROM members WHERE email = 'carol@elsewhere.test';\n"
    );
    // Alice is an admin whom the provider knows as `alice`.
    let known = format!(
        "INSERT INTO identities (organisation_id, issuer, subject, member_id, created_at) \
         SELECT organisation_id, '{issuer}', 'alice', id, created_at FROM members WHERE email = 'alice@acme.test';\n"
    );
    acme.into_sql() + "UPDATE members SET joined_at = created_at;\n" + &known + &session
}
