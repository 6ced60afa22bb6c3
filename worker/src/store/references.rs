//! Conditions on what a body refers to. An id of another organisation is as unknown as one that was
//! never given out.

use okrs_shared::id::{CycleId, DepartmentId, KeyResultId, MemberId, OkrId, TeamId};
use okrs_shared::validation::Invalid;

use super::change::Change;
use super::params;
use super::relations::{self, Condition};
use crate::caller::Caller;
use crate::error::Error;

impl Change<'_> {
    /// `cycle_id`, if given, must name a cycle of the caller's organisation.
    pub fn require_cycle(self, caller: &Caller, id: Option<&CycleId>) -> Self {
        const FOUND: &str = "EXISTS (SELECT 1 FROM cycles WHERE id = ? AND organisation_id = ?)";
        self.require_reference(
            caller,
            FOUND,
            "cycle_id",
            "a cycle",
            id.map(CycleId::as_str),
        )
    }

    /// `owner_id`, if given, must name a member of the caller's organisation.
    pub fn require_owner(self, caller: &Caller, id: Option<&MemberId>) -> Self {
        const FOUND: &str = "EXISTS (SELECT 1 FROM members WHERE id = ? AND organisation_id = ?)";
        self.require_reference(
            caller,
            FOUND,
            "owner_id",
            "a member",
            id.map(MemberId::as_str),
        )
    }

    /// `department_id`, if given, must name a department of the caller's organisation.
    pub fn require_department(self, caller: &Caller, id: Option<&DepartmentId>) -> Self {
        const FOUND: &str =
            "EXISTS (SELECT 1 FROM departments WHERE id = ? AND organisation_id = ?)";
        self.require_reference(
            caller,
            FOUND,
            "department_id",
            "a department",
            id.map(DepartmentId::as_str),
        )
    }

    /// `team_id`, if given, must name a team of the caller's organisation.
    pub fn require_team(self, caller: &Caller, id: Option<&TeamId>) -> Self {
        const FOUND: &str = "EXISTS (SELECT 1 FROM teams WHERE id = ? AND organisation_id = ?)";
        self.require_reference(caller, FOUND, "team_id", "a team", id.map(TeamId::as_str))
    }

    /// The OKR in this field, if given, must be one that the caller sees.
    pub fn require_okr_reference(self, caller: &Caller, field: &str, id: Option<&OkrId>) -> Self {
        let sees = relations::sees(caller, "o");
        let found = Condition {
            sql: format!(
                "EXISTS (SELECT 1 FROM okrs o WHERE o.id = ? AND o.organisation_id = ? AND o.deleted_at IS NULL AND {})",
                sees.sql
            ),
            params: sees.params,
        };
        self.require_reference(caller, found, field, "an OKR", id.map(OkrId::as_str))
    }

    /// `kr_id`, if given, must name a key result of an OKR that the caller sees.
    pub fn require_key_result_reference(self, caller: &Caller, id: Option<&KeyResultId>) -> Self {
        let sees = relations::sees(caller, "o");
        let found = Condition {
            sql: format!(
                "EXISTS (SELECT 1 FROM key_results k JOIN okrs o ON o.id = k.okr_id \
                         WHERE k.id = ? AND k.organisation_id = ? AND k.deleted_at IS NULL AND {})",
                sees.sql
            ),
            params: sees.params,
        };
        self.require_reference(
            caller,
            found,
            "kr_id",
            "a key result",
            id.map(KeyResultId::as_str),
        )
    }

    fn require_reference(
        self,
        caller: &Caller,
        found: impl Into<Condition>,
        field: &str,
        what: &str,
        id: Option<&str>,
    ) -> Self {
        let Some(id) = id else { return self };
        let refusal = Invalid::field(
            field,
            format_args!("must be the id of {what} of this organisation"),
        );
        let found = found.into();
        let mut values = params![id, caller.organisation_id];
        values.extend(found.params);
        self.require(found.sql, values, Error::Invalid(refusal))
    }
}
