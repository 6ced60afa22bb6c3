//! That there is room for what a change makes: each limit of [`okrs_shared::limits`] as a condition of the write, so
//! two writes at once don't both take the last place.
//!
//! No more rows are counted than a limit allows. What a change leaves where it is needs no room: what is there stays,
//! however much it is.

use okrs_shared::id::{CycleId, KeyResultId, MemberId, OkrId};
use okrs_shared::limits::{self, Limit};

use super::change::Change;
use super::{Sql, sql};
use crate::caller::Caller;

/// That `more` rows beside those that `counted` selects are no more than the limit allows.
fn fit(limit: Limit, counted: &Sql, more: u32) -> Sql {
    sql!(
        "(SELECT COUNT(*) FROM (:counted LIMIT :most)) + :more <= :most",
        counted,
        most = limit.most,
        more
    )
}

fn okrs_of_cycle(caller: &Caller, cycle: &Sql, more: u32) -> Sql {
    let counted = sql!(
        caller,
        "SELECT 1 FROM okrs WHERE organisation_id = :organisation AND cycle_id = :cycle AND deleted_at IS NULL",
        cycle
    );
    fit(limits::OKRS_OF_CYCLE, &counted, more)
}

fn key_results_of_okr(caller: &Caller, okr: &Sql) -> Sql {
    let counted = sql!(
        caller,
        "SELECT 1 FROM key_results WHERE organisation_id = :organisation AND okr_id = :okr AND deleted_at IS NULL",
        okr
    );
    fit(limits::KEY_RESULTS_OF_OKR, &counted, 1)
}

fn cycles(caller: &Caller) -> Sql {
    let counted = sql!(
        caller,
        "SELECT 1 FROM cycles WHERE organisation_id = :organisation AND archived_at IS NULL"
    );
    fit(limits::CYCLES, &counted, 1)
}

fn members(caller: &Caller, more: u32) -> Sql {
    let counted = sql!(
        caller,
        "SELECT 1 FROM members WHERE organisation_id = :organisation AND disabled_at IS NULL"
    );
    fit(limits::MEMBERS, &counted, more)
}

impl Change<'_> {
    /// So many OKRs come into the workspace and into this cycle.
    pub fn require_room_for_okrs(self, caller: &Caller, cycle: &CycleId, more: u32) -> Self {
        self.okrs_come_into(caller, &sql!(":cycle", cycle), more)
    }

    /// An OKR comes back into the cycle that it was in.
    pub fn require_room_for_restored_okr(self, caller: &Caller, id: &OkrId) -> Self {
        let cycle = sql!(
            caller,
            "(SELECT cycle_id FROM okrs WHERE id = :id AND organisation_id = :organisation)",
            id
        );
        self.okrs_come_into(caller, &cycle, 1)
    }

    fn okrs_come_into(self, caller: &Caller, cycle: &Sql, more: u32) -> Self {
        let counted = sql!(
            caller,
            "SELECT 1 FROM okrs WHERE organisation_id = :organisation AND deleted_at IS NULL"
        );
        self.require_room(limits::OKRS_OF_CYCLE, okrs_of_cycle(caller, cycle, more))
            .require_room(limits::OKRS, fit(limits::OKRS, &counted, more))
    }

    /// An OKR moves to this cycle, if it is to move.
    pub fn require_room_for_moved_okr(
        self,
        caller: &Caller,
        id: &OkrId,
        cycle: Option<&CycleId>,
    ) -> Self {
        let Some(cycle) = cycle else {
            return self;
        };
        let condition = sql!(
            caller,
            "EXISTS (SELECT 1 FROM okrs WHERE id = :id AND organisation_id = :organisation AND cycle_id = :cycle) \
             OR :fits",
            id,
            cycle,
            fits = okrs_of_cycle(caller, &sql!(":cycle", cycle), 1)
        );
        self.require_room(limits::OKRS_OF_CYCLE, condition)
    }

    /// A key result comes to this OKR.
    pub fn require_room_for_key_result(self, caller: &Caller, okr: &OkrId) -> Self {
        let condition = key_results_of_okr(caller, &sql!(":okr", okr));
        self.require_room(limits::KEY_RESULTS_OF_OKR, condition)
    }

    /// A key result comes back to the OKR that it was of.
    pub fn require_room_for_restored_key_result(self, caller: &Caller, id: &KeyResultId) -> Self {
        let okr = sql!(
            caller,
            "(SELECT okr_id FROM key_results WHERE id = :id AND organisation_id = :organisation)",
            id
        );
        let condition = key_results_of_okr(caller, &okr);
        self.require_room(limits::KEY_RESULTS_OF_OKR, condition)
    }

    /// A key result moves to this OKR, unless it is there already.
    pub fn require_room_for_moved_key_result(
        self,
        caller: &Caller,
        id: &KeyResultId,
        okr: &OkrId,
    ) -> Self {
        let condition = sql!(
            caller,
            "EXISTS (SELECT 1 FROM key_results WHERE id = :id AND organisation_id = :organisation AND okr_id = :okr) \
             OR :fits",
            id,
            okr,
            fits = key_results_of_okr(caller, &sql!(":okr", okr))
        );
        self.require_room(limits::KEY_RESULTS_OF_OKR, condition)
    }

    /// Of OKRs that are to be cloned, the one with the most key results has so many.
    pub fn require_room_for_cloned_key_results(self, most_of_one: u32) -> Self {
        let limit = limits::KEY_RESULTS_OF_OKR;
        let condition = sql!(":most_of_one <= :most", most_of_one, most = limit.most);
        self.require_room(limit, condition)
    }

    /// A KPI comes into the workspace.
    pub fn require_room_for_kpi(self, caller: &Caller) -> Self {
        let counted = sql!(
            caller,
            "SELECT 1 FROM kpis WHERE organisation_id = :organisation AND deleted_at IS NULL"
        );
        self.require_room(limits::KPIS, fit(limits::KPIS, &counted, 1))
    }

    /// An initiative comes into the workspace.
    pub fn require_room_for_initiative(self, caller: &Caller) -> Self {
        let counted = sql!(
            caller,
            "SELECT 1 FROM initiatives WHERE organisation_id = :organisation AND deleted_at IS NULL"
        );
        self.require_room(limits::INITIATIVES, fit(limits::INITIATIVES, &counted, 1))
    }

    /// A cycle comes into the workspace.
    pub fn require_room_for_cycle(self, caller: &Caller) -> Self {
        self.require_room(limits::CYCLES, cycles(caller))
    }

    /// A cycle is taken back into use, unless it is in use already.
    pub fn require_room_for_unarchived_cycle(self, caller: &Caller, id: &CycleId) -> Self {
        let condition = sql!(
            caller,
            "EXISTS (SELECT 1 FROM cycles WHERE id = :id AND organisation_id = :organisation \
             AND archived_at IS NULL) OR :fits",
            id,
            fits = cycles(caller)
        );
        self.require_room(limits::CYCLES, condition)
    }

    /// A key comes into the workspace.
    pub fn require_room_for_api_key(self, caller: &Caller) -> Self {
        let counted = sql!(
            caller,
            "SELECT 1 FROM api_keys WHERE organisation_id = :organisation AND revoked_at IS NULL \
             AND (expires_at IS NULL OR expires_at > :now)"
        );
        self.require_room(limits::API_KEYS, fit(limits::API_KEYS, &counted, 1))
    }

    /// So many members come into the workspace.
    pub fn require_room_for_members(self, caller: &Caller, more: u32) -> Self {
        self.require_room(limits::MEMBERS, members(caller, more))
    }

    /// A member is let in again, unless they are let in already.
    pub fn require_room_for_enabled_member(self, caller: &Caller, id: &MemberId) -> Self {
        let condition = sql!(
            caller,
            "EXISTS (SELECT 1 FROM members WHERE id = :id AND organisation_id = :organisation \
             AND disabled_at IS NULL) OR :fits",
            id,
            fits = members(caller, 1)
        );
        self.require_room(limits::MEMBERS, condition)
    }
}
