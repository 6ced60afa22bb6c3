//! Which OKRs somebody sees.

use okrs_shared::permission::{Action, Person, Relation, Role};

use super::{any, json, manages, owns};
use crate::caller::Caller;
use crate::store::{Sql, sql};

fn in_department(caller: &Caller, person: &Person) -> Sql {
    sql!(
        caller,
        "COALESCE(r.department_id, \
                  (SELECT department_id FROM teams WHERE id = r.team_id AND organisation_id = :organisation), \
                  (SELECT department_id FROM members WHERE id = r.owner_id AND organisation_id = :organisation)) \
         IN (SELECT value FROM json_each(:departments))",
        departments = json(&person.department_ids)
    )
}

fn in_team(caller: &Caller, person: &Person) -> Sql {
    sql!(
        caller,
        "CASE WHEN r.team_id IS NOT NULL THEN r.team_id IN (SELECT value FROM json_each(:teams)) \
         ELSE r.owner_id IN (SELECT member_id FROM team_members WHERE organisation_id = :organisation \
                             AND team_id IN (SELECT value FROM json_each(:teams))) END",
        teams = json(&person.team_ids)
    )
}

/// That the caller sees the OKR in the row called `okr`; for those who see all, that holds without a
/// look at it.
pub fn sees(caller: &Caller, okr: &'static str) -> Sql {
    match caller.limited() {
        Some(person) => limited_sees(caller, person, okr),
        None => Sql::text("1"),
    }
}

/// That another person of the caller's organisation sees the OKR in the row called `okr`.
pub fn person_sees(caller: &Caller, person: &Person, okr: &'static str) -> Sql {
    match person.role {
        Role::Admin => Sql::text("1"),
        Role::Manager | Role::Member => limited_sees(caller, person, okr),
    }
}

/// A row if the OKR with this id exists and the caller sees it.
pub fn visible_okr(caller: &Caller, id: &str) -> Sql {
    sql!(
        caller,
        "SELECT o.id FROM okrs o \
         WHERE o.id = :id AND o.organisation_id = :organisation AND o.deleted_at IS NULL AND :sees",
        id,
        sees = sees(caller, "o")
    )
}

fn limited_sees(caller: &Caller, person: &Person, okr: &'static str) -> Sql {
    let audience = |action: Action, is_member: fn(&Caller, &Person) -> Sql| {
        let relations = action.relations(person.role);
        let mut conditions = vec![owns(person)];
        if relations.contains(Relation::Managed) {
            conditions.push(manages(caller, person));
        }
        if relations.contains(Relation::Team) {
            conditions.push(is_member(caller, person));
        }
        any(conditions)
    };
    sql!(
        "(EXISTS (SELECT 1 FROM key_results mine WHERE mine.okr_id = :okr.id AND mine.owner_id = :person \
                 AND mine.deleted_at IS NULL) \
         OR ((:okr.visibility_known \
              OR (SELECT unknown_visibility FROM organisations WHERE id = :okr.organisation_id) = 'everyone') \
             AND (:okr.visibility = 'organisation' \
                  OR EXISTS (SELECT 1 FROM (SELECT :okr.owner_id AS owner_id, NULL AS also_owner_id, \
                                                   :okr.team_id AS team_id, :okr.department_id AS department_id) r \
                             WHERE CASE :okr.visibility WHEN 'department' THEN :of_department ELSE :of_team END))))",
        okr = Sql::text(okr),
        person = person.member_id,
        of_department = audience(Action::SeeDepartmentOkr, in_department),
        of_team = audience(Action::SeeTeamOkr, in_team)
    )
}
