//! Members as identity providers know them.

use okrs_shared::id::{MemberId, OrganisationId};
use okrs_shared::permission::Role;
use okrs_shared::sign_in_problem::SignInProblem;
use serde::Deserialize;
use serde_json::json;

use super::change::Change;
use super::{Db, Sql, flag, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::external_identity::ExternalIdentity;
use crate::ids;

/// A workspace, and the member of it that somebody from elsewhere is, if any.
#[derive(Deserialize)]
pub struct Arrival {
    pub organisation_id: OrganisationId,
    pub organisation: String,
    pub tag: String,
    pub timezone: String,
    pub member_id: Option<MemberId>,
    pub role: Option<Role>,
    #[serde(deserialize_with = "flag")]
    pub is_disabled: bool,
    /// Whether they are known by what the provider calls them, and not by their address.
    #[serde(deserialize_with = "flag")]
    pub is_bound: bool,
    /// Whether the provider has called the member something else before.
    #[serde(deserialize_with = "flag")]
    pub is_bound_otherwise: bool,
}

/// Whom the workspace with this tag knows by this identity; else, who has its address there. `None`
/// if there is no such workspace.
pub async fn find(db: &Db, tag: &str, identity: &ExternalIdentity) -> Result<Option<Arrival>> {
    db.query(sql!(
        "SELECT o.id AS organisation_id, o.name AS organisation, o.tag, o.timezone, \
                m.id AS member_id, m.role, m.disabled_at IS NOT NULL AS is_disabled, \
                i.member_id IS NOT NULL AS is_bound, \
                EXISTS (SELECT 1 FROM identities other WHERE other.organisation_id = o.id \
                        AND other.issuer = :issuer AND other.subject <> :subject AND other.member_id = m.id) \
                  AS is_bound_otherwise \
         FROM organisations o \
         LEFT JOIN identities i ON i.organisation_id = o.id AND i.issuer = :issuer AND i.subject = :subject \
         LEFT JOIN members m ON m.organisation_id = o.id AND m.id = COALESCE(i.member_id, \
           (SELECT id FROM members WHERE organisation_id = o.id AND email = :email)) \
         WHERE o.tag = :tag",
        issuer = identity.issuer,
        subject = identity.subject,
        email = identity.email,
        tag
    ))
    .await?
    .first()
}

/// Whether the member has another role than this one, and can lose the one they have: an admin stays
/// one unless another is left, who can come in with a password if this one can.
fn may_get_role(caller: &Caller, id: &MemberId, role: Role) -> Sql {
    sql!(
        caller,
        "EXISTS (SELECT 1 FROM members m WHERE m.id = :id AND m.organisation_id = :organisation AND m.role <> :role \
         AND (m.role <> 'admin' OR EXISTS ( \
           SELECT 1 FROM members other \
           WHERE other.organisation_id = m.organisation_id AND other.id <> m.id AND other.role = 'admin' \
             AND other.disabled_at IS NULL AND other.joined_at IS NOT NULL \
             AND (other.password_hash IS NOT NULL OR m.password_hash IS NULL))))",
        id,
        role = role.as_str()
    )
}

impl Change<'_> {
    /// Makes a member of somebody who may join.
    pub fn add_member(
        self,
        caller: &Caller,
        id: &MemberId,
        identity: &ExternalIdentity,
        role: Role,
    ) -> Self {
        let member = json!({ "email": identity.email, "name": identity.name, "role": role, "issuer": identity.issuer });
        self.require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM members WHERE organisation_id = :organisation AND email = :email)",
                email = identity.email
            ),
            Error::sign_in(
                SignInProblem::Failed,
                "somebody with the address has joined just now",
            ),
        )
        .effect(sql!(
            caller,
            "INSERT INTO members (id, organisation_id, email, name, role, created_at, joined_at) \
             SELECT :id, :organisation, :email, :name, :role, :now, :now WHERE 1",
            id,
            email = identity.email,
            name = identity.name,
            role = role.as_str()
        ))
        .effect(sql!(
            caller,
            "INSERT INTO audit_log (organisation_id, id, at, member_id, action, subject_id, after) \
             SELECT :organisation, :new_id, :now, :id, 'member.join', :id, :member WHERE 1",
            new_id = ids::new_id(),
            id,
            member = member.to_string()
        ))
    }

    /// Remembers the member by what the provider calls them: addresses change.
    pub fn link_identity(
        self,
        caller: &Caller,
        id: &MemberId,
        identity: &ExternalIdentity,
    ) -> Self {
        let (issuer, subject) = (&identity.issuer, &identity.subject);
        self.effect(sql!(
            caller,
            "INSERT INTO identities (organisation_id, issuer, subject, member_id, created_at) \
             SELECT :organisation, :issuer, :subject, :id, :now WHERE NOT EXISTS ( \
               SELECT 1 FROM identities WHERE organisation_id = :organisation AND issuer = :issuer \
                 AND subject = :subject)",
            issuer,
            subject,
            id
        ))
    }

    /// Gives a member the role that the provider says, unless nobody would be left to run the
    /// workspace.
    pub fn give_role(self, caller: &Caller, id: &MemberId, role: Role) -> Self {
        let may = may_get_role(caller, id, role);
        let after = json!({ "role": role }).to_string();
        let role = role.as_str();
        self.effect(sql!(
            caller,
            "INSERT INTO audit_log (organisation_id, id, at, member_id, action, subject_id, before, after) \
             SELECT :organisation, :new_id, :now, :id, 'member.role', :id, \
                    (SELECT json_object('role', role) FROM members \
                    WHERE id = :id AND organisation_id = :organisation), \
                    :after \
             WHERE :may",
            new_id = ids::new_id(),
            id,
            after,
            may
        ))
        .effect(sql!(
            caller,
            "UPDATE members SET role = :role WHERE id = :id AND organisation_id = :organisation AND :may",
            role,
            id,
            may
        ))
    }
}
