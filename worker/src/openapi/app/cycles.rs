//! Cycles.

use okrs_shared::cycle::{CloneCycle, ClonedOkrs, CycleOverview, CyclePatch, NewCycle};
use okrs_shared::permission::Action::{self, ManageCycles};

use crate::openapi::operation::Access::{May, SignedIn as Member};
use crate::openapi::operation::{Operation, change, get, post};
use crate::openapi::{list_of, type_of};

#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    vec![
        get("/cycles", "listCycles", "All cycles, archived ones too", Member, list_of::<CycleOverview>()),
        post("/cycles", "createCycle", "Create a cycle", May(ManageCycles), Some(type_of::<NewCycle>()), (201, Some(type_of::<CycleOverview>()))),
        change("PATCH", "/cycles/{id}", "updateCycle", "Change or archive a cycle", May(ManageCycles), type_of::<CyclePatch>(), (200, Some(type_of::<CycleOverview>()))),
        post("/cycles/{id}/clone", "cloneCycle", "Clone the OKRs of a cycle into another; key results begin where they have got to", May(Action::CloneCycle), Some(type_of::<CloneCycle>()), (201, Some(type_of::<ClonedOkrs>()))),
    ]
}
