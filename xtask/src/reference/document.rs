//! The OpenAPI document, as the page reads it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// Where version 1 is mounted.
pub const SERVER: &str = "/api/v1";

/// The document of version 1.
pub struct Document(Value);

/// Operations about one kind of thing.
pub struct Group<'a> {
    pub name: &'a str,
    pub description: &'a str,
    /// In the order in which one needs them: look, make, change, delete.
    pub operations: Vec<Operation<'a>>,
}

/// One operation.
pub struct Operation<'a> {
    pub name: &'a str,
    pub summary: &'a str,
    /// In capitals.
    pub method: String,
    /// Below [`SERVER`].
    pub path: &'a str,
    pub scope: &'a str,
    pub is_deprecated: bool,
    pub parameters: Vec<&'a Value>,
    pub request: Option<Content<'a>>,
    /// Of its answer.
    pub status: &'a str,
    pub answer: Option<Content<'a>>,
    pub refusals: Vec<Refusal<'a>>,
}

/// What is sent, with an example.
pub struct Content<'a> {
    pub schema: &'a Value,
    pub example: &'a Value,
}

/// An answer that refuses.
pub struct Refusal<'a> {
    pub status: &'a str,
    pub code: &'a str,
    pub description: &'a str,
}

impl Document {
    /// Reads what is checked in.
    pub fn read(root: &Path) -> Result<Self> {
        let text =
            fs::read_to_string(root.join("docs/openapi.json")).context("there is no document")?;
        Ok(Self(serde_json::from_str(&text)?))
    }

    /// All operations by what they are about.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let tags = self.0["tags"].as_array().into_iter().flatten();
        tags.map(|tag| Group {
            name: text(&tag["name"]),
            description: text(&tag["description"]),
            operations: self.operations(&tag["name"]),
        })
        .collect()
    }

    fn operations(&self, tag: &Value) -> Vec<Operation<'_>> {
        let paths = self.0["paths"].as_object().into_iter().flatten();
        let rows = paths.flat_map(|(path, item)| {
            let methods = item.as_object().into_iter().flatten();
            methods.map(move |(method, row)| (path, method, row))
        });
        let mut operations: Vec<_> = rows
            .filter(|(_, _, row)| row["tags"][0] == *tag)
            .map(|(path, method, row)| operation(path, method, row))
            .collect();
        operations.sort_by_key(Operation::rank);
        operations
    }

    /// What a schema is, and what it is called if it has a name.
    pub fn resolved<'a>(&'a self, schema: &'a Value) -> (&'a Value, &'a str) {
        let reference = text(&schema["$ref"]);
        let Some(name) = reference.strip_prefix("#/components/schemas/") else {
            return (schema, "");
        };
        (&self.0["components"]["schemas"][name], name)
    }
}

impl Operation<'_> {
    fn rank(&self) -> (bool, usize) {
        let is_of_one = self.path.ends_with('}');
        let rank = match (&*self.method, is_of_one) {
            ("GET", false) => 0,
            ("POST", _) => 1,
            ("GET", true) => 2,
            ("PUT", _) => 3,
            _ => 4,
        };
        (self.is_deprecated, rank)
    }

    /// The end of its address on the page.
    pub fn anchor(&self) -> String {
        anchor(self.name)
    }
}

/// What a name is called in an address.
pub fn anchor(name: &str) -> String {
    let kept = name
        .chars()
        .filter(|c| c.is_alphanumeric() || [' ', '-'].contains(c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

fn operation<'a>(path: &'a str, method: &str, row: &'a Value) -> Operation<'a> {
    let responses = row["responses"].as_object();
    let answer = responses.and_then(|all| all.iter().find(|(status, _)| status.starts_with('2')));
    let refused = responses.into_iter().flatten();
    let refused = refused.filter(|(status, _)| status.starts_with(['4', '5']));
    Operation {
        name: text(&row["x-name"]),
        summary: text(&row["summary"]),
        method: method.to_uppercase(),
        path,
        scope: text(&row["x-scope"]),
        is_deprecated: row["deprecated"] == true,
        parameters: row["parameters"].as_array().into_iter().flatten().collect(),
        request: content(&row["requestBody"]),
        status: answer.map_or("", |(status, _)| status),
        answer: answer.and_then(|(_, answer)| content(answer)),
        refusals: refused
            .map(|(status, refusal)| Refusal {
                status,
                code: text(&refusal["content"]["application/json"]["example"]["error"]),
                description: text(&refusal["description"]),
            })
            .collect(),
    }
}

fn content(holder: &Value) -> Option<Content<'_>> {
    let content = holder.pointer("/content/application~1json")?;
    Some(Content {
        schema: &content["schema"],
        example: &content["example"],
    })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
