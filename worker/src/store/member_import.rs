//! Importing people, in the database: what is there already, and all that is new in one write.

use okrs_shared::id::{DepartmentId, MemberId, TeamId};
use okrs_shared::member_import::KnownMember;
use okrs_shared::permission::Role;
use okrs_shared::sign_in::LinkPurpose;
use okrs_shared::timestamp::Timestamp;
use okrs_shared::validation::Invalid;
use serde::{Deserialize, Serialize};

use super::change::Change;
use super::members::{NewLink, list};
use super::{Db, Sql, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::ids;

/// What an import can run into.
pub struct Known {
    /// The members whose addresses are in the file.
    pub members: Vec<KnownMember>,
    /// The departments in use, by name.
    pub departments: Vec<(String, DepartmentId)>,
    /// The teams in use, by name.
    pub teams: Vec<(String, TeamId)>,
}

/// All that an import makes. It is bound as JSON, a list for each row.
#[derive(Default)]
pub struct Rows {
    pub members: Vec<NewMemberRow>,
    pub departments: Vec<NewDepartmentRow>,
    pub teams: Vec<NewTeamRow>,
}

pub struct NewMemberRow {
    pub id: MemberId,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub department_id: Option<DepartmentId>,
    pub team_id: Option<TeamId>,
    pub link: NewLink,
}

pub struct NewDepartmentRow {
    pub id: DepartmentId,
    pub name: String,
}

pub struct NewTeamRow {
    pub id: TeamId,
    pub name: String,
    pub department_id: Option<DepartmentId>,
}

/// What of the file is there already.
pub async fn known(db: &Db, caller: &Caller, emails: &[&str]) -> Result<Known> {
    #[derive(Deserialize)]
    struct MemberRow {
        id: MemberId,
        name: String,
        email: String,
        disabled_at: Option<Timestamp>,
    }
    #[derive(Deserialize)]
    struct NamedRow<T> {
        name: String,
        id: T,
    }
    let results = db
        .batch(&[
            sql!(
                caller,
                "SELECT id, name, email, disabled_at FROM members \
                 WHERE organisation_id = :organisation AND email IN (SELECT value FROM json_each(:emails))",
                emails = list(emails)
            ),
            sql!(
                caller,
                "SELECT name, id FROM departments WHERE organisation_id = :organisation AND archived_at IS NULL"
            ),
            sql!(
                caller,
                "SELECT name, id FROM teams WHERE organisation_id = :organisation AND archived_at IS NULL"
            ),
        ])
        .await?;
    let members: Vec<MemberRow> = results[0].read()?;
    let departments: Vec<NamedRow<DepartmentId>> = results[1].read()?;
    let teams: Vec<NamedRow<TeamId>> = results[2].read()?;
    Ok(Known {
        members: members
            .into_iter()
            .map(|row| KnownMember {
                id: row.id,
                name: row.name,
                email: row.email,
                disabled_at: row.disabled_at,
            })
            .collect(),
        departments: departments
            .into_iter()
            .map(|row| (row.name, row.id))
            .collect(),
        teams: teams.into_iter().map(|row| (row.name, row.id)).collect(),
    })
}

/// What the audit log keeps of an import: no link.
#[derive(Serialize)]
struct Asked<'a> {
    emails: Vec<&'a str>,
    departments: Vec<&'a str>,
    teams: Vec<&'a str>,
}

/// Makes all of it, if nobody else has made any of it meanwhile.
pub async fn create(db: &Db, caller: &Caller, rows: &Rows) -> Result<()> {
    let departments: Vec<_> = rows
        .departments
        .iter()
        .map(|row| (&row.id, &row.name))
        .collect();
    let teams: Vec<_> = rows
        .teams
        .iter()
        .map(|row| (&row.id, &row.name, &row.department_id))
        .collect();
    let members: Vec<_> = rows
        .members
        .iter()
        .map(|row| {
            (
                &row.id,
                &row.email,
                &row.name,
                row.role,
                &row.department_id,
                &row.team_id,
            )
        })
        .collect();
    let links: Vec<_> = rows
        .members
        .iter()
        .map(|row| (ids::new_id(), &row.id, &row.link.hash, row.link.expires_at))
        .collect();
    let (departments, teams) = (list(&departments), list(&teams));
    let (members, links) = (list(&members), list(&links));
    let asked = Asked {
        emails: rows.members.iter().map(|row| row.email.as_str()).collect(),
        departments: rows
            .departments
            .iter()
            .map(|row| row.name.as_str())
            .collect(),
        teams: rows.teams.iter().map(|row| row.name.as_str()).collect(),
    };
    Change::new(caller, "member.import", caller.organisation_id.as_str())
        .require_all_new(sql!(
            caller,
            "NOT EXISTS (SELECT 1 FROM members WHERE organisation_id = :organisation \
             AND email IN (SELECT value ->> 1 FROM json_each(:members)))",
            members
        ))
        .require_all_new(sql!(
            caller,
            "NOT EXISTS (SELECT 1 FROM departments WHERE organisation_id = :organisation AND archived_at IS NULL \
             AND name COLLATE NOCASE IN (SELECT value ->> 1 FROM json_each(:departments)))",
            departments
        ))
        .require_all_new(sql!(
            caller,
            "NOT EXISTS (SELECT 1 FROM teams WHERE organisation_id = :organisation AND archived_at IS NULL \
             AND name COLLATE NOCASE IN (SELECT value ->> 1 FROM json_each(:teams)))",
            teams
        ))
        .require_room_for_members(
            caller,
            u32::try_from(rows.members.len()).unwrap_or(u32::MAX),
        )
        .effect(sql!(
            caller,
            "INSERT INTO departments (id, organisation_id, name) \
             SELECT value ->> 0, :organisation, value ->> 1 FROM json_each(:departments) WHERE 1",
            departments
        ))
        .effect(sql!(
            caller,
            "INSERT INTO teams (id, organisation_id, name, department_id) \
             SELECT value ->> 0, :organisation, value ->> 1, value ->> 2 FROM json_each(:teams) WHERE 1",
            teams
        ))
        .effect(sql!(
            caller,
            "INSERT INTO members (id, organisation_id, email, name, role, department_id, created_at) \
             SELECT value ->> 0, :organisation, value ->> 1, value ->> 2, value ->> 3, value ->> 4, :now \
             FROM json_each(:members) WHERE 1",
            members
        ))
        .effect(sql!(
            caller,
            "INSERT INTO team_members (team_id, member_id, organisation_id) \
             SELECT value ->> 5, value ->> 0, :organisation FROM json_each(:members) WHERE value ->> 5 IS NOT NULL",
            members
        ))
        .effect(sql!(
            caller,
            "INSERT INTO password_links (id, organisation_id, member_id, purpose, hash, created_by, created_at, \
                                         expires_at) \
             SELECT value ->> 0, :organisation, value ->> 1, :purpose, value ->> 2, :me, :now, value ->> 3 \
             FROM json_each(:links) WHERE 1",
            purpose = LinkPurpose::Invitation.as_str(),
            links
        ))
        .commit(db, &asked, ())
        .await
}

impl Change<'_> {
    fn require_all_new(self, condition: Sql) -> Self {
        self.require(
            condition,
            Error::Conflict(Invalid::field(
                "csv",
                "names people, departments or teams that somebody else has just made; nothing was done, try again",
            )),
        )
    }
}
