//! Moving an OKR to another place, which needs what creating one there needs.

use okrs_shared::okr::OkrType;
use okrs_shared::permission::Action;

use super::related;
use crate::caller::Caller;
use crate::error::Error;
use crate::store::change::Change;
use crate::store::params;

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
