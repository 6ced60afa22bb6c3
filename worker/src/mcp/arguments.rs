//! Arguments of tools and prompts, checked against the schema that was published for them.

use serde_json::{Map, Value};

/// Checks the arguments against an input schema; says what is wrong, the argument's name first.
///
/// Null stands for an argument that was left out, as many models write it: it is taken away. Of JSON
/// Schema it knows what our schemas use: `type`, `enum`, `required`, `minLength`, `maxLength`,
/// `minimum` and `maximum`. Arguments that the schema does not name are refused.
pub fn check(
    schema: &Value,
    mut arguments: Map<String, Value>,
) -> Result<Map<String, Value>, String> {
    arguments.retain(|_, value| !value.is_null());
    let properties = &schema["properties"];
    if let Some(name) = arguments.keys().find(|name| properties.get(name).is_none()) {
        let known: Vec<&str> = properties
            .as_object()
            .into_iter()
            .flat_map(|known| known.keys().map(String::as_str))
            .collect();
        return Err(match known.as_slice() {
            [] => format!("{name} is no argument here; there are none"),
            known => format!("{name} is no argument here; there are {}", known.join(", ")),
        });
    }
    let required = schema["required"].as_array().into_iter().flatten();
    for name in required.filter_map(Value::as_str) {
        if !arguments.contains_key(name) {
            return Err(format!("{name} is missing"));
        }
    }
    for (name, value) in &arguments {
        fits(&properties[name], value).map_err(|problem| format!("{name} {problem}"))?;
    }
    Ok(arguments)
}

fn fits(schema: &Value, value: &Value) -> Result<(), String> {
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    if !types.iter().any(|wanted| is(wanted, value)) {
        return Err(format!("must be of type {}", types.join(" or ")));
    }
    let allowed: Vec<&str> = schema["enum"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if !allowed.is_empty() && !allowed.iter().any(|allowed| value == allowed) {
        return Err(format!("must be one of {}", allowed.join(", ")));
    }
    if let Some(text) = value.as_str() {
        let length = text.chars().count() as u64;
        let least = schema["minLength"].as_u64().unwrap_or(0);
        let most = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
        if length < least || length > most {
            return Err(format!("must have {least} to {most} characters"));
        }
    }
    if let (Some(number), Some(least), Some(most)) = (
        value.as_f64(),
        schema["minimum"].as_f64(),
        schema["maximum"].as_f64(),
    ) && !(least..=most).contains(&number)
    {
        return Err(format!("must lie between {least} and {most}"));
    }
    Ok(())
}

fn is(wanted: &str, value: &Value) -> bool {
    match wanted {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_u64(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn checked(arguments: Value) -> Result<Map<String, Value>, String> {
        let schema = json!({
            "type": "object",
            "properties": {
                "id": { "type": "string", "minLength": 1, "maxLength": 5 },
                "value": { "type": ["number", "boolean"] },
                "kind": { "type": "string", "enum": ["one", "two"] },
                "limit": { "type": "integer", "minimum": 1, "maximum": 50 },
            },
            "required": ["id"],
        });
        check(&schema, arguments.as_object().unwrap().clone())
    }

    #[test]
    fn arguments_that_fit_pass_and_null_is_left_out() {
        let given = json!({ "id": "a", "value": true, "kind": "two", "limit": 50 });
        assert_eq!(Value::Object(checked(given.clone()).unwrap()), given);
        let left_out = checked(json!({ "id": "äöüß🙂", "kind": null })).unwrap();
        assert_eq!(Value::Object(left_out), json!({ "id": "äöüß🙂" }));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let cases = [
            (json!({}), "id is missing"),
            (json!({ "id": null }), "id is missing"),
            (json!({ "id": 1 }), "id must be of type string"),
            (json!({ "id": "" }), "id must have 1 to 5 characters"),
            (json!({ "id": "abcdef" }), "id must have 1 to 5 characters"),
            (
                json!({ "id": "a", "value": "1" }),
                "value must be of type number or boolean",
            ),
            (
                json!({ "id": "a", "kind": "three" }),
                "kind must be one of one, two",
            ),
            (
                json!({ "id": "a", "limit": 0 }),
                "limit must lie between 1 and 50",
            ),
            (
                json!({ "id": "a", "limit": 1.5 }),
                "limit must be of type integer",
            ),
            (
                json!({ "id": "a", "limit": -1 }),
                "limit must be of type integer",
            ),
            (
                json!({ "id": "a", "other": 1 }),
                "other is no argument here; there are id, kind, limit, value",
            ),
        ];
        for (arguments, problem) in cases {
            assert_eq!(
                checked(arguments.clone()).unwrap_err(),
                problem,
                "{arguments}"
            );
        }
    }
}
