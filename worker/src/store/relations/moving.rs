//! Moving an OKR to another place, which needs what creating one there needs.

use okrs_shared::okr::OkrType;
use okrs_shared::permission::Action;

use super::related;
use crate::caller::Caller;
use crate::error::Error;
use crate::store::change::Change;
use crate::store::sql::sql;

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
        self.require(
            sql!(
                caller,
                "EXISTS (SELECT 1 FROM ( \
                   SELECT COALESCE(:okr_type, type) AS type, iif(:new_owner, :owner_id, owner_id) AS owner_id, \
                          NULL AS also_owner_id, iif(:new_team, :team_id, team_id) AS team_id, \
                          iif(:new_department, :department_id, department_id) AS department_id \
                   FROM okrs WHERE id = :id AND organisation_id = :organisation) r \
                 WHERE CASE r.type WHEN 'org' THEN :may_create_company WHEN 'department' THEN :may_create_department \
                                   ELSE :may_create_team END)",
                okr_type = to.okr_type.map(OkrType::as_str),
                new_owner = to.owner_id.is_some(),
                owner_id = to.owner_id.flatten(),
                new_team = to.team_id.is_some(),
                team_id = to.team_id.flatten(),
                new_department = to.department_id.is_some(),
                department_id = to.department_id.flatten(),
                id = to.id,
                may_create_company = may_create(OkrType::Org),
                may_create_department = may_create(OkrType::Department),
                may_create_team = may_create(OkrType::Team)
            ),
            Error::NotPermitted,
        )
    }
}
