//! Members as identity providers know them.

use okrs_shared::id::{MemberId, OrganisationId};
use okrs_shared::permission::Role;
use okrs_shared::sign_in_problem::SignInProblem;
use serde::Deserialize;
use serde_json::json;

use super::change::Change;
use super::{Db, flag, params, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::external_identity::ExternalIdentity;
use crate::ids;

/// A workspace, and the member of it that somebody from elsewhere is, if any.
#[derive(Deserialize)]
pub struct Found {
    pub organisation_id: OrganisationId,
    pub organisation: String,
    pub tag: String,
    pub timezone: String,
    pub member_id: Option<MemberId>,
    pub role: Option<Role>,
    #[serde(deserialize_with = "flag")]
    pub is_disabled: bool,
}

/// Whom the workspace with this tag knows by this identity; else, who has its address there. `None`
/// if there is no such workspace.
pub async fn find(db: &Db, tag: &str, identity: &ExternalIdentity) -> Result<Option<Found>> {
    db.query(sql(
        "SELECT o.id AS organisation_id, o.name AS organisation, o.tag, o.timezone, \
                m.id AS member_id, m.role, m.disabled_at IS NOT NULL AS is_disabled \
         FROM organisations o \
         LEFT JOIN identities i ON i.organisation_id = o.id AND i.issuer = ? AND i.subject = ? \
         LEFT JOIN members m ON m.organisation_id = o.id AND m.id = COALESCE(i.member_id, \
           (SELECT id FROM members WHERE organisation_id = o.id AND email = ?)) \
         WHERE o.tag = ?",
        params![identity.issuer, identity.subject, identity.email, tag],
    ))
    .await?
    .first()
}

/// Whether the member (id, organisation) has another role than this one (role), and can lose the
/// one they have: an admin stays one unless another is left, who can come in with a password if
/// this one can.
const MAY_GET_ROLE: &str = "EXISTS (SELECT 1 FROM members m WHERE m.id = ? AND m.organisation_id = ? AND m.role <> ? \
       AND (m.role <> 'admin' OR EXISTS ( \
         SELECT 1 FROM members other \
         WHERE other.organisation_id = m.organisation_id AND other.id <> m.id AND other.role = 'admin' \
           AND other.disabled_at IS NULL AND other.joined_at IS NOT NULL \
           AND (other.password_hash IS NOT NULL OR m.password_hash IS NULL))))";

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
        let organisation = &caller.organisation_id;
        self.require(
            "NOT EXISTS (SELECT 1 FROM members WHERE organisation_id = ? AND email = ?)",
            params![organisation, identity.email],
            Error::sign_in(
                SignInProblem::Failed,
                "somebody with the address has joined just now",
            ),
        )
        .effect(
            "INSERT INTO members (id, organisation_id, email, name, role, created_at, joined_at) \
             SELECT ?, ?, ?, ?, ?, ?, ? WHERE 1",
            params![
                id,
                organisation,
                identity.email,
                identity.name,
                role.as_str(),
                caller.now,
                caller.now
            ],
        )
        .effect(
            "INSERT INTO audit_log (organisation_id, id, at, member_id, action, subject_id, after) \
             SELECT ?, ?, ?, ?, 'member.join', ?, ? WHERE 1",
            params![
                organisation,
                ids::new_id(),
                caller.now,
                id,
                id,
                member.to_string()
            ],
        )
    }

    /// Remembers the member by what the provider calls them: addresses change.
    pub fn link_identity(
        self,
        caller: &Caller,
        id: &MemberId,
        identity: &ExternalIdentity,
    ) -> Self {
        let organisation = &caller.organisation_id;
        let (issuer, subject) = (&identity.issuer, &identity.subject);
        self.effect(
            "INSERT INTO identities (organisation_id, issuer, subject, member_id, created_at) \
             SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS ( \
               SELECT 1 FROM identities WHERE organisation_id = ? AND issuer = ? AND subject = ?)",
            params![
                organisation,
                issuer,
                subject,
                id,
                caller.now,
                organisation,
                issuer,
                subject
            ],
        )
    }

    /// Gives a member the role that the provider says, unless nobody would be left to run the
    /// workspace.
    pub fn give_role(self, caller: &Caller, id: &MemberId, role: Role) -> Self {
        let organisation = &caller.organisation_id;
        let may = params![id, organisation, role.as_str()];
        let after = json!({ "role": role }).to_string();
        let mut audited = params![
            organisation,
            ids::new_id(),
            caller.now,
            id,
            id,
            id,
            organisation,
            after
        ];
        audited.extend_from_slice(&may);
        let mut updated = params![role.as_str(), id, organisation];
        updated.extend(may);
        self.effect(
            format!(
                "INSERT INTO audit_log (organisation_id, id, at, member_id, action, subject_id, before, after) \
                 SELECT ?, ?, ?, ?, 'member.role', ?, \
                   (SELECT json_object('role', role) FROM members WHERE id = ? AND organisation_id = ?), ? \
                 WHERE {MAY_GET_ROLE}"
            ),
            audited,
        )
        .effect(
            format!("UPDATE members SET role = ? WHERE id = ? AND organisation_id = ? AND {MAY_GET_ROLE}"),
            updated,
        )
    }
}
