//! Members as admins manage them, in the database.

use okrs_shared::id::{MemberId, TeamId};
use okrs_shared::member::{Credentials, Disabling, Member, MemberPatch, NewMember};
use okrs_shared::permission::Role;
use okrs_shared::sign_in::{self, LinkPurpose};
use okrs_shared::timestamp::Timestamp;
use okrs_shared::validation::Invalid;
use serde::Serialize;

use super::assignments::Assignments;
use super::change::Change;
use super::{Db, JsonRow, Sql, credentials, directory, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};

/// A link in the making: only the hash of its token gets here.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// What it is for.
    pub purpose: LinkPurpose,
    /// SHA-256 of the token.
    pub hash: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// Adds a member who can come in by this link.
pub async fn invite(
    db: &Db,
    caller: &Caller,
    id: &MemberId,
    new: &NewMember,
    link: &NewLink,
) -> Result<Member> {
    let email = &sign_in::address(&new.email);
    Change::new(caller, "member.invite", id.as_str())
        .require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM members WHERE organisation_id = :organisation AND email = :email \
                 AND disabled_at IS NOT NULL)",
                email
            ),
            Error::Conflict(Invalid::field(
                "email",
                "is that of a disabled member; enable them instead",
            )),
        )
        .require_free_email(caller, email, id)
        .require_department(caller, new.department_id.as_ref())
        .require_teams(caller, &new.team_ids)
        .require_room_for_members(caller, 1)
        .effect(sql!(
            caller,
            "INSERT INTO members (id, organisation_id, email, name, role, department_id, created_at) \
             SELECT :id, :organisation, :email, :name, :role, :department_id, :now WHERE 1",
            id,
            email,
            name = new.name.trim(),
            role = new.role.as_str(),
            department_id = new.department_id
        ))
        .join_teams(caller, id, &new.team_ids)
        .make_link(caller, id, link.purpose, &link.hash, link.expires_at)
        .answer_with_member(db, caller, new, id)
        .await
}

/// Makes a new link for somebody who has not joined yet (an invitation), or who has (a reset).
pub async fn renew_link(db: &Db, caller: &Caller, id: &MemberId, link: &NewLink) -> Result<()> {
    let (action, joined, refusal) = match link.purpose {
        LinkPurpose::Invitation => (
            "member.renew_invitation",
            "joined_at IS NULL",
            "has joined already; make a reset link",
        ),
        LinkPurpose::Reset => (
            "member.make_reset_link",
            "joined_at IS NOT NULL",
            "has not joined yet; renew the invitation",
        ),
    };
    Change::new(caller, action, id.as_str())
        .require_member(caller, id)
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM members WHERE id = :id AND organisation_id = :organisation \
                 AND disabled_at IS NULL)",
                id
            ),
            Error::Conflict(Invalid::field("member", "is disabled; enable them first")),
        )
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM members WHERE id = :id AND organisation_id = :organisation AND :joined)",
                id,
                joined = Sql::text(joined)
            ),
            Error::Conflict(Invalid::field("member", refusal)),
        )
        .make_link(caller, id, link.purpose, &link.hash, link.expires_at)
        .commit(db, &(), ())
        .await
}

/// Changes the fields that the patch names.
pub async fn update(
    db: &Db,
    caller: &Caller,
    id: &MemberId,
    patch: &MemberPatch,
) -> Result<Member> {
    let email = patch.email.as_deref().map(sign_in::address);
    let email = email.as_deref();
    let update = Assignments::default()
        .set("name", patch.name.as_deref().map(str::trim))
        .set("email", email)
        .set("role", patch.role.map(Role::as_str))
        .set("department_id", patch.department_id.as_ref())
        .update(
            "members",
            sql!(
                caller,
                "WHERE id = :id AND organisation_id = :organisation",
                id
            ),
        );
    let mut change = existing(
        Change::new(caller, "member.update", id.as_str()),
        caller,
        id,
    )
    .require_department(
        caller,
        patch.department_id.as_ref().and_then(Option::as_ref),
    )
    .effect(credentials::held(caller, id));
    if let Some(email) = email {
        change = change.require_free_email(caller, email, id);
    }
    if let Some(role) = patch.role {
        let fate = patch.credentials.unwrap_or_default();
        let falls = credentials::is_above(caller, id, role);
        change = change
            .require_still_admin(caller)
            .settle_credentials(caller, id, fate, &falls);
        if role != Role::Admin {
            change = change.require_another_admin(caller, id);
        }
        if role == Role::Member {
            change = change.manage_nothing(caller, id);
        }
    }
    if let Some(teams) = &patch.team_ids {
        change = change
            .require_teams(caller, teams)
            .effect(sql!(
                caller,
                "DELETE FROM team_members WHERE member_id = :id AND organisation_id = :organisation",
                id
            ))
            .join_teams(caller, id, teams);
    }
    change
        .spend_outdated_links(caller, id, email, patch.role)
        .effect(update)
        .changes_access()
        .answer_with_member_and_held(db, caller, patch, id)
        .await
}

/// Keeps a member out: their sessions end, and neither their links nor what they hold can be used. What they
/// own stays theirs.
pub async fn disable(db: &Db, caller: &Caller, id: &MemberId, asked: &Disabling) -> Result<Member> {
    existing(
        Change::new(caller, "member.disable", id.as_str()),
        caller,
        id,
    )
    .require_another_admin(caller, id)
    .effect(credentials::held(caller, id))
    .settle_credentials(caller, id, asked.credentials, &Sql::text("1"))
    .effect(sql!(
        caller,
        "UPDATE members SET disabled_at = COALESCE(disabled_at, :now) \
         WHERE id = :id AND organisation_id = :organisation",
        id
    ))
    .spend_links(caller, id)
    .end_sessions(caller, id, None)
    .answer_with_member_and_held(db, caller, asked, id)
    .await
}

/// Lets a disabled member in again.
pub async fn enable(db: &Db, caller: &Caller, id: &MemberId) -> Result<Member> {
    existing(
        Change::new(caller, "member.enable", id.as_str()),
        caller,
        id,
    )
    .require_room_for_enabled_member(caller, id)
    .effect(sql!(
        caller,
        "UPDATE members SET disabled_at = NULL WHERE id = :id AND organisation_id = :organisation",
        id
    ))
    .gives_access()
    .answer_with_member(db, caller, &(), id)
    .await
}

/// A change of a member who must exist, with how they were before for the audit log.
fn existing<'a>(change: Change<'a>, caller: &Caller, id: &MemberId) -> Change<'a> {
    change
        .before(sql!(
            caller,
            "(SELECT json_object('name', name, 'email', email, 'role', role, 'department_id', department_id, \
                                'disabled_at', disabled_at, \
                                'team_ids', (SELECT json_group_array(team_id) FROM team_members \
                                             WHERE member_id = members.id \
                                             AND organisation_id = members.organisation_id)) \
             FROM members WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require_member(caller, id)
}

impl Change<'_> {
    /// Commits what is answered with the member as they are then.
    async fn answer_with_member(
        self,
        db: &Db,
        caller: &Caller,
        asked: &impl Serialize,
        id: &MemberId,
    ) -> Result<Member> {
        self.commit_and_read(db, asked, directory::member(caller, id))
            .await
            .map(|row: JsonRow<Member>| row.json)
    }

    /// Commits what is answered with the member as they are then, and with what they held before: the first effect
    /// says that.
    async fn answer_with_member_and_held(
        self,
        db: &Db,
        caller: &Caller,
        asked: &impl Serialize,
        id: &MemberId,
    ) -> Result<Member> {
        let member = directory::member(caller, id);
        self.commit_and_read_with(db, asked, member, |member: JsonRow<Member>, committed| {
            Ok(Member {
                credentials: Some(committed.returned::<Credentials>(0)?),
                ..member.json
            })
        })
        .await
    }

    /// The member that the address names must be one of the caller's organisation.
    pub fn require_member(self, caller: &Caller, id: &MemberId) -> Self {
        self.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM members WHERE id = :id AND organisation_id = :organisation)",
                id
            ),
            Error::NotFound("Member not found"),
        )
    }

    /// No other member may have this address, in any case.
    fn require_free_email(self, caller: &Caller, email: &str, id: &MemberId) -> Self {
        self.require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM members WHERE organisation_id = :organisation AND email = :email \
                 AND id <> :id)",
                email,
                id
            ),
            Error::Conflict(Invalid::field("email", "is that of another member")),
        )
    }

    /// All of these must be teams of the caller's organisation.
    fn require_teams(self, caller: &Caller, ids: &[TeamId]) -> Self {
        self.require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM json_each(:ids) \
                 WHERE value NOT IN (SELECT id FROM teams WHERE organisation_id = :organisation))",
                ids = list(ids)
            ),
            Error::Invalid(Invalid::field(
                "team_ids",
                "must be ids of teams of this organisation",
            )),
        )
    }

    /// Puts a member into these teams.
    fn join_teams(self, caller: &Caller, id: &MemberId, teams: &[TeamId]) -> Self {
        self.effect(sql!(
            caller,
            "INSERT INTO team_members (team_id, member_id, organisation_id) \
             SELECT DISTINCT value, :id, :organisation FROM json_each(:teams) WHERE 1",
            id,
            teams = list(teams)
        ))
    }

    /// Whoever gives roles must be an admin at that very moment: one who is being demoted meanwhile
    /// can't raise themselves again.
    fn require_still_admin(self, caller: &Caller) -> Self {
        self.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM members WHERE id = :me AND organisation_id = :organisation AND role = 'admin' \
                 AND disabled_at IS NULL)"
            ),
            Error::NotPermitted,
        )
    }

    /// Besides this member there must be an admin who can sign in.
    fn require_another_admin(self, caller: &Caller, id: &MemberId) -> Self {
        self.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM members WHERE organisation_id = :organisation AND id <> :id \
                   AND role = 'admin' AND disabled_at IS NULL AND joined_at IS NOT NULL)",
                id
            ),
            Error::Conflict(Invalid::field(
                "role",
                "of the last admin can't be taken away: make somebody else an admin first",
            )),
        )
    }

    /// The member manages no department and no team any more.
    fn manage_nothing(self, caller: &Caller, id: &MemberId) -> Self {
        self.effect(sql!(
            caller,
            "UPDATE departments SET manager_id = NULL WHERE manager_id = :id AND organisation_id = :organisation",
            id
        ))
        .effect(sql!(
            caller,
            "UPDATE teams SET manager_id = NULL WHERE manager_id = :id AND organisation_id = :organisation",
            id
        ))
    }
}

/// A list of ids as one bound value.
pub fn list<T: Serialize>(ids: &[T]) -> String {
    serde_json::to_string(ids).unwrap_or_default()
}
