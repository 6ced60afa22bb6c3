//! Which OKRs somebody sees.

use okrs_shared::permission::{Action, Person, Relation, Role};

use super::{Condition, json, manages, owns};
use crate::caller::Caller;
use crate::store::{Statement, params, sql};

fn in_department(caller: &Caller, person: &Person) -> Condition {
    Condition::new(
        "COALESCE(r.department_id, \
                  (SELECT department_id FROM teams WHERE id = r.team_id AND organisation_id = ?), \
                  (SELECT department_id FROM members WHERE id = r.owner_id AND organisation_id = ?)) \
         IN (SELECT value FROM json_each(?))",
        params![
            caller.organisation_id,
            caller.organisation_id,
            json(&person.department_ids)
        ],
    )
}

fn in_team(caller: &Caller, person: &Person) -> Condition {
    let teams = json(&person.team_ids);
    Condition::new(
        "CASE WHEN r.team_id IS NOT NULL THEN r.team_id IN (SELECT value FROM json_each(?)) \
              ELSE r.owner_id IN (SELECT member_id FROM team_members \
                                  WHERE organisation_id = ? AND team_id IN (SELECT value FROM json_each(?))) END",
        params![teams, caller.organisation_id, teams],
    )
}

/// That the caller sees the OKR in the row called `okr`; for those who see all, that holds without a
/// look at it.
pub fn sees(caller: &Caller, okr: &str) -> Condition {
    match caller.limited() {
        Some(person) => limited_sees(caller, person, okr),
        None => Condition::new("1", vec![]),
    }
}

/// The same of another person of the caller's organisation.
pub fn person_sees(caller: &Caller, person: &Person, okr: &str) -> Condition {
    match person.role {
        Role::Admin => Condition::new("1", vec![]),
        Role::Manager | Role::Member => limited_sees(caller, person, okr),
    }
}

/// A row if the OKR with this id exists and the caller sees it.
pub fn visible_okr(caller: &Caller, id: &str) -> Statement {
    let sees = sees(caller, "o");
    let mut values = params![id, caller.organisation_id];
    values.extend(sees.params);
    sql(
        format!(
            "SELECT o.id FROM okrs o WHERE o.id = ? AND o.organisation_id = ? AND o.deleted_at IS NULL AND {}",
            sees.sql
        ),
        values,
    )
}

fn limited_sees(caller: &Caller, person: &Person, okr: &str) -> Condition {
    let audience = |action: Action, is_member: fn(&Caller, &Person) -> Condition| {
        let relations = action.relations(person.role);
        let mut conditions = vec![owns(person)];
        if relations.contains(Relation::Managed) {
            conditions.push(manages(caller, person));
        }
        if relations.contains(Relation::Team) {
            conditions.push(is_member(caller, person));
        }
        Condition::any(conditions)
    };
    let department = audience(Action::SeeDepartmentOkr, in_department);
    let team = audience(Action::SeeTeamOkr, in_team);
    let sql = format!(
        "EXISTS (SELECT 1 FROM key_results mine WHERE mine.okr_id = {okr}.id AND mine.owner_id = ? \
                 AND mine.deleted_at IS NULL) \
         OR (({okr}.visibility_known \
              OR (SELECT unknown_visibility FROM organisations WHERE id = {okr}.organisation_id) = 'everyone') \
             AND ({okr}.visibility = 'organisation' \
                  OR EXISTS (SELECT 1 FROM (SELECT {okr}.owner_id AS owner_id, NULL AS also_owner_id, \
                                                   {okr}.team_id AS team_id, {okr}.department_id AS department_id) r \
                             WHERE CASE {okr}.visibility WHEN 'department' THEN {} ELSE {} END)))",
        department.sql, team.sql
    );
    let mut values = params![person.member_id];
    values.extend(department.params);
    values.extend(team.params);
    Condition {
        sql: format!("({sql})"),
        params: values,
    }
}
