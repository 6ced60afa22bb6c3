//! What one has to do, finds and hears of; and KPIs.

use okrs_shared::home::Home;
use okrs_shared::kpi_detail::{KpiDetail, KpiPatch, ListedKpi};
use okrs_shared::notification::{Notifications, ReadNotifications};
use okrs_shared::permission::Action;
use okrs_shared::search::Hit;
use serde_json::json;

use crate::openapi::operation::Access::{May, SignedIn as Member};
use crate::openapi::operation::{Operation, change, delete, get, post, query};
use crate::openapi::{list_of, type_of, uncapped};

#[rustfmt::skip]
pub fn operations() -> Vec<Operation> {
    vec![
        get("/home", "getHome", "What one has to do", Member, type_of::<Home>()),
        Operation {
            query: vec![query("q", "Any part of a title, description or name, 1 to 200 characters.", json!({ "type": "string", "minLength": 1, "maxLength": 200 }))],
            ..get("/search", "search", "The newest 50 things whose words have a text", Member, list_of::<Hit>())
        },
        get("/notifications", "listNotifications", "One's newest 100 notifications", Member, type_of::<Notifications>()),
        post("/notifications/read", "readNotifications", "Mark some or all of one's notifications as read", Member, Some(type_of::<ReadNotifications>()), (204, None)),

        get("/kpis", "listKpis", "All KPIs, newest first", Member, uncapped::<ListedKpi>()),
        get("/kpis/{id}", "getKpi", "A KPI with its newest 500 measurements", Member, type_of::<KpiDetail>()),
        change("PATCH", "/kpis/{id}", "updateKpi", "Change a KPI: only the fields that are sent", May(Action::ChangeKpi), type_of::<KpiPatch>(), (204, None)),
        delete("/kpis/{id}", "deleteKpi", "Delete a KPI", May(Action::ChangeKpi), (204, None)),
        post("/kpis/{id}/restore", "restoreKpi", "Undo the delete of a KPI within 30 days", May(Action::ChangeKpi), None, (204, None)),
    ]
}
