//! Texts and days have no place of their own in the document: whoever reads of a title should see at once
//! how long it may be.

use std::collections::BTreeMap;

use okrs_shared::days::Day;
use okrs_shared::text::{Label, Remark, Text, Title};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// The schemas without those of texts and days, which are written out where others refer to them.
pub fn without_references(mut schemas: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let names = [
        Title::name(),
        Label::name(),
        Text::name(),
        Remark::name(),
        Day::name(),
    ];
    let plain = names
        .iter()
        .filter_map(|name| schemas.remove_entry(&**name))
        .map(|(name, schema)| (format!("#/components/schemas/{name}"), schema))
        .collect();
    for schema in schemas.values_mut() {
        write_out(schema, &plain);
    }
    schemas
}

fn write_out(schema: &mut Value, plain: &BTreeMap<String, Value>) {
    match schema {
        Value::Object(object) => {
            if let Some(written) = referred(object, plain).or_else(|| nullable(object, plain)) {
                *object = written;
            } else {
                object.values_mut().for_each(|part| write_out(part, plain));
            }
        }
        Value::Array(parts) => parts.iter_mut().for_each(|part| write_out(part, plain)),
        _ => {}
    }
}

/// What a reference leads to, with what is said beside the reference.
fn referred(
    object: &Map<String, Value>,
    plain: &BTreeMap<String, Value>,
) -> Option<Map<String, Value>> {
    let mut written = plain
        .get(object.get("$ref")?.as_str()?)?
        .as_object()?
        .clone();
    let beside = object.iter().filter(|(key, _)| *key != "$ref");
    written.extend(beside.map(|(key, value)| (key.clone(), value.clone())));
    Some(written)
}

/// What a reference leads to that may be null instead.
fn nullable(
    object: &Map<String, Value>,
    plain: &BTreeMap<String, Value>,
) -> Option<Map<String, Value>> {
    let [reference, _null] = object.get("oneOf")?.as_array()?.as_slice() else {
        return None;
    };
    let mut written = referred(reference.as_object()?, plain)?;
    written.insert("type".to_owned(), json!(["string", "null"]));
    Some(written)
}
