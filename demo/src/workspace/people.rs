//! Departments, teams and members.

use chrono::{DateTime, TimeDelta, Utc};
use okrs_shared::id::{DepartmentId, MemberId, TeamId};
pub use okrs_shared::permission::Role;
use okrs_shared::timestamp::Timestamp;
use okrs_shared::{api_key, session};

use super::{Workspace, keys};
use crate::sql;
use crate::table::Table;

/// A person to add.
#[derive(Clone, Copy, Debug)]
pub struct MemberSeed<'a> {
    /// Unique in the workspace, whatever the case.
    pub email: &'a str,
    /// What they are called.
    pub name: &'a str,
    /// What they may do.
    pub role: Role,
    /// Where they work.
    pub department: Option<&'a DepartmentId>,
    /// Made by [`crate::password::hash`]; without one they can't sign in with a password.
    pub password_hash: Option<&'a str>,
    /// Since when they can't sign in any more.
    pub disabled_at: Option<DateTime<Utc>>,
    /// When they joined.
    pub created_at: Option<DateTime<Utc>>,
}

impl<'a> MemberSeed<'a> {
    /// An active member without department or password.
    pub fn new(email: &'a str, name: &'a str, role: Role) -> Self {
        Self {
            email,
            name,
            role,
            department: None,
            password_hash: None,
            disabled_at: None,
            created_at: None,
        }
    }
}

impl Workspace {
    /// Adds a department.
    pub fn department(&mut self, name: &str) -> DepartmentId {
        let org = self.id.clone();
        let id: DepartmentId = self.ids.next(self.created_at);
        self.add(Table::Departments, &[&id, &org, &name]);
        id
    }

    /// Adds a team.
    pub fn team(&mut self, name: &str, department: Option<&DepartmentId>) -> TeamId {
        let org = self.id.clone();
        let id: TeamId = self.ids.next(self.created_at);
        self.add(Table::Teams, &[&id, &org, &department, &name]);
        id
    }

    /// Adds a person.
    pub fn member(&mut self, seed: MemberSeed<'_>) -> MemberId {
        let joined_at = self.or_created(seed.created_at);
        self.add_member(seed, Some(joined_at))
    }

    /// Adds a person who was invited so long ago that their link can't be used any more, and who never
    /// joined.
    pub fn invited_member(&mut self, seed: MemberSeed<'_>) -> MemberId {
        self.add_member(seed, None)
    }

    fn add_member(&mut self, seed: MemberSeed<'_>, joined_at: Option<DateTime<Utc>>) -> MemberId {
        let org = self.id.clone();
        let at = self.or_created(seed.created_at);
        let id: MemberId = self.ids.next(at);
        self.add(
            Table::Members,
            &[
                &id,
                &org,
                &seed.email,
                &seed.name,
                &seed.role.as_str(),
                &seed.department,
                &seed.password_hash,
                &seed.disabled_at.map(Timestamp::new),
                &joined_at.map(Timestamp::new),
                &Timestamp::new(at),
            ],
        );
        id
    }

    /// Signs a member in at an instant and returns the session's cookie. Like a key it is random,
    /// and nowhere in the SQL.
    pub fn session(&mut self, member: &MemberId, at: DateTime<Utc>) -> String {
        let org = self.id.clone();
        let id: MemberId = self.ids.next(at);
        let cookie = session::assemble(&self.tag, &keys::random());
        let (begins, ends) = (Timestamp::new(at), Timestamp::new(at + TimeDelta::days(30)));
        self.add(
            Table::Sessions,
            &[
                &id,
                &org,
                member,
                &api_key::hash(&cookie),
                &"password",
                &begins,
                &begins,
                &ends,
            ],
        );
        cookie
    }

    /// Puts a member into a team.
    pub fn team_member(&mut self, team: &TeamId, member: &MemberId) {
        let org = self.id.clone();
        self.add(Table::TeamMembers, &[team, member, &org]);
    }

    /// Makes a member the manager of a department.
    pub fn department_manager(&mut self, department: &DepartmentId, manager: &MemberId) {
        self.manager("departments", department.as_str(), manager);
    }

    /// Makes a member the manager of a team.
    pub fn team_manager(&mut self, team: &TeamId, manager: &MemberId) {
        self.manager("teams", team.as_str(), manager);
    }

    /// Departments and members refer to each other, so the managers come last.
    fn manager(&mut self, table: &str, id: &str, manager: &MemberId) {
        self.statement(format!(
            "UPDATE {table} SET manager_id = {} WHERE id = {}",
            sql::row(&[manager]),
            sql::row(&[&id])
        ));
    }
}
