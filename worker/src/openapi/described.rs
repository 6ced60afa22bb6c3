//! One operation of a document, as it reads in OpenAPI.

use http::Method;
use okrs_shared::error::ErrorBody;
use serde_json::{Map, Value, json};

use super::parameters;
use crate::operation::document::TypeOf;
use crate::operation::{Access, Operation};

impl Access {
    fn describe(self) -> String {
        match self {
            Self::Scope(scope) => format!("Needs the scope `{scope}`."),
            Self::Anyone => "Needs nobody to be signed in.".to_owned(),
            Self::SignedIn => "For everybody who is signed in.".to_owned(),
            Self::May(action) | Self::MayToThis(action) => {
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
            _ => 900,
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
            Self::SignedIn | Self::May(_) | Self::MayToThis(_) => vec![
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
            _ => vec![
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

impl Operation {
    /// Its place in the document.
    pub fn describe(&self) -> Value {
        let mut operation = json!({
            "operationId": self.document.id,
            "summary": self.document.summary,
            "description": self.access.describe(),
            "parameters": self.parameters(),
            "responses": self.responses(),
        });
        if let Some(request) = &self.document.request {
            operation["requestBody"] = json!({
                "required": true,
                "content": { "application/json": { "schema": request.schema } },
            });
        }
        if self.document.is_deprecated {
            operation["deprecated"] = Value::Bool(true);
        }
        let (name, value) = match self.access {
            Access::Scope(scope) => ("x-scope", scope.as_str()),
            Access::Anyone => ("x-access", "anyone"),
            Access::SignedIn => ("x-access", "signed_in"),
            Access::May(action) | Access::MayToThis(action) => ("x-access", action.as_str()),
        };
        operation[name] = value.into();
        if self.access == Access::Anyone {
            operation["security"] = json!([]);
        }
        operation
    }

    /// Lists of the public API have an ETag.
    fn has_etag(&self) -> bool {
        matches!(self.access, Access::Scope(_))
            && self.method == Method::GET
            && !self.path.contains('{')
    }

    fn parameters(&self) -> Vec<Value> {
        let mut parameters = self.document.query.map_or(vec![], parameters::of);
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
        if self.takes_version() {
            parameters.push(json!({
                "name": "If-Match", "in": "header",
                "description": "The version that one has seen, from an ETag: 412 if it is no longer the last.",
                "schema": { "type": "string" },
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
        let mut success = json!({ "description": "Done." });
        if let Some(body) = &self.document.answer {
            success["content"] = json!({ body.media_type: { "schema": body.schema } });
        }
        if self.document.is_deprecated {
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
        responses.insert(self.status.as_str().to_owned(), success);
        let error = TypeOf::one::<ErrorBody>().schema;
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
                "412" => {
                    let present = json!({
                        "type": "object",
                        "required": ["present"],
                        "properties": { "present": {
                            "type": "object",
                            "description": "What can be changed of it, as it is now, by the names that a change of it has.",
                        } },
                    });
                    response["content"]["application/json"]["schema"] =
                        json!({ "allOf": [error, present] });
                    response["headers"] = json!({ "ETag": {
                        "description": "Strong: its version now. For `If-Match`.",
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
        let (takes_body, has_query) = (
            self.document.request.is_some(),
            self.document.query.is_some(),
        );
        if takes_body || has_query || self.method == Method::POST {
            errors.push((
                "400",
                "The body or a parameter is malformed; the message names it.",
            ));
        }
        if self.path.contains('{') {
            errors.push(("404", "It does not exist, or not in this workspace."));
        }
        if takes_body {
            errors.push(("413", "The body has more than 256 KiB."));
        }
        if self.method != Method::GET {
            errors.extend(self.access.errors_of_changes());
        }
        if self.takes_version() {
            errors.push(("412", "It has been changed since the version that If-Match names; `present` is what it is now."));
        }
        if self.method != Method::GET {
            errors.push((
                "503",
                "It may have taken effect, or it has to wait: the code says which.",
            ));
        }
        if self.is_repeatable() {
            errors.push(("422", "The Idempotency-Key was used with another request."));
        }
        errors
    }

    /// Whether it changes a thing that may have been changed meanwhile.
    fn takes_version(&self) -> bool {
        [Method::PUT, Method::PATCH, Method::DELETE].contains(&self.method)
    }

    fn path_parameters(&self) -> impl Iterator<Item = &'static str> {
        self.path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }

    fn is_repeatable(&self) -> bool {
        // What takes no body can be sent again as it is; signing in is never repeated.
        self.method == Method::POST
            && self.document.request.is_some()
            && self.access != Access::Anyone
            && self.document.is_kept
    }
}
