//! OKRs, KPIs, and what one has to do.

use okrs_shared::home::Home;
use okrs_shared::kpi_detail::{KpiDetail, ListedKpi};
use okrs_shared::okr_detail::{OkrDetail, OkrList};
use serde_json::json;

use crate::openapi::operation::Access::SignedIn as Member;
use crate::openapi::operation::{Operation, get, query};
use crate::openapi::{type_of, uncapped};

#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    vec![
        get("/home", "getHome", "What one has to do", Member, type_of::<Home>()),
        Operation {
            query: vec![
                query("cycle_id", "The cycle; the active one when left out.", json!({ "type": "string" })),
                query("include_archived", "Whether archived OKRs are wanted, too.", json!({ "type": "boolean" })),
            ],
            ..get("/okrs", "listOkrs", "The OKRs of a cycle with all that lists and trees show", Member, type_of::<OkrList>())
        },
        get("/okrs/{id}", "getOkr", "An OKR with all that belongs to it", Member, type_of::<OkrDetail>()),
        get("/kpis", "listKpis", "All KPIs, newest first", Member, uncapped::<ListedKpi>()),
        get("/kpis/{id}", "getKpi", "A KPI with its newest 500 measurements", Member, type_of::<KpiDetail>()),
    ]
}
