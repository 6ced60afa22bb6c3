//! Importing people from a file: a dry run says what each line would do, and the real one does all
//! of it or nothing.

use std::collections::HashMap;

use okrs_shared::id::{DepartmentId, MemberId, TeamId};
use okrs_shared::member_import::{Import, ImportedLine, NewImport, Outcome};
use okrs_shared::sign_in::LinkPurpose;
use okrs_shared::validation::Invalid;

use super::import_csv::{self, Line};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::{Origin, Unparsed};
use crate::ids;
use crate::ops::members::new_link;
use crate::store::Db;
use crate::store::member_import::{self, Known, NewDepartmentRow, NewMemberRow, NewTeamRow, Rows};
use crate::store::members::NewLink;

/// Invites everybody in the file who is not a member yet, or says what that would do.
pub async fn import(
    db: &Db,
    caller: &Caller,
    origin: &Origin,
    body: Unparsed<NewImport>,
) -> Result<Import> {
    let asked = body.parse()?;
    let lines = import_csv::read(&asked.csv)?;
    let emails: Vec<&str> = lines.iter().map(|line| line.email.as_str()).collect();
    let known = member_import::known(db, caller, &emails).await?;
    let mut plan = Plan::new(known);
    let mut results = Vec::with_capacity(lines.len());
    for line in &lines {
        let (stored, link) = new_link(caller, origin, LinkPurpose::Invitation);
        let mut result = plan.result(line, stored);
        // Nobody comes in by the link of a dry run.
        let is_new = result.outcome == Outcome::Created && !asked.dry_run;
        result.link = is_new.then_some(link);
        results.push(result);
    }
    if !asked.dry_run {
        if let Some(refusal) = results.iter().find_map(refusal) {
            return Err(Error::Invalid(refusal));
        }
        if !plan.rows.members.is_empty() {
            member_import::create(db, caller, &plan.rows).await?;
        }
    }
    Ok(Import {
        dry_run: asked.dry_run,
        lines: results,
        departments: plan
            .rows
            .departments
            .into_iter()
            .map(|row| row.name)
            .collect(),
        teams: plan.rows.teams.into_iter().map(|row| row.name).collect(),
    })
}

/// What is wrong with the file because of a line that is wrong.
fn refusal(line: &ImportedLine) -> Option<Invalid> {
    let message = line.message.as_ref()?;
    Some(Invalid::field(
        "csv",
        format_args!("line {}: {message}", line.line),
    ))
}

/// What an import comes to, line by line. Names and addresses are told apart as the database does:
/// whatever the case of their ASCII letters.
struct Plan {
    members: HashMap<String, Option<u32>>,
    departments: HashMap<String, DepartmentId>,
    teams: HashMap<String, TeamId>,
    rows: Rows,
}

impl Plan {
    fn new(known: Known) -> Self {
        let key = |name: String| name.to_ascii_lowercase();
        Self {
            members: known
                .emails
                .into_iter()
                .map(|email| (key(email), None))
                .collect(),
            departments: known
                .departments
                .into_iter()
                .map(|(name, id)| (key(name), id))
                .collect(),
            teams: known
                .teams
                .into_iter()
                .map(|(name, id)| (key(name), id))
                .collect(),
            rows: Rows::default(),
        }
    }

    /// What becomes of a line; a new member is noted with their department and team.
    fn result(&mut self, line: &Line, link: NewLink) -> ImportedLine {
        let mut result = ImportedLine {
            line: line.line,
            name: line.name.clone(),
            email: line.email.clone(),
            outcome: Outcome::Error,
            field: None,
            message: None,
            link: None,
        };
        let key = line.email.to_ascii_lowercase();
        let problem = match (&line.problem, self.members.get(&key)) {
            (Some(problem), _) => Some(problem.clone()),
            (None, Some(Some(earlier))) => Some(Invalid::field(
                "email",
                format_args!("is that of line {earlier}, too"),
            )),
            (None, Some(None)) => {
                result.outcome = Outcome::Exists;
                return result;
            }
            (None, None) => None,
        };
        if let Some(problem) = problem {
            result.field = problem.field;
            result.message = Some(problem.message);
            return result;
        }
        self.members.insert(key, Some(line.line));
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
        result.outcome = Outcome::Created;
        result
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
