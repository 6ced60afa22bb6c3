//! How people relate to things, in SQL: what [`Action`]'s table needs to decide, and which OKRs
//! somebody sees. Only here; `docs/permissions.md` has the same in words.
//!
//! A condition is about a row that is called `r` and has the columns `owner_id`, `also_owner_id`
//! (null for most things), `team_id` and `department_id`. [`thing`] gives such a row.

mod moving;
pub mod reviews;
pub mod thing;
mod visibility;

use okrs_shared::permission::{Action, Person, Relation, Relations};
use serde::{Deserialize, Serialize};

use super::change::Change;
use super::{Sql, sql};
use crate::caller::Caller;
use crate::error::Error;

pub use moving::Move;
pub use visibility::{person_sees, sees, visible_okr};

/// That one of the conditions holds.
fn any(conditions: Vec<Sql>) -> Sql {
    if conditions.is_empty() {
        return Sql::text("0");
    }
    let each = conditions
        .iter()
        .map(|condition| sql!("(:condition)", condition));
    Sql::join(each, " OR ")
}

/// That the person has one of the relations to the row `r`.
fn related(caller: &Caller, person: &Person, relations: Relations) -> Sql {
    if relations == Relations::ALL {
        return Sql::text("1");
    }
    let mut conditions = Vec::new();
    if relations.contains(Relation::Own) {
        conditions.push(owns(person));
    }
    if relations.contains(Relation::Managed) {
        conditions.push(manages(caller, person));
    }
    if relations.contains(Relation::Team) {
        conditions.push(shares_team(caller, person));
    }
    any(conditions)
}

/// That the row `r` belongs to a team or department that the caller manages or is in; `None` for admins, who look after
/// everything.
pub fn looks_after(caller: &Caller) -> Option<Sql> {
    let person = caller.limited()?;
    let either = vec![manages(caller, person), shares_team(caller, person)];
    Some(any(either))
}

fn owns(person: &Person) -> Sql {
    sql!(
        ":person IN (r.owner_id, r.also_owner_id)",
        person = person.member_id
    )
}

fn manages(caller: &Caller, person: &Person) -> Sql {
    // Who owns it counts only where it belongs nowhere: else a report would open every department.
    // Nobody manages themselves.
    sql!(
        caller,
        "r.team_id IN (SELECT value FROM json_each(:managed_teams)) \
         OR r.department_id IN (SELECT value FROM json_each(:managed_departments)) \
         OR (r.team_id IS NULL AND r.department_id IS NULL AND r.owner_id IS NOT :person AND ( \
               r.owner_id IN (SELECT member_id FROM team_members WHERE organisation_id = :organisation \
                              AND team_id IN (SELECT value FROM json_each(:managed_teams))) \
               OR r.owner_id IN (SELECT id FROM members WHERE organisation_id = :organisation \
                                 AND department_id IN (SELECT value FROM json_each(:managed_departments)))))",
        managed_teams = json(&person.managed_team_ids),
        managed_departments = json(&person.managed_department_ids),
        person = person.member_id
    )
}

fn shares_team(caller: &Caller, person: &Person) -> Sql {
    sql!(
        caller,
        "CASE WHEN r.team_id IS NOT NULL THEN r.team_id IN (SELECT value FROM json_each(:teams)) \
         WHEN r.department_id IS NOT NULL THEN r.department_id IN (SELECT value FROM json_each(:departments)) \
         ELSE r.owner_id IN (SELECT member_id FROM team_members WHERE organisation_id = :organisation \
                             AND team_id IN (SELECT value FROM json_each(:teams))) END",
        teams = json(&person.team_ids),
        departments = json(&person.department_ids)
    )
}

/// How the caller relates to a row: what [`columns`] gives.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Related {
    #[serde(deserialize_with = "super::flag")]
    is_own: bool,
    #[serde(deserialize_with = "super::flag")]
    is_managed: bool,
    #[serde(deserialize_with = "super::flag")]
    is_team: bool,
}

impl Related {
    /// Which of these actions the person may do to the row.
    pub fn may(self, person: &Person, actions: &[Action]) -> Vec<Action> {
        let relations = [
            (self.is_own, Relation::Own),
            (self.is_managed, Relation::Managed),
            (self.is_team, Relation::Team),
            (true, Relation::Other),
        ];
        let allowed = |action: &Action| {
            relations
                .iter()
                .any(|(holds, relation)| *holds && action.allows(person.role, *relation))
        };
        actions.iter().copied().filter(allowed).collect()
    }
}

/// Three columns that say how the caller relates to the row `r` of a query, for [`Related`]; keys
/// relate to nothing.
pub fn columns(caller: &Caller) -> Sql {
    let Some(person) = caller.person_if_any() else {
        return Sql::text("0 AS is_own, 0 AS is_managed, 0 AS is_team");
    };
    sql!(
        "(:owns) IS TRUE AS is_own, (:manages) IS TRUE AS is_managed, (:shares_team) IS TRUE AS is_team",
        owns = owns(person),
        manages = manages(caller, person),
        shares_team = shares_team(caller, person)
    )
}

impl Change<'_> {
    /// The OKR with this id must exist and the caller must see it.
    pub fn require_visible_okr(self, caller: &Caller, id: &str) -> Self {
        let visible = visible_okr(caller, id);
        self.require(
            sql!("EXISTS (:visible)", visible),
            Error::NotFound("OKR not found"),
        )
    }

    /// The key result with this id must exist and the caller must see its OKR.
    pub fn require_visible_key_result(self, caller: &Caller, id: &str) -> Self {
        self.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM key_results k JOIN okrs o ON o.id = k.okr_id \
                 WHERE k.id = :id AND k.organisation_id = :organisation AND k.deleted_at IS NULL AND :sees)",
                id,
                sees = sees(caller, "o")
            ),
            Error::NotFound("Key result not found"),
        )
    }

    /// The caller must be permitted to do this to the thing, a query from [`thing`]. Keys are: they have
    /// the scope.
    pub fn require_permitted(self, caller: &Caller, action: Action, thing: Sql) -> Self {
        let Some(person) = caller.person_if_any() else {
            return self;
        };
        let related = related(caller, person, action.relations(person.role));
        self.require(
            sql!(
                "EXISTS (SELECT 1 FROM (:thing) r WHERE :related)",
                thing,
                related
            ),
            Error::NotPermitted,
        )
    }
}

fn json(ids: &impl Serialize) -> String {
    serde_json::to_string(ids).unwrap_or_default()
}
