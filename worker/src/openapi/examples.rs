//! What a reader wants besides the schemas: what an operation is called in a menu, which group it belongs to,
//! and a body and an answer that look like real ones.
//!
//! All of it stands in `examples.json` by the operation's name; tests hold it to the table and to the schemas.

use serde_json::{Value, json};

const EXAMPLES: &str = include_str!("examples.json");

/// Adds them to the document of version 1.
pub fn add(document: &mut Value) {
    let examples: Value = serde_json::from_str(EXAMPLES).expect("the examples are JSON");
    document["tags"] = examples["tags"].clone();
    for operation in operations(document) {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let example = &examples["operations"][id];
        operation["tags"] = json!([example["tag"]]);
        operation["x-name"] = example["name"].clone();
        for (place, value) in places(operation, example, &examples["refusals"]) {
            if let Some(content) = operation.pointer_mut(&place) {
                content["example"] = value;
            }
        }
    }
}

fn operations(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    paths.flat_map(|(_, item)| {
        let methods = item.as_object_mut().into_iter().flatten();
        methods.map(|(_, operation)| operation)
    })
}

/// Where in an operation an example goes, as a JSON pointer, and which.
fn places(operation: &Value, example: &Value, refusals: &Value) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    if !example["request"].is_null() {
        let place = "/requestBody/content/application~1json".to_owned();
        places.push((place, example["request"].clone()));
    }
    let responses = operation["responses"].as_object().into_iter().flatten();
    for (status, _) in responses {
        let is_answer = status.starts_with('2');
        let value = if is_answer {
            &example["answer"]
        } else {
            let own = &example["refusals"][status];
            if own.is_null() {
                &refusals[status]
            } else {
                own
            }
        };
        if !value.is_null() {
            let place = format!("/responses/{status}/content/application~1json");
            places.push((place, value.clone()));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::openapi::{Api, document};

    fn written() -> Value {
        serde_json::from_str(&document(Api::V1)).unwrap()
    }

    #[test]
    fn every_operation_has_a_short_name_and_a_group_and_no_example_is_left_over() {
        let mut document = written();
        let examples: Value = serde_json::from_str(EXAMPLES).unwrap();
        let groups: Vec<_> = examples["tags"].as_array().unwrap().iter().collect();
        let mut ids = BTreeSet::new();
        for operation in operations(&mut document) {
            let name = operation["x-name"].as_str().unwrap_or_default();
            let words = name.split(' ').count();
            assert!(!name.is_empty() && words <= 4, "{operation}");
            let group = &operation["tags"][0];
            assert!(
                groups.iter().any(|one| one["name"] == *group),
                "{operation}"
            );
            ids.insert(operation["operationId"].as_str().unwrap().to_owned());
        }
        let described: BTreeSet<_> = examples["operations"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        assert_eq!(described, ids);
    }

    #[test]
    fn every_body_and_every_answer_has_an_example_that_its_schema_allows() {
        let document = written();
        let mut places = Vec::new();
        contents("", &document["paths"], &mut places);
        assert!(places.len() > 150, "{}", places.len());
        for place in places {
            let content = document["paths"].pointer(&place).unwrap();
            let example = &content["example"];
            assert!(!example.is_null(), "{place} has no example");
            let mut schema = content["schema"].clone();
            // What its references lead to.
            schema["components"] = document["components"].clone();
            let validator = jsonschema::validator_for(&schema).unwrap();
            let wrong: Vec<_> = validator
                .iter_errors(example)
                .map(|error| error.to_string())
                .collect();
            assert!(wrong.is_empty(), "{place}: {wrong:?}");
        }
    }

    /// Pointers to everything that is sent as JSON.
    fn contents(at: &str, value: &Value, found: &mut Vec<String>) {
        for (key, inner) in value.as_object().into_iter().flatten() {
            let place = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
            if key == "application/json" {
                found.push(place);
            } else {
                contents(&place, inner, found);
            }
        }
    }
}
