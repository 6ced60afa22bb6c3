//! How people relate to things, in SQL: what [`Action`]'s table needs to decide, and which OKRs
//! somebody sees. Only here; `docs/permissions.md` has the same in words.
//!
//! A condition is about a row that is called `r` and has the columns `owner_id`, `also_owner_id`
//! (null for most things), `team_id` and `department_id`. [`Thing`] gives such a row.

pub mod reviews;

use okrs_shared::id::{MemberId, TeamId};
use okrs_shared::okr::OkrType;
use okrs_shared::permission::{Action, Person, Relation, Relations, Role};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::change::Change;
use super::{Param, Statement, params, sql};
use crate::caller::Caller;
use crate::error::Error;

/// Something that permissions are about: a query for its row.
pub struct Thing {
    row: &'static str,
    params: Vec<JsValue>,
}

impl Thing {
    fn new(caller: &Caller, row: &'static str, id: &str) -> Self {
        Self {
            row,
            params: params![id, caller.organisation_id],
        }
    }

    /// An OKR.
    pub fn okr(caller: &Caller, id: &str) -> Self {
        const ROW: &str = "SELECT owner_id, NULL AS also_owner_id, team_id, department_id FROM okrs \
                           WHERE id = ? AND organisation_id = ?";
        Self::new(caller, ROW, id)
    }

    /// The OKR that a key result is part of.
    pub fn okr_of_key_result(caller: &Caller, id: &str) -> Self {
        const ROW: &str = "SELECT o.owner_id, NULL AS also_owner_id, o.team_id, o.department_id \
                           FROM key_results k JOIN okrs o ON o.id = k.okr_id WHERE k.id = ? AND k.organisation_id = ?";
        Self::new(caller, ROW, id)
    }

    /// A key result: it is also its owner's, not only its OKR's owner's.
    pub fn key_result(caller: &Caller, id: &str) -> Self {
        const ROW: &str = "SELECT o.owner_id, k.owner_id AS also_owner_id, o.team_id, o.department_id \
                           FROM key_results k JOIN okrs o ON o.id = k.okr_id WHERE k.id = ? AND k.organisation_id = ?";
        Self::new(caller, ROW, id)
    }

    /// A check-in: its author's.
    pub fn check_in(caller: &Caller, id: &str) -> Self {
        const ROW: &str = "SELECT created_by AS owner_id, NULL AS also_owner_id, NULL AS team_id, \
                           NULL AS department_id FROM check_ins WHERE id = ? AND organisation_id = ?";
        Self::new(caller, ROW, id)
    }

    /// A comment: its author's.
    pub fn comment(caller: &Caller, id: &str) -> Self {
        const ROW: &str = "SELECT created_by AS owner_id, NULL AS also_owner_id, NULL AS team_id, \
                           NULL AS department_id FROM comments WHERE id = ? AND organisation_id = ?";
        Self::new(caller, ROW, id)
    }

    /// A KPI.
    pub fn kpi(caller: &Caller, id: &str) -> Self {
        const ROW: &str = "SELECT owner_id, NULL AS also_owner_id, team_id, NULL AS department_id FROM kpis \
                           WHERE id = ? AND organisation_id = ?";
        Self::new(caller, ROW, id)
    }

    /// A KPI as it will be in this team, and with this owner if that changes, too.
    pub fn kpi_moved(
        caller: &Caller,
        id: &str,
        team_id: Option<&TeamId>,
        owner_id: Option<&Option<MemberId>>,
    ) -> Self {
        Self {
            row: "SELECT iif(?, ?, owner_id) AS owner_id, NULL AS also_owner_id, ? AS team_id, \
                  NULL AS department_id FROM kpis WHERE id = ? AND organisation_id = ?",
            params: params![
                owner_id.is_some(),
                owner_id.and_then(Option::as_ref),
                team_id,
                id,
                caller.organisation_id
            ],
        }
    }

    /// An initiative: it belongs where its OKR belongs, and to the OKR's owner as well.
    pub fn initiative(caller: &Caller, id: &str) -> Self {
        const ROW: &str = "SELECT i.owner_id, o.owner_id AS also_owner_id, o.team_id, o.department_id \
                           FROM initiatives i LEFT JOIN okrs o ON o.id = i.okr_id \
                           WHERE i.id = ? AND i.organisation_id = ?";
        Self::new(caller, ROW, id)
    }

    /// A team: it is its manager's, and its department's manager's.
    pub fn team(caller: &Caller, id: &str) -> Self {
        const ROW: &str = "SELECT NULL AS owner_id, NULL AS also_owner_id, id AS team_id, department_id FROM teams \
                           WHERE id = ? AND organisation_id = ?";
        Self::new(caller, ROW, id)
    }

    /// Something that does not exist yet and will belong to these.
    pub fn to_come(owner_id: impl Param, team_id: impl Param, department_id: impl Param) -> Self {
        Self {
            row: "SELECT ? AS owner_id, NULL AS also_owner_id, ? AS team_id, ? AS department_id",
            params: params![owner_id, team_id, department_id],
        }
    }
}

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
    Condition::new(
        "r.team_id IN (SELECT value FROM json_each(?)) OR r.department_id IN (SELECT value FROM json_each(?)) \
         OR r.owner_id IN (SELECT member_id FROM team_members \
                           WHERE organisation_id = ? AND team_id IN (SELECT value FROM json_each(?))) \
         OR r.owner_id IN (SELECT id FROM members \
                           WHERE organisation_id = ? AND department_id IN (SELECT value FROM json_each(?)))",
        params![
            teams,
            departments,
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
        "{okr}.visibility = 'organisation' \
         OR EXISTS (SELECT 1 FROM key_results mine WHERE mine.okr_id = {okr}.id AND mine.owner_id = ? \
                    AND mine.deleted_at IS NULL) \
         OR EXISTS (SELECT 1 FROM (SELECT {okr}.owner_id AS owner_id, NULL AS also_owner_id, \
                                          {okr}.team_id AS team_id, {okr}.department_id AS department_id) r \
                    WHERE CASE {okr}.visibility WHEN 'department' THEN {} ELSE {} END)",
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

/// Where an OKR will belong once a patch has been applied: each field as the patch has it, if it
/// names it.
pub struct Move<'a> {
    /// The OKR.
    pub id: &'a str,
    /// Its new type.
    pub okr_type: Option<OkrType>,
    /// Its new owner, or none.
    pub owner_id: Option<Option<&'a str>>,
    /// Its new team, or none.
    pub team_id: Option<Option<&'a str>>,
    /// Its new department, or none.
    pub department_id: Option<Option<&'a str>>,
}

impl Change<'_> {
    /// Whoever moves an OKR to another place must be permitted to create one there.
    pub fn require_permitted_move(self, caller: &Caller, to: &Move<'_>) -> Self {
        let moves = to.okr_type.is_some() || to.team_id.is_some() || to.department_id.is_some();
        let Some(person) = caller.limited().filter(|_| moves) else {
            return self;
        };
        let may_create = |okr_type| {
            related(
                caller,
                person,
                Action::creating_okr(okr_type).relations(person.role),
            )
        };
        let (company, department, team) = (
            may_create(OkrType::Org),
            may_create(OkrType::Department),
            may_create(OkrType::Team),
        );
        let sql = format!(
            "EXISTS (SELECT 1 FROM ( \
               SELECT COALESCE(?, type) AS type, iif(?, ?, owner_id) AS owner_id, NULL AS also_owner_id, \
                      iif(?, ?, team_id) AS team_id, iif(?, ?, department_id) AS department_id \
               FROM okrs WHERE id = ? AND organisation_id = ?) r \
             WHERE CASE r.type WHEN 'org' THEN {} WHEN 'department' THEN {} ELSE {} END)",
            company.sql, department.sql, team.sql
        );
        let mut values = params![to.okr_type.map(OkrType::as_str)];
        for field in [to.owner_id, to.team_id, to.department_id] {
            values.extend(params![field.is_some(), field.flatten()]);
        }
        values.extend(params![to.id, caller.organisation_id]);
        values.extend([company.params, department.params, team.params].concat());
        self.require(sql, values, Error::NotPermitted)
    }
}

fn json(ids: &impl Serialize) -> String {
    serde_json::to_string(ids).unwrap_or_default()
}
