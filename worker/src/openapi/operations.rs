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

use super::{Operation, TypeOf, in_envelope, list_of, type_of};

/// Every operation of version 1.
#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    use Scope::{CheckInsWrite, KpisRead, KpisWrite, OkrsRead, ReviewsRead, WriteOkrs};
    vec![
        get("/okrs", "listOkrs", "The newest 500 OKRs with their key results and figures", OkrsRead, list_of::<OkrSummary>()),
        post("/okrs", "createOkr", "Create an OKR", WriteOkrs, type_of::<NewOkr>(), (201, type_of::<Okr>())),
        put("/okrs/{id}", "updateOkr", "Change an OKR: only the fields that are sent", type_of::<OkrPatch>(), type_of::<Okr>()),
        delete("/okrs/{id}", "deleteOkr", "Delete an OKR and its key results", (204, None)),
        post("/okrs/{id}/key-results", "createKeyResult", "Add a key result to an OKR", WriteOkrs, type_of::<NewKeyResult>(), (201, type_of::<KeyResult>())),
        put("/key-results/{id}", "updateKeyResult", "Change a key result: only the fields that are sent", type_of::<KeyResultPatch>(), type_of::<KeyResult>()),
        delete("/key-results/{id}", "deleteKeyResult", "Delete a key result and its check-ins", (204, None)),
        post("/key-results/{id}/checkins", "checkIn", "Check in a key result", CheckInsWrite, type_of::<NewCheckIn>(), (201, type_of::<CheckIn>())),
        Operation {
            deprecated: true,
            ..post("/okrs/{id}/checkins", "checkInAtOldAddress", "Check in a key result; the id is the key result's", CheckInsWrite, type_of::<NewCheckIn>(), (200, type_of::<CheckIn>()))
        },
        Operation {
            // The only list without a cap.
            success: (200, Some(uncapped::<Cycle>())),
            ..get("/cycles", "listCycles", "All cycles, latest start first", OkrsRead, list_of::<Cycle>())
        },
        get("/kpis", "listKpis", "The newest 500 KPIs with their status", KpisRead, list_of::<KpiSummary>()),
        post("/kpis", "createKpi", "Create a KPI", KpisWrite, type_of::<NewKpi>(), (201, type_of::<Kpi>())),
        post("/kpis/{id}/updates", "updateKpiValue", "Record a measurement of a KPI", KpisWrite, type_of::<NewKpiUpdate>(), (200, type_of::<KpiUpdate>())),
        Operation {
            query: vec![
                query("status", "Only initiatives in this state.", schema_of::<InitiativeStatus>()),
                query("priority", "Only initiatives of this priority.", schema_of::<Priority>()),
                query("okr_id", "Only initiatives of this OKR.", json!({ "type": "string", "format": "uuid" })),
                query("kr_id", "Only initiatives linked to this key result.", json!({ "type": "string", "format": "uuid" })),
            ],
            ..get("/initiatives", "listInitiatives", "The newest 500 initiatives", OkrsRead, in_envelope(list_of::<Initiative>()))
        },
        post("/initiatives", "createInitiative", "Create an initiative", WriteOkrs, type_of::<NewInitiative>(), (201, in_envelope(type_of::<Initiative>()))),
        get("/initiatives/{id}", "getInitiative", "One initiative", OkrsRead, in_envelope(type_of::<Initiative>())),
        put("/initiatives/{id}", "updateInitiative", "Change an initiative: only the fields that are sent", type_of::<InitiativePatch>(), in_envelope(type_of::<Initiative>())),
        delete("/initiatives/{id}", "deleteInitiative", "Delete an initiative and its link", (200, Some(type_of::<Deleted>()))),
        get("/review-cycles", "listReviewCycles", "The newest 500 review cycles", ReviewsRead, list_of::<ReviewCycle>()),
        get("/reviews/{id}/summary", "getReviewSummary", "Questions and answers of a shared review", ReviewsRead, type_of::<ReviewSummary>()),
    ]
}

fn get(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    scope: Scope,
    body: TypeOf,
) -> Operation {
    Operation {
        method: "GET",
        path,
        id,
        summary,
        scope,
        request: None,
        success: (200, Some(body)),
        query: Vec::new(),
        deprecated: false,
    }
}

fn post(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    scope: Scope,
    request: TypeOf,
    (status, body): (u16, TypeOf),
) -> Operation {
    Operation {
        method: "POST",
        request: Some(request),
        success: (status, Some(body)),
        ..get(path, id, summary, scope, type_of::<Deleted>())
    }
}

fn put(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    request: TypeOf,
    body: TypeOf,
) -> Operation {
    Operation {
        method: "PUT",
        request: Some(request),
        ..get(path, id, summary, Scope::WriteOkrs, body)
    }
}

fn delete(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    success: (u16, Option<TypeOf>),
) -> Operation {
    Operation {
        method: "DELETE",
        success,
        ..get(path, id, summary, Scope::WriteOkrs, type_of::<Deleted>())
    }
}

fn uncapped<T: utoipa::ToSchema>() -> TypeOf {
    let item = type_of::<T>();
    TypeOf {
        schema: json!({ "type": "array", "items": item.schema }),
        collect: item.collect,
    }
}

fn schema_of<T: utoipa::PartialSchema>() -> Value {
    serde_json::to_value(T::schema()).expect("schemas are plain JSON")
}

fn query(name: &str, description: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}
