//! The fields of a body or an answer, as a flat list: readers look for names, not for schemas.

use serde_json::Value;

use super::document::Document;
use super::html::{escaped, inline};

/// A field or a parameter.
pub struct Field {
    /// With the way to it, such as `key_results[].title`.
    pub name: String,
    kind: String,
    description: String,
    is_required: bool,
    is_nullable: bool,
    allowed: Vec<String>,
    longest: Option<u64>,
}

/// The fields of everything in a schema, those that are always there first.
pub fn of(document: &Document, schema: &Value) -> Vec<Field> {
    let mut fields = Vec::new();
    collect(document, schema, "", &mut fields);
    fields
}

impl Field {
    /// In one line of Markdown.
    pub fn plain(&self) -> String {
        let mut text = format!("`{}` ({}", self.name, self.whole_kind());
        if self.is_required {
            text += ", required";
        }
        text += &format!("): {}", self.description.replace('\n', " "));
        if !self.allowed.is_empty() {
            text += &format!(" One of `{}`.", self.allowed.join("`, `"));
        }
        text
    }

    fn whole_kind(&self) -> String {
        let or_null = if self.is_nullable { " or null" } else { "" };
        format!("{}{or_null}", self.kind)
    }
}

/// The names of an object's fields: those that are always there in the order of the code, then the others.
pub fn in_order(schema: &Value) -> Vec<&str> {
    let all = schema["properties"].as_object().into_iter().flatten();
    let others = all.map(|(name, _)| name.as_str());
    let others = others.filter(|name| required(schema).all(|one| one != *name));
    required(schema).chain(others).collect()
}

fn required(schema: &Value) -> impl Iterator<Item = &str> {
    let names = schema["required"].as_array().into_iter().flatten();
    names.filter_map(Value::as_str)
}

/// A parameter of an address or a header.
pub fn parameter(document: &Document, parameter: &Value) -> Field {
    let name = parameter["name"].as_str().unwrap_or_default().to_owned();
    let mut field = field(document, name, &parameter["schema"]);
    field.is_required = parameter["required"] == true;
    if let Some(description) = parameter["description"].as_str() {
        description.clone_into(&mut field.description);
    }
    field
}

/// A definition list; each field has an address that begins with `anchor`.
pub fn list(anchor: &str, fields: &[Field]) -> String {
    let rows: String = fields.iter().map(|field| row(anchor, field)).collect();
    format!("<dl class=\"fields\">{rows}</dl>")
}

fn row(anchor: &str, field: &Field) -> String {
    let kind = field.whole_kind();
    let name = escaped(&field.name);
    let required = if field.is_required {
        " <span class=\"required\">required</span>"
    } else {
        ""
    };
    let mut said = inline(&field.description);
    if let Some(longest) = field.longest {
        said += &format!(" At most {} characters.", with_thousands(longest));
    }
    if !field.allowed.is_empty() {
        let allowed: Vec<_> = field
            .allowed
            .iter()
            .map(|word| format!("<code>{}</code>", escaped(word)))
            .collect();
        said += &format!(
            " <span class=\"allowed\">One of {}</span>",
            allowed.join(" ")
        );
    }
    format!(
        "<div id=\"{anchor}.{name}\"><dt><a href=\"#{anchor}.{name}\"><code>{name}</code></a> \
         <span class=\"kind\">{kind}</span>{required}</dt><dd>{said}</dd></div>"
    )
}

fn with_thousands(number: u64) -> String {
    match number {
        1000.. => format!("{},{:03}", number / 1000, number % 1000),
        _ => number.to_string(),
    }
}

fn collect(document: &Document, schema: &Value, way: &str, fields: &mut Vec<Field>) {
    let (schema, _) = document.resolved(schema);
    if schema["type"] == "array" {
        let way = if way.is_empty() {
            ""
        } else {
            &format!("{way}[]")
        };
        return collect(document, &schema["items"], way, fields);
    }
    for name in in_order(schema) {
        let whole = if way.is_empty() {
            name.to_owned()
        } else {
            format!("{way}.{name}")
        };
        let mut found = field(document, whole.clone(), &schema["properties"][name]);
        found.is_required = required(schema).any(|one| one == name);
        fields.push(found);
        collect(document, &schema["properties"][name], &whole, fields);
    }
}

fn field(document: &Document, name: String, schema: &Value) -> Field {
    let alternatives = schema["oneOf"].as_array().map_or(&[][..], Vec::as_slice);
    // Something or null.
    let is_optional = matches!(alternatives, [_, null] if null["type"] == "null");
    let inner = if is_optional {
        &alternatives[0]
    } else {
        schema
    };
    let (resolved, named) = document.resolved(inner);
    let types = [schema, inner, resolved].map(|schema| schema["description"].as_str());
    let words = resolved["enum"].as_array().into_iter().flatten();
    Field {
        name,
        kind: kind(resolved, named),
        description: types
            .into_iter()
            .flatten()
            .next()
            .unwrap_or_default()
            .to_owned(),
        is_required: false,
        is_nullable: is_optional
            || resolved["type"]
                .as_array()
                .is_some_and(|types| types.contains(&"null".into())),
        allowed: words.filter_map(Value::as_str).map(str::to_owned).collect(),
        longest: resolved["maxLength"].as_u64(),
    }
}

fn kind(schema: &Value, name: &str) -> String {
    if name.ends_with("Id") {
        return "id".to_owned();
    }
    if let Some(alternatives) = schema["oneOf"].as_array() {
        let kinds: Vec<_> = alternatives.iter().map(|one| kind(one, "")).collect();
        return kinds.join(" or ");
    }
    let own = match &schema["type"] {
        Value::Array(types) => types.first().and_then(Value::as_str),
        one => one.as_str(),
    };
    match (own.unwrap_or_default(), schema["format"].as_str()) {
        ("string", Some("date-time")) => "time",
        ("string", Some("date")) => "date",
        ("string", Some("uuid")) => "id",
        ("array", _) => "list",
        (own, _) => own,
    }
    .to_owned()
}
