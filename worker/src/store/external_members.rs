//! Members as identity providers know them.

use okrs_shared::id::{MemberId, OrganisationId};
use okrs_shared::member::CredentialsFate;
use okrs_shared::permission::Role;
use okrs_shared::sign_in_problem::SignInProblem;
use serde::Deserialize;
use serde_json::json;

use super::change::Change;
use super::{Db, Sql, credentials, flag, sql};
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

/// Links who is signed in with whom the provider vouches for. That takes a session that began without a provider:
/// what one provider says must not be enough to be known at another one, too.
pub async fn link(db: &Db, caller: &Caller, identity: &ExternalIdentity) -> Result<()> {
    let id = &caller.person()?.member_id;
    let other_account = |detail| Error::sign_in(SignInProblem::OtherAccount, detail);
    Change::new(caller, "member.link", id.as_str())
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM sessions WHERE id = :session_id AND organisation_id = :organisation \
                 AND method NOT IN ('oidc', 'access'))",
                session_id = caller.session_id()?
            ),
            Error::sign_in(SignInProblem::LinkFirst, "the session began at a provider"),
        )
        .require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM identities WHERE organisation_id = :organisation AND issuer = :issuer \
                 AND subject = :subject AND member_id <> :id)",
                issuer = identity.issuer,
                subject = identity.subject,
                id
            ),
            other_account("the subject is bound to another member"),
        )
        .require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM identities WHERE organisation_id = :organisation AND issuer = :issuer \
                 AND subject <> :subject AND member_id = :id)",
                issuer = identity.issuer,
                subject = identity.subject,
                id
            ),
            other_account("the member is bound to another subject of the issuer"),
        )
        .link_identity(caller, id, identity)
        .commit(
            db,
            &json!({ "issuer": identity.issuer, "email": identity.email }),
            (),
        )
        .await
}

/// Forgets whom this member is at providers, and ends the sessions that began there.
pub async fn unlink(db: &Db, caller: &Caller, id: &MemberId) -> Result<()> {
    let identities = sql!(
        caller,
        "(SELECT json_group_array(json_object('issuer', issuer, 'subject', subject)) FROM identities \
         WHERE member_id = :id AND organisation_id = :organisation)",
        id
    );
    Change::new(caller, "member.unlink", id.as_str())
        .before(identities)
        .require_member(caller, id)
        .effect(sql!(
            caller,
            "DELETE FROM identities WHERE member_id = :id AND organisation_id = :organisation",
            id
        ))
        .effect(sql!(
            caller,
            "UPDATE sessions SET ended_at = :now WHERE member_id = :id AND organisation_id = :organisation \
             AND ended_at IS NULL AND method IN ('oidc', 'access')",
            id
        ))
        .changes_access()
        .commit(db, &(), ())
        .await
}

/// The member's row with the name and the address that they should have: those that the provider says, the address
/// only if it is proved and nobody else's. A subquery with the columns `name`, `email`, `old_name` and `old_email`.
fn followed(caller: &Caller, id: &MemberId, identity: &ExternalIdentity) -> Sql {
    let email = identity.has_proved_email.then_some(&identity.email);
    sql!(
        caller,
        "(SELECT COALESCE(:name, name) AS name, name AS old_name, email AS old_email, \
                 CASE WHEN :email IS NULL OR EXISTS ( \
                   SELECT 1 FROM members other \
                   WHERE other.organisation_id = :organisation AND other.email = :email) \
                 THEN email ELSE :email END AS email \
          FROM members WHERE id = :id AND organisation_id = :organisation)",
        name = identity.name,
        email,
        id
    )
}

impl Change<'_> {
    /// The member's name and address follow the provider, and so do the links that were sent to the former one.
    pub fn follow(self, caller: &Caller, id: &MemberId, identity: &ExternalIdentity) -> Self {
        let followed = followed(caller, id, identity);
        self.effect(sql!(
            caller,
            "INSERT INTO audit_log (organisation_id, id, at, member_id, action, subject_id, before, after) \
             SELECT :organisation, :new_id, :now, :id, 'member.follow_provider', :id, \
                    json_object('name', old_name, 'email', old_email), json_object('name', name, 'email', email) \
             FROM :followed WHERE (name <> old_name OR email <> old_email)",
            new_id = ids::new_id(),
            id,
            followed
        ))
        .effect(sql!(
            caller,
            "UPDATE password_links SET used_at = :now \
             WHERE member_id = :id AND organisation_id = :organisation AND used_at IS NULL \
             AND EXISTS (SELECT 1 FROM :followed WHERE email <> old_email)",
            id,
            followed
        ))
        .effect(sql!(
            caller,
            "UPDATE members SET (name, email) = (SELECT name, email FROM :followed) \
             WHERE id = :id AND organisation_id = :organisation",
            id,
            followed
        ))
    }

    /// Makes a member of somebody who may join.
    pub fn add_member(
        self,
        caller: &Caller,
        id: &MemberId,
        identity: &ExternalIdentity,
        role: Role,
    ) -> Self {
        let member = json!({ "email": identity.email, "name": identity.called(), "role": role, "issuer": identity.issuer });
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
        .require_room_for_members(caller, 1)
        .effect(sql!(
            caller,
            "INSERT INTO members (id, organisation_id, email, name, role, created_at, joined_at) \
             SELECT :id, :organisation, :email, :name, :role, :now, :now WHERE 1",
            id,
            email = identity.email,
            name = identity.called(),
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
    /// workspace: then they are told, once until they have read it.
    pub fn give_role(self, caller: &Caller, id: &MemberId, role: Role) -> Self {
        let may = may_get_role(caller, id, role);
        let falls = sql!(
            ":is_above AND :may",
            is_above = credentials::is_above(caller, id, role),
            may
        );
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
            "INSERT INTO notifications (id, organisation_id, member_id, kind, subject_id, text, created_at) \
             SELECT :new_id, organisation_id, id, 'role_kept', id, :role, :now FROM members \
             WHERE id = :id AND organisation_id = :organisation AND role <> :role AND NOT :may \
             AND NOT EXISTS (SELECT 1 FROM notifications \
                             WHERE member_id = :id AND organisation_id = :organisation AND kind = 'role_kept' \
                               AND read_at IS NULL)",
            new_id = ids::new_id(),
            role,
            id,
            may
        ))
        // Nobody is asked who could take them over.
        .settle_credentials(caller, id, CredentialsFate::Revoke, &falls)
        .effect(sql!(
            caller,
            "UPDATE members SET role = :role WHERE id = :id AND organisation_id = :organisation AND :may",
            role,
            id,
            may
        ))
        .changes_access()
    }
}
