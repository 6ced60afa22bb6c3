//! Moving an OKR or a KPI to another place, which needs what creating one there needs.

use okrs_shared::id::{KpiId, TeamId};
use okrs_shared::okr::OkrType;
use okrs_shared::permission::{Action, Person};

use super::{related, thing};
use crate::caller::Caller;
use crate::error::Error;
use crate::store::change::Change;
use crate::store::sql::{Sql, sql};

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

/// That somebody may put what this action creates into this team: mostly as one of the team, or as who manages it.
/// That it is theirs is no reason: it would show among what people have who know nothing of it.
fn may_put_into(caller: &Caller, person: &Person, creating: Action, team_id: &str) -> Sql {
    let relations = creating.relations(person.role);
    sql!(
        "EXISTS (SELECT 1 FROM (:thing) r WHERE :related)",
        thing = thing::to_come(None::<&str>, team_id, None::<&str>),
        related = related(caller, person, relations)
    )
}

impl Change<'_> {
    /// Whoever creates an OKR of a team must be of the team, or manage it.
    pub fn require_own_team(
        self,
        caller: &Caller,
        okr_type: OkrType,
        team_id: Option<&TeamId>,
    ) -> Self {
        match (caller.limited(), okr_type, team_id) {
            (Some(person), OkrType::Team, Some(team_id)) => {
                let creating = Action::CreateTeamOkr;
                let may_put = may_put_into(caller, person, creating, team_id.as_str());
                self.require(may_put, Error::NotPermitted)
            }
            _ => self,
        }
    }

    /// Whoever puts a KPI into a team must be of the team, or permitted to create one in any. It may stay where it is.
    pub fn require_own_team_of_kpi(
        self,
        caller: &Caller,
        id: &KpiId,
        team_id: Option<&TeamId>,
    ) -> Self {
        let (Some(person), Some(team_id)) = (caller.limited(), team_id) else {
            return self;
        };
        let may_put = may_put_into(caller, person, Action::CreateKpi, team_id.as_str());
        self.require(
            sql!(
                caller,
                "(:may_put) OR EXISTS (SELECT 1 FROM kpis \
                 WHERE id = :id AND organisation_id = :organisation AND team_id = :team_id)",
                may_put,
                id,
                team_id
            ),
            Error::NotPermitted,
        )
    }

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
        let team_id = to.team_id.flatten();
        let may_put = team_id.map_or(Sql::text("1"), |team_id| {
            let may_put = may_put_into(caller, person, Action::CreateTeamOkr, team_id);
            sql!("r.team_before IS :team_id OR :may_put", team_id, may_put)
        });
        self.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM ( \
                   SELECT COALESCE(:okr_type, type) AS type, iif(:new_owner, :owner_id, owner_id) AS owner_id, \
                          NULL AS also_owner_id, iif(:new_team, :team_id, team_id) AS team_id, \
                          iif(:new_department, :department_id, department_id) AS department_id, \
                          team_id AS team_before \
                   FROM okrs WHERE id = :id AND organisation_id = :organisation) r \
                 WHERE CASE r.type WHEN 'org' THEN :may_create_company WHEN 'department' THEN :may_create_department \
                                   ELSE (:may_create_team) AND (:may_put) END)",
                okr_type = to.okr_type.map(OkrType::as_str),
                new_owner = to.owner_id.is_some(),
                owner_id = to.owner_id.flatten(),
                new_team = to.team_id.is_some(),
                team_id,
                new_department = to.department_id.is_some(),
                department_id = to.department_id.flatten(),
                id = to.id,
                may_create_company = may_create(OkrType::Org),
                may_create_department = may_create(OkrType::Department),
                may_create_team = may_create(OkrType::Team),
                may_put
            ),
            Error::NotPermitted,
        )
    }
}
