//! Importing people from a file: a dry run says what each line would do, and the real one does all
//! of it or nothing.

use std::collections::HashMap;

use okrs_shared::id::{DepartmentId, MemberId, TeamId};
use okrs_shared::member_import::{self, Import, ImportedLine, Line, NewImport, Outcome};
use okrs_shared::sign_in::LinkPurpose;
use okrs_shared::validation::Invalid;

use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{Origin, Unparsed};
use crate::ids;
use crate::ops::members::new_link;
use crate::store::Db;
use crate::store::member_import::{
    self as store, NewDepartmentRow, NewMemberRow, NewTeamRow, Rows,
};
use crate::store::members::NewLink;

/// Invites everybody in the file who is not a member yet, or says what that would do.
pub async fn import(
    db: &Db,
    caller: &Caller,
    origin: &Origin,
    body: Unparsed<NewImport>,
) -> Result<Import> {
    let asked = body.parse()?;
    let people = member_import::read(&asked.csv)?;
    let emails = people.lines.iter().map(|line| line.email.as_str());
    let known = store::known(db, caller, &emails.collect::<Vec<_>>()).await?;
    let mut results = member_import::judge(&people.lines, known.members);
    let may_leave_out = asked.dry_run || asked.leave_out_wrong;
    if let (false, Some(refusal)) = (may_leave_out, results.iter().find_map(refusal)) {
        return Err(Error::Invalid(refusal));
    }
    let mut plan = Plan::new(known.departments, known.teams);
    for (line, result) in people.lines.iter().zip(&mut results) {
        if result.outcome == Outcome::Created {
            let (stored, link) = new_link(caller, origin, LinkPurpose::Invitation);
            plan.invite(line, stored);
            // Nobody comes in by the link of a dry run.
            result.link = (!asked.dry_run).then_some(link);
        }
    }
    if !asked.dry_run && !plan.rows.members.is_empty() {
        store::create(db, caller, &plan.rows).await?;
    }
    let Rows {
        departments, teams, ..
    } = plan.rows;
    Ok(Import {
        dry_run: asked.dry_run,
        lines: results,
        departments: departments.into_iter().map(|row| row.name).collect(),
        teams: teams.into_iter().map(|row| row.name).collect(),
        not_used: people.not_used,
    })
}

/// What is wrong with the file because of a line that is wrong.
fn refusal(line: &ImportedLine) -> Option<Invalid> {
    let message = line.message.as_ref();
    let message = message.filter(|_| line.outcome == Outcome::Error)?;
    Some(Invalid::field(
        "csv",
        format_args!("line {}: {message}", line.line),
    ))
}

/// What an import makes. Names are told apart as the database does: whatever the case of their ASCII letters.
struct Plan {
    departments: HashMap<String, DepartmentId>,
    teams: HashMap<String, TeamId>,
    rows: Rows,
}

impl Plan {
    fn new(departments: Vec<(String, DepartmentId)>, teams: Vec<(String, TeamId)>) -> Self {
        Self {
            departments: by_name(departments),
            teams: by_name(teams),
            rows: Rows::default(),
        }
    }

    /// Notes a new member with their department and team.
    fn invite(&mut self, line: &Line, link: NewLink) {
        let department_id = line.department.as_deref().map(|name| self.department(name));
        let team_id = line
            .team
            .as_deref()
            .map(|name| self.team(name, department_id.as_ref()));
        self.rows.members.push(NewMemberRow {
            id: MemberId(ids::new_id()),
            email: line.email.clone(),
            name: line.name.clone(),
            role: line.role,
            department_id,
            team_id,
            link,
        });
    }

    /// The department of this name, made if there is none.
    fn department(&mut self, name: &str) -> DepartmentId {
        let id = self.departments.entry(name.to_ascii_lowercase());
        id.or_insert_with(|| {
            let id = DepartmentId(ids::new_id());
            self.rows.departments.push(NewDepartmentRow {
                id: id.clone(),
                name: name.to_owned(),
            });
            id
        })
        .clone()
    }

    /// The team of this name, made if there is none: then in the department of the line.
    fn team(&mut self, name: &str, department_id: Option<&DepartmentId>) -> TeamId {
        let id = self.teams.entry(name.to_ascii_lowercase());
        id.or_insert_with(|| {
            let id = TeamId(ids::new_id());
            self.rows.teams.push(NewTeamRow {
                id: id.clone(),
                name: name.to_owned(),
                department_id: department_id.cloned(),
            });
            id
        })
        .clone()
    }
}

fn by_name<T>(found: Vec<(String, T)>) -> HashMap<String, T> {
    let found = found.into_iter();
    found
        .map(|(name, id)| (name.to_ascii_lowercase(), id))
        .collect()
}
