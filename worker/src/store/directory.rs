//! Who is in the workspace and how it is organised, in one round trip.

use okrs_shared::id::{MemberId, TeamId};
use okrs_shared::member::{Directory, Member};
use okrs_shared::permission::Action;

use super::{Db, Sql, credentials, sql};
use crate::caller::Caller;
use crate::error::Result;

/// All members that fulfil `condition`, each a [`Member`] as JSON.
fn members(caller: &Caller, condition: &Sql) -> Sql {
    let manages = caller.require_action(Action::ManageMembers).is_ok();
    sql!(
        caller,
        "SELECT json_object( \
                  'id', m.id, 'name', m.name, 'email', m.email, 'role', m.role, 'department_id', m.department_id, \
                  'team_ids', json((SELECT json_group_array(team_id) FROM team_members \
                                    WHERE member_id = m.id AND organisation_id = m.organisation_id)), \
                  'joined_at', m.joined_at, 'disabled_at', m.disabled_at, \
                  'invitation_expires_at', (SELECT MAX(expires_at) FROM password_links \
                                            WHERE member_id = m.id AND organisation_id = m.organisation_id \
                                              AND purpose = 'invitation' AND used_at IS NULL AND expires_at > :now), \
                  'linked_at', (SELECT MIN(created_at) FROM identities \
                                WHERE member_id = m.id AND organisation_id = m.organisation_id), \
                  'last_seen_on', CASE WHEN :manages THEN m.last_seen_on END, \
                  'credentials', CASE WHEN :manages THEN json_object('api_keys', COALESCE(k.live, 0)) END \
                ) AS json \
         FROM members m LEFT JOIN :live_keys k ON k.member_id = m.id \
         WHERE m.organisation_id = :organisation AND :condition \
         ORDER BY m.name COLLATE NOCASE, m.id",
        manages,
        live_keys = credentials::live_keys(caller),
        condition
    )
}

/// All teams that fulfil `condition`, each a [`Team`](okrs_shared::team::Team) as JSON.
fn teams(caller: &Caller, condition: &Sql) -> Sql {
    sql!(
        caller,
        "SELECT json_object( \
                  'id', t.id, 'name', t.name, 'department_id', t.department_id, 'manager_id', t.manager_id, \
                  'member_ids', json((SELECT json_group_array(member_id) FROM team_members \
                                      WHERE team_id = t.id AND organisation_id = t.organisation_id)), \
                  'archived_at', t.archived_at \
                ) AS json \
         FROM teams t WHERE t.organisation_id = :organisation AND :condition \
         ORDER BY t.name COLLATE NOCASE, t.id",
        condition
    )
}

/// Everybody and everything, by name.
pub async fn read(db: &Db, caller: &Caller) -> Result<Directory> {
    let all = Sql::text("1");
    let results = db
        .batch(&[
            members(caller, &all),
            sql!(
                caller,
                "SELECT id, name, manager_id, archived_at FROM departments WHERE organisation_id = :organisation \
                 ORDER BY name COLLATE NOCASE, id"
            ),
            teams(caller, &all),
        ])
        .await?;
    Ok(Directory {
        members: results[0].read_json()?,
        departments: results[1].read()?,
        teams: results[2].read_json()?,
    })
}

/// The [`Member`] with this id, as a [`JsonRow`](super::JsonRow).
pub fn member(caller: &Caller, id: &MemberId) -> Sql {
    members(caller, &sql!("m.id = :id", id))
}

/// The [`Team`](okrs_shared::team::Team) with this id, as a [`JsonRow`](super::JsonRow).
pub fn team(caller: &Caller, id: &TeamId) -> Sql {
    teams(caller, &sql!("t.id = :id", id))
}

/// What a member is called; `None` if there is none with this id.
pub async fn name(db: &Db, caller: &Caller, id: &MemberId) -> Result<Option<String>> {
    let member: Option<Member> = db.query(member(caller, id)).await?.first_json()?;
    Ok(member.map(|member| member.name))
}
