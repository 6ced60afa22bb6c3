//! The OpenAPI 3.1 documents, made of the shared types and of the tables in [`crate::router`]: one of
//! version 1, one of the app's own API.
//!
//! They are generated natively (`cargo xtask openapi`), checked in under `docs/` and served as static
//! files; the wasm carries none of it.

mod described;
mod examples;
mod parameters;
mod written_out;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::operation::Operation;
use crate::operation::document::{Schemas, TypeOf};
use crate::router;
use okrs_shared::error::ErrorBody;

/// Which document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// Version 1 of the public API.
    V1,
    /// The app's own.
    App,
}

impl Api {
    fn operations(self) -> Vec<Operation> {
        match self {
            Self::V1 => router::v1(),
            Self::App => router::app(),
        }
    }

    fn info(self) -> Value {
        match self {
            Self::V1 => json!({
                "title": "OKRs API",
                "version": "1",
                "description": "Read and write the OKRs, KPIs, initiatives and reviews of one workspace. \
                    Every key belongs to one workspace and has a budget of 60 requests per UTC minute.",
                "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
            }),
            Self::App => json!({
                "title": "The app's own API",
                "version": env!("CARGO_PKG_VERSION"),
                "description": "What the browser app needs beyond the public API. It is for the app of the \
                    same version and may change with it; programs use the public API. \
                    Requests that change something must come from the server's own pages, as JSON.",
                "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
            }),
        }
    }

    fn security_scheme(self) -> Value {
        match self {
            Self::V1 => json!({
                "api_key": { "type": "http", "scheme": "bearer", "description": "An API key: `okrt_…`" },
            }),
            Self::App => json!({
                "session": { "type": "apiKey", "in": "cookie", "name": okrs_shared::session::COOKIE },
            }),
        }
    }
}

/// The document as indented JSON, with a line break at the end.
pub fn document(api: Api) -> String {
    let operations = api.operations();
    let mut schemas = Schemas::new();
    (TypeOf::one::<ErrorBody>().collect)(&mut schemas);
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for operation in &operations {
        let document = &operation.document;
        for type_of in [&document.request, &document.answer].into_iter().flatten() {
            (type_of.collect)(&mut schemas);
        }
        let item = paths.entry(operation.path).or_default();
        let method = operation.method.as_str().to_lowercase();
        item.insert(method, operation.describe());
    }
    let schemas: BTreeMap<String, Value> = schemas
        .into_iter()
        .map(|(name, schema)| (name, json!(schema)))
        .collect();
    let schemas = written_out::without_references(schemas);
    let (server, security) = match api {
        Api::V1 => (router::V1, json!([{ "api_key": [] }])),
        Api::App => (router::APP, json!([{ "session": [] }])),
    };
    let mut document = json!({
        "openapi": "3.1.0",
        "info": api.info(),
        "servers": [{ "url": server }],
        "security": security,
        "paths": paths,
        "components": {
            "securitySchemes": api.security_scheme(),
            "schemas": schemas,
        },
    });
    if api == Api::V1 {
        examples::add(&mut document);
    }
    let text = serde_json::to_string_pretty(&document).expect("JSON values always serialise");
    text + "\n"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_checked_in_documents_are_the_generated_ones() {
        let checked_in = [
            (Api::V1, include_str!("../../docs/openapi.json")),
            (Api::App, include_str!("../../docs/app-openapi.json")),
        ];
        for (api, text) in checked_in {
            assert!(
                text == document(api),
                "run `cargo xtask openapi` and commit docs/ ({api:?})"
            );
        }
    }

    #[test]
    fn every_operation_has_a_name_of_its_own() {
        for api in [Api::V1, Api::App] {
            let operations = api.operations();
            let names: BTreeSet<_> = operations
                .iter()
                .map(|operation| operation.document.id)
                .collect();
            assert_eq!(names.len(), operations.len());
        }
    }
}
