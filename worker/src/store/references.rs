//! Conditions on what a body refers to. An id of another organisation is as unknown as one that was
//! never given out.

use okrs_shared::id::{CycleId, DepartmentId, KeyResultId, MemberId, OkrId, TeamId};
use okrs_shared::validation::Invalid;

use super::change::Change;
use super::relations;
use super::{Sql, sql};
use crate::caller::Caller;
use crate::error::Error;

impl Change<'_> {
    /// `cycle_id`, if given, must name a cycle of the caller's organisation.
    pub fn require_cycle(self, caller: &Caller, id: Option<&CycleId>) -> Self {
        let found = sql!(
            caller,
            "EXISTS (SELECT 1 FROM cycles WHERE id = :id AND organisation_id = :organisation)",
            id
        );
        self.require_reference(found, "cycle_id", "a cycle", id.is_some())
    }

    /// `owner_id`, if given, must name a member of the caller's organisation.
    pub fn require_owner(self, caller: &Caller, id: Option<&MemberId>) -> Self {
        let found = sql!(
            caller,
            "EXISTS (SELECT 1 FROM members WHERE id = :id AND organisation_id = :organisation)",
            id
        );
        self.require_reference(found, "owner_id", "a member", id.is_some())
    }

    /// `department_id`, if given, must name a department of the caller's organisation.
    pub fn require_department(self, caller: &Caller, id: Option<&DepartmentId>) -> Self {
        let found = sql!(
            caller,
            "EXISTS (SELECT 1 FROM departments WHERE id = :id AND organisation_id = :organisation)",
            id
        );
        self.require_reference(found, "department_id", "a department", id.is_some())
    }

    /// `team_id`, if given, must name a team of the caller's organisation.
    pub fn require_team(self, caller: &Caller, id: Option<&TeamId>) -> Self {
        let found = sql!(
            caller,
            "EXISTS (SELECT 1 FROM teams WHERE id = :id AND organisation_id = :organisation)",
            id
        );
        self.require_reference(found, "team_id", "a team", id.is_some())
    }

    /// The OKR in this field, if given, must be one that the caller sees.
    pub fn require_okr_reference(self, caller: &Caller, field: &str, id: Option<&OkrId>) -> Self {
        let found = sql!(
            caller,
            "EXISTS (SELECT 1 FROM okrs o \
             WHERE o.id = :id AND o.organisation_id = :organisation AND o.deleted_at IS NULL AND :sees)",
            id,
            sees = relations::sees(caller, "o")
        );
        self.require_reference(found, field, "an OKR", id.is_some())
    }

    /// `kr_id`, if given, must name a key result of an OKR that the caller sees.
    pub fn require_key_result_reference(self, caller: &Caller, id: Option<&KeyResultId>) -> Self {
        let found = sql!(
            caller,
            "EXISTS (SELECT 1 FROM key_results k JOIN okrs o ON o.id = k.okr_id \
             WHERE k.id = :id AND k.organisation_id = :organisation AND k.deleted_at IS NULL AND :sees)",
            id,
            sees = relations::sees(caller, "o")
        );
        self.require_reference(found, "kr_id", "a key result", id.is_some())
    }

    fn require_reference(self, found: Sql, field: &str, what: &str, is_given: bool) -> Self {
        if !is_given {
            return self;
        }
        let refusal = Invalid::field(
            field,
            format_args!("must be the id of {what} of this organisation"),
        );
        self.require(found, Error::Invalid(refusal))
    }
}
