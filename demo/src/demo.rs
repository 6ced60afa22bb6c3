//! The workspace that `cargo xtask dev` starts with, its keys and sign-ins, and a second workspace
//! beside it that shows that neither sees the other.

mod fernhill;
mod neighbour;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use okrs_shared::api_key::{Scope, Scopes};
use okrs_shared::id::MemberId;
use serde::{Deserialize, Serialize};
use strum::VariantArray as _;

use crate::content::people::PEOPLE;
use crate::password;
use crate::workspace::{ApiKeySeed, Role, Workspace};

/// What seeding the demo needs and what it gives access to.
pub struct Demo {
    /// Creates both workspaces in a migrated database.
    pub sql: String,
    /// Keys of the demo workspace: `all`, and one by the spelling of each scope.
    pub keys: BTreeMap<String, String>,
    /// Who can sign in to the demo workspace: an admin, a manager and a member.
    pub members: Vec<SignIn>,
    /// The workspace beside it.
    pub other_workspace: OtherWorkspace,
}

/// The content of `.dev/demo.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoFile {
    /// Where the local server answers.
    pub url: String,
    /// Keys of the demo workspace: `all`, and one by the spelling of each scope.
    pub keys: BTreeMap<String, String>,
    /// Who can sign in to the demo workspace.
    pub members: Vec<SignIn>,
    /// The workspace beside it.
    pub other_workspace: OtherWorkspace,
}

/// Someone who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Their email address.
    pub email: String,
    /// Their password, the same in every run: it only ever opens a local demo.
    pub password: String,
    /// `admin`, `manager` or `member`.
    pub role: String,
}

/// Access to the workspace beside the demo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherWorkspace {
    /// `all` alone.
    pub keys: BTreeMap<String, String>,
}

impl Demo {
    /// What to write into `.dev/demo.json` for a server at this address.
    pub fn file(self, url: &str) -> DemoFile {
        DemoFile {
            url: url.to_owned(),
            keys: self.keys,
            members: self.members,
            other_workspace: self.other_workspace,
        }
    }
}

/// The demo as it looks on the UTC day `today`. Everything in it happened before that day began.
/// Takes about three seconds in a debug build, for hashing the passwords.
pub fn demo(today: NaiveDate) -> Demo {
    let hashes = PasswordHashes {
        admin: password::hash(password_of(Role::Admin)),
        manager: password::hash(password_of(Role::Manager)),
        member: password::hash(password_of(Role::Member)),
    };
    demo_with(today, &hashes)
}

/// The demo without the work of hashing.
pub(crate) fn demo_with(today: NaiveDate, hashes: &PasswordHashes) -> Demo {
    let (fernhill, keys) = fernhill::workspace(today, hashes);
    let (neighbour, other_keys) = neighbour::workspace(today);
    let signing_in = PEOPLE.iter().filter(|person| person.signs_in);
    Demo {
        sql: fernhill.into_sql() + &neighbour.into_sql(),
        keys,
        members: signing_in
            .map(|person| SignIn {
                email: person.email.to_owned(),
                password: password_of(person.role).to_owned(),
                role: person.role.as_str().to_owned(),
            })
            .collect(),
        other_workspace: OtherWorkspace { keys: other_keys },
    }
}

/// One hash per role.
pub(crate) struct PasswordHashes {
    pub(crate) admin: String,
    pub(crate) manager: String,
    pub(crate) member: String,
}

impl PasswordHashes {
    fn of(&self, role: Role) -> &str {
        match role {
            Role::Admin => &self.admin,
            Role::Manager => &self.manager,
            Role::Member => &self.member,
        }
    }
}

fn password_of(role: Role) -> &'static str {
    match role {
        Role::Admin => "fernhill-admin",
        Role::Manager => "fernhill-manager",
        Role::Member => "fernhill-member",
    }
}

/// Adds the key that may do everything.
fn key_for_all(workspace: &mut Workspace, seed: ApiKeySeed<'_>) -> BTreeMap<String, String> {
    let key = workspace.api_key(ApiKeySeed {
        scopes: Scopes::all(),
        ..seed
    });
    BTreeMap::from([("all".to_owned(), key)])
}

/// Adds a key for everything and one for each scope.
fn keys(workspace: &mut Workspace, made_by: &MemberId) -> BTreeMap<String, String> {
    let by = |name| ApiKeySeed {
        created_by: Some(made_by),
        ..ApiKeySeed::new(name, Scopes::default())
    };
    let mut keys = key_for_all(workspace, by("Everything"));
    for scope in Scope::VARIANTS {
        let name = match scope {
            Scope::OkrsRead => "Screen in the canteen",
            Scope::WriteOkrs => "Planning import",
            Scope::KpisRead => "Monday report",
            Scope::KpisWrite => "Figures from the shop",
            Scope::CheckInsWrite => "Chat bot",
            Scope::ReviewsRead => "Review archive",
        };
        let seed = ApiKeySeed {
            scopes: Scopes::from_iter([*scope]),
            ..by(name)
        };
        keys.insert(scope.to_string(), workspace.api_key(seed));
    }
    keys
}
