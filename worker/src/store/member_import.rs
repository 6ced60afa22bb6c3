//! Importing people, in the database: what is there already, and all that is new in one write.

use okrs_shared::id::{DepartmentId, MemberId, TeamId};
use okrs_shared::permission::Role;
use okrs_shared::sign_in::LinkPurpose;
use okrs_shared::validation::Invalid;
use serde::{Deserialize, Serialize};

use super::change::Change;
use super::members::{NewLink, list};
use super::{Db, params, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::ids;

/// What an import can run into.
pub struct Known {
    /// Those of the file's addresses that members have.
    pub emails: Vec<String>,
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
    struct EmailRow {
        email: String,
    }
    #[derive(Deserialize)]
    struct NamedRow<T> {
        name: String,
        id: T,
    }
    let organisation = &caller.organisation_id;
    let results = db
        .batch(&[
            sql(
                "SELECT email FROM members WHERE organisation_id = ? AND email IN (SELECT value FROM json_each(?))",
                params![organisation, list(emails)],
            ),
            sql(
                "SELECT name, id FROM departments WHERE organisation_id = ? AND archived_at IS NULL",
                params![organisation],
            ),
            sql(
                "SELECT name, id FROM teams WHERE organisation_id = ? AND archived_at IS NULL",
                params![organisation],
            ),
        ])
        .await?;
    let emails: Vec<EmailRow> = results[0].read()?;
    let departments: Vec<NamedRow<DepartmentId>> = results[1].read()?;
    let teams: Vec<NamedRow<TeamId>> = results[2].read()?;
    Ok(Known {
        emails: emails.into_iter().map(|row| row.email).collect(),
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
    let organisation = &caller.organisation_id;
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
    Change::new(caller, "member.import", organisation.as_str())
        .require_all_new(
            "NOT EXISTS (SELECT 1 FROM members WHERE organisation_id = ? \
                         AND email IN (SELECT value ->> 1 FROM json_each(?)))",
            params![organisation, members],
        )
        .require_all_new(
            "NOT EXISTS (SELECT 1 FROM departments WHERE organisation_id = ? AND archived_at IS NULL \
                         AND name COLLATE NOCASE IN (SELECT value ->> 1 FROM json_each(?)))",
            params![organisation, departments],
        )
        .require_all_new(
            "NOT EXISTS (SELECT 1 FROM teams WHERE organisation_id = ? AND archived_at IS NULL \
                         AND name COLLATE NOCASE IN (SELECT value ->> 1 FROM json_each(?)))",
            params![organisation, teams],
        )
        .effect(
            "INSERT INTO departments (id, organisation_id, name) \
             SELECT value ->> 0, ?, value ->> 1 FROM json_each(?) WHERE 1",
            params![organisation, departments],
        )
        .effect(
            "INSERT INTO teams (id, organisation_id, name, department_id) \
             SELECT value ->> 0, ?, value ->> 1, value ->> 2 FROM json_each(?) WHERE 1",
            params![organisation, teams],
        )
        .effect(
            "INSERT INTO members (id, organisation_id, email, name, role, department_id, created_at) \
             SELECT value ->> 0, ?, value ->> 1, value ->> 2, value ->> 3, value ->> 4, ? FROM json_each(?) WHERE 1",
            params![organisation, caller.now, members],
        )
        .effect(
            "INSERT INTO team_members (team_id, member_id, organisation_id) \
             SELECT value ->> 5, value ->> 0, ? FROM json_each(?) WHERE value ->> 5 IS NOT NULL",
            params![organisation, members],
        )
        .effect(
            "INSERT INTO password_links (id, organisation_id, member_id, purpose, hash, created_by, created_at, \
                                         expires_at) \
             SELECT value ->> 0, ?, value ->> 1, ?, value ->> 2, ?, ?, value ->> 3 FROM json_each(?) WHERE 1",
            params![
                organisation,
                LinkPurpose::Invitation.as_str(),
                caller.author(),
                caller.now,
                links,
            ],
        )
        .commit(db, &asked, ())
        .await
}

impl Change<'_> {
    fn require_all_new(self, condition: &'static str, values: Vec<wasm_bindgen::JsValue>) -> Self {
        self.require(
            condition,
            values,
            Error::Conflict(Invalid::field(
                "csv",
                "names people, departments or teams that somebody else has just made; nothing was done, try again",
            )),
        )
    }
}
