//! Conditions on what a body refers to. An id of another organisation is as unknown as one that was
//! never given out.

use okrs_shared::id::{CycleId, DepartmentId, KeyResultId, MemberId, OkrId, TeamId};
use okrs_shared::validation::Invalid;

use super::change::Change;
use super::params;
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

    /// `okr_id`, if given, must name an OKR of the caller's organisation.
    pub fn require_okr_reference(self, caller: &Caller, id: Option<&OkrId>) -> Self {
        const FOUND: &str = "EXISTS (SELECT 1 FROM okrs WHERE id = ? AND organisation_id = ? AND deleted_at IS NULL)";
        self.require_reference(caller, FOUND, "okr_id", "an OKR", id.map(OkrId::as_str))
    }

    /// `kr_id`, if given, must name a key result of the caller's organisation.
    pub fn require_key_result_reference(self, caller: &Caller, id: Option<&KeyResultId>) -> Self {
        const FOUND: &str = "EXISTS (SELECT 1 FROM key_results WHERE id = ? AND organisation_id = ? AND deleted_at IS NULL)";
        self.require_reference(
            caller,
            FOUND,
            "kr_id",
            "a key result",
            id.map(KeyResultId::as_str),
        )
    }

    fn require_reference(
        self,
        caller: &Caller,
        found: &'static str,
        field: &str,
        what: &str,
        id: Option<&str>,
    ) -> Self {
        let Some(id) = id else { return self };
        let refusal = Invalid::field(
            field,
            format_args!("must be the id of {what} of this organisation"),
        );
        self.require(
            found,
            params![id, caller.organisation_id],
            Error::Invalid(refusal),
        )
    }
}
