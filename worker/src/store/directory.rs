//! Who is in the workspace and how it is organised, in one round trip.

use okrs_shared::id::{DepartmentId, MemberId, TeamId};
use okrs_shared::member::{Directory, Member};
use okrs_shared::permission::Role;
use okrs_shared::team::Team;
use okrs_shared::timestamp::Timestamp;
use serde::Deserialize;

use super::{Db, Sql, json_text, sql};
use crate::caller::Caller;
use crate::error::Result;

#[derive(Deserialize)]
struct MemberRow {
    id: MemberId,
    name: String,
    email: String,
    role: Role,
    department_id: Option<DepartmentId>,
    #[serde(deserialize_with = "json_text")]
    team_ids: Vec<TeamId>,
    joined_at: Option<Timestamp>,
    disabled_at: Option<Timestamp>,
    invitation_expires_at: Option<Timestamp>,
}

/// All members that fulfil `condition`, each with what [`MemberRow`] has.
fn members(caller: &Caller, condition: &Sql) -> Sql {
    sql!(
        caller,
        "SELECT m.id, m.name, m.email, m.role, m.department_id, m.joined_at, m.disabled_at, \
           (SELECT json_group_array(team_id) FROM team_members \
            WHERE member_id = m.id AND organisation_id = m.organisation_id) AS team_ids, \
           (SELECT MAX(expires_at) FROM password_links \
            WHERE member_id = m.id AND organisation_id = m.organisation_id AND purpose = 'invitation' \
            AND used_at IS NULL AND expires_at > :now) AS invitation_expires_at \
         FROM members m WHERE m.organisation_id = :organisation AND :condition \
         ORDER BY m.name COLLATE NOCASE, m.id",
        condition
    )
}

#[derive(Deserialize)]
struct TeamRow {
    id: TeamId,
    name: String,
    department_id: Option<DepartmentId>,
    manager_id: Option<MemberId>,
    #[serde(deserialize_with = "json_text")]
    member_ids: Vec<MemberId>,
    archived_at: Option<Timestamp>,
}

/// All teams that fulfil `condition`, each with what [`TeamRow`] has.
fn teams(caller: &Caller, condition: &Sql) -> Sql {
    sql!(
        caller,
        "SELECT t.id, t.name, t.department_id, t.manager_id, t.archived_at, \
           (SELECT json_group_array(member_id) FROM team_members \
            WHERE team_id = t.id AND organisation_id = t.organisation_id) AS member_ids \
         FROM teams t WHERE t.organisation_id = :organisation AND :condition ORDER BY t.name COLLATE NOCASE, t.id",
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
    let members: Vec<MemberRow> = results[0].read()?;
    let teams: Vec<TeamRow> = results[2].read()?;
    Ok(Directory {
        members: members.into_iter().map(MemberRow::member).collect(),
        departments: results[1].read()?,
        teams: teams.into_iter().map(TeamRow::team).collect(),
    })
}

/// One member; `None` if there is none with this id.
pub async fn member(db: &Db, caller: &Caller, id: &MemberId) -> Result<Option<Member>> {
    let only = sql!("m.id = :id", id);
    let row: Option<MemberRow> = db.query(members(caller, &only)).await?.first()?;
    Ok(row.map(MemberRow::member))
}

/// One team; `None` if there is none with this id.
pub async fn team(db: &Db, caller: &Caller, id: &TeamId) -> Result<Option<Team>> {
    let only = sql!("t.id = :id", id);
    let row: Option<TeamRow> = db.query(teams(caller, &only)).await?.first()?;
    Ok(row.map(TeamRow::team))
}

impl MemberRow {
    fn member(self) -> Member {
        Member {
            id: self.id,
            name: self.name,
            email: self.email,
            role: self.role,
            department_id: self.department_id,
            team_ids: self.team_ids,
            joined_at: self.joined_at,
            disabled_at: self.disabled_at,
            invitation_expires_at: self.invitation_expires_at,
        }
    }
}

impl TeamRow {
    fn team(self) -> Team {
        Team {
            id: self.id,
            name: self.name,
            department_id: self.department_id,
            manager_id: self.manager_id,
            member_ids: self.member_ids,
            archived_at: self.archived_at,
        }
    }
}
