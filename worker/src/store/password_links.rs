//! Links that let somebody set a password once.

use okrs_shared::id::{MemberId, OrganisationId};
use okrs_shared::permission::Role;
use okrs_shared::sign_in::{LinkPurpose, PasswordLink, Passwords};
use okrs_shared::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use strum::VariantArray as _;

use super::change::Change;
use super::members::{NewLink, list};
use super::{Db, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::ids;

/// A link with whose it is.
#[derive(Clone, Debug, Deserialize)]
pub struct LinkRow {
    pub purpose: LinkPurpose,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
    pub member_id: MemberId,
    pub role: Role,
    pub name: String,
    pub email: String,
    pub disabled_at: Option<Timestamp>,
    pub organisation_id: OrganisationId,
    pub organisation: String,
    pub tag: String,
    pub timezone: String,
}

impl LinkRow {
    /// Whether it can be used at this moment.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.used_at.is_none() && self.disabled_at.is_none() && now < self.expires_at
    }

    /// What its page shows.
    pub fn into_link(self, passwords: Passwords) -> PasswordLink {
        PasswordLink {
            purpose: self.purpose,
            workspace: self.organisation,
            name: self.name,
            email: self.email,
            expires_at: self.expires_at,
            sets_password: passwords.links_are_for(self.role),
        }
    }
}

/// The link whose token has this hash. The tag is the organisation's, from the token.
pub async fn find(db: &Db, tag: &str, hash: &str) -> Result<Option<LinkRow>> {
    db.query(sql!(
        "SELECT l.purpose, l.expires_at, l.used_at, m.id AS member_id, m.role, m.name, m.email, m.disabled_at, \
                o.id AS organisation_id, o.name AS organisation, o.tag, o.timezone \
         FROM password_links l JOIN members m ON m.id = l.member_id JOIN organisations o ON o.id = l.organisation_id \
         WHERE l.hash = :hash AND o.tag = :tag",
        hash,
        tag
    ))
    .await?
    .first()
}

/// An admin who may sign in.
#[derive(Deserialize)]
pub struct Admin {
    pub member_id: MemberId,
    pub name: String,
    pub organisation_id: OrganisationId,
    pub tag: String,
    pub timezone: String,
}

/// The admin with this address in the workspace with this tag.
pub async fn admin(db: &Db, tag: &str, email: &str) -> Result<Option<Admin>> {
    db.query(sql!(
        "SELECT m.id AS member_id, m.name, o.id AS organisation_id, o.tag, o.timezone \
         FROM organisations o JOIN members m ON m.organisation_id = o.id \
         WHERE o.tag = :tag AND m.email = :email AND m.role = 'admin' AND m.disabled_at IS NULL",
        tag,
        email
    ))
    .await?
    .first()
}

/// Makes a link for an admin that nobody in the workspace has asked for, and tells all admins.
pub async fn recover(
    db: &Db,
    caller: &Caller,
    admin: &MemberId,
    name: &str,
    link: &NewLink,
    asked: &impl Serialize,
) -> Result<()> {
    Change::by_newcomer(
        caller,
        "workspace.recovered",
        caller.organisation_id.as_str(),
    )
    .make_link(caller, admin, link.purpose, &link.hash, link.expires_at)
    .effect(sql!(
        caller,
        // One id of ours for all, whose last digits count them.
        "INSERT INTO notifications (id, organisation_id, member_id, kind, subject_id, text, created_at) \
         SELECT substr(:new_id, 1, 32) || printf('%04x', row_number() OVER (ORDER BY id)), organisation_id, id, \
                'workspace_recovered', :organisation, :name, :now FROM members \
         WHERE organisation_id = :organisation AND role = 'admin' AND disabled_at IS NULL",
        new_id = ids::new_id(),
        name
    ))
    .commit(db, asked, ())
    .await
}

impl Change<'_> {
    /// Makes a link for this member; the ones that they had can't be used any more.
    pub fn make_link(
        self,
        caller: &Caller,
        member_id: &MemberId,
        purpose: LinkPurpose,
        hash: &str,
        expires_at: Timestamp,
    ) -> Self {
        self.spend_links(caller, member_id).effect(sql!(
            caller,
            "INSERT INTO password_links (id, organisation_id, member_id, purpose, hash, created_by, created_at, \
                                         expires_at) \
             SELECT :new_id, :organisation, :member_id, :purpose, :hash, :me, :now, :expires_at WHERE 1",
            new_id = ids::new_id(),
            member_id,
            purpose = purpose.as_str(),
            hash,
            expires_at
        ))
    }

    /// No link of this member can be used any more.
    pub fn spend_links(self, caller: &Caller, member_id: &MemberId) -> Self {
        self.effect(sql!(
            caller,
            "UPDATE password_links SET used_at = :now \
             WHERE member_id = :member_id AND organisation_id = :organisation AND used_at IS NULL",
            member_id
        ))
    }

    /// No link of this member can be used any more that was made for another address or for a role that may less.
    pub fn spend_outdated_links(
        self,
        caller: &Caller,
        member_id: &MemberId,
        email: Option<&str>,
        role: Option<Role>,
    ) -> Self {
        let lower = Role::VARIANTS.iter().filter(|lower| Some(**lower) < role);
        let lower: Vec<&str> = lower.map(|role| role.as_str()).collect();
        self.effect(sql!(
            caller,
            "UPDATE password_links SET used_at = :now \
             WHERE member_id = :member_id AND organisation_id = :organisation AND used_at IS NULL \
             AND EXISTS (SELECT 1 FROM members WHERE id = :member_id AND organisation_id = :organisation \
                         AND (email <> :email OR role IN (SELECT value FROM json_each(:lower))))",
            member_id,
            email,
            lower = list(&lower)
        ))
    }

    /// The link with this hash must still be open: of two who use it at once, one comes too late.
    pub fn require_open_link(self, caller: &Caller, hash: &str) -> Self {
        self.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM password_links \
                 WHERE hash = :hash AND organisation_id = :organisation AND used_at IS NULL \
                 AND expires_at > :now)",
                hash
            ),
            Error::Gone("This link was used already or has expired"),
        )
    }

    /// The member has joined now, unless they had before; with the name they chose, if any.
    pub fn join(self, caller: &Caller, member_id: &MemberId, name: Option<&str>) -> Self {
        self.effect(sql!(
            caller,
            "UPDATE members SET joined_at = COALESCE(joined_at, :now), name = COALESCE(:name, name) \
             WHERE id = :member_id AND organisation_id = :organisation",
            name = name.map(str::trim),
            member_id
        ))
    }
}
