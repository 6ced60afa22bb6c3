//! The OpenAPI 3.1 document of version 1, made of the shared types and of one line per operation.
//!
//! It is generated natively (`cargo xtask openapi`), checked in as `docs/openapi.json` and served as
//! a static file; the wasm carries none of it.

mod operations;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use okrs_shared::api_key::Scope;
use okrs_shared::error::ErrorBody;
use operations::operations;

type Schemas = Vec<(String, RefOr<Schema>)>;

/// One operation of the document.
pub struct Operation {
    method: &'static str,
    /// Below `/api/v1`.
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    scope: Scope,
    request: Option<TypeOf>,
    /// Status and body; no body for 204.
    success: (u16, Option<TypeOf>),
    query: Vec<Value>,
    deprecated: bool,
}

/// A type's place in the document.
pub struct TypeOf {
    schema: Value,
    collect: fn(&mut Schemas),
}

fn type_of<T: ToSchema>() -> TypeOf {
    TypeOf {
        schema: json!({ "$ref": format!("#/components/schemas/{}", T::name()) }),
        collect: |schemas| {
            schemas.push((T::name().into_owned(), T::schema()));
            T::schemas(schemas);
        },
    }
}

fn list_of<T: ToSchema>() -> TypeOf {
    let item = type_of::<T>();
    TypeOf {
        schema: json!({ "type": "array", "maxItems": 500, "items": item.schema }),
        collect: item.collect,
    }
}

fn in_envelope(inner: TypeOf) -> TypeOf {
    TypeOf {
        schema: json!({ "type": "object", "required": ["data"], "properties": { "data": inner.schema } }),
        collect: inner.collect,
    }
}

/// The document as indented JSON, with a line break at the end.
pub fn document() -> String {
    let operations = operations();
    let mut schemas = Schemas::new();
    (type_of::<ErrorBody>().collect)(&mut schemas);
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for operation in &operations {
        for type_of in [&operation.request, &operation.success.1]
            .into_iter()
            .flatten()
        {
            (type_of.collect)(&mut schemas);
        }
        let item = paths.entry(operation.path).or_default();
        item.insert(operation.method.to_lowercase(), operation.describe());
    }
    let schemas: BTreeMap<String, RefOr<Schema>> = schemas.into_iter().collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "OKRs API",
            "version": "1",
            "description": "Read and write the OKRs, KPIs, initiatives and reviews of one workspace. \
                Every key belongs to one workspace and has a budget of 60 requests per UTC minute.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/api/v1" }],
        "security": [{ "api_key": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "api_key": { "type": "http", "scheme": "bearer", "description": "An API key: `okrt_…`" },
            },
            "schemas": schemas,
        },
    });
    let text = serde_json::to_string_pretty(&document).expect("JSON values always serialise");
    text + "\n"
}

impl Operation {
    fn describe(&self) -> Value {
        let mut operation = json!({
            "operationId": self.id,
            "summary": self.summary,
            "description": format!("Needs the scope `{}`.", self.scope),
            "x-scope": self.scope.as_str(),
            "parameters": self.parameters(),
            "responses": self.responses(),
        });
        if let Some(request) = &self.request {
            operation["requestBody"] = json!({
                "required": true,
                "content": { "application/json": { "schema": request.schema } },
            });
        }
        if self.deprecated {
            operation["deprecated"] = Value::Bool(true);
        }
        operation
    }

    fn is_list(&self) -> bool {
        self.method == "GET" && !self.path.contains("{id}")
    }

    fn parameters(&self) -> Vec<Value> {
        let mut parameters = self.query.clone();
        if self.path.contains("{id}") {
            parameters.push(json!({
                "name": "id", "in": "path", "required": true, "schema": { "type": "string", "minLength": 1 },
            }));
        }
        if self.method == "POST" {
            parameters.push(json!({
                "name": "Idempotency-Key", "in": "header",
                "description": "A repeat with the same key and body within 24 hours gets the same answer and does nothing.",
                "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" },
            }));
        }
        if self.is_list() {
            parameters.push(json!({
                "name": "If-None-Match", "in": "header",
                "description": "The ETag of an earlier answer: 304 if it is still current.",
                "schema": { "type": "string" },
            }));
        }
        parameters
    }

    fn responses(&self) -> Value {
        let mut responses = Map::new();
        let (status, body) = &self.success;
        let mut success = json!({ "description": "Done." });
        if let Some(body) = body {
            success["content"] = json!({ "application/json": { "schema": body.schema } });
        }
        responses.insert(status.to_string(), success);
        if self.is_list() {
            responses.insert(
                "304".to_owned(),
                json!({ "description": "The client has the current answer already." }),
            );
        }
        let error = type_of::<ErrorBody>().schema;
        for (status, description) in self.errors() {
            let mut response = json!({
                "description": description,
                "content": { "application/json": { "schema": error } },
            });
            if status == "429" {
                response["headers"] = json!({ "Retry-After": {
                    "description": "Seconds until the next request is accepted.",
                    "schema": { "type": "integer", "minimum": 1, "maximum": 60 },
                } });
            }
            responses.insert(status.to_owned(), response);
        }
        Value::Object(responses)
    }

    fn errors(&self) -> Vec<(&'static str, &'static str)> {
        let mut errors = vec![
            ("401", "Missing or invalid API key."),
            ("403", "The key does not have the scope."),
            ("429", "The key's requests of this minute are used up."),
            (
                "500",
                "Something went wrong on the server's side; safe to retry.",
            ),
        ];
        if self.request.is_some() || !self.query.is_empty() {
            errors.push((
                "400",
                "The body or a parameter is malformed; the message names it.",
            ));
        }
        if self.path.contains("{id}") {
            errors.push(("404", "It does not exist, or not in this workspace."));
        }
        if self.request.is_some() {
            errors.push(("413", "The body has more than 256 KiB."));
        }
        if self.method == "POST" {
            errors.push(("422", "The Idempotency-Key was used with another request."));
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_checked_in_document_is_the_generated_one() {
        let checked_in = include_str!("../../docs/openapi.json");
        assert!(
            checked_in == document(),
            "run `cargo xtask openapi` and commit docs/openapi.json"
        );
    }

    #[test]
    fn the_document_and_the_router_have_the_same_operations() {
        let documented: BTreeSet<_> = operations()
            .iter()
            .map(|operation| (operation.method, operation.path))
            .collect();
        let routed: BTreeSet<_> = crate::router::v1_routes()
            .into_iter()
            .map(|(method, path, _)| (method, path))
            .collect();
        assert_eq!(documented, routed);
    }
}
