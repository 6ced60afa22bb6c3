//! How people relate to things, in SQL: what [`Action`]'s table needs to decide, and which OKRs
//! somebody sees. Only here; `docs/permissions.md` has the same in words.
//!
//! A condition is about a row that is called `r` and has the columns `owner_id`, `also_owner_id`
//! (null for most things), `team_id` and `department_id`. [`Thing`] gives such a row.

mod moving;
pub mod reviews;
mod thing;
mod visibility;

use okrs_shared::permission::{Action, Person, Relation, Relations};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::change::Change;
use super::{Statement, params};
use crate::caller::Caller;
use crate::error::Error;

pub use moving::Move;
pub use thing::Thing;
pub use visibility::{person_sees, sees, visible_okr};

/// An SQL expression with its values, in the order of the question marks.
pub struct Condition {
    /// The expression.
    pub sql: String,
    /// Its values.
    pub params: Vec<JsValue>,
}

impl From<&str> for Condition {
    /// An expression without values of its own.
    fn from(sql: &str) -> Self {
        Self::new(sql, vec![])
    }
}

impl Condition {
    fn new(sql: &str, params: Vec<JsValue>) -> Self {
        Self {
            sql: sql.to_owned(),
            params,
        }
    }

    fn any(conditions: Vec<Self>) -> Self {
        let (sql, params): (Vec<_>, Vec<_>) = conditions
            .into_iter()
            .map(|condition| (format!("({})", condition.sql), condition.params))
            .unzip();
        let sql = if sql.is_empty() {
            "0".to_owned()
        } else {
            sql.join(" OR ")
        };
        Self {
            sql,
            params: params.concat(),
        }
    }
}

/// That the person has one of the relations to the row `r`.
fn related(caller: &Caller, person: &Person, relations: Relations) -> Condition {
    if relations == Relations::ALL {
        return Condition::new("1", vec![]);
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
    Condition::any(conditions)
}

fn owns(person: &Person) -> Condition {
    let me = &person.member_id;
    Condition::new("? IN (r.owner_id, r.also_owner_id)", params![me])
}

fn manages(caller: &Caller, person: &Person) -> Condition {
    let (teams, departments) = (
        json(&person.managed_team_ids),
        json(&person.managed_department_ids),
    );
    let organisation = &caller.organisation_id;
    // Who owns it counts only where it belongs nowhere: else a report would open every department.
    // Nobody manages themselves.
    Condition::new(
        "r.team_id IN (SELECT value FROM json_each(?)) OR r.department_id IN (SELECT value FROM json_each(?)) \
         OR (r.team_id IS NULL AND r.department_id IS NULL AND r.owner_id IS NOT ? AND ( \
               r.owner_id IN (SELECT member_id FROM team_members \
                              WHERE organisation_id = ? AND team_id IN (SELECT value FROM json_each(?))) \
               OR r.owner_id IN (SELECT id FROM members \
                                 WHERE organisation_id = ? AND department_id IN (SELECT value FROM json_each(?)))))",
        params![
            teams,
            departments,
            person.member_id,
            organisation,
            teams,
            organisation,
            departments
        ],
    )
}

fn shares_team(caller: &Caller, person: &Person) -> Condition {
    let teams = json(&person.team_ids);
    Condition::new(
        "CASE WHEN r.team_id IS NOT NULL THEN r.team_id IN (SELECT value FROM json_each(?)) \
              WHEN r.department_id IS NOT NULL THEN r.department_id IN (SELECT value FROM json_each(?)) \
              ELSE r.owner_id IN (SELECT member_id FROM team_members \
                                  WHERE organisation_id = ? AND team_id IN (SELECT value FROM json_each(?))) END",
        params![
            teams,
            json(&person.department_ids),
            caller.organisation_id,
            teams
        ],
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
pub fn columns(caller: &Caller) -> Condition {
    let Some(person) = caller.person_if_any() else {
        return Condition::new("0 AS is_own, 0 AS is_managed, 0 AS is_team", vec![]);
    };
    let (own, managed, team) = (
        owns(person),
        manages(caller, person),
        shares_team(caller, person),
    );
    Condition {
        sql: format!(
            "({}) IS TRUE AS is_own, ({}) IS TRUE AS is_managed, ({}) IS TRUE AS is_team",
            own.sql, managed.sql, team.sql
        ),
        params: [own.params, managed.params, team.params].concat(),
    }
}

impl Change<'_> {
    /// The OKR with this id must exist and the caller must see it.
    pub fn require_visible_okr(self, caller: &Caller, id: &str) -> Self {
        let Statement { sql, params } = visible_okr(caller, id);
        self.require(
            format!("EXISTS ({sql})"),
            params,
            Error::NotFound("OKR not found"),
        )
    }

    /// The key result with this id must exist and the caller must see its OKR.
    pub fn require_visible_key_result(self, caller: &Caller, id: &str) -> Self {
        let sees = sees(caller, "o");
        let mut values = params![id, caller.organisation_id];
        values.extend(sees.params);
        self.require(
            format!(
                "EXISTS (SELECT 1 FROM key_results k JOIN okrs o ON o.id = k.okr_id \
                         WHERE k.id = ? AND k.organisation_id = ? AND k.deleted_at IS NULL AND {})",
                sees.sql
            ),
            values,
            Error::NotFound("Key result not found"),
        )
    }

    /// The caller must be permitted to do this to the thing. Keys are: they have the scope.
    pub fn require_permitted(self, caller: &Caller, action: Action, thing: Thing) -> Self {
        let Some(person) = caller.person_if_any() else {
            return self;
        };
        let related = related(caller, person, action.relations(person.role));
        let mut values = thing.params;
        values.extend(related.params);
        self.require(
            format!(
                "EXISTS (SELECT 1 FROM ({}) r WHERE {})",
                thing.row, related.sql
            ),
            values,
            Error::NotPermitted,
        )
    }
}

fn json(ids: &impl Serialize) -> String {
    serde_json::to_string(ids).unwrap_or_default()
}
