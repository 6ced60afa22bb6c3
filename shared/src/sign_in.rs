//! Signing in: what people send and what they get.

use serde::{Deserialize, Serialize};

use crate::id::{DepartmentId, MemberId, OrganisationId, SessionId, TeamId};
use crate::patch;
use crate::permission::{Action, Role};
use crate::text::{self, Check, Title};
use crate::timestamp::Timestamp;
use crate::validation::{Body, Invalid};
use crate::workspace::Workspace;

/// The fewest characters of a password.
pub const MIN_PASSWORD_CHARS: usize = 10;
/// The most: hashing must not become work that a stranger can order.
const MAX_PASSWORD_CHARS: usize = 200;
const MAX_EMAIL_CHARS: usize = 254;

/// Which ways in this deployment has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInOptions {
    /// No workspace exists yet: the app opens its set-up page.
    pub needs_set_up: bool,
    /// What the button for the OpenID provider says, if there is one.
    pub provider: Option<String>,
    /// Whether this deployment stands behind Cloudflare Access.
    pub access: bool,
    /// Who signs in with a password.
    #[serde(default)]
    pub passwords: Passwords,
}

/// Who may have a password and sign in with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, strum::EnumString)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Passwords {
    /// Everybody.
    #[default]
    On,
    /// Admins; all others sign in elsewhere.
    Admins,
    /// Nobody: everybody signs in elsewhere.
    Off,
}

impl Passwords {
    /// Whether somebody in this role signs in with a password.
    pub fn are_for(self, role: Role) -> bool {
        match self {
            Self::On => true,
            Self::Admins => role == Role::Admin,
            Self::Off => false,
        }
    }

    /// Whether a link sets a password for somebody in this role and lets them in: for an admin always, so that
    /// there is a way in when there is no other.
    pub fn links_are_for(self, role: Role) -> bool {
        role == Role::Admin || self.are_for(role)
    }
}

/// Where the browser of somebody signed in goes to be linked with who they are at the OpenID provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProviderAddress {
    /// At the provider, which sends the browser back.
    pub location: String,
}

/// The body that makes a workspace with its first admin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetUp {
    /// The deployment's secret `SETUP_TOKEN`.
    pub token: String,
    /// What the workspace is called.
    pub workspace: Title,
    /// IANA name, such as `Europe/Berlin`; `UTC` when left out.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub timezone: String,
    /// The admin's name.
    pub name: Title,
    /// The admin's address.
    #[cfg_attr(feature = "openapi", schema(format = "email", max_length = 254))]
    pub email: String,
    /// At least 10 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 10, max_length = 200))]
    pub password: String,
}

impl Body for SetUp {
    fn validate(&self) -> Result<(), Invalid> {
        self.workspace.check("workspace")?;
        text::name("workspace", &self.workspace)?;
        self.name.check("name")?;
        text::name("name", &self.name)?;
        email("email", &self.email)?;
        new_password("password", &self.password, &self.email)
    }
}

/// The body that signs in with a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// In any case.
    pub email: String,
    /// As it was set.
    pub password: String,
    /// Needed only by someone who is in several workspaces with the same address and password.
    #[serde(default)]
    pub workspace_id: Option<OrganisationId>,
}

impl Body for SignIn {
    fn validate(&self) -> Result<(), Invalid> {
        if self.email.chars().count() > MAX_EMAIL_CHARS {
            return Err(Invalid::field("email", "is too long"));
        }
        if self.password.chars().count() > MAX_PASSWORD_CHARS {
            return Err(Invalid::field("password", "is too long"));
        }
        Ok(())
    }
}

/// The answer to someone who gave the right password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// Who they are now; `None` when they have to choose a workspace first.
    pub me: Option<Me>,
    /// The workspaces to choose from: ask again with one of them.
    pub choose_from: Vec<WorkspaceChoice>,
}

/// A workspace by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkspaceChoice {
    /// Identifies it.
    pub id: OrganisationId,
    /// What it is called.
    pub name: String,
}

/// Somebody signed in: who they are, where, and what they may do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Their row.
    pub id: MemberId,
    /// What they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they are in the workspace.
    pub role: Role,
    /// Where they work.
    pub department_id: Option<DepartmentId>,
    /// The teams they are in.
    pub team_ids: Vec<TeamId>,
    /// Whether they have a password; without one they sign in through a provider only.
    pub has_password: bool,
    /// Whether a provider knows them by more than their address.
    #[serde(default)]
    pub is_linked: bool,
    /// What someone in their role may do to some things at least. How things relate to them decides
    /// about each.
    pub may: Vec<Action>,
    /// Where they are.
    pub workspace: Workspace,
    /// How many of their notifications they have not read.
    pub unread_notifications: u32,
}

/// The body that changes what one is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MePatch {
    /// Not blank.
    pub name: Title,
}

impl Body for MePatch {
    fn validate(&self) -> Result<(), Invalid> {
        self.name.check("name")?;
        text::name("name", &self.name)
    }
}

/// The body that changes one's password. All other sessions end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordChange {
    /// The one to be replaced; left out by someone who has none.
    #[serde(default, deserialize_with = "patch::null_is_default")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub current_password: String,
    /// At least 10 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 10, max_length = 200))]
    pub new_password: String,
}

impl Body for PasswordChange {
    fn validate(&self) -> Result<(), Invalid> {
        if self.current_password.chars().count() > MAX_PASSWORD_CHARS {
            return Err(Invalid::field("current_password", "is too long"));
        }
        new_password("new_password", &self.new_password, "")
    }
}

/// What a link that sets a password is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LinkPurpose {
    /// Somebody joins.
    Invitation,
    /// Somebody forgot a password.
    Reset,
}

impl LinkPurpose {
    /// The spelling in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The body that asks what a link is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownLink {
    /// What stands behind the `#` of the link: in a body, because addresses get into logs.
    pub token: String,
}

impl Body for ShownLink {
    fn validate(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

/// The body that makes a link to come in again for an admin of a workspace that none of them gets into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recovery {
    /// The deployment's secret `RECOVERY_TOKEN`.
    pub token: String,
    /// The workspace's tag: 8 characters.
    pub workspace: String,
    /// The admin's address.
    #[cfg_attr(feature = "openapi", schema(format = "email", max_length = 254))]
    pub email: String,
}

impl Body for Recovery {
    fn validate(&self) -> Result<(), Invalid> {
        email("email", self.email.trim())
    }
}

/// What the page behind a link shows before it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordLink {
    /// What it is for.
    pub purpose: LinkPurpose,
    /// The workspace it leads to.
    pub workspace: String,
    /// Whose it is.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// Whether it sets a password; without one the person signs in elsewhere, with this address.
    #[serde(default = "yes")]
    pub sets_password: bool,
}

fn yes() -> bool {
    true
}

/// The body that uses a link. All sessions that the person has end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPassword {
    /// What stands behind the `#` of the link.
    pub token: String,
    /// At least 10 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 10, max_length = 200))]
    pub password: String,
    /// What one wants to be called, if not as the inviting admin wrote it.
    #[serde(default)]
    pub name: Option<Title>,
}

impl Body for NewPassword {
    fn validate(&self) -> Result<(), Invalid> {
        self.name.check("name")?;
        text::name("name", self.name.as_deref().unwrap_or_default())?;
        new_password("password", &self.password, "")
    }
}

/// One of my sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Identifies it, to end it.
    pub id: SessionId,
    /// How it began: `password`, `oidc`, `access`, `invitation`, `reset` or `set_up`.
    pub method: String,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was used last, to the hour.
    pub last_seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// Whether it is the one that asks.
    #[serde(default)]
    pub is_current: bool,
}

/// An address as it is kept and looked for: its letters have one case in every script but ASCII's, whose case the
/// database ignores.
pub fn address(email: &str) -> String {
    let mut kept = String::with_capacity(email.len());
    for letter in email.trim().chars() {
        match letter {
            // At the end of a word, where Σ is written so.
            'ς' => kept.push('σ'),
            letter if letter.is_ascii() => kept.push(letter),
            letter => kept.extend(letter.to_lowercase()),
        }
    }
    kept
}

/// Refuses what can't be an address: mail is not sent, so this only catches slips.
pub fn email(field: &str, value: &str) -> Result<(), Invalid> {
    let is_address = value.chars().count() <= MAX_EMAIL_CHARS
        && text::is_visible(value)
        && value.split_once('@').is_some_and(|(name, domain)| {
            !name.is_empty() && domain.contains('.') && !domain.contains('@')
        });
    if is_address {
        Ok(())
    } else {
        Err(Invalid::field(field, "must be an e-mail address"))
    }
}

/// Refuses a new password that is too short, too long, or the person's address.
fn new_password(field: &str, password: &str, email: &str) -> Result<(), Invalid> {
    let chars = password.chars().count();
    if !(MIN_PASSWORD_CHARS..=MAX_PASSWORD_CHARS).contains(&chars) {
        return Err(Invalid::field(
            field,
            format_args!("must have {MIN_PASSWORD_CHARS} to {MAX_PASSWORD_CHARS} characters"),
        ));
    }
    if password.eq_ignore_ascii_case(email) {
        return Err(Invalid::field(field, "must not be the address"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_in_an_address_are_caught() {
        for good in [
            "alice@acme.test",
            "a.b+c@sub.acme.test",
            "jürgen@müller.test",
        ] {
            assert_eq!(email("email", good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "alice",
            "@acme.test",
            "alice@acme",
            "a b@acme.test",
            "a@b@c.d",
            "alice\u{200b}@acme.test",
            "\u{202e}alice@acme.test",
            "ali\u{200d}ce@acme.test",
        ] {
            assert!(email("email", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_is_one_whatever_its_case() {
        for (one, other) in [
            ("JÜRGEN@MÜLLER.test", "jürgen@müller.TEST"),
            ("ΟΔΥΣΣΕΎΣ@ithaka.test", "οδυσσεύς@ithaka.test"),
            (" Иван@Acme.test ", "ИВАН@acme.test"),
        ] {
            assert!(address(one).eq_ignore_ascii_case(&address(other)), "{one}");
        }
        assert_eq!(address("Alice@Acme.test"), "Alice@Acme.test");
    }

    #[test]
    fn a_password_has_ten_characters_and_is_not_the_address() {
        assert!(new_password("password", "ninechars", "").is_err());
        assert!(new_password("password", "tencharact", "").is_ok());
        assert!(new_password("password", &"x".repeat(201), "").is_err());
        assert!(new_password("password", "Alice@acme.test", "alice@acme.test").is_err());
    }
}
