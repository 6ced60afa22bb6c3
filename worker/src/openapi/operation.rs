//! One operation of a document: what it says of itself, and how that reads in OpenAPI.

use okrs_shared::api_key::Scope;
use okrs_shared::error::ErrorBody;
use okrs_shared::permission::Action;
use serde_json::{Map, Value, json};

use super::{TypeOf, type_of};

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// A key with this scope, or somebody signed in.
    Scope(Scope),
    /// Somebody who is not signed in.
    Anyone,
    /// Everybody who is signed in.
    SignedIn,
    /// Whoever is signed in and may do this, as `docs/permissions.md` says.
    May(Action),
}

impl Access {
    fn describe(self) -> String {
        match self {
            Self::Scope(scope) => format!("Needs the scope `{scope}`."),
            Self::Anyone => "Needs nobody to be signed in.".to_owned(),
            Self::SignedIn => "For everybody who is signed in.".to_owned(),
            Self::May(action) => {
                format!(
                    "For whoever may `{}` (docs/permissions.md).",
                    action.as_str()
                )
            }
        }
    }

    /// Seconds: budgets are of a minute, attempts of a quarter of an hour.
    fn longest_wait(self) -> u32 {
        match self {
            Self::Scope(_) => 60,
            Self::Anyone | Self::SignedIn | Self::May(_) => 900,
        }
    }

    fn errors(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Scope(_) => vec![
                ("401", "Missing or invalid API key."),
                ("403", "The key does not have the scope."),
                ("429", "The key's requests of this minute are used up."),
            ],
            Self::Anyone => vec![
                ("401", "What was sent does not sign anybody in."),
                ("403", "Another site's page asks."),
                ("429", "Too many attempts."),
            ],
            Self::SignedIn | Self::May(_) => vec![
                ("401", "Not signed in, or no longer."),
                ("403", "Not permitted, or another site's page asks."),
                ("429", "Too many requests or attempts."),
            ],
        }
    }

    /// What only the app's own API answers to what changes something.
    fn errors_of_changes(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Scope(_) => vec![],
            Self::Anyone | Self::SignedIn | Self::May(_) => vec![
                (
                    "409",
                    "It contradicts what is there, such as a name that is taken.",
                ),
                ("410", "The link was used or has expired."),
                ("415", "The body is not JSON."),
            ],
        }
    }
}

/// One operation of the document.
pub struct Operation {
    pub method: &'static str,
    /// Below where its API is mounted.
    pub path: &'static str,
    pub id: &'static str,
    pub summary: &'static str,
    pub access: Access,
    pub request: Option<TypeOf>,
    /// Status and body; no body for 204.
    pub success: (u16, Option<TypeOf>),
    pub query: Vec<Value>,
    pub deprecated: bool,
    /// Whether a repeat under the same `Idempotency-Key` does nothing: no answer that shows a secret
    /// is kept for that.
    pub repeatable: bool,
}

impl Operation {
    /// The same, without keeping answers for repeats: they reveal a secret, or a repeat does no harm.
    pub fn never_kept(self) -> Self {
        Self {
            repeatable: false,
            ..self
        }
    }

    /// Its place in the document.
    pub fn describe(&self) -> Value {
        let mut operation = json!({
            "operationId": self.id,
            "summary": self.summary,
            "description": self.access.describe(),
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
        let (name, value) = match self.access {
            Access::Scope(scope) => ("x-scope", scope.as_str()),
            Access::Anyone => ("x-access", "anyone"),
            Access::SignedIn => ("x-access", "signed_in"),
            Access::May(action) => ("x-access", action.as_str()),
        };
        operation[name] = value.into();
        if self.access == Access::Anyone {
            operation["security"] = json!([]);
        }
        operation
    }

    /// Lists of the public API have an ETag.
    fn has_etag(&self) -> bool {
        matches!(self.access, Access::Scope(_)) && self.method == "GET" && !self.path.contains('{')
    }

    fn parameters(&self) -> Vec<Value> {
        let mut parameters = self.query.clone();
        parameters.extend(self.path_parameters().map(|name| {
            json!({
                "name": name, "in": "path", "required": true, "schema": { "type": "string", "minLength": 1 },
            })
        }));
        if self.is_repeatable() {
            parameters.push(json!({
                "name": "Idempotency-Key", "in": "header",
                "description": "A repeat with the same key and body within 24 hours gets the same answer and does nothing.",
                "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" },
            }));
        }
        if self.has_etag() {
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
            success["content"] = json!({ body.media_type: { "schema": body.schema } });
        }
        if self.deprecated {
            success["headers"] = json!({
                "Deprecation": { "description": "Always `true`.", "schema": { "type": "string" } },
                "Link": { "description": "The address to use instead.", "schema": { "type": "string" } },
            });
        }
        if self.has_etag() {
            let etag = json!({ "ETag": {
                "description": "Weak: the list's data and the day. For `If-None-Match`.",
                "schema": { "type": "string" },
            } });
            success["headers"] = etag.clone();
            responses.insert(
                "304".to_owned(),
                json!({ "description": "The client has the current answer already.", "headers": etag }),
            );
        }
        responses.insert(status.to_string(), success);
        let error = type_of::<ErrorBody>().schema;
        for (status, description) in self.errors() {
            let mut response = json!({
                "description": description,
                "content": { "application/json": { "schema": error } },
            });
            match status {
                "405" => {
                    response["headers"] = json!({ "Allow": {
                        "description": "The methods that the path has.",
                        "schema": { "type": "string" },
                    } });
                }
                "429" => {
                    response["headers"] = json!({ "Retry-After": {
                        "description": "Seconds until the next request is accepted.",
                        "schema": { "type": "integer", "minimum": 1, "maximum": self.access.longest_wait() },
                    } });
                }
                _ => {}
            }
            responses.insert(status.to_owned(), response);
        }
        Value::Object(responses)
    }

    fn errors(&self) -> Vec<(&'static str, &'static str)> {
        let mut errors = self.access.errors();
        errors.extend([
            (
                "405",
                "Another method at this path, which it does not have.",
            ),
            (
                "500",
                "Something went wrong on the server's side; safe to retry.",
            ),
        ]);
        if self.request.is_some() || !self.query.is_empty() || self.method == "POST" {
            errors.push((
                "400",
                "The body or a parameter is malformed; the message names it.",
            ));
        }
        if self.path.contains('{') {
            errors.push(("404", "It does not exist, or not in this workspace."));
        }
        if self.request.is_some() {
            errors.push(("413", "The body has more than 256 KiB."));
        }
        if self.method != "GET" {
            errors.extend(self.access.errors_of_changes());
        }
        if self.is_repeatable() {
            errors.push(("422", "The Idempotency-Key was used with another request."));
        }
        errors
    }

    fn path_parameters(&self) -> impl Iterator<Item = &'static str> {
        self.path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }

    fn is_repeatable(&self) -> bool {
        self.method == "POST" && self.repeatable
    }
}

/// An operation that reads.
pub fn get(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    access: Access,
    body: TypeOf,
) -> Operation {
    Operation {
        method: "GET",
        path,
        id,
        summary,
        access,
        request: None,
        success: (200, Some(body)),
        query: Vec::new(),
        deprecated: false,
        repeatable: false,
    }
}

/// An operation that creates or does something.
pub fn post(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    access: Access,
    request: Option<TypeOf>,
    success: (u16, Option<TypeOf>),
) -> Operation {
    let has_body = request.is_some();
    Operation {
        method: "POST",
        path,
        id,
        summary,
        access,
        request,
        success,
        query: Vec::new(),
        deprecated: false,
        // What takes no body can be sent again as it is; signing in is never repeated.
        repeatable: has_body && access != Access::Anyone,
    }
}

/// An operation that changes something: `PUT` or `PATCH`.
pub fn change(
    method: &'static str,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    access: Access,
    request: TypeOf,
    success: (u16, Option<TypeOf>),
) -> Operation {
    Operation {
        method,
        ..post(path, id, summary, access, Some(request), success)
    }
}

/// An operation that deletes something.
pub fn delete(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    access: Access,
    success: (u16, Option<TypeOf>),
) -> Operation {
    Operation {
        method: "DELETE",
        ..post(path, id, summary, access, None, success)
    }
}

/// A parameter after the question mark.
pub fn query(name: &str, description: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "description": description, "schema": schema })
}
