//! Departments and teams in the database.

use okrs_shared::id::{DepartmentId, MemberId, TeamId};
use okrs_shared::permission::Action;
use okrs_shared::team::{Department, DepartmentPatch, NewDepartment, NewTeam, Team, TeamPatch};
use okrs_shared::timestamp::Timestamp;
use okrs_shared::validation::Invalid;

use super::assignments::Assignments;
use super::change::Change;
use super::members::list;
use super::relations::thing;
use super::{Db, JsonRow, Sql, directory, sql};
use crate::caller::Caller;
use crate::error::{Error, Result};
use crate::extract::Idempotency;
use crate::ids;

/// Creates a department.
pub async fn create_department(
    db: &Db,
    caller: &Caller,
    new: &NewDepartment,
    idempotency: Option<&Idempotency>,
) -> Result<Department> {
    let department = Department {
        id: DepartmentId(ids::new_id()),
        name: new.name.trim().to_owned(),
        manager_id: new.manager_id.clone(),
        archived_at: None,
    };
    Change::new(caller, "department.create", department.id.as_str())
        .require_free_name(
            caller,
            "departments",
            department.id.as_str(),
            Some(&department.name),
        )
        .require_manager(caller, new.manager_id.as_ref())
        .effect(sql!(
            caller,
            "INSERT INTO departments (id, organisation_id, name, manager_id) \
             SELECT :id, :organisation, :name, :manager_id WHERE 1",
            id = department.id,
            name = department.name,
            manager_id = department.manager_id
        ))
        .gives_access()
        .answer(idempotency, &department)?
        .commit(db, new, department)
        .await
}

/// Changes the fields of a department that the patch names.
pub async fn update_department(
    db: &Db,
    caller: &Caller,
    id: &DepartmentId,
    patch: &DepartmentPatch,
) -> Result<Department> {
    let name = patch.name.as_deref().map(str::trim);
    let update = Assignments::default()
        .set("name", name)
        .set("manager_id", patch.manager_id.as_ref())
        .set("archived_at", archived_at(caller, patch.archived))
        .update(
            "departments",
            sql!(
                caller,
                "WHERE id = :id AND organisation_id = :organisation",
                id
            ),
        );
    let mut change = Change::new(caller, "department.update", id.as_str())
        .before(sql!(
            caller,
            "(SELECT json_object('name', name, 'manager_id', manager_id, 'archived_at', archived_at) \
             FROM departments WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM departments WHERE id = :id AND organisation_id = :organisation)",
                id
            ),
            Error::NotFound("Department not found"),
        )
        .require_manager(
            caller,
            patch.manager_id.as_ref().and_then(Option::as_ref),
        );
    if name.is_some() || patch.archived == Some(false) {
        change = change.require_free_name(caller, "departments", id.as_str(), name);
    }
    change
        .effect_returning(update, sql!("RETURNING id, name, manager_id, archived_at"))
        .changes_access()
        .commit_with(db, patch, |committed| committed.returned(0))
        .await
}

/// Creates a team.
pub async fn create_team(
    db: &Db,
    caller: &Caller,
    new: &NewTeam,
    idempotency: Option<&Idempotency>,
) -> Result<Team> {
    let mut member_ids = new.member_ids.clone();
    member_ids.sort();
    member_ids.dedup();
    let team = Team {
        id: TeamId(ids::new_id()),
        name: new.name.trim().to_owned(),
        department_id: new.department_id.clone(),
        manager_id: new.manager_id.clone(),
        member_ids,
        archived_at: None,
    };
    Change::new(caller, "team.create", team.id.as_str())
        .require_free_name(caller, "teams", team.id.as_str(), Some(&team.name))
        .require_department(caller, new.department_id.as_ref())
        .require_manager(caller, new.manager_id.as_ref())
        .require_members(caller, &team.member_ids)
        .effect(sql!(
            caller,
            "INSERT INTO teams (id, organisation_id, department_id, name, manager_id) \
             SELECT :id, :organisation, :department_id, :name, :manager_id WHERE 1",
            id = team.id,
            department_id = team.department_id,
            name = team.name,
            manager_id = team.manager_id
        ))
        .take_in(caller, &team.id, &team.member_ids)
        .gives_access()
        .answer(idempotency, &team)?
        .commit(db, new, team)
        .await
}

/// Changes the fields of a team that the patch names.
pub async fn update_team(db: &Db, caller: &Caller, id: &TeamId, patch: &TeamPatch) -> Result<Team> {
    let name = patch.name.as_deref().map(str::trim);
    let update = Assignments::default()
        .set("name", name)
        .set("department_id", patch.department_id.as_ref())
        .set("manager_id", patch.manager_id.as_ref())
        .set("archived_at", archived_at(caller, patch.archived))
        .update(
            "teams",
            sql!(
                caller,
                "WHERE id = :id AND organisation_id = :organisation",
                id
            ),
        );
    let mut change = Change::new(caller, "team.update", id.as_str())
        .before(sql!(
            caller,
            "(SELECT json_object('name', name, 'department_id', department_id, 'manager_id', manager_id, \
                                'archived_at', archived_at, \
                                'member_ids', (SELECT json_group_array(member_id) FROM team_members \
                                               WHERE team_id = teams.id \
                                               AND organisation_id = teams.organisation_id)) \
             FROM teams WHERE id = :id AND organisation_id = :organisation)",
            id
        ))
        .require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM teams WHERE id = :id AND organisation_id = :organisation)",
                id
            ),
            Error::NotFound("Team not found"),
        )
        .require_permitted(caller, Action::ChangeTeam, thing::team(caller, id.as_str()))
        .require_department(caller, patch.department_id.as_ref().and_then(Option::as_ref))
        .require_manager(caller, patch.manager_id.as_ref().and_then(Option::as_ref))
        .effect(update);
    if name.is_some() || patch.archived == Some(false) {
        change = change.require_free_name(caller, "teams", id.as_str(), name);
    }
    if let Some(members) = &patch.member_ids {
        change = change
            .require_members(caller, members)
            .effect(sql!(
                caller,
                "DELETE FROM team_members WHERE team_id = :id AND organisation_id = :organisation",
                id
            ))
            .take_in(caller, id, members);
    }
    change
        .changes_access()
        .commit_and_read(db, patch, directory::team(caller, id))
        .await
        .map(|row: JsonRow<Team>| row.json)
}

/// The new value of `archived_at`, if a patch names it.
fn archived_at(caller: &Caller, archived: Option<bool>) -> Option<Option<Timestamp>> {
    archived.map(|archived| archived.then_some(caller.now))
}

impl Change<'_> {
    /// No other department (or team) in use may have this name, in any case; without a name it is
    /// about the one that the row has.
    fn require_free_name(
        self,
        caller: &Caller,
        table: &'static str,
        id: &str,
        name: Option<&str>,
    ) -> Self {
        self.require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM :table WHERE organisation_id = :organisation \
                   AND archived_at IS NULL AND id <> :id \
                 AND name = COALESCE(:name, (SELECT name FROM :table \
                                             WHERE id = :id AND organisation_id = :organisation)) \
                     COLLATE NOCASE)",
                table = Sql::text(table),
                id,
                name
            ),
            Error::Conflict(Invalid::field("name", "is taken")),
        )
    }

    /// `manager_id`, if given, must name a manager or admin of the caller's organisation who is not
    /// disabled.
    fn require_manager(self, caller: &Caller, id: Option<&MemberId>) -> Self {
        let Some(id) = id else { return self };
        self.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM members WHERE id = :id AND organisation_id = :organisation \
                   AND disabled_at IS NULL \
                 AND role IN ('manager', 'admin'))",
                id
            ),
            Error::Invalid(Invalid::field(
                "manager_id",
                "must be the id of a manager or admin of this organisation who is not disabled",
            )),
        )
    }

    /// All of these must be members of the caller's organisation.
    fn require_members(self, caller: &Caller, ids: &[MemberId]) -> Self {
        self.require(
            sql!(
                caller,
                "NOT EXISTS (SELECT 1 FROM json_each(:ids) \
                 WHERE value NOT IN (SELECT id FROM members WHERE organisation_id = :organisation))",
                ids = list(ids)
            ),
            Error::Invalid(Invalid::field(
                "member_ids",
                "must be ids of members of this organisation",
            )),
        )
    }

    /// Puts these people into a team.
    fn take_in(self, caller: &Caller, id: &TeamId, members: &[MemberId]) -> Self {
        self.effect(sql!(
            caller,
            "INSERT INTO team_members (team_id, member_id, organisation_id) \
             SELECT DISTINCT :id, value, :organisation FROM json_each(:members) WHERE 1",
            id,
            members = list(members)
        ))
    }
}
