//! The operations of the OpenAPI document, each with what it takes to call it, so that a new one
//! can't escape the tests that hold for all.

use okrs_tests::{Api, Response, Seeded, repository};
use serde_json::{Value, json};

/// One operation of the document.
pub struct Operation {
    pub method: String,
    /// With `{id}` where an id goes.
    pub path: String,
    pub scope: String,
    /// A body that it accepts.
    pub body: Option<Value>,
}

/// Every operation that the document has.
pub fn operations(acme: &Seeded) -> Vec<Operation> {
    let text = std::fs::read_to_string(repository().join("docs/openapi.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let takes_body = operation.get("requestBody").is_some();
            operations.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                scope: operation["x-scope"].as_str().unwrap().to_owned(),
                body: takes_body.then(|| body(operation["operationId"].as_str().unwrap(), acme)),
            });
        }
    }
    assert!(operations.len() >= 20);
    operations
}

impl Operation {
    /// Whether its address names something.
    pub fn has_id(&self) -> bool {
        self.path.contains("{id}")
    }

    /// The id of the thing in `workspace` that its address names.
    pub fn id_in<'a>(&self, workspace: &'a Seeded) -> &'a str {
        match &*self.path {
            "/okrs/{id}" | "/okrs/{id}/key-results" => workspace.okr.as_str(),
            "/okrs/{id}/checkins" | "/key-results/{id}" | "/key-results/{id}/checkins" => {
                workspace.key_results.number.as_str()
            }
            "/kpis/{id}/updates" => workspace.kpi.as_str(),
            "/initiatives/{id}" => workspace.initiative.as_str(),
            "/reviews/{id}/summary" => workspace.shared_review.as_str(),
            path if !path.contains("{id}") => "",
            path => panic!("say in operations.rs which id goes into {path}"),
        }
    }

    /// Calls it.
    pub fn call(&self, api: &Api, id: &str) -> Response {
        let request = api.request(&self.method, &self.path.replace("{id}", id));
        match &self.body {
            Some(body) => request.json(body).send(),
            None => request.send(),
        }
    }
}

fn body(operation: &str, acme: &Seeded) -> Value {
    match operation {
        "createOkr" => {
            json!({ "title": "Grow", "type": "team", "cycle_id": acme.cycles.active.as_str() })
        }
        "updateOkr" | "updateKeyResult" | "updateInitiative" => json!({ "title": "Renamed" }),
        "createKeyResult" => {
            json!({ "title": "Sign-ups", "metric_type": "number", "start_value": 0, "target_value": 10 })
        }
        "checkIn" | "checkInAtOldAddress" | "updateKpiValue" => json!({ "value": 7 }),
        "createKpi" => json!({ "name": "Churn" }),
        "createInitiative" => json!({ "title": "Ship it" }),
        other => panic!("say in operations.rs what {other} takes"),
    }
}
