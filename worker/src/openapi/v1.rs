//! What each operation is called, takes and gives.

use okrs_shared::api_key::Scope;
use okrs_shared::checkin::{CheckIn, NewCheckIn};
use okrs_shared::cycle::Cycle;
use okrs_shared::initiative::{
    Deleted, Initiative, InitiativePatch, InitiativeStatus, NewInitiative, Priority,
};
use okrs_shared::key_result::{KeyResult, KeyResultPatch, NewKeyResult};
use okrs_shared::kpi::{Kpi, KpiSummary, KpiUpdate, NewKpi, NewKpiUpdate};
use okrs_shared::okr::{NewOkr, Okr, OkrPatch, OkrSummary};
use okrs_shared::review::{ReviewCycle, ReviewSummary};
use serde_json::{Value, json};

use super::operation::{Access, Operation, change, delete, get, post, query};
use super::{in_envelope, list_of, type_of, uncapped};

/// Every operation of version 1.
#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    let (okrs_read, write_okrs) = (Access::Scope(Scope::OkrsRead), Access::Scope(Scope::WriteOkrs));
    let (kpis_read, kpis_write) = (Access::Scope(Scope::KpisRead), Access::Scope(Scope::KpisWrite));
    let (check_ins_write, reviews_read) = (Access::Scope(Scope::CheckInsWrite), Access::Scope(Scope::ReviewsRead));
    vec![
        get("/okrs", "listOkrs", "The newest 500 OKRs with their key results and figures", okrs_read, list_of::<OkrSummary>()),
        post("/okrs", "createOkr", "Create an OKR", write_okrs, Some(type_of::<NewOkr>()), (201, Some(type_of::<Okr>()))),
        change("PUT", "/okrs/{id}", "updateOkr", "Change an OKR: only the fields that are sent", write_okrs, type_of::<OkrPatch>(), (200, Some(type_of::<Okr>()))),
        delete("/okrs/{id}", "deleteOkr", "Delete an OKR and its key results", write_okrs, (204, None)),
        post("/okrs/{id}/key-results", "createKeyResult", "Add a key result to an OKR", write_okrs, Some(type_of::<NewKeyResult>()), (201, Some(type_of::<KeyResult>()))),
        change("PUT", "/key-results/{id}", "updateKeyResult", "Change a key result: only the fields that are sent", write_okrs, type_of::<KeyResultPatch>(), (200, Some(type_of::<KeyResult>()))),
        delete("/key-results/{id}", "deleteKeyResult", "Delete a key result and its check-ins", write_okrs, (204, None)),
        post("/key-results/{id}/checkins", "checkIn", "Check in a key result", check_ins_write, Some(type_of::<NewCheckIn>()), (201, Some(type_of::<CheckIn>()))),
        Operation {
            deprecated: true,
            ..post("/okrs/{id}/checkins", "checkInAtOldAddress", "Check in a key result; the id is the key result's", check_ins_write, Some(type_of::<NewCheckIn>()), (200, Some(type_of::<CheckIn>())))
        },
        Operation {
            // The only list without a cap.
            success: (200, Some(uncapped::<Cycle>())),
            ..get("/cycles", "listCycles", "All cycles, latest start first", okrs_read, list_of::<Cycle>())
        },
        get("/kpis", "listKpis", "The newest 500 KPIs with their status", kpis_read, list_of::<KpiSummary>()),
        post("/kpis", "createKpi", "Create a KPI", kpis_write, Some(type_of::<NewKpi>()), (201, Some(type_of::<Kpi>()))),
        post("/kpis/{id}/updates", "updateKpiValue", "Record a measurement of a KPI", kpis_write, Some(type_of::<NewKpiUpdate>()), (200, Some(type_of::<KpiUpdate>()))),
        Operation {
            query: vec![
                query("status", "Only initiatives in this state.", schema_of::<InitiativeStatus>()),
                query("priority", "Only initiatives of this priority.", schema_of::<Priority>()),
                query("okr_id", "Only initiatives of this OKR.", json!({ "type": "string", "format": "uuid" })),
                query("kr_id", "Only initiatives linked to this key result.", json!({ "type": "string", "format": "uuid" })),
            ],
            ..get("/initiatives", "listInitiatives", "The newest 500 initiatives", okrs_read, in_envelope(list_of::<Initiative>()))
        },
        post("/initiatives", "createInitiative", "Create an initiative", write_okrs, Some(type_of::<NewInitiative>()), (201, Some(in_envelope(type_of::<Initiative>())))),
        get("/initiatives/{id}", "getInitiative", "One initiative", okrs_read, in_envelope(type_of::<Initiative>())),
        change("PUT", "/initiatives/{id}", "updateInitiative", "Change an initiative: only the fields that are sent", write_okrs, type_of::<InitiativePatch>(), (200, Some(in_envelope(type_of::<Initiative>())))),
        delete("/initiatives/{id}", "deleteInitiative", "Delete an initiative and its link", write_okrs, (200, Some(type_of::<Deleted>()))),
        get("/review-cycles", "listReviewCycles", "The newest 500 review cycles", reviews_read, list_of::<ReviewCycle>()),
        get("/reviews/{id}/summary", "getReviewSummary", "Questions and answers of a shared review", reviews_read, type_of::<ReviewSummary>()),
    ]
}

fn schema_of<T: utoipa::PartialSchema>() -> Value {
    serde_json::to_value(T::schema()).expect("schemas are plain JSON")
}
