//! The operations of the app's document, so that a new one can't escape the tests that hold for all.

use okrs_tests::{Api, Request, Response, repository};
use serde_json::{Value, json};

/// One operation.
pub struct Operation {
    pub method: String,
    /// Below `/api/app`, with `{id}` where an id goes.
    pub path: String,
    pub id: String,
    /// `anyone`, `signed_in`, or an action of `docs/permissions.md`.
    pub access: String,
    pub takes_body: bool,
}

/// Every operation of the document.
pub fn operations() -> Vec<Operation> {
    let text = std::fs::read_to_string(repository().join("docs/app-openapi.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                id: operation["operationId"].as_str().unwrap().to_owned(),
                access: operation["x-access"].as_str().unwrap().to_owned(),
                takes_body: operation.get("requestBody").is_some(),
            });
        }
    }
    assert!(operations.len() > 70);
    operations
}

/// The operations that need somebody to be signed in.
pub fn operations_of_members() -> impl Iterator<Item = Operation> {
    operations()
        .into_iter()
        .filter(|operation| operation.access != "anyone")
}

impl Operation {
    /// Whether its address names something.
    pub fn has_id(&self) -> bool {
        self.path.contains("{id}")
    }

    /// Whether it may change something.
    pub fn is_unsafe(&self) -> bool {
        self.method != "GET"
    }

    /// The request, without a body.
    pub fn request(&self, api: &Api, id: &str) -> Request {
        let path = self.path.replace("{id}", id);
        let query = match &*self.id {
            "search" => "?q=a",
            _ => "",
        };
        api.request(&self.method, &format!("/api/app{path}{query}"))
    }

    /// Asks like a page of ours does: what changes something is sent as JSON.
    pub fn call(&self, api: &Api, id: &str, body: &Value) -> Response {
        let request = self.request(api, id);
        if self.method == "GET" || self.method == "DELETE" {
            request.send()
        } else {
            request.json(body).send()
        }
    }
}

/// A body that only lacks being meant.
pub fn no_body() -> Value {
    json!({})
}
